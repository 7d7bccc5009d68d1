using System.Runtime.CompilerServices;

namespace Gamification.Tests.Conventions;

/// <summary>The repository's own C# sources, as text.</summary>
internal static class SourceTree
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    /// <summary>Source files below a top-level folder, with paths relative to the root in forward slashes.</summary>
    public static IEnumerable<(string Path, string[] Lines)> Files(string folder) =>
        Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories)
            .Select(file => (Path.GetRelativePath(Root, file).Replace('\\', '/'), File.ReadAllLines(file)));

    /// <summary>Every place in the folder where a line of code contains one of the words; comment lines do not count.</summary>
    public static IEnumerable<string> Places(string folder, params string[] words) =>
        from file in Files(folder)
        from line in file.Lines.Select((text, index) => (Text: text, Number: index + 1))
        where !line.Text.TrimStart().StartsWith("//", StringComparison.Ordinal)
        from word in words
        where line.Text.Contains(word, StringComparison.Ordinal)
        select $"{file.Path}:{line.Number}: {word}";

    private static string Here([CallerFilePath] string path = "") => Path.GetDirectoryName(path)!;
}
