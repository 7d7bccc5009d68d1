using Gamification.Journal;
using Gamification.Rules.Challenges;

namespace Gamification.Challenges;

/// <summary>A run's entries and snapshots, to and from durable bytes. Commands carry no keys: doing one again finds it done.</summary>
internal static class RunForm
{
    public static JsonForm<ChallengeRun, RunEntry> Json { get; } = new JsonForm<ChallengeRun, RunEntry>(ChallengeRun.Empty, static (state, entry) => state.Apply(entry), ChallengeJson.Default.ChallengeRun)
        .With(RunEntry.Drafted.Type, ChallengeJson.Default.RunDrafted)
        .With(RunEntry.Scheduled.Type, ChallengeJson.Default.RunScheduled)
        .With(RunEntry.Widened.Type, ChallengeJson.Default.RunWidened)
        .With(RunEntry.Replaced.Type, ChallengeJson.Default.RunReplaced)
        .With(RunEntry.Paused.Type, ChallengeJson.Default.RunPaused)
        .With(RunEntry.Resumed.Type, ChallengeJson.Default.RunResumed)
        .With(RunEntry.Ended.Type, ChallengeJson.Default.RunEnded)
        .With(RunEntry.Cancelled.Type, ChallengeJson.Default.RunCancelled)
        .With(RunEntry.Latched.Type, ChallengeJson.Default.RunLatched)
        .With(RunEntry.Unlatched.Type, ChallengeJson.Default.RunUnlatched)
        .With(RunEntry.Unlocked.Type, ChallengeJson.Default.RunUnlocked)
        .With(RunEntry.Closed.Type, ChallengeJson.Default.RunClosed)
        .With(RunEntry.Frozen.Type, ChallengeJson.Default.RunFrozen)
        .With(RunEntry.Posted.Type, ChallengeJson.Default.RunPosted)
        .With(RunEntry.Shared.Type, ChallengeJson.Default.RunShared)
        .With(RunEntry.Settled.Type, ChallengeJson.Default.RunSettled)
        .With(RunEntry.Adjusted.Type, ChallengeJson.Default.RunAdjusted);
}
