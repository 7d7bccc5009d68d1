using System.Text.Json.Nodes;
using Gamification.Programmes;
using Gamification.Silo.Programmes;
using Gamification.Tests.Conventions;

namespace Gamification.Tests.Parity;

/// <summary>The demo's programme with campaigns: 7 points more for the first 60 sales at BRU, 10 more at GNT until 100 are spent.</summary>
internal static class CampaignProgramme
{
    public const int Quota = 60;
    public const int Budget = 100;

    /// <summary>The programme's file, written into a folder: for nodes that are processes of their own.</summary>
    public static string Write(string folder)
    {
        var programmes = Path.Combine(SourceTree.Root, "silo", "Programmes");
        var programme = JsonNode.Parse(File.ReadAllText(Path.Combine(programmes, "demo.json")))!.AsObject();
        programme["earning"] = JsonNode.Parse(File.ReadAllText(Path.Combine(SourceTree.Root, "tests", "Parity", "campaigns.json")));
        var file = Path.Combine(folder, "campaigns.json");
        File.WriteAllText(file, programme.ToJsonString());
        return file;
    }

    public static ProgrammeSettings Read(string folder) => ProgrammeFile.Read(Write(folder));
}
