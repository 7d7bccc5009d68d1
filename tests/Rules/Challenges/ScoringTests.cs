using Gamification.Challenges;
using Gamification.Programmes.Earning;
using Gamification.Rules.Challenges;
using static Gamification.Programmes.Earning.EarningEvent;
using static Gamification.Tests.Rules.Challenges.Contests;

namespace Gamification.Tests.Rules.Challenges;

public sealed class ScoringTests
{
    [Fact]
    public void A_count_stays_at_its_target_and_was_reached_then()
    {
        var challenge = Of(new CountGoal(On(Post, Visit), 2));
        Assert.Equal(new Contribution(0, 2, At(3), At(3)), Score(challenge, Deed(Visit, 5), Deed(Post, 1), Deed(Visit, 3), Deed(Comment, 2)));
        Assert.Equal(new Contribution(0, 3, At(5), At(3)), Score(challenge with { Beyond = true }, Deed(Visit, 5), Deed(Post, 1), Deed(Visit, 3)));
        Assert.Equal(new Contribution(0, 1, At(1), 0), Score(challenge, Deed(Post, 1)));
        Assert.Null(Score(challenge, Deed(Comment, 1)));
    }

    [Fact]
    public void A_day_brings_no_more_than_its_cap()
    {
        var challenge = Of(new CountGoal(On(Visit), 3)) with { Caps = new() { PerDay = 1 } };
        Assert.Equal(new Contribution(0, 2, At(1), 0), Score(challenge, Deed(Visit, 0), Deed(Visit, 0, 5), Deed(Visit, 1), Deed(Visit, 1, 9)));
    }

    [Fact]
    public void Goods_are_picked_and_summed_down_to_whole_units()
    {
        var local = new Deeds { On = [Sale], Goods = new() { Labels = ["local"] } };
        var apples = Deed(Sale, 0, goods: [Line("apple", 300, 1.5m, "fruit", "local"), Line("pear", 200, 0.4m, "fruit", "local"), Line("soap", 900)]);
        Assert.Equal(new Contribution(0, 1, At(0), 0), Score(Of(new SumGoal(local, SumOf.Items, 2)), apples));
        Assert.Equal(new Contribution(0, 2, At(1), At(1)), Score(Of(new SumGoal(local, SumOf.Items, 2)), apples, Deed(Sale, 1, goods: [Line("apple", 10, 0.1m, "fruit", "local")])));
        Assert.Equal(500, Score(Of(new SumGoal(local, SumOf.Spend, 10_000)), apples)?.Score);
        Assert.Equal(1_400, Score(Of(new SumGoal(On(Sale), SumOf.Spend, 10_000)), apples)?.Score);
        Assert.Null(Score(Of(new SumGoal(local with { MinSpend = 501 }, SumOf.Spend, 10_000)), apples));
    }

    [Fact]
    public void Different_things_count_once_and_since_they_first_happened()
    {
        var skus = Of(new DistinctGoal(new() { On = [Sale], Goods = new() { Categories = ["fruit"] } }, DistinctOf.Skus, 2));
        Assert.Equal(new Contribution(0, 2, At(2), At(2)), Score(skus, Deed(Sale, 1, goods: [Line("a", 1, 1, "fruit"), Line("a", 1, 1, "fruit"), Line("x", 1)]), Deed(Sale, 2, goods: [Line("b", 1, 1, "fruit")]), Deed(Sale, 3, goods: [Line("b", 1, 1, "fruit")])));
        Assert.Equal(2, Score(Of(new DistinctGoal(On(Visit), DistinctOf.Stores, 9)), Deed(Visit, 1, store: "s1"), Deed(Visit, 2, store: "s2"), Deed(Visit, 3, store: "s1"), Deed(Visit, 4))?.Score);
        Assert.Equal(2, Score(Of(new DistinctGoal(On(Post), DistinctOf.Days, 5)), Deed(Post, 1), Deed(Post, 1, 9), Deed(Post, 4))?.Score);
        Assert.Equal(1, Score(Of(new DistinctGoal(On(Review), DistinctOf.Subjects, 5)), Deed(Review, 1, subject: "soap"), Deed(Review, 2, subject: "soap"), Deed(Review, 3))?.Score);
    }

    [Fact]
    public void Steps_are_done_in_order_each_by_a_deed_of_its_own()
    {
        var challenge = Of(new InSequence([On(Post), On(Post, Comment), On(PollVote)]));
        Assert.Equal(new Contribution(0, 1, At(0), 0), Score(challenge, Deed(Post, 0)));
        Assert.Equal(new Contribution(0, 2, At(3), 0), Score(challenge, Deed(PollVote, 0), Deed(Post, 1), Deed(Post, 3)));
        Assert.Equal(new Contribution(0, 3, At(4), At(4)), Score(challenge, Deed(PollVote, 4), Deed(Comment, 2), Deed(Post, 1), Deed(PollVote, 5)));
    }

