using Gamification.Leagues;
using Gamification.Programmes.Earning;
using Gamification.Rules.Leagues;
using Gamification.Tests.Rules.Challenges;

namespace Gamification.Tests.Rules.Leagues;

/// <summary>Spec G6: leagues of about 30 by effort, seeded, without shaming.</summary>
public sealed class LeagueTests
{
    private static readonly LeagueRules Rules = new()
    {
        Id = "friends", Name = Contests.Named("friends"), Divisions = [Contests.Named("bronze"), Contests.Named("silver"), Contests.Named("gold")],
        Efforts = [new(EarningEvent.Post, 5, 1), new(EarningEvent.Visit, 2, 2)],
    };

    [Fact]
    public void Effort_is_what_was_done_not_what_was_spent()
    {
        var deeds = new[]
        {
            Contests.Deed(EarningEvent.Sale, 0, spend: 1_000_000), Contests.Deed(EarningEvent.Post, 0), Contests.Deed(EarningEvent.Post, 0, 5),
            Contests.Deed(EarningEvent.Visit, 1), Contests.Deed(EarningEvent.Visit, 1, 1), Contests.Deed(EarningEvent.Visit, 1, 2), Contests.Deed(EarningEvent.Post, 2),
        };
        Assert.Equal((14, Contests.At(2)), Efforts.Of(Rules, deeds));
        Assert.Equal(Efforts.Of(Rules, deeds), Efforts.Of(Rules, deeds.Reverse()));
        var withSales = Rules with { Efforts = [new(EarningEvent.Sale, 1)] };
        Assert.Equal(Efforts.Of(withSales, [Contests.Deed(EarningEvent.Sale, 0, spend: 1)]), Efforts.Of(withSales, [Contests.Deed(EarningEvent.Sale, 0, spend: 1_000_000)]));
        Assert.Equal(0, Efforts.Of(withSales, [Contests.Deed(EarningEvent.Sale, 0)]).Effort);
    }

    [Fact]
    public void Groups_hold_people_of_like_effort_and_come_out_the_same_in_any_order()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var entrants = Enumerable.Range(1, random.Next(1, 400)).Select(member => new LeagueEntrant(Contests.Key(member), random.Next(3), random.Next(20))).ToArray();
            var seats = Grouping.Of(Rules, entrants, "friends/2026-W49");
            random.Shuffle(entrants);
            Assert.Equal(seats, Grouping.Of(Rules, entrants, "friends/2026-W49"));
            Assert.Equal(entrants.Length, seats.Select(seat => seat.Member).Distinct().Count());
            var efforts = entrants.ToDictionary(entrant => entrant.Member, entrant => entrant.LastEffort);
            foreach (var division in seats.GroupBy(seat => seat.Division))
            {
                var groups = division.GroupBy(seat => seat.Group).OrderBy(group => group.Key).ToArray();
                Assert.Equal(Enumerable.Range(0, groups.Length), groups.Select(group => group.Key));
                Assert.True(groups.Max(group => group.Count()) - groups.Min(group => group.Count()) <= 1, $"seed {seed}: uneven groups");
                Assert.True(division.Count() < 15 || groups.All(group => group.Count() is >= 15 and <= 45), $"seed {seed}: a group is far from 30");
                for (var at = 1; at < groups.Length; at++)
                    Assert.True(groups[at - 1].Min(seat => efforts[seat.Member]) >= groups[at].Max(seat => efforts[seat.Member]), $"seed {seed}: efforts are mixed");
            }
        }
    }

    [Fact]
    public void Another_period_draws_other_groups_among_equals()
    {
        var entrants = Enumerable.Range(1, 90).Select(member => new LeagueEntrant(Contests.Key(member), 0, 7)).ToArray();
        Assert.NotEqual(Grouping.Of(Rules, entrants, "friends/2026-W49"), Grouping.Of(Rules, entrants, "friends/2026-W50"));
    }

    [Fact]
    public void The_first_go_up_and_only_who_did_nothing_goes_down()
    {
        var efforts = Enumerable.Range(0, 30).Select(member => new LeagueEffort(Contests.Key(member), member < 27 ? 100 - member : 0, member)).ToArray();
        Assert.Equal((5, 3), Moves(Rules, 1));
        Assert.Equal((5, 5), Moves(Rules with { KeepsEffort = false }, 1));
        Assert.Equal((5, 0), Moves(Rules, 0));
        Assert.Equal((0, 3), Moves(Rules, 2));
        var three = LeagueTable.Of(Rules, 1, [new(Contests.Key(1), 0, 0), new(Contests.Key(2), 0, 0), new(Contests.Key(3), 4, 1)], "s");
        Assert.Equal([LeagueMove.Up, LeagueMove.Stays, LeagueMove.Down], three.Select(place => place.Move));
        Assert.Equal([1, 2, 2], three.Select(place => place.Rank));
        Assert.Equal([2, 0, 1], new[] { LeagueMove.Up, LeagueMove.Down, LeagueMove.Stays }.Select(move => LeagueTable.NextDivision(Rules, 1, move)));

        (int Up, int Down) Moves(LeagueRules rules, int division) => LeagueTable.Of(rules, division, efforts, "s") is var places
            ? (places.Count(place => place.Move == LeagueMove.Up), places.Count(place => place.Move == LeagueMove.Down)) : default;
    }

    [Fact]
    public void The_lower_half_is_shown_to_nobody_but_oneself_and_then_without_a_rank()
    {
        var places = LeagueTable.Of(Rules, 0, Enumerable.Range(0, 7).Select(member => new LeagueEffort(Contests.Key(member), 10 - member, 0)), "s");
        Assert.Equal(Enumerable.Range(0, 4).Select(Contests.Key), LeagueTable.ShownTo(Contests.Key(2), places).Select(one => one.Place.Member));
        var shown = LeagueTable.ShownTo(Contests.Key(6), places);
        Assert.Equal((Contests.Key(6), false), (shown[^1].Place.Member, shown[^1].ShowsRank));
        Assert.Equal(5, shown.Length);
    }
}
