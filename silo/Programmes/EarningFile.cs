using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules;
using Gamification.Rules.Earning;

namespace Gamification.Silo.Programmes;

/// <summary>Reads a programme's earning document, written into its file or kept in one beside it.</summary>
internal static class EarningFile
{
    /// <summary>Throws <see cref="ProgrammeFileException"/> with the first fault in one line, and how many more there are.</summary>
    public static EarningRules Read(JsonNode stated, string programmeFile, ProgrammeSettings settings)
    {
        var (file, bytes) = stated.GetValueKind() == JsonValueKind.String
            ? (ProgrammeFile.Beside(programmeFile, stated), File.ReadAllBytes(ProgrammeFile.Beside(programmeFile, stated)))
            : (programmeFile, Encoding.UTF8.GetBytes(stated.ToJsonString()));
        var (rules, errors) = EarningDocument.Read(bytes, settings);
        if (rules is null)
        {
            var more = errors.Length > 1 ? $" ({errors.Length - 1} more)" : "";
            throw new ProgrammeFileException($"{file}: earning{errors[0].Field}: {errors[0].Code}. {errors[0].Remedy}{more}");
        }

        return SchemeChecks.Complaint(rules, settings.Recognition) is { } complaint ? throw new ProgrammeFileException($"{file}: {complaint}") : rules;
    }
}
