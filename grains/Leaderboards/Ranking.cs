using System.Collections.Immutable;

namespace Gamification.Leaderboards;

/// <summary>
/// The order of one board: exact ranks, pages and neighbours over absolute scores that arrive late, twice, or out of order.
/// <para>
/// More points first; among equals, whoever reached them earlier; then a draw that hashes the seed with the member. The order is total
/// and follows from the final states alone: however the same states arrived, by load or one by one, standings are the same.
/// Ranks are shared by equal scores only (1-2-2-4). Members whose score is zero or less, and hidden ones, are unranked.
/// </para>
/// <para>
/// Every state carries the member's version, and the newest one wins. So a retry, an overlap of load and live traffic, or
/// a delayed older change has no effect, and a member who left the ranking is not brought back by it.
/// </para>
/// <para>
/// Changes and queries take O(log n + rows returned) unless they say otherwise: two to four microseconds at ten million members, in
/// 63 to 75 bytes a member. One caller at a time: a ranking belongs to one actor.
/// </para>
/// </summary>
public sealed class Ranking
{
    private readonly ulong _seed;
    private readonly Roster _roster;
    private readonly RankedBlocks _ranked;
    private readonly Dictionary<Guid, Visibility> _visibility = [];
    private bool _isGathering;

    /// <param name="seed">Names the run of the board in the draw: another seed draws other lots among full ties.</param>
    public Ranking(ulong seed)
    {
        _seed = seed;
        _roster = new(seed);
        _ranked = new(_roster);
    }

    /// <summary>How many members are ranked.</summary>
    public int Size => _ranked.Count;

    /// <summary>
    /// Takes over a member's state if its version is newer than the known one. A score of zero or less takes the member out of the
    /// order and remembers the version.
    /// </summary>
    public RankingChange Apply(Guid member, long score, long reachedAt, long version)
    {
        var to = new RankKey(score, reachedAt, RankKey.DrawOf(_seed, member), member);
        var row = new ScoreRow(member, score, reachedAt, version);
        var ordinal = _roster.Find(member, to.Draw);
        if (ordinal < 0)
        {
            ordinal = _roster.Add(row, to.Draw);
            if (!IsRanked(row)) return RankingChange.Recorded;
            _ranked.Insert(to, ordinal);
            return RankingChange.Moved;
        }

        ref var known = ref _roster[ordinal];
        if (version <= known.Version) return RankingChange.Stale;

        var from = to with { Score = known.Score, ReachedAt = known.ReachedAt };
        var change = from == to ? RankingChange.Recorded : Reorder(ordinal, from, IsRanked(known), to, IsRanked(row));
        known = row;
        return change;
    }

    /// <summary>
    /// Takes a member out of the order, as a score of zero does. Its version is remembered, so nothing older brings it back.
    /// </summary>
    public RankingChange Remove(Guid member, long version) => Apply(member, 0, 0, version);

    /// <summary>
    /// Takes a member out of the order while its scores go on being taken over, until <see cref="Show"/>. Visibility has a version
    /// line of its own, so a score that was sent before the wish to hide is not lost when it arrives after it. The member need not be known
    /// yet.
    /// </summary>
    public RankingChange Hide(Guid member, long version) => SetVisibility(member, new(IsHidden: true, version));

    /// <summary>Brings a hidden member back, at the score it has by now.</summary>
    public RankingChange Show(Guid member, long version) => SetVisibility(member, new(IsHidden: false, version));

    /// <summary>
    /// Drops every trace of a member, versions included, and returns whether there was any. Only for callers who know that nothing
    /// more of this member is on its way.
    /// </summary>
    public bool Forget(Guid member)
    {
        var wasSeen = _visibility.Remove(member, out var visibility);
        var ordinal = _roster.Find(member, RankKey.DrawOf(_seed, member));
        if (ordinal < 0) return wasSeen;
        if (_roster[ordinal].Score > 0 && !visibility.IsHidden) _ranked.Remove(_roster.KeyOf(ordinal), ordinal);
        _roster.Remove(ordinal);
        return true;
    }

    /// <summary>
    /// Takes over many states at once, with the outcome of applying each, then orders anew: O(n) when an empty ranking is given rows in
    /// rank order (rows that differ by their draw alone may come in any order), O(n log n) otherwise. Overlaps are harmless, for versions
    /// decide.
    /// </summary>
    public void Load(IEnumerable<ScoreRow> rows)
    {
        if (rows.TryGetNonEnumeratedCount(out var count)) _roster.Reserve(_roster.Count + count);
        Gather(rows);
        Order();
    }

