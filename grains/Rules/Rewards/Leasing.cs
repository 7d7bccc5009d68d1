using Gamification.Rewards;

namespace Gamification.Rules.Rewards;

/// <summary>
/// How a budget is given out in chunks. A chunk is what is needed now, and beyond that a quarter of what is left at most: so the last ones are small
/// and nobody sits on what another needs.
/// </summary>
public static class Leasing
{
    /// <param name="treasury">The budget.</param>
    /// <param name="draw">What is asked.</param>
    /// <param name="again">Whether to decide anew on a draw that came up short, now that others have given back.</param>
    public static Decision<TreasuryEntry, LeaseOutcome> Draw(Treasury treasury, CampaignDraw draw, bool again = false)
    {
        if (treasury.Terms is not { } terms) return Refused("campaign-unknown", "/campaign", "Name a campaign of this programme.");
        var open = treasury.Leases.GetValueOrDefault(draw.Lease);
        if (open is not null && (draw.Number < open.Number || (draw.Number == open.Number && !again))) return new([], Answer(treasury, open));

        // It was called in while this was on its way: only the first draw of a lease opens it.
        if (open is null && (draw.Number > 1 || draw.Spent != default)) return new([], new LeaseOutcome.Closed());
        if (open is null && treasury.Leases.Count >= Treasury.LeasesMax) return Refused("too-many-leases", "/lease", "Close leases that are not needed.");
        if (open is not null && !open.Granted.Covers(draw.Spent))
            throw new ArgumentException($"Lease {draw.Lease} cannot have spent {draw.Spent}.", nameof(draw));

        var unspent = (open?.Granted ?? default) - draw.Spent;
        var committed = treasury.Committed();
        var (want, need) = (draw.Want - unspent, draw.Least - unspent);
        var more = new CampaignAmount(
            Chunk(want.Points, need.Points, terms.Points - committed.Points),
            Chunk(want.Awards, need.Awards, terms.Awards - committed.Awards));
        var (at, granted) = (draw.At.ToUnixTimeMilliseconds(), (open?.Granted ?? default) + more);
        var until = (draw.At + terms.LeaseFor).ToUnixTimeMilliseconds();
        var leased = new TreasuryEntry.Leased(draw.Lease, draw.Number, draw.Spent, granted, until, at, Opens: open is null);
        var next = treasury.Apply(leased);
        var answer = Answer(next, next.Leases[draw.Lease]);
        return next.AlertedAt is null && IsNear(next)
            ? new([leased, new TreasuryEntry.Alerted(next.Committed(), at)], answer)
            : new([leased], answer);
    }

    /// <summary>Frees what was not spent. A lease that is not open was closed before.</summary>
    /// <param name="treasury">The budget.</param>
    /// <param name="lease">The lease.</param>
    /// <param name="spent">What was spent under it in all.</param>
    /// <param name="at">When.</param>
    /// <param name="ended">Up to which grant nothing is spent any more: one that has since been granted more is looked at again.</param>
    public static Decision<TreasuryEntry, LeaseOutcome> Close(Treasury treasury, Guid lease, CampaignAmount spent, DateTimeOffset at, CampaignAmount ended)
    {
        if (!treasury.Leases.TryGetValue(lease, out var open)) return new([], new LeaseOutcome.Closed());
        if (ended != open.Granted) return new([], Answer(treasury, open));
        if (!open.Granted.Covers(spent)) throw new ArgumentException($"Lease {lease} was granted {open.Granted} and cannot have spent {spent}.", nameof(spent));
        return new([new TreasuryEntry.Closed(lease, spent, at.ToUnixTimeMilliseconds())], new LeaseOutcome.Closed());
    }

    /// <summary>Whether a draw found less than is of use, so that what others hold unspent should be called in.</summary>
    public static bool IsShort(LeaseOutcome outcome, CampaignDraw draw) => outcome is LeaseOutcome.Leased leased && (draw.Least != default
        ? !(leased.Granted - draw.Spent).Covers(draw.Least)
        : (draw.Want.Awards > 0 && leased.Granted.Awards == draw.Spent.Awards) || (draw.Want.Points > 0 && leased.Granted.Points - draw.Spent.Points < draw.Want.Points));

    /// <summary>
    /// Who gets a quota that is decided at the end (spec §4, <c>ranked</c>): the first so many by when it occurred, then in the order received.
    /// </summary>
    public static IEnumerable<T> Ranked<T>(IEnumerable<(T Claim, DateTimeOffset OccurredAt, long Received)> claims, int quota) =>
        claims.OrderBy(claim => claim.OccurredAt).ThenBy(claim => claim.Received).Take(quota).Select(claim => claim.Claim);

    private static long Chunk(long want, long need, long? left) =>
        want <= 0 || left <= 0 ? 0 : left is { } rest ? Math.Min(want, Math.Max(rest / 4, Math.Clamp(need, 1, rest))) : want;

    private static LeaseOutcome.Leased Answer(Treasury treasury, Lease lease)
    {
        var isDegraded = treasury.Terms!.AtBudget == AtBudget.Degrade && (treasury.AlertedAt is not null || IsNear(treasury));
        return new(lease.Granted, isDegraded ? treasury.Terms.DegradeTo : 100, DateTimeOffset.FromUnixTimeMilliseconds(lease.Until));
    }

    private static bool IsNear(Treasury treasury)
    {
        var (terms, committed) = (treasury.Terms!, treasury.Committed());
        return Reaches(committed.Points, terms.Points) || Reaches(committed.Awards, terms.Awards);

        bool Reaches(long amount, long? limit) => limit is { } most && (Int128)amount * 100 >= (Int128)most * terms.AlertAt;
    }

    private static Decision<TreasuryEntry, LeaseOutcome> Refused(string code, string field, string remedy) => new([], new LeaseOutcome.Refused(new(code, field, remedy)));
}
