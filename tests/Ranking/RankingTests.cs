using Gamification.Leaderboards;

namespace Gamification.Tests;

public sealed class RankingTests
{
    private static readonly Guid s_ada = Guid.Parse("00000000-0000-0000-0000-00000000000a");
    private static readonly Guid s_bob = Guid.Parse("00000000-0000-0000-0000-00000000000b");
    private static readonly Guid s_cid = Guid.Parse("00000000-0000-0000-0000-00000000000c");
    private static readonly Guid s_dan = Guid.Parse("00000000-0000-0000-0000-00000000000d");

    private readonly Ranking _board = new(seed: 1);

    [Fact]
    public void An_empty_board_answers_everything_with_nothing()
    {
        Assert.Equal(0, _board.Size);
        Assert.Empty(_board.Top(10));
        Assert.Empty(_board.Page(5, 10));
        Assert.Empty(_board.Around(s_ada, 2, 2));
        Assert.Empty(_board.Rows());
        Assert.Null(_board.PlaceOf(s_ada));
        Assert.Null(_board.VirtualPlaceOf(s_ada));
        Assert.Null(_board.PercentileOf(10));
        Assert.Null(_board.ScoreAt(1));
        Assert.Null(_board.ScoreAt(0));
        Assert.False(_board.Forget(s_ada));
        Assert.Equal(1, _board.DenseRankOf(10));
        Assert.Equal(new Place(1, 0, 1), _board.PlaceWith(s_ada, 10, 0));
    }

    [Fact]
    public void Ties_share_a_rank_and_the_next_one_is_skipped()
    {
        _board.Apply(s_ada, 30, 1, 1);
        _board.Apply(s_bob, 20, 9, 1);
        _board.Apply(s_cid, 20, 4, 1);
        _board.Apply(s_dan, 10, 1, 1);

        Assert.Equal(
            [
                new(s_ada, 30, 1, new(Rank: 1, TiedWith: 0, Ordinal: 1)),
                new(s_cid, 20, 4, new(Rank: 2, TiedWith: 1, Ordinal: 2)),
                new(s_bob, 20, 9, new(Rank: 2, TiedWith: 1, Ordinal: 3)),
                new(s_dan, 10, 1, new(Rank: 4, TiedWith: 0, Ordinal: 4)),
            ],
            _board.Top(10));
        Assert.Equal([1, 2, 2, 3], _board.Top(10).Select(standing => _board.DenseRankOf(standing.Score)));
    }

    [Fact]
    public void A_standing_says_why_it_is_below_another()
    {
        _board.Apply(s_ada, 30, 1, 1);
        _board.Apply(s_bob, 20, 4, 1);
        _board.Apply(s_cid, 20, 9, 1);
        _board.Apply(s_dan, 20, 9, 1);

        var top = _board.Top(4);

        Assert.Equal(
            [OrderReason.Score, OrderReason.ReachedAt, OrderReason.Draw],
            top.Skip(1).Select((standing, at) => standing.ReasonBelow(top[at])));
    }

    [Fact]
    public void A_retry_or_an_older_change_is_stale()
    {
        Assert.Equal(RankingChange.Moved, _board.Apply(s_ada, 30, 5, 7));
        Assert.Equal(RankingChange.Stale, _board.Apply(s_ada, 30, 5, 7));
        Assert.Equal(RankingChange.Stale, _board.Apply(s_ada, 90, 9, 6));
        Assert.Equal(new ScoreRow(s_ada, 30, 5, 7), _board.Find(s_ada));
    }

    [Fact]
    public void A_change_that_shows_nowhere_only_records_its_version()
    {
        _board.Apply(s_ada, 30, 5, 7);

        Assert.Equal(RankingChange.Recorded, _board.Apply(s_ada, 30, 5, 9));
        Assert.Equal(RankingChange.Stale, _board.Apply(s_ada, 99, 5, 8));
    }

