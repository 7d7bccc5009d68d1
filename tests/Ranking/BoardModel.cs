using Gamification.Leaderboards;

namespace Gamification.Tests;

/// <summary>The obvious slow board: the newest state of each member, sorted whenever somebody asks.</summary>
internal sealed class BoardModel(ulong seed)
{
    private readonly Dictionary<Guid, ScoreRow> _rows = [];
    private readonly Dictionary<Guid, Visibility> _visibility = [];

    public IEnumerable<ScoreRow> Rows => _rows.Values;

    public ScoreRow? Find(Guid member) => _rows.TryGetValue(member, out var row) ? row : null;

    public bool IsRanked(Guid member) =>
        Find(member) is { Score: > 0 } && !(_visibility.TryGetValue(member, out var visibility) && visibility.IsHidden);

    public RankingChange Apply(ScoreRow row)
    {
        if (_rows.TryGetValue(row.Member, out var known) && row.Version <= known.Version) return RankingChange.Stale;
        var was = Shown(row.Member);
        _rows[row.Member] = row;
        return was == Shown(row.Member) ? RankingChange.Recorded : RankingChange.Moved;
    }

    public RankingChange Set(Guid member, Visibility visibility)
    {
        if (_visibility.TryGetValue(member, out var known) && visibility.Version <= known.Version) return RankingChange.Stale;
        var was = Shown(member);
        _visibility[member] = visibility;
        return was == Shown(member) ? RankingChange.Recorded : RankingChange.Moved;
    }

    public bool Forget(Guid member) => _rows.Remove(member) | _visibility.Remove(member);

    public List<Standing> Standings()
    {
        var order = _rows.Values.Where(row => IsRanked(row.Member))
            .OrderByDescending(row => row.Score)
            .ThenBy(row => row.ReachedAt)
            .ThenBy(row => RankKey.DrawOf(seed, row.Member))
            .ThenBy(row => row.Member.ToString("N"), StringComparer.Ordinal)
            .ToList();
        var tied = order.CountBy(row => row.Score).ToDictionary();
        List<Standing> standings = [];
        foreach (var row in order)
        {
            var rank = standings is [.., var last] && last.Score == row.Score ? last.Place.Rank : standings.Count + 1;
            standings.Add(new(row.Member, row.Score, row.ReachedAt, new(rank, tied[row.Score] - 1, standings.Count + 1)));
        }

        return standings;
    }

    /// <summary>Where a member would stand with another state: the standings of a copy in which it has that state and is shown.</summary>
    public Place PlaceWith(Guid member, long score, long reachedAt)
    {
        var copy = new BoardModel(seed);
        foreach (var row in _rows.Values.Where(row => IsRanked(row.Member) && row.Member != member)) copy.Apply(row);
        copy.Apply(new(member, score, reachedAt, 0));
        return copy.Standings().Single(standing => standing.Member == member).Place;
    }

    private (long Score, long ReachedAt)? Shown(Guid member) =>
        IsRanked(member) ? (_rows[member].Score, _rows[member].ReachedAt) : null;
}
