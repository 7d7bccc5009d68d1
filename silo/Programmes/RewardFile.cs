using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gamification.Rewards;
using Gamification.Rules.Rewards;

namespace Gamification.Silo.Programmes;

/// <summary>Reads a programme's catalogue of rewards, written into its file or kept in one beside it.</summary>
internal static class RewardFile
{
    /// <summary>Throws <see cref="ProgrammeFileException"/> with the first fault in one line, and how many more there are.</summary>
    public static RewardCatalogue Read(JsonNode stated, string programmeFile)
    {
        var (file, bytes) = stated.GetValueKind() == JsonValueKind.String
            ? (ProgrammeFile.Beside(programmeFile, stated), File.ReadAllBytes(ProgrammeFile.Beside(programmeFile, stated)))
            : (programmeFile, Encoding.UTF8.GetBytes(stated.ToJsonString()));
        var (catalogue, errors) = RewardDocument.Read(bytes);
        if (catalogue is not null) return catalogue;
        var more = errors.Length > 1 ? $" ({errors.Length - 1} more)" : "";
        throw new ProgrammeFileException($"{file}: rewards{errors[0].Field}: {errors[0].Code}. {errors[0].Remedy}{more}");
    }
}