    /// <summary>
    /// A part of a load that comes in pieces, so that whoever loads can do something else in between. Until <see cref="Order"/> nothing but wishes may be told here, and nothing
    /// asked.
    /// </summary>
    public void Gather(IEnumerable<ScoreRow> rows)
    {
        _isGathering = true;
        foreach (var row in rows)
        {
            var draw = RankKey.DrawOf(_seed, row.Member);
            var ordinal = _roster.Find(row.Member, draw);
            if (ordinal < 0) _roster.Add(row, draw);
            else if (row.Version > _roster[ordinal].Version) _roster[ordinal] = row;
        }
    }

    /// <summary>Ends a load that came in pieces: orders what was gathered.</summary>
    public void Order()
    {
        _isGathering = false;
        var order = new int[_roster.Count];
        var ranked = 0;
        for (var ordinal = 0; ordinal < _roster.End; ordinal++)
            if (IsRanked(_roster[ordinal]))
                order[ranked++] = ordinal;
        RankSort.Sort(order.AsSpan(0, ranked), _roster);
        _ranked.Reset(order.AsSpan(0, ranked));
    }

    /// <summary>
    /// Every state known, to be stored and loaded again: the ranked in rank order, then the hidden and the unranked in no particular one.
    /// Not to be enumerated across a change.
    /// </summary>
    public IEnumerable<ScoreRow> Rows()
    {
        const int Stride = 1024;
        for (var position = 0; position < Size; position += Stride)
            foreach (var ordinal in _ranked.Read(position, Stride))
                yield return _roster[ordinal];
        for (var ordinal = 0; ordinal < _roster.End; ordinal++)
            if (_roster.IsInUse(ordinal) && !IsRanked(_roster[ordinal]))
                yield return _roster[ordinal];
    }

    /// <summary>Who was ever hidden or shown, and since which version: to be stored beside <see cref="Rows"/>.</summary>
    public IReadOnlyDictionary<Guid, Visibility> Visibilities => _visibility;

    /// <summary>The last state known of a member, ranked or not.</summary>
    public ScoreRow? Find(Guid member) =>
        _roster.Find(member, RankKey.DrawOf(_seed, member)) is var ordinal and >= 0 ? _roster[ordinal] : null;

    /// <summary>Where a member stands; null if it is unranked.</summary>
    public Place? PlaceOf(Guid member)
    {
        var ordinal = _roster.Find(member, RankKey.DrawOf(_seed, member));
        if (ordinal < 0 || !IsRanked(_roster[ordinal])) return null;
        var key = _roster.KeyOf(ordinal);
        var above = CountAbove(key.Score);
        return new(above + 1, CountAtLeast(key.Score) - above - 1, _ranked.PositionOf(key, ordinal) + 1);
    }

    /// <summary>The same for a list, answered in its order.</summary>
    public Place?[] PlacesOf(ReadOnlySpan<Guid> members)
    {
        var places = new Place?[members.Length];
        for (var at = 0; at < places.Length; at++) places[at] = PlaceOf(members[at]);
        return places;
    }

    /// <summary>Where a member stands or, hidden, would stand if it were shown; null without a score above zero.</summary>
    public Place? VirtualPlaceOf(Guid member) => Find(member) is { Score: > 0 } row ? PlaceAmongOthers(row, row) : null;

    /// <summary>Where a member, known or not, would stand among all the others with this score; null if it is not above zero.</summary>
    public Place? PlaceWith(Guid member, long score, long reachedAt) =>
        score > 0 ? PlaceAmongOthers(new(member, score, reachedAt, Version: 0), Find(member)) : null;

    /// <summary>How many ranked members have a strictly better score. Over the shards of a board these sum to rank - 1.</summary>
    public int CountAbove(long score) => _ranked.CountAbove(score);

    /// <summary>How many ranked members have this score or a better one.</summary>
    public int CountAtLeast(long score) => score <= 0 ? Size : _ranked.CountAbove(score - 1);

    /// <summary>1 + the number of distinct better scores (1-2-2-3). Takes O(n / 1,024): for small boards and single questions.</summary>
    public int DenseRankOf(long score) => 1 + _ranked.CountScoresAbove(score);

    /// <summary>The distinct scores above this one, best first. Takes O(n) of what lies above it.</summary>
    public ImmutableArray<long> ScoresAbove(long score) => _ranked.ScoresAbove(score);

