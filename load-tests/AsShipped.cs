using System.Diagnostics;
using System.Runtime;

namespace Gamification.LoadTests;

/// <summary>
/// Runs a benchmark of the whole engine again in a process with the garbage collector that the engine ships with. This one's is smaller, to leave the machine to what it loads, and takes a
/// third off what an engine in it reaches.
/// </summary>
internal static class AsShipped
{
    /// <summary>The other process' exit code; null when this is a process of that kind.</summary>
    public static async Task<int?> Run(string benchmark, string[] arguments)
    {
        if (GCSettings.IsServerGC) return null;
        var program = Environment.ProcessPath ?? throw new PlatformNotSupportedException("This process does not know its own program.");
        string[] own = Path.GetFileNameWithoutExtension(program) == "dotnet" ? [typeof(AsShipped).Assembly.Location] : [];
        var start = new ProcessStartInfo(program, [.. own, "bench", benchmark, .. arguments]) { UseShellExecute = false };
        start.Environment["DOTNET_gcServer"] = "1";
        using var again = Process.Start(start)!;
        await again.WaitForExitAsync();
        return again.ExitCode;
    }
}
