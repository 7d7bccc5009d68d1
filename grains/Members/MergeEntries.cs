using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Rules;
using Gamification.Rules.Redeeming;

namespace Gamification.Members;

/// <summary>
/// An account that is part of this one: what it was through that version of its own journal counts here. <see cref="Via"/> is the account that it was merged into,
/// which may itself have become part of this one in that very moment.
/// </summary>
public readonly record struct MergedAccount(string Merge, MemberId From, long Version, MemberId Via);

/// <summary>One side's part of a merge or of its undoing.</summary>
public abstract record MergeEntry : AccountEntry
{
    public required string Merge { get; init; }

    /// <summary>The other side.</summary>
    public required MemberId Other { get; init; }

    public required string By { get; init; }

    /// <summary>The business time of the merge or undoing, the same on both sides.</summary>
    public required DateTimeOffset At { get; init; }
}

/// <summary>Everything has left this account. What it was stays in its state, asleep, for as long as the merge can be undone.</summary>
public sealed record MemberLeft : MergeEntry
{
    public const string Type = "member.left";

    public required string Reason { get; init; }
}

/// <summary>What left the other account is here.</summary>
public sealed record MemberJoined : MergeEntry
{
    public const string Type = "member.joined";

    /// <summary>The other account, after those that were already part of it.</summary>
    public required ImmutableArray<MergedAccount> Accounts { get; init; }

    public ImmutableArray<ParkedReturn> Parked { get; init; } = [];

    public ImmutableArray<Entitlement> Rewards { get; init; } = [];

    public ImmutableArray<OwedReward> Owed { get; init; } = [];

    public ImmutableArray<string>? Segments { get; init; }

    public ImmutableArray<Rules.Activities.ActivityCount>? Times { get; init; }

    /// <summary>When the other had joined, where that was earlier: one person joins once. Null when it was not.</summary>
    public long? JoinedAt { get; init; }

    /// <summary>Challenges that the other had joined and this one had not. Null for none.</summary>
    public ImmutableArray<Participation>? Challenges { get; init; }
}

/// <summary>The merge was undone, and this is the account that was kept: what was left of the other has gone again.</summary>
public sealed record MemberParted : MergeEntry
{
    public const string Type = "member.parted";

    public ImmutableArray<ReceiptKey> Parked { get; init; } = [];

    public ImmutableArray<Rewards.EntitlementId> Rewards { get; init; } = [];

    public ImmutableArray<string> Owed { get; init; } = [];

    public ImmutableArray<Rules.Activities.ActivityCount>? Times { get; init; }

    /// <summary>When this account had joined, where the merge had made it earlier. Null when it had not.</summary>
    public long? JoinedAt { get; init; }

    /// <summary>Participations that go back. Null for none.</summary>
    public ImmutableArray<Participation>? Challenges { get; init; }
}

/// <summary>The merge was undone, and this account is itself again.</summary>
public sealed record MemberRevived : MergeEntry
{
    public const string Type = "member.revived";

    /// <summary>What returns have taken of its sales while they counted for the other.</summary>
    public ImmutableArray<TakenBack> Taken { get; init; } = [];

    public ImmutableArray<ParkedReturn> Parked { get; init; } = [];

    public ImmutableArray<Entitlement> Rewards { get; init; } = [];

    public ImmutableArray<OwedReward> Owed { get; init; } = [];
}
