using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Leaderboards;
using Gamification.Members;
using Gamification.Rules;

namespace Gamification.Projections;

/// <summary>
/// What an account tells its consumers once an append is durable: which tally rows changed and where all of its tallies stand now,
/// so that a board can be given an absolute score without asking anybody.
/// </summary>
public sealed record AccountNotice
{
    public required ActorId Actor { get; init; }

    /// <summary>Null for an account that never ranks.</summary>
    public required MemberId? Member { get; init; }

    /// <summary>The account's version after the append.</summary>
    public required long Version { get; init; }

    /// <summary>The rows that the append's entries changed, with their last values.</summary>
    public required ImmutableArray<TallyRow> Changed { get; init; }

    public required Tallies Tallies { get; init; }

    /// <summary>The newest occurred-at among the entries, Unix milliseconds; 0 when they have none.</summary>
    public required long OccurredAt { get; init; }

    /// <summary>The measure rows that the append's entries changed, with their last values. Empty in a programme without measures.</summary>
    public ImmutableArray<MeasureChange> Measures { get; init; } = [];

    /// <summary>What the entries say of where the member belongs, newest last.</summary>
    public ImmutableArray<CircleRow> Circles { get; init; } = [];

    /// <summary>What the entries say of deeds; null when nobody followed them on this node, and whoever asks reads the entries.</summary>
    public ImmutableArray<MemberDeeds>? Deeds { get; init; }

    /// <summary>When what an entry records occurred, Unix milliseconds; 0 for what only happens in the account.</summary>
    internal static long OccurredAtOf(AccountEntry entry) => entry switch
    {
        ReceiptPosted posted => posted.Receipt.OccurredAt.ToUnixTimeMilliseconds(),
        ActivityPosted posted => posted.Activity.OccurredAt.ToUnixTimeMilliseconds(),
        _ => 0,
    };
}

/// <summary>A measure row as an entry changes it; the actor and the version are those of the entry.</summary>
public readonly record struct MeasureChange(string Measure, string Store, int Day, string Thing, long Value, long ReachedAt);

/// <summary>What a member's privacy tells the consumers once a wish is durable. The version is that of the wishes, not of the account.</summary>
public sealed record PrivacyNotice(string Programme, VisibilityChange Wish);
