using System.Collections.Immutable;
using Gamification.Challenges;

namespace Gamification.Rules.Challenges;

/// <summary>
/// The milestones of a shared goal against its total (spec §10): reached once, and fallen back when returns pull the total below before settlement,
/// unless what they unlock was granted.
/// </summary>
public static class Latching
{
    public static ImmutableArray<RunEntry> At(ChallengeRun run, long total, long now)
    {
        if (run.Challenge?.By is not Together together || run.IsClosed) return [];
        var entries = ImmutableArray.CreateBuilder<RunEntry>();
        for (var at = 0; at < together.Milestones.Length; at++)
        {
            var (milestone, latch) = (together.Milestones[at], run.Latches[at]);
            if (total >= milestone.At && !latch.IsReached) entries.Add(new RunEntry.Latched(at, total, now));
            if (total >= milestone.At && !latch.IsUnlocked && milestone.AtOnce) entries.Add(new RunEntry.Unlocked(at, "at-once", now));
            if (total < milestone.At && latch is { IsReached: true, IsUnlocked: false }) entries.Add(new RunEntry.Unlatched(at, total, now));
        }

        return entries.DrainToImmutable();
    }
}
