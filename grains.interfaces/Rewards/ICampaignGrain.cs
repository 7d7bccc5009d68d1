using System.Collections.Immutable;

namespace Gamification.Rewards;

/// <summary>What happens to awards when a campaign comes near its budget.</summary>
public enum AtBudget
{
    /// <summary>Full awards until nothing is left.</summary>
    Stop,

    /// <summary>From the alert on, awards are <see cref="CampaignTerms.DegradeTo"/> per cent.</summary>
    Degrade,
}

/// <summary>A budget of points, a quota of awards, or both; null is no limit. Points are the expected cost: what is leased counts, not only what is spent.</summary>
[GenerateSerializer, Immutable, Alias("campaign-terms")]
public sealed record CampaignTerms
{
    [Id(0)] public long? Points { get; init; }

    [Id(1)] public long? Awards { get; init; }

    [Id(2)] public AtBudget AtBudget { get; init; }

    /// <summary>Per cent of either limit.</summary>
    [Id(3)] public int AlertAt { get; init; } = 80;

    /// <summary>Per cent of an award.</summary>
    [Id(4)] public int DegradeTo { get; init; } = 50;

    /// <summary>How long a lease stands, unless more is drawn under it, before it is ended.</summary>
    [Id(5)] public TimeSpan LeaseFor { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>Points and awards together: an amount of a campaign.</summary>
[GenerateSerializer, Immutable, Alias("campaign-amount")]
public readonly record struct CampaignAmount([property: Id(0)] long Points, [property: Id(1)] long Awards)
{
    public static CampaignAmount operator +(CampaignAmount left, CampaignAmount right) => new(left.Points + right.Points, left.Awards + right.Awards);

    public static CampaignAmount operator -(CampaignAmount left, CampaignAmount right) => new(left.Points - right.Points, left.Awards - right.Awards);

    /// <summary>Whether both are at least as much.</summary>
    public bool Covers(CampaignAmount other) => Points >= other.Points && Awards >= other.Awards;
}

/// <summary>
/// Asks for more under a lease. <see cref="Spent"/> is absolute, and falls when goods come back; <see cref="Number"/> is 1 for the draw that
/// opens a lease and grows by one with each new draw of it, so that a repeated one gets the same answer and no second chunk.
/// </summary>
[GenerateSerializer, Immutable, Alias("campaign-draw")]
public sealed record CampaignDraw
{
    /// <summary>Made by whoever draws, never used again once it is closed.</summary>
    [Id(0)] public required Guid Lease { get; init; }

    [Id(2)] public required long Number { get; init; }

    /// <summary>What was durably spent under the lease so far.</summary>
    [Id(3)] public required CampaignAmount Spent { get; init; }

    /// <summary>What it would like to have unspent. It may get less.</summary>
    [Id(4)] public required CampaignAmount Want { get; init; }

    [Id(5)] public required DateTimeOffset At { get; init; }

    /// <summary>Unspent, what is of use to it: with less, what others hold unspent is called in. Nothing stated: one award, or all the points it wants.</summary>
    [Id(6)] public CampaignAmount Least { get; init; }
}

/// <summary>The answer to a draw or a close.</summary>
[GenerateSerializer, Immutable, Alias("lease-outcome")]
public abstract record LeaseOutcome
{
    /// <summary>
    /// <paramref name="Granted"/> is absolute: what may have been spent under the lease in all. <paramref name="Percent"/> is what an award is
    /// worth now, 100 unless degraded. When no more was granted than before, nothing is left in the whole campaign.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("lease-outcome.leased")]
    public sealed record Leased([property: Id(0)] CampaignAmount Granted, [property: Id(1)] int Percent, [property: Id(2)] DateTimeOffset Until) : LeaseOutcome;

    /// <summary>The lease is over; draw with a new one.</summary>
    [GenerateSerializer, Immutable, Alias("lease-outcome.closed")]
    public sealed record Closed : LeaseOutcome;

    [GenerateSerializer, Immutable, Alias("lease-outcome.refused")]
    public sealed record Refused([property: Id(0)] Refusal Refusal) : LeaseOutcome;
}

[GenerateSerializer, Immutable, Alias("campaign-view")]
public sealed record CampaignView
{
    [Id(0)] public CampaignTerms? Terms { get; init; }

    /// <summary>As last reported.</summary>
    [Id(1)] public required CampaignAmount Spent { get; init; }

    /// <summary>Spent, or leased and perhaps yet to be.</summary>
    [Id(2)] public required CampaignAmount Committed { get; init; }

    [Id(3)] public required int Leases { get; init; }

    /// <summary>When the alert was reached the first time.</summary>
    [Id(4)] public DateTimeOffset? AlertedAt { get; init; }
}

/// <summary>
/// A campaign's budget and quota, leased in chunks so that members need not ask one by one. Spent and leased together never exceed them: never
/// overspent by more than 0 (spec §7). What is spent of a chunk the journal counts with each award, under the lease's id. The key is <c>programme/campaign</c>. Everything is durable on return.
/// </summary>
[Alias("campaign")]
public interface ICampaignGrain : IGrainWithStringKey
{
    /// <summary>Sets its limits. Lowered below what is committed, nothing more is leased.</summary>
    [Alias("set")]
    Task Set(CampaignTerms terms, string by, DateTimeOffset at);

    /// <summary>When nothing is left here while others hold unspent chunks, those are called in first: a refusal means that all is spent.</summary>
    [Alias("draw")]
    Task<LeaseOutcome> Draw(CampaignDraw draw);

    /// <summary>Ends a lease for good, whoever holds it; what was not spent is there again.</summary>
    [Alias("end-lease")]
    Task End(Guid lease, DateTimeOffset at);

    [ReadOnly]
    [Alias("view")]
    Task<CampaignView> View();
}