    /// <summary>Whether a member wished not to be seen, known or not.</summary>
    public bool IsHidden(Guid member) => _visibility.TryGetValue(member, out var visibility) && visibility.IsHidden;

    /// <summary>
    /// The share of ranked members with a strictly lower score: 0.88 means better than 88 % of them. Below 1 for any score that is on the
    /// board; null if nobody is.
    /// </summary>
    public double? PercentileOf(long score) => Size == 0 ? null : (double)(Size - CountAtLeast(score)) / Size;

    /// <summary>The score that holds the given place, counted from 1 in the total order; null beyond the last.</summary>
    public long? ScoreAt(int ordinal) =>
        ordinal >= 1 && _ranked.Read(ordinal - 1, 1) is [var found] ? _roster[found].Score : null;

    /// <summary>The first <paramref name="count"/> standings.</summary>
    public Standing[] Top(int count) => Page(0, count);

    /// <summary>Up to <paramref name="count"/> standings after the first <paramref name="offset"/>, in the total order.</summary>
    public Standing[] Page(int offset, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(offset);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        var ordinals = _ranked.Read(offset, count);
        var page = new Standing[ordinals.Length];
        for (var at = 0; at < page.Length;)
        {
            var score = _roster[ordinals[at]].Score;
            var end = at + 1;
            while (end < page.Length && _roster[ordinals[end]].Score == score) end++;

            // Inside the page a tie is as long as it looks; only at its two ends may it go on outside.
            var above = at == 0 ? CountAbove(score) : offset + at;
            var tiedWith = (end == page.Length ? CountAtLeast(score) : offset + end) - above - 1;
            for (; at < end; at++)
            {
                ref var row = ref _roster[ordinals[at]];
                page[at] = new(row.Member, score, row.ReachedAt, new(above + 1, tiedWith, offset + at + 1));
            }
        }

        return page;
    }

    /// <summary>
    /// A ranked member between up to <paramref name="above"/> standings before and <paramref name="below"/> after it in the total order;
    /// empty if it is unranked. At the ends of the board there are fewer, not more on the other side.
    /// </summary>
    public Standing[] Around(Guid member, int above, int below)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(above);
        ArgumentOutOfRangeException.ThrowIfNegative(below);
        if (PlaceOf(member) is not { Ordinal: var ordinal }) return [];
        var first = Math.Max(0, ordinal - 1 - above);
        return Page(first, (int)Math.Min(Size, (long)ordinal - first + below));
    }

    /// <summary>The place of a state that is or is not in the order, while the entry that its member may have there is left out.</summary>
    private Place PlaceAmongOthers(in ScoreRow row, ScoreRow? own)
    {
        var key = _roster.KeyOf(row);
        var above = _ranked.CountAbove(key.Score);
        var atLeast = CountAtLeast(key.Score);
        var before = _ranked.CountBefore(key);
        if (own is { } entry && IsRanked(entry))
        {
            if (entry.Score > key.Score) above--;
            if (entry.Score >= key.Score) atLeast--;
            if (_roster.KeyOf(entry).Precedes(key)) before--;
        }

        return new(above + 1, atLeast - above, before + 1);
    }

    private bool IsRanked(in ScoreRow row) => row.Score > 0 && (_visibility.Count == 0 || !IsHidden(row.Member));

    private RankingChange SetVisibility(Guid member, Visibility visibility)
    {
        if (_visibility.TryGetValue(member, out var known) && visibility.Version <= known.Version) return RankingChange.Stale;

        var ordinal = _roster.Find(member, RankKey.DrawOf(_seed, member));
        var wasRanked = ordinal >= 0 && IsRanked(_roster[ordinal]);
        _visibility[member] = visibility;
        if (ordinal < 0 || _isGathering) return RankingChange.Recorded;
        var key = _roster.KeyOf(ordinal);
        return Reorder(ordinal, key, wasRanked, key, IsRanked(_roster[ordinal]));
    }

    private RankingChange Reorder(int ordinal, in RankKey from, bool wasRanked, in RankKey to, bool isRanked)
    {
        if (wasRanked && isRanked && from != to) _ranked.Move(from, to, ordinal);
        else if (wasRanked && !isRanked) _ranked.Remove(from, ordinal);
        else if (!wasRanked && isRanked) _ranked.Insert(to, ordinal);
        else return RankingChange.Recorded;
        return RankingChange.Moved;
    }
}
