using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Recognition;

namespace Gamification.Rules.Challenges.Settlement;

/// <summary>A prize that can be won, under the name that its key carries for ever.</summary>
public sealed record PrizeOnOffer(string Key, Gift Gift);

/// <summary>Who won what: a row of the standings, and one of the prizes on offer.</summary>
public readonly record struct WonPrize(int Row, byte Prize);

/// <summary>
/// The prizes of frozen standings: by rank, then milestones, then those who reached the goal in the order in which they did, then compensation, as far as the
/// budget goes. A member wins the same prize once, however many groups it was in. A function of standings, challenge and how it ended.
/// </summary>
public sealed class PrizeList
{
    private readonly FrozenStandings _standings;
    private readonly Challenge _challenge;
    private readonly List<PrizeOnOffer> _offers = [];
    private readonly List<WonPrize> _won = [];
    private readonly HashSet<(Guid Slot, byte Prize)>? _given;
    private readonly bool[] _hasWon;

    private PrizeList(FrozenStandings standings, Challenge challenge)
    {
        (_standings, _challenge, _hasWon) = (standings, challenge, new bool[standings.Rows.Length]);
        if (challenge.By is StoreAgainstStore) _given = [];
    }

    public IReadOnlyList<PrizeOnOffer> Offers => _offers;

    public IReadOnlyList<WonPrize> Won => _won;

    public PrizeCost Cost { get; private set; }

    /// <param name="standings">Of the run.</param>
    /// <param name="challenge">The version that settles.</param>
    /// <param name="kind">How it ended.</param>
    /// <param name="milestones">The places of those reached.</param>
    public static PrizeList Of(FrozenStandings standings, Challenge challenge, SettlementKind kind, ImmutableArray<int> milestones)
    {
        var list = new PrizeList(standings, challenge);
        if (kind != SettlementKind.Cancelled) list.GiveRanks();
        list.GiveMilestones(milestones);
        list.GiveCompletion();
        if (kind != SettlementKind.Ran) list.Compensate();
        return list;
    }

    private void GiveRanks()
    {
        var ranks = _challenge.Prizes.Ranks;
        if (ranks.IsEmpty) return;
        var first = _offers.Count;
        foreach (var prize in ranks) Offer(FormattableString.Invariant($"rank-{prize.Through}"), prize.Gift);
        if (_challenge.By is Individually) GiveRanks(ranks, first);
        else GiveGroupRanks(ranks, first);
    }

    /// <summary>
    /// By shared rank. If that is too much, those who share the last paid rank go by their place in the order; if it still is, everybody does: that is what
    /// the prizes cost without ties, and the challenge was held to it.
    /// </summary>
    private void GiveRanks(ImmutableArray<RankPrize> ranks, int first)
    {
        var rows = _standings.Rows;
        var paid = new List<(int Row, int Rank, int Place)>();
        for (var (at, place) = (0, 0); at < rows.Length; at++)
        {
            if (rows[at].Rank == 0) continue;
            if (rows[at].Rank > ranks[^1].Through) break;
            paid.Add((at, rows[at].Rank, ++place));
        }

        if (paid.Count == 0) return;
        var last = paid[^1].Rank;
        foreach (var placeOf in new Func<(int Row, int Rank, int Place), int>[] { one => one.Rank, one => one.Rank == last ? one.Place : one.Rank, one => one.Place })
        {
            var cost = PrizeCost.Zero;
            foreach (var one in paid)
            {
                if (PrizeAt(ranks, placeOf(one)) is var prize and >= 0) cost += PrizeCost.Of(ranks[prize].Gift);
            }

            if (!cost.Fits(_challenge.Prizes.Budget)) continue;
            foreach (var one in paid)
            {
                if (PrizeAt(ranks, placeOf(one)) is var prize and >= 0) Give(one.Row, first + prize);
            }

            return;
        }
    }

    private void GiveGroupRanks(ImmutableArray<RankPrize> ranks, int first)
    {
        var least = _challenge.By switch { InTeams teams => teams.MinContribution, StoreAgainstStore stores => stores.MinContribution, _ => 1 };
        var rows = _standings.Rows;
        foreach (var group in _standings.Groups)
        {
            if (PrizeAt(ranks, group.Rank) is not (>= 0 and var prize)) return;
            for (var at = 0; at < rows.Length; at++)
            {
                if (rows[at].Group == group.Group && rows[at].Score >= least) Give(at, first + prize);
            }
        }
    }

    private void GiveMilestones(ImmutableArray<int> milestones)
    {
        if (_challenge.By is not Together together) return;
        var rows = _standings.Rows;
        foreach (var milestone in milestones)
        {
            if (together.Milestones[milestone].Gift is not { } gift) continue;
            var prize = Offer(FormattableString.Invariant($"milestone-{milestone + 1}"), gift);
            for (var at = 0; at < rows.Length && rows[at].Score >= together.MinContribution; at++) Give(at, prize);
        }
    }

    private void GiveCompletion()
    {
        if (_challenge.Prizes.Completion is not { } gift) return;
        var prize = Offer("goal", gift);
        var rows = _standings.Rows;
        var reached = new List<(long At, Guid Slot, int Row)>();
        for (var at = 0; at < rows.Length; at++)
        {
            if (rows[at].CompletedAt != 0) reached.Add((rows[at].CompletedAt, rows[at].Slot, at));
        }

        reached.Sort();
        var left = _challenge.Prizes.CompletionMax ?? int.MaxValue;
        foreach (var (_, _, row) in reached)
        {
            if (left == 0) return;
            if (Give(row, prize)) left--;
        }
    }

    /// <summary>In the order of the standings: who had come further first.</summary>
    private void Compensate()
    {
        if (_challenge.Compensation is not { } compensation) return;
        var prize = Offer("compensation", compensation.Gift);
        var rows = _standings.Rows;
        HashSet<Guid>? winners = _given is null ? null : [.. _won.Select(won => _standings.Rows[won.Row].Slot)];
        for (var at = 0; at < rows.Length && rows[at].Score >= compensation.AtLeast; at++)
        {
            if (!_hasWon[at] && winners?.Contains(rows[at].Slot) != true) Give(at, prize);
        }
    }

    private int Offer(string key, Gift gift)
    {
        _offers.Add(new(key, gift));
        return _offers.Count - 1;
    }

    /// <summary>False when the member has it already, or the budget does not allow for it.</summary>
    private bool Give(int row, int prize)
    {
        var cost = Cost + PrizeCost.Of(_offers[prize].Gift);
        if (!cost.Fits(_challenge.Prizes.Budget)) return false;
        if (_given?.Add((_standings.Rows[row].Slot, (byte)prize)) == false) return false;
        (Cost, _hasWon[row]) = (cost, true);
        _won.Add(new(row, (byte)prize));
        return true;
    }

    /// <summary>Which of the prizes a rank wins; -1 for none.</summary>
    private static int PrizeAt(ImmutableArray<RankPrize> ranks, int rank)
    {
        for (var at = 0; at < ranks.Length; at++)
        {
            if (rank <= ranks[at].Through) return at;
        }

        return -1;
    }
}
