using System.Collections.Immutable;
using Gamification.Rewards;

namespace Gamification.Rules.Rewards;

/// <summary>Facts of one campaign's budget, kept for ever. Instants are Unix milliseconds.</summary>
public abstract record TreasuryEntry
{
    public sealed record Set(CampaignTerms Terms, string By, long At) : TreasuryEntry
    {
        public const string Type = "campaign.set";
    }

    /// <summary>Absolute values: the first of a lease opens it.</summary>
    public sealed record Leased(Guid Lease, long Number, CampaignAmount Spent, CampaignAmount Granted, long Until, long At, bool Opens) : TreasuryEntry
    {
        public const string Type = "campaign.leased";
    }

    public sealed record Closed(Guid Lease, CampaignAmount Spent, long At) : TreasuryEntry
    {
        public const string Type = "campaign.lease-closed";
    }

    /// <summary>What is committed reached the alert, for the first time under these terms.</summary>
    public sealed record Alerted(CampaignAmount Committed, long At) : TreasuryEntry
    {
        public const string Type = "campaign.alerted";
    }
}

/// <summary>An open lease. Spent is at most granted, and below zero when more came back under it than was spent.</summary>
public sealed record Lease(long Number, CampaignAmount Spent, CampaignAmount Granted, long Until);

/// <summary>A campaign's budget: the fold of its entries, and its snapshot. Invariant: committed is never made more than the terms.</summary>
public sealed record Treasury
{
    public const int LeasesMax = 1_000;

    public static Treasury Empty { get; } = new();

    public CampaignTerms? Terms { get; init; }

    /// <summary>Under leases that are closed: below zero while the lease that spent what came back under another is open.</summary>
    public CampaignAmount SpentBefore { get; init; }

    public ImmutableSortedDictionary<Guid, Lease> Leases { get; init; } = ImmutableSortedDictionary<Guid, Lease>.Empty;

    public long? AlertedAt { get; init; }

    public CampaignAmount Spent() => Leases.Values.Aggregate(SpentBefore, (sum, lease) => sum + lease.Spent);

    public CampaignAmount Committed() => Leases.Values.Aggregate(SpentBefore, (sum, lease) => sum + lease.Granted);

    public Treasury Apply(TreasuryEntry entry) => entry switch
    {
        TreasuryEntry.Set set => this with { Terms = set.Terms, AlertedAt = null },
        TreasuryEntry.Leased leased => this with { Leases = Leases.SetItem(leased.Lease, new(leased.Number, leased.Spent, leased.Granted, leased.Until)) },
        TreasuryEntry.Closed closed => this with { SpentBefore = SpentBefore + closed.Spent, Leases = Leases.Remove(closed.Lease) },
        TreasuryEntry.Alerted alerted => this with { AlertedAt = alerted.At },
        _ => this,
    };
}
