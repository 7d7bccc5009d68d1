using Gamification.Challenges;
using Gamification.Rules.Challenges;

namespace Gamification.Silo.Programmes;

/// <summary>The templates beside the program: each file of <c>Programmes/templates</c> is one challenge.</summary>
public static class ChallengeTemplateFiles
{
    private const int FilesMax = 200;

    /// <summary>Throws <see cref="ProgrammeFileException"/> with one line that names the file and what to mend.</summary>
    public static ChallengeTemplates Read(string folder) => new(!Directory.Exists(folder)
        ? []
        : Directory.EnumerateFiles(folder, "*.json").Order(StringComparer.Ordinal).Take(FilesMax).Select(path => ChallengeDocument.Read(File.ReadAllBytes(path)) switch
        {
            ({ } challenge, _) => challenge,
            var (_, errors) => throw new ProgrammeFileException($"{path}: {errors[0].Field} {errors[0].Remedy}"),
        }));
}
