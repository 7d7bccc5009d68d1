using System.Collections.Immutable;

namespace Gamification.Leaderboards;

/// <summary>A board in one piece, which is nearly every board.</summary>
internal sealed class WholeStandings : IStandings
{
    private const int RowsATurn = 1_000;

    private readonly Ranking _ranking;

    private WholeStandings(ulong seed, ImmutableArray<VisibilityChange> visibility)
    {
        _ranking = new(seed);
        foreach (var wish in visibility) Take(wish);
    }

    /// <summary>Others have their turn between pieces of the rows.</summary>
    public static async Task<WholeStandings> Load(ulong seed, IReadOnlyCollection<ScoreRow> rows, ImmutableArray<VisibilityChange> visibility)
    {
        var standings = new WholeStandings(seed, visibility);
        foreach (var some in rows.Chunk(RowsATurn))
        {
            standings._ranking.Gather(some);
            await Task.Yield();
        }

        standings._ranking.Order();
        return standings;
    }

    public int Size => _ranking.Size;

    public ValueTask<bool> Apply(ImmutableArray<ScoreChange> changes, ImmutableArray<VisibilityChange> visibility)
    {
        var moved = false;
        foreach (var change in changes) moved |= _ranking.Apply(change.Member.Value, change.Score, change.ReachedAt, change.Version) == RankingChange.Moved;
        foreach (var wish in visibility) moved |= Take(wish) == RankingChange.Moved;
        return new(moved);
    }

    public ValueTask<ImmutableArray<BoardRow>> Page(int offset, int count) => new(BoardRows.Of(_ranking.Page(offset, count), Above(offset + 1)));

    public ValueTask<ImmutableArray<MemberStanding>> Find(ImmutableArray<MemberId> members)
    {
        var found = ImmutableArray.CreateBuilder<MemberStanding>(members.Length);
        foreach (var member in members)
        {
            var isHidden = _ranking.IsHidden(member.Value);
            if (_ranking.VirtualPlaceOf(member.Value) is not { } place) found.Add(new(null, isHidden));
            else
            {
                var row = _ranking.Find(member.Value)!.Value;
                found.Add(new(BoardRows.Of(new Standing(row.Member, row.Score, row.ReachedAt, place), Above(place.Ordinal)), isHidden));
            }
        }

        return new(found.MoveToImmutable());
    }

    public ValueTask<ImmutableArray<long>> DenseRanks(ImmutableArray<long> scores) => new([.. scores.Select(score => (long)_ranking.DenseRankOf(score))]);

    public Task Leave() => Task.CompletedTask;

    /// <summary>What stands just above a place that is, or would be, taken.</summary>
    private Standing? Above(int ordinal) => ordinal > 1 && _ranking.Page(ordinal - 2, 1) is [var above] ? above : null;

    private RankingChange Take(VisibilityChange wish) =>
        wish.IsHidden ? _ranking.Hide(wish.Member.Value, wish.Version) : _ranking.Show(wish.Member.Value, wish.Version);
}
