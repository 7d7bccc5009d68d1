using System.Runtime.InteropServices;
using System.Text.Json;

namespace Gamification.LoadTests;

/// <summary>Figures mean nothing without the machine they come from.</summary>
internal sealed record Machine(int Cores, string Processor, string System, string Runtime)
{
    public static Machine This() => new(
        Environment.ProcessorCount,
        $"{RuntimeInformation.ProcessArchitecture}",
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription);

    public override string ToString() =>
        $"{Cores} cores {Processor}, {System}, {Runtime}; server and generator share them if the server is local";
}

/// <summary>Writes what a run came to where the options ask for it.</summary>
internal static class Report
{
    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web) { WriteIndented = true };

    public static void Write(string? file, string command, object figures)
    {
        if (file is null) return;
        File.WriteAllText(file, JsonSerializer.Serialize(new { command, machine = Machine.This(), figures }, s_json) + '\n');
    }
}
