using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Recognition;
using Gamification.Rules.Challenges.Settlement;

namespace Gamification.Rules.Challenges;

/// <summary>A version of the challenge that participants were shown, from when on, and why; the first has no reason.</summary>
public sealed record ShownVersion(int Version, long Since, Wording? Reason);

/// <summary>A milestone of a shared goal. Zero for not.</summary>
public readonly record struct Latch(long ReachedAt, long UnlockedAt)
{
    public bool IsReached => ReachedAt != 0;

    public bool IsUnlocked => UnlockedAt != 0;
}

/// <summary>One run of a challenge: the fold of its entries, and its snapshot. Where it stands at an instant is a function of both.</summary>
public sealed record ChallengeRun
{
    public static ChallengeRun Empty { get; } = new();

    public Challenge? Challenge { get; init; }

    /// <summary>How often it was rewritten: what was counted belongs to one of them.</summary>
    public int Generation { get; init; }

    public ImmutableArray<ShownVersion> Versions { get; init; } = [];

    public string Zone { get; init; } = "UTC";

    public ImmutableArray<StoreZone> Stores { get; init; } = [];

    public ImmutableArray<Position> From { get; init; } = [];

    public ChallengeTiming Timing { get; init; } = ChallengeTiming.AsAnnounced;

    public ImmutableArray<Latch> Latches { get; init; } = [];

    public long ScheduledAt { get; init; }

    public long EndedAt { get; init; }

    public long CancelledAt { get; init; }

    /// <summary>Why it ended early or was cancelled.</summary>
    public Wording? Reason { get; init; }

    public ImmutableArray<Position> Watermark { get; init; } = [];

    public long ClosedAt { get; init; }

    public Certificate? Certificate { get; init; }

    /// <summary>What all scores came to when they were frozen.</summary>
    public long Total { get; init; }

    public int PostedThrough { get; init; }

    /// <summary>Chunks of the standings whose members know which milestone they reached together.</summary>
    public int SharedThrough { get; init; }

    public long Received { get; init; }

    public long Gone { get; init; }

    public long SettledAt { get; init; }

    public ImmutableArray<Guid> Adjusted { get; init; } = [];

    public bool IsClosed => ClosedAt != 0;

    public bool IsPaused => Timing.Pauses is [.., { Until: long.MaxValue }];

    public SettlementKind Kind => CancelledAt != 0 ? SettlementKind.Cancelled : EndedAt != 0 ? SettlementKind.EndedEarly : SettlementKind.Ran;

    public ChallengeTimes Times() => ChallengeTimes.Of(Challenge!.Window, Zone, Stores.Select(store => (store.Store, store.Zone)), Timing);

    public ChallengePhase PhaseAt(long now)
    {
        if (ScheduledAt == 0) return ChallengePhase.Draft;
        if (SettledAt != 0) return CancelledAt != 0 ? ChallengePhase.Cancelled : Adjusted.IsEmpty ? ChallengePhase.Settled : ChallengePhase.Adjusted;
        if (IsClosed || CancelledAt != 0) return ChallengePhase.Settling;
        var times = Times();
        return now >= times.GraceEnds ? ChallengePhase.Settling : now >= times.Closes ? ChallengePhase.Grace : now >= times.Opens ? ChallengePhase.Live : ChallengePhase.Scheduled;
    }

    /// <summary>The instant at which the phase changes next by itself; null when it waits for a command or for settlement.</summary>
    public long? NextAt(long now) => PhaseAt(now) switch
    {
        ChallengePhase.Scheduled => Times().Opens,
        ChallengePhase.Live => Times().Closes,
        ChallengePhase.Grace => Times().GraceEnds,
        _ => null,
    };

    public ChallengeRun Apply(RunEntry entry) => entry switch
    {
        RunEntry.Drafted drafted => this with { Challenge = drafted.Challenge, Generation = Generation + 1, Versions = [new(drafted.Challenge.Version, drafted.At, null)], Latches = NoLatches(drafted.Challenge) },
        RunEntry.Scheduled scheduled => this with { ScheduledAt = scheduled.At, Zone = scheduled.Zone, Stores = scheduled.Stores, From = scheduled.From },
        RunEntry.Widened widened => this with { Challenge = widened.Challenge, Generation = Generation + 1, Latches = Kept(widened.Challenge) },
        RunEntry.Replaced replaced => this with
        {
            Challenge = replaced.Challenge,
            Generation = Generation + 1,
            Versions = Versions.Add(new(replaced.Challenge.Version, replaced.At, replaced.Reason)),
            Latches = Kept(replaced.Challenge),
        },
        RunEntry.Paused paused => this with { Timing = Timing with { Pauses = Timing.Pauses.Add(new(paused.At, long.MaxValue)) } },
        RunEntry.Resumed resumed => Resume(resumed),
        RunEntry.Ended ended => this with { EndedAt = ended.At, Reason = ended.Reason, Timing = Timing with { EndsAt = ended.At } },
        RunEntry.Cancelled cancelled => this with { CancelledAt = cancelled.At, Reason = cancelled.Reason },
        RunEntry.Latched latched => this with { Latches = Latches.SetItem(latched.Milestone, new(latched.At, 0)) },
        RunEntry.Unlatched unlatched => this with { Latches = Latches.SetItem(unlatched.Milestone, default) },
        RunEntry.Unlocked unlocked => this with { Latches = Latches.SetItem(unlocked.Milestone, Latches[unlocked.Milestone] with { UnlockedAt = unlocked.At }) },
        RunEntry.Closed closed => this with { ClosedAt = closed.At, Watermark = closed.Watermark },
        RunEntry.Frozen frozen => this with { Certificate = frozen.Certificate, Total = frozen.Total },
        RunEntry.Posted posted => this with { PostedThrough = posted.Through, Received = Received + posted.Received, Gone = Gone + posted.Gone.Length },
        RunEntry.Shared shared => this with { SharedThrough = shared.Through },
        RunEntry.Settled settled => this with { SettledAt = settled.At },
        RunEntry.Adjusted adjusted => this with { Adjusted = Adjusted.Add(adjusted.Slot) },
        _ => throw new NotSupportedException($"{entry.GetType().Name} cannot be applied."),
    };

    private ChallengeRun Resume(RunEntry.Resumed resumed)
    {
        var pause = Timing.Pauses[^1];
        return this with
        {
            Timing = Timing with
            {
                Pauses = Timing.Pauses.SetItem(Timing.Pauses.Length - 1, pause with { Until = resumed.At }),
                ExtendedBy = Timing.ExtendedBy + (resumed.Extends ? resumed.At - pause.From : 0),
            },
        };
    }

    private static ImmutableArray<Latch> NoLatches(Challenge challenge) => challenge.By is Together together ? [.. together.Milestones.Select(_ => default(Latch))] : [];

    /// <summary>Milestones keep their place. What a new version takes away is gone.</summary>
    private ImmutableArray<Latch> Kept(Challenge challenge) => [.. NoLatches(challenge).Select((none, at) => at < Latches.Length ? Latches[at] : none)];
}
