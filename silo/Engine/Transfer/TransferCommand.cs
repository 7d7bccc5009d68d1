namespace Gamification.Silo.Engine.Transfer;

/// <summary><c>transfer export FILE</c> and <c>transfer import FILE</c>, with the engine stopped; <c>-</c> is standard output or input.</summary>
public static class TransferCommand
{
    private const string Usage = "transfer export FILE|-   or   transfer import FILE|-   then the options: [--data …] [--postgres …] [--programme FILE]";

    /// <param name="words">What was typed ahead of the options, the command first.</param>
    public static async Task<int> Run(IReadOnlyList<string> words, EngineOptions options, TimeProvider clock, TextWriter output, TextWriter errors)
    {
        switch (words)
        {
            case [_, "export", "-"]:
                // The stream itself is on the standard output.
                await using (var stdout = Console.OpenStandardOutput()) return await Export.Run(options, stdout, errors);
            case [_, "export", var path]:
                return await ToFile(path, options, output);
            case [_, "import", "-"]:
                await using (var stdin = Console.OpenStandardInput()) return await Import.Run(options, stdin, clock, output);
            case [_, "import", var path]:
                await using (var file = File.OpenRead(path)) return await Import.Run(options, file, clock, output);
            default:
                await errors.WriteLineAsync(Usage);
                return 2;
        }
    }

    /// <summary>The file has its name only when it is whole. Its owner alone may read it.</summary>
    private static async Task<int> ToFile(string path, EngineOptions options, TextWriter output)
    {
        if (File.Exists(path)) throw new TransferException($"{path} exists: name a new file.");
        var part = path + ".part";
        var creation = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) creation.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        int code;
        await using (var file = new FileStream(part, creation))
        {
            code = await Export.Run(options, file, output);
            file.Flush(flushToDisk: true);
        }

        File.Move(part, path);
        return code;
    }
}
