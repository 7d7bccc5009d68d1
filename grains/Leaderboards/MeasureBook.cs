using System.Runtime.InteropServices;
using Gamification.Projections;
using Gamification.Rules;
using Gamification.Rules.Impacts;
using Gamification.Rules.Measures;

namespace Gamification.Leaderboards;

/// <summary>
/// What stands behind the scores of a measure's board: the newest value of every event in its window, about 150 bytes each. A best or a latest that
/// is taken away must fall back to what stands without it, which no total could tell.
/// </summary>
/// <param name="aggregator">How they make a score.</param>
/// <param name="worth">What quantities are worth on a board of impact; null on others.</param>
internal sealed class MeasureBook(Aggregator aggregator, ImpactWorth? worth = null)
{
    private readonly Dictionary<MemberId, List<Row>> _rows = [];
    private long _version;

    private readonly record struct Row(string Store, int Day, string Thing, long Value, long At, long Version);

    /// <summary>Takes a row over if it is newer than the known one; whether it was.</summary>
    public bool Take(MeasuredChange change)
    {
        if (!_rows.TryGetValue(change.Member, out var rows)) _rows[change.Member] = rows = [];
        var row = new Row(change.Store, change.Day, change.Thing, change.Value, change.ReachedAt, change.Version);
        var at = rows.FindIndex(known => known.Day == row.Day && known.Store == row.Store && known.Thing == row.Thing);
        if (at < 0) rows.Add(row);
        else if (rows[at].Version < row.Version) rows[at] = row;
        else return false;
        return true;
    }

    /// <summary>Adds a stored row, of which there is one each: not looked for, since a member may have thousands.</summary>
    public void Load(MeasureRow stored)
    {
        var member = MemberId.Parse(stored.Actor.Key);
        if (!_rows.TryGetValue(member, out var rows)) _rows[member] = rows = [];
        rows.Add(new(stored.Store, stored.Day, stored.Thing, stored.Value, stored.ReachedAt, stored.Version));
    }

    public IEnumerable<MemberId> Members => _rows.Keys;

    /// <summary>
    /// The member's score by what stands now, under a version that this book gives: rows of one member may come in any order, and each of them
    /// makes a newer score.
    /// </summary>
    public ScoreChange ScoreOf(MemberId member)
    {
        if (worth is not null)
        {
            var (sum, since) = worth.Score(_rows[member].Select(row => (MeasureKey.ThingIn(row.Thing), row.Day, row.Value, row.At)));
            return new(member, sum, since, ++_version);
        }

        var rows = CollectionsMarshal.AsSpan(_rows[member]);
        var standing = new Contribution[rows.Length];
        for (var at = 0; at < rows.Length; at++) standing[at] = new(aggregator == Aggregator.Distinct ? MeasureKey.ThingIn(rows[at].Thing) : "", rows[at].Value, rows[at].At);
        var (score, reachedAt) = Measuring.Score(aggregator, standing);
        return new(member, score, reachedAt, ++_version);
    }
}
