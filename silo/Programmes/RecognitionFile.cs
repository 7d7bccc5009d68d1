using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Gamification.Recognition;
using Gamification.Rules.Recognition;

namespace Gamification.Silo.Programmes;

/// <summary>Reads a programme's recognition document, written into its file or kept in one beside it.</summary>
internal static class RecognitionFile
{
    /// <summary>Throws <see cref="ProgrammeFileException"/> with the first fault in one line, and how many more there are.</summary>
    public static RecognitionRules Read(JsonNode stated, string programmeFile)
    {
        var (file, bytes) = stated.GetValueKind() == JsonValueKind.String
            ? (ProgrammeFile.Beside(programmeFile, stated), File.ReadAllBytes(ProgrammeFile.Beside(programmeFile, stated)))
            : (programmeFile, Encoding.UTF8.GetBytes(stated.ToJsonString()));
        var (rules, errors) = RecognitionDocument.Read(bytes);
        if (rules is not null) return rules;
        var more = errors.Length > 1 ? $" ({errors.Length - 1} more)" : "";
        throw new ProgrammeFileException($"{file}: recognition{errors[0].Field}: {errors[0].Code}. {errors[0].Remedy}{more}");
    }
}