    [Fact]
    public void A_run_is_the_longest_and_reached_with_its_last_day()
    {
        var days = Of(new RunOf(On(Visit, Post), RunPer.Day, 3));
        Assert.Equal(new Contribution(0, 2, At(1), 0), Score(days, Deed(Visit, 0), Deed(Post, 1), Deed(Visit, 3)));
        Assert.Equal(new Contribution(0, 3, At(5), At(5)), Score(days, Deed(Visit, 0), Deed(Post, 1), Deed(Visit, 3), Deed(Post, 4), Deed(Post, 5), Deed(Post, 6)));

        // Sunday and Monday lie in two ISO weeks.
        var weeks = Of(new RunOf(On(Visit), RunPer.Week, 2, Times: 2));
        Assert.Equal(1, Score(weeks, Deed(Visit, 5), Deed(Visit, 6), Deed(Visit, 7))?.Score);
        Assert.Equal(new Contribution(0, 2, At(9), At(9)), Score(weeks, Deed(Visit, 5), Deed(Visit, 6), Deed(Visit, 7), Deed(Visit, 7, 5), Deed(Visit, 9)));
    }

    [Fact]
    public void A_choice_is_reached_with_the_last_goal_it_needs()
    {
        var challenge = Of(new SomeOf([new CountGoal(On(Post)), new CountGoal(On(Review), 2), new InSequence([On(Visit), On(Comment)])], 2));
        Assert.Equal(new Contribution(0, 1, At(4), 0), Score(challenge, Deed(Post, 4), Deed(Review, 5)));
        Assert.Equal(new Contribution(0, 2, At(4), At(4)), Score(challenge, Deed(Post, 4), Deed(Visit, 1), Deed(Comment, 2)));
        Assert.Equal(new Contribution(0, 3, At(6), At(4)), Score(challenge with { Beyond = true }, Deed(Post, 4), Deed(Visit, 1), Deed(Comment, 2), Deed(Review, 5), Deed(Review, 6)));
    }

    [Fact]
    public void Only_the_audience_counts_inside_the_window_and_outside_pauses()
    {
        var challenge = Of(new CountGoal(On(Visit), 9)) with { Audience = new() { Stores = ["s1"], Tiers = ["gold"], Segments = ["early", "late"] } };
        var deed = Deed(Visit, 1, store: "s1") with { Tier = "gold", Segments = ["late"] };
        Assert.Equal(1, Score(challenge, deed)?.Score);
        Assert.Null(Score(challenge, deed with { Store = "s2" }));
        Assert.Equal(1, Score(challenge, deed with { Store = null })?.Score);
        Assert.Null(Score(challenge, deed with { Tier = null }));
        Assert.Null(Score(challenge, deed with { Segments = ["other"] }));
        Assert.Null(Score(challenge, deed with { OccurredAt = deed.OccurredAt.AddDays(14) }));
        var paused = new Marking(challenge, Times(challenge, new([new(At(1), At(1) + 1)])));
        Assert.Empty(paused.Of(Key(1), deed));
        Assert.Single(paused.Of(Key(1), deed with { OccurredAt = deed.OccurredAt.AddMilliseconds(1) }));
    }

    [Fact]
    public void A_store_has_what_happened_in_it_and_a_team_what_its_members_did()
    {
        var stores = Of(new CountGoal(On(Visit), 1), new StoreAgainstStore(["s2", "s1"])) with { Caps = new() { PerMember = 2 } };
        var track = Track(stores, Deed(Visit, 0, store: "s1"), Deed(Visit, 1, store: "s1"), Deed(Visit, 2, store: "s1"), Deed(Visit, 3, store: "s2"), Deed(Visit, 4, store: "s3"), Deed(Visit, 4));
        Assert.Equal([new(0, 1, At(3), At(3)), new(1, 2, At(1), At(0))], track.Contributions(stores));

        var teams = Of(new CountGoal(On(Visit), 1), new InTeams([new("red", Named("red")), new("blue", Named("blue"))])) with { Audience = new() { OptIn = true } };
        var marking = new Marking(teams, Times(teams));
        var alone = Track(teams, Deed(Visit, 0));
        Assert.Empty(alone.Contributions(teams));
        var blue = alone.With([new(default, null, new("c", true, "blue"))], 2, "c", marking);
        Assert.Equal(1, Assert.Single(blue.Contributions(teams)).Group);
        Assert.Empty(blue.With([new(default, null, new("c", false))], 3, "c", marking).Contributions(teams));
        Assert.Same(blue, blue.With([new(default, null, new("other", false))], 3, "c", marking));
    }

    [Fact]
    public void What_comes_back_takes_exactly_what_it_brought_and_a_known_version_changes_nothing()
    {
        var challenge = Of(new SumGoal(On(Sale), SumOf.Spend, 1_000)) with { Beyond = true };
        var marking = new Marking(challenge, Times(challenge));
        var bought = MemberTrack.Empty.With([new(Key(1), Deed(Sale, 1, spend: 700)), new(Key(2), Deed(Sale, 2, spend: 400))], 5, "c", marking);
        Assert.Equal(new Contribution(0, 1_100, At(2), At(2)), bought.Contributions(challenge)[0]);
        var partly = bought.With([new(Key(2), Deed(Sale, 2, spend: 100))], 6, "c", marking);
        Assert.Equal(new Contribution(0, 800, At(2), 0), partly.Contributions(challenge)[0]);
        var wholly = partly.With([new(Key(2))], 7, "c", marking);
        Assert.Equal(new Contribution(0, 700, At(1), 0), wholly.Contributions(challenge)[0]);
        Assert.Same(wholly, wholly.With([new(Key(2), Deed(Sale, 2, spend: 100))], 6, "c", marking));
        Assert.Same(wholly, wholly.With([new(Key(9), Deed(Post, 2))], 8, "c", marking));
    }
}
