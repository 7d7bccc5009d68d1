using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Rules.Rewards;

namespace Gamification.Rewards;

/// <summary>What the journal counted under one lease of a campaign.</summary>
public readonly record struct LeaseRow(string Programme, Guid Lease, LeaseTally Tally);

/// <summary>
/// Proves that campaigns gave out what is counted: of each, what its closed leases spent and its open ones have counted is what the awards of all accounts took, less what goods
/// brought back. Compared is what was limited as long as the campaign exists; what has no limit is counted nowhere.
/// </summary>
/// <param name="Campaigns">How many were looked at.</param>
/// <param name="Findings">A line for every fault.</param>
/// <param name="Over">The leases that nobody needs any more: closed with what they counted, or never heard of by their campaign. With the engine stopped nothing can come of them.</param>
public sealed record CampaignCheck(long Campaigns, ImmutableArray<string> Findings, ImmutableArray<LeaseRow> Over)
{
    public bool IsSound => Findings.IsEmpty;

    /// <summary>Reads everything; run it with the engine stopped.</summary>
    /// <param name="storage">The journal.</param>
    /// <param name="leases">All leases of all programmes.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static async Task<CampaignCheck> Run(IJournalStorage storage, IReadOnlyCollection<LeaseRow> leases, CancellationToken cancellation)
    {
        var (campaigns, taken) = await Read(storage, cancellation);
        var rows = leases.ToDictionary(row => (row.Programme, row.Lease));
        var findings = ImmutableArray.CreateBuilder<string>();
        var closed = new Dictionary<(string Programme, Guid Lease), CampaignAmount>();
        var open = new HashSet<(string Programme, Guid Lease)>();
        foreach (var campaign in campaigns)
        {
            var book = await CampaignBook.Read(storage, campaign, cancellation);
            foreach (var (lease, spent) in book.Closed) closed.TryAdd((campaign.Programme, lease), spent);
            open.UnionWith(book.Treasury.Leases.Keys.Select(lease => (campaign.Programme, lease)));
            var counted = book.Treasury.Leases.Keys.Aggregate(book.Treasury.SpentBefore, (sum, lease) => sum + AmountOf(rows.GetValueOrDefault((campaign.Programme, lease)).Tally));
            var awarded = taken.GetValueOrDefault((campaign.Programme, campaign.Key));
            if (book.LimitsPoints && counted.Points != awarded.Points) findings.Add(FormattableString.Invariant($"{campaign}: {counted.Points} points are counted, and awards took {awarded.Points}."));
            if (book.LimitsAwards && counted.Awards != awarded.Awards) findings.Add(FormattableString.Invariant($"{campaign}: {counted.Awards} awards are counted, and there are {awarded.Awards}."));
        }

        var over = ImmutableArray.CreateBuilder<LeaseRow>();
        foreach (var row in leases)
        {
            if (open.Contains((row.Programme, row.Lease))) continue;
            var told = closed.GetValueOrDefault((row.Programme, row.Lease));
            if (AmountOf(row.Tally) == told) over.Add(row);
            else findings.Add(FormattableString.Invariant($"{row.Programme}: lease {row.Lease:N} counts {row.Tally.Points} points and {row.Tally.Awards} awards, and its campaign was told {told.Points} and {told.Awards}."));
        }

        return new(campaigns.Count, findings.DrainToImmutable(), over.DrainToImmutable());
    }

    /// <summary>Every campaign, and what accounts' entries took of each.</summary>
    private static async Task<(List<ActorId> Campaigns, Dictionary<(string, string), CampaignAmount> Taken)> Read(IJournalStorage storage, CancellationToken cancellation)
    {
        var (campaigns, taken) = (new List<ActorId>(), new Dictionary<(string, string), CampaignAmount>());
        await foreach (var stored in storage.ReadAll(cancellation))
        {
            if (stored is { Version: 1, Actor.Kind: "campaign" }) campaigns.Add(stored.Actor);
            else if (stored.Actor.Kind is "member" or "till" && MayTell(stored.Payload.Span)) Add(stored);
        }

        return (campaigns, taken);

        void Add(StoredEntry stored)
        {
            if (ReadEntry(stored) is not { } entry) return;
            foreach (var use in CampaignDraws.NetOf(entry))
            {
                var key = (stored.Actor.Programme, use.Campaign);
                taken[key] = taken.GetValueOrDefault(key) + new CampaignAmount(use.Points, use.Awards);
            }
        }
    }

    /// <summary>Most entries concern no campaign, and are not read.</summary>
    private static bool MayTell(ReadOnlySpan<byte> payload) => payload.IndexOf("\"campaigns\""u8) >= 0 || payload.IndexOf("\"givenBack\""u8) >= 0;

    /// <summary>One that cannot be read is the ledger check's to tell.</summary>
    private static AccountEntry? ReadEntry(StoredEntry stored)
    {
        try
        {
            return AccountEntryJson.Read(stored);
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static CampaignAmount AmountOf(LeaseTally tally) => new(tally.Points, tally.Awards);

    /// <summary>A campaign's entries, folded.</summary>
    private sealed record CampaignBook(Treasury Treasury, Dictionary<Guid, CampaignAmount> Closed, bool LimitsPoints, bool LimitsAwards)
    {
        public static async Task<CampaignBook> Read(IJournalStorage storage, ActorId campaign, CancellationToken cancellation)
        {
            var (treasury, closed, points, awards) = (Treasury.Empty, new Dictionary<Guid, CampaignAmount>(), true, true);
            await foreach (var stored in storage.ReadAll(campaign, cancellation: cancellation))
            {
                if (TreasuryForm.Json.Read(stored) is not { } entry) continue;
                treasury = treasury.Apply(entry);
                if (entry is TreasuryEntry.Closed over) closed[over.Lease] = over.Spent;
                if (entry is TreasuryEntry.Set { Terms: var terms }) (points, awards) = (points && terms.Points is not null, awards && terms.Awards is not null);
            }

            return new(treasury, closed, points, awards);
        }
    }
}