    [Fact]
    public void A_reversal_takes_reached_at_back_and_so_overtakes_within_the_tie()
    {
        _board.Apply(s_ada, 20, 5, 1);
        _board.Apply(s_bob, 20, 8, 1);

        Assert.Equal(RankingChange.Moved, _board.Apply(s_bob, 20, 2, 2));

        Assert.Equal([s_bob, s_ada], _board.Top(2).Select(standing => standing.Member));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-5)]
    [InlineData(long.MinValue)]
    public void Without_a_score_above_zero_a_member_is_unranked_and_nothing_older_brings_it_back(long score)
    {
        _board.Apply(s_ada, 20, 5, 1);

        Assert.Equal(RankingChange.Moved, _board.Apply(s_ada, score, 6, 4));
        Assert.Equal(RankingChange.Stale, _board.Apply(s_ada, 50, 5, 3));

        Assert.Equal(0, _board.Size);
        Assert.Null(_board.PlaceOf(s_ada));
        Assert.Null(_board.VirtualPlaceOf(s_ada));
        Assert.Null(_board.PlaceWith(s_ada, score, 5));
        Assert.Equal(RankingChange.Recorded, _board.Apply(s_bob, score, 6, 4));
        Assert.Equal(RankingChange.Moved, _board.Apply(s_ada, 50, 5, 5));
    }

    [Fact]
    public void A_removed_member_stays_out_until_something_newer_than_the_removal()
    {
        _board.Apply(s_ada, 20, 5, 1);

        Assert.Equal(RankingChange.Moved, _board.Remove(s_ada, 3));
        Assert.Equal(RankingChange.Stale, _board.Apply(s_ada, 20, 5, 2));
        Assert.Equal(0, _board.Size);
    }

    [Fact]
    public void A_hidden_member_goes_on_scoring_unseen_and_comes_back_where_it_belongs()
    {
        _board.Apply(s_ada, 30, 1, 1);
        _board.Apply(s_bob, 20, 1, 1);

        Assert.Equal(RankingChange.Moved, _board.Hide(s_ada, 5));
        Assert.Equal(RankingChange.Recorded, _board.Apply(s_ada, 20, 3, 2));

        Assert.Equal([s_bob], _board.Top(10).Select(standing => standing.Member));
        Assert.Null(_board.PlaceOf(s_ada));
        Assert.Equal(new Place(Rank: 1, TiedWith: 1, Ordinal: 2), _board.VirtualPlaceOf(s_ada));
        Assert.Equal(new Place(1, 0, 1), _board.PlaceOf(s_bob));

        Assert.Equal(RankingChange.Stale, _board.Show(s_ada, 4));
        Assert.Equal(RankingChange.Moved, _board.Show(s_ada, 6));
        Assert.Equal(new Place(Rank: 1, TiedWith: 1, Ordinal: 2), _board.PlaceOf(s_ada));
    }

    [Fact]
    public void Who_hides_before_being_known_never_shows()
    {
        Assert.Equal(RankingChange.Recorded, _board.Hide(s_ada, 1));
        Assert.Equal(RankingChange.Recorded, _board.Apply(s_ada, 30, 1, 1));
        _board.Load([new(s_ada, 40, 1, 2), new(s_bob, 10, 1, 1)]);

        Assert.Equal([s_bob], _board.Top(10).Select(standing => standing.Member));
        Assert.Equal(new Place(1, 0, 1), _board.VirtualPlaceOf(s_ada));
    }

    [Fact]
    public void A_forgotten_member_leaves_no_version_behind()
    {
        _board.Apply(s_ada, 30, 1, 9);
        _board.Hide(s_ada, 9);

        Assert.True(_board.Forget(s_ada));
        Assert.False(_board.Forget(s_ada));

        Assert.Equal(RankingChange.Moved, _board.Apply(s_ada, 5, 1, 1));
    }

    [Fact]
    public void A_wish_counts_all_the_others_and_not_oneself()
    {
        _board.Apply(s_ada, 30, 1, 1);
        _board.Apply(s_bob, 20, 1, 1);
        _board.Apply(s_cid, 20, 2, 1);

        Assert.Equal(new Place(Rank: 1, TiedWith: 1, Ordinal: 2), _board.PlaceWith(s_cid, 30, 9));
        Assert.Equal(new Place(Rank: 3, TiedWith: 0, Ordinal: 3), _board.PlaceWith(s_ada, 15, 9));
        Assert.Equal(new Place(Rank: 2, TiedWith: 2, Ordinal: 2), _board.PlaceWith(s_dan, 20, 0));
        Assert.Equal(3, _board.Size);
    }

    [Fact]
    public void A_percentile_is_the_share_of_members_with_a_strictly_lower_score()
    {
        _board.Apply(s_ada, 30, 1, 1);
        _board.Apply(s_bob, 20, 1, 1);
        _board.Apply(s_cid, 20, 2, 1);
        _board.Apply(s_dan, 10, 2, 1);

        Assert.Equal(
            [0.75, 0.25, 0.0, 1.0, 0.0, 0.0],
            new long[] { 30, 20, 10, 31, 1, long.MinValue }.Select(score => _board.PercentileOf(score)!.Value));
    }

    [Fact]
    public void Pages_at_and_beyond_the_ends_are_short_or_empty()
    {
        _board.Apply(s_ada, 30, 1, 1);
        _board.Apply(s_bob, 20, 1, 1);

        Assert.Equal([s_bob], _board.Page(1, int.MaxValue).Select(standing => standing.Member));
        Assert.Empty(_board.Page(2, 1));
        Assert.Empty(_board.Page(int.MaxValue, int.MaxValue));
        Assert.Empty(_board.Page(0, 0));
        Assert.Equal([s_ada, s_bob], _board.Around(s_ada, int.MaxValue, int.MaxValue).Select(standing => standing.Member));
        Assert.Throws<ArgumentOutOfRangeException>(() => _board.Page(-1, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _board.Page(0, -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => _board.Around(s_ada, -1, 0));
    }

    [Fact]
    public void A_dense_rank_asked_before_a_block_splits_is_still_right_after_it()
    {
        for (var number = 1; number <= Block.SizeMax; number++) _board.Apply(new(number, 0, 0, new byte[8]), 10 * number, 0, 1);
        Assert.Equal(Block.SizeMax + 1, _board.DenseRankOf(1));

        _board.Apply(s_ada, 5, 0, 1);
        _board.Apply(s_bob, 5, 0, 1);

        Assert.Equal(Block.SizeMax + 1, _board.DenseRankOf(5));
        Assert.Equal(Block.SizeMax + 2, _board.DenseRankOf(4));
    }

    [Fact]
    public void The_widest_numbers_keep_their_order()
    {
        _board.Apply(s_ada, long.MaxValue, long.MinValue, long.MinValue);
        _board.Apply(s_bob, long.MaxValue, long.MaxValue, long.MaxValue);
        _board.Apply(s_cid, 1, long.MinValue, 0);
        _board.Apply(s_dan, long.MaxValue, 0, 0);

        Assert.Equal([s_ada, s_dan, s_bob, s_cid], _board.Top(4).Select(standing => standing.Member));
        Assert.Equal(RankingChange.Stale, _board.Apply(s_bob, 1, 1, long.MaxValue));

        var loaded = new Ranking(seed: 1);
        loaded.Load(_board.Rows().Reverse());
        Assert.Equal(_board.Top(4), loaded.Top(4));
    }

    [Fact]
    public void Freed_ordinals_are_used_again()
    {
        var roster = new Roster(seed: 1);
        var first = roster.Add(new(s_ada, 1, 1, 1), RankKey.DrawOf(1, s_ada));
        roster.Add(new(s_bob, 1, 1, 1), RankKey.DrawOf(1, s_bob));

        roster.Remove(first);

        Assert.Equal(first, roster.Add(new(s_cid, 1, 1, 1), RankKey.DrawOf(1, s_cid)));
        Assert.Equal(2, roster.Count);
        Assert.Equal(2, roster.End);
    }
}
