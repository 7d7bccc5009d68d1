using Gamification.Journal;
using Gamification.Rules.Challenges;

namespace Gamification.Challenges;

/// <summary>A programme's list of runs, to and from durable bytes.</summary>
internal static class RunListForm
{
    public static JsonForm<RunList, RunListEntry> Json { get; } = new JsonForm<RunList, RunListEntry>(RunList.Empty, static (state, entry) => state.Apply(entry), ChallengeJson.Default.RunList)
        .With(RunListEntry.Begun.Type, ChallengeJson.Default.RunBegun)
        .With(RunListEntry.Over.Type, ChallengeJson.Default.RunOver);
}
