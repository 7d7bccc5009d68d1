using Gamification.Leagues;
using Gamification.Programmes.Earning;
using Gamification.Rules.Leagues;
using Gamification.Tests.Rules.Challenges;

namespace Gamification.Tests.Leagues;

public sealed class LateSeatsTests
{
    private static readonly LeagueRules Rules = new()
    {
        Id = "friends", Name = Contests.Named("friends"), Divisions = [Contests.Named("bronze"), Contests.Named("silver")], GroupSize = 4, Promoted = 1, Relegated = 1, Efforts = [new(EarningEvent.Post, 1)],
    };

    [Fact]
    public void Who_comes_late_fills_the_smallest_group_of_its_division_and_then_begins_another()
    {
        LeagueSeat[] seated = [.. Enumerable.Range(0, 4).Select(one => new LeagueSeat(Contests.Key(one), 0, 0)), new(Contests.Key(9), 0, 1), new(Contests.Key(10), 1, 0)];
        LeagueEntrant[] late = [.. Enumerable.Range(20, 5).Select(one => new LeagueEntrant(Contests.Key(one), 0, 0)), new(Contests.Key(30), 5, 0)];
        var seats = LateSeats.Of(Rules, seated, late, "s");
        Assert.Equal([1, 1, 1, 2, 2], seats.Where(seat => seat.Division == 0).Select(seat => seat.Group).Order());
        Assert.Equal((1, 0), seats.Single(seat => seat.Member == Contests.Key(30)) is var last ? (last.Division, last.Group) : default);
        Assert.Equal(seats, LateSeats.Of(Rules, seated.Reverse(), late.Reverse(), "s"));
    }
}
