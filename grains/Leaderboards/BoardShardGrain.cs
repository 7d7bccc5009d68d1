using System.Collections.Immutable;

namespace Gamification.Leaderboards;

/// <summary>A part of a large board: a ranking that one board fills and asks.</summary>
internal sealed class BoardShardGrain : Grain, IBoardShardGrain
{
    /// <summary>A shard that nobody asked for this long belongs to a board whose node died. If not, the board notices that it is gone.</summary>
    private static readonly TimeSpan KeptFor = TimeSpan.FromMinutes(30);

    private Ranking _ranking = null!;
    private bool _isReady;

    private Ranking Ready => _isReady ? _ranking : throw new BoardShardLostException();

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var key = this.GetPrimaryKeyString();
        _ranking = new(BoardSeed.Of(key[..key.IndexOf('#', StringComparison.Ordinal)]));
        return Task.CompletedTask;
    }

    public Task<ShardState> Load(ImmutableArray<ScoreChange> rows, ImmutableArray<VisibilityChange> visibility, bool last)
    {
        if (_isReady) throw new InvalidOperationException("This shard is loaded already.");
        _ranking.Gather(rows.Select(row => new ScoreRow(row.Member.Value, row.Score, row.ReachedAt, row.Version)));
        foreach (var wish in visibility) Take(wish);
        if (last)
        {
            _ranking.Order();
            _isReady = true;
        }

        DelayDeactivation(KeptFor);
        return Task.FromResult(new ShardState(_ranking.Size, true));
    }

    public Task<ShardState> Apply(ImmutableArray<ScoreChange> changes, ImmutableArray<VisibilityChange> visibility)
    {
        var moved = false;
        foreach (var change in changes) moved |= Ready.Apply(change.Member.Value, change.Score, change.ReachedAt, change.Version) == RankingChange.Moved;
        foreach (var wish in visibility) moved |= Take(wish) == RankingChange.Moved;
        return Task.FromResult(new ShardState(Ready.Size, moved));
    }

    public Task<ImmutableArray<ScoreChange>> Page(int offset, int count) =>
        Task.FromResult(ImmutableArray.CreateRange(Ready.Page(offset, count).Select(RowOf)));

    public Task<ImmutableArray<ShardEntry>> Find(ImmutableArray<MemberId> members) => Task.FromResult(ImmutableArray.CreateRange(members.Select(member => new ShardEntry(
        Ready.Find(member.Value) is { } row ? new ScoreChange(member, row.Score, row.ReachedAt, row.Version) : null,
        Ready.IsHidden(member.Value)))));

    public Task<ImmutableArray<ShardPlace>> Places(ImmutableArray<ScoreChange> states)
    {
        var places = ImmutableArray.CreateBuilder<ShardPlace>(states.Length);
        foreach (var state in states)
        {
            var place = Ready.PlaceWith(state.Member.Value, state.Score, state.ReachedAt)
                ?? throw new InvalidOperationException("Only a score above zero has a place.");
            var before = place.Ordinal - 1;
            places.Add(new(place.Rank - 1, place.TiedWith, before, before > 0 ? RowOf(Ready.Page(before - 1, 1)[0]) : null));
        }

        return Task.FromResult(places.MoveToImmutable());
    }

    public Task<ImmutableArray<long>> ScoresAbove(long score) => Task.FromResult(Ready.ScoresAbove(score));

    public Task Leave()
    {
        DeactivateOnIdle();
        return Task.CompletedTask;
    }

    private static ScoreChange RowOf(Standing standing) => new(new(standing.Member), standing.Score, standing.ReachedAt, Version: 0);

    private RankingChange Take(VisibilityChange wish) =>
        wish.IsHidden ? _ranking.Hide(wish.Member.Value, wish.Version) : _ranking.Show(wish.Member.Value, wish.Version);
}
