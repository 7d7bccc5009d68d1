using Gamification.Incidents;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules;
using Gamification.Rules.Activities;
using Gamification.Rules.Recognition;
using Gamification.Rules.Streaks;
using Gamification.Tests.Rules.Activities;
using Gamification.Tests.Rules.Earning;
using Gamification.Tests.Rules.Recognition;

namespace Gamification.Tests.Rules.Fold;

/// <summary>Incidents of a store, a region or all (spec E3): nobody's account is touched when they are declared.</summary>
public sealed class IncidentTests
{
    private static readonly ProgrammeSettings Programme = Receipts.Programme() with
    {
        Earning = Books.Document(Books.Base, Events.Weight("visit", 1, EarningEvent.Visit)) with { Zones = [new() { Id = "north", Stores = ["GNT"] }] },
        Recognition = new()
        {
            Streaks =
            [
                new() { Id = "weekly", Name = Drawn.Named("weekly"), On = [EarningEvent.Sale, EarningEvent.Visit], Milestones = [new(3, Drawn.Points(5)), new(6, Drawn.Points(20))], Freezes = new() { EarnEvery = 3, HoldMax = 1 } },
                new() { Id = "daily", Name = Drawn.Named("daily"), On = [EarningEvent.Sale, EarningEvent.Visit], Per = StreakPeriod.Day },
            ],
        },
    };

    /// <summary>
    /// Whoever looks late, once, is where whoever was bridged at each declaration is; and whoever has the incidents twice, from another node, is there too.
    /// </summary>
    [Fact]
    public void Looking_late_is_the_same_as_having_been_touched_at_once() => Drawn.EachSeed((seed, random) =>
    {
        var (lazy, eager, incidents) = (Account(), Account(), IncidentList.Empty);
        var day = new DateOnly(2026, 1, 5);
        for (var step = 0; step < 25; step++)
        {
            day = day.AddDays(random.Next(1, 12));
            eager.At = lazy.At = new(day.ToDateTime(new(12, 0)), TimeSpan.FromHours(1));
            if (random.Next(4) == 0 && lazy.State.Recognition is { Streaks.IsEmpty: false })
            {
                var from = day.AddDays(-random.Next(0, 20));
                var stated = new DeclareIncident { Id = $"{step}", From = from, To = from.AddDays(random.Next(1, 15)), Scope = random.Next(2) == 0 ? "programme" : "store:BRU", Reason = "flood", By = "marie" };
                incidents = incidents.Apply(incidents.Decide(stated, Programme, day, lazy.At).New!);
                Assert.Null(incidents.Decide(stated, Programme, day, lazy.At).New);
                eager.Apply(Commanding.Decide(eager.State, new BridgeStreaks(stated.From, stated.To, null), "marie", Context(eager, IncidentList.Empty)).Entry!);
            }
            else
            {
                Visit(lazy, $"{step}", random.Next(3) == 0 ? IncidentList.Empty : incidents);
                Visit(eager, $"{step}", IncidentList.Empty);
            }
        }

        var seen = Streaks(RecognitionViews.At(lazy.State, lazy.Scheme!.Recognition!, lazy.At, incidents));
        var touched = Streaks(RecognitionViews.At(eager.State, eager.Scheme!.Recognition!, eager.At));
        Assert.True(seen == touched, $"seed {seed}: {seen} seen, {touched} expected");
        day = day.AddDays(1);
        eager.At = lazy.At = lazy.At.AddDays(1);
        Visit(lazy, "last", incidents);
        Visit(eager, "last", IncidentList.Empty);
        Assert.Equal(Streaks(RecognitionViews.At(eager.State, eager.Scheme!.Recognition!, eager.At)), Streaks(RecognitionViews.At(lazy.State, lazy.Scheme!.Recognition!, lazy.At)));
        Assert.Equal(incidents.Last, lazy.State.Recognition!.IncidentsSeen);
        Assert.Empty(AccountProof.FaultsIn(lazy.Entries, lazy.State));
    });

    [Fact]
    public void It_concerns_those_who_were_in_its_stores()
    {
        var account = Account();
        account.At = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(1));
        Visit(account, "1", IncidentList.Empty);
        var incidents = IncidentList.Empty;
        foreach (var scope in new[] { "region:north", "store:GNT", "store:BRU" })
            incidents = incidents.Apply(incidents.Decide(new() { Id = scope, From = new(2026, 11, 22), To = new(2026, 11, 24), Scope = scope, Reason = "flood", By = "marie" }, Programme, new(2026, 11, 21), account.At).New!);
        Assert.Equal(["store:BRU"], incidents.Concerning(account.State.Tallies, 0).Select(incident => incident.Scope));
        Assert.Equal(["GNT"], incidents.All[0].Stores);
    }

    [Theory]
    [InlineData("2026-11-16", "2026-11-16", "programme", "flood", "/to")]
    [InlineData("2026-09-01", "2026-11-16", "programme", "flood", "/to")]
    [InlineData("2025-11-01", "2025-11-03", "programme", "flood", "/from")]
    [InlineData("2027-11-01", "2027-11-03", "programme", "flood", "/from")]
    [InlineData("2026-11-16", "2026-11-18", "store:NONE", "flood", "/scope")]
    [InlineData("2026-11-16", "2026-11-18", "region:NONE", "flood", "/scope")]
    [InlineData("2026-11-16", "2026-11-18", "all", "flood", "/scope")]
    [InlineData("2026-11-16", "2026-11-18", "programme", " ", "/reason")]
    public void What_is_no_incident_is_refused_with_its_field(string from, string to, string scope, string reason, string field)
    {
        var stated = new DeclareIncident { Id = "1", From = DateOnly.Parse(from, null), To = DateOnly.Parse(to, null), Scope = scope, Reason = reason, By = "marie" };
        var (made, answer) = IncidentList.Empty.Decide(stated, Programme, new(2026, 11, 21), Receipts.Noon);
        Assert.Null(made);
        Assert.Equal(field, Assert.IsType<IncidentOutcome.Refused>(answer).Refusal.Field);
    }

    private static string Streaks(RecognitionView view) => string.Join("; ", view.Streaks.Select(streak => $"{streak.Id} {streak.View.Current} since {streak.View.Since:o}, best {streak.View.Best}, {streak.View.FreezesHeld} held"));

    private static PureAccount Account() => new(Programme) { Scheme = new(Programme, Books.Goods) };

    private static AccountContext Context(PureAccount account, IncidentList incidents) =>
        Receipts.Context(Programme, account.History, AccountKind.Member, account.Scheme, account.At) with { Incidents = incidents };

    private static void Visit(PureAccount account, string id, IncidentList incidents)
    {
        foreach (var entry in ActivityRulings.Decide(account.State, new(Events.Of(EarningEvent.Visit, id, account.At, "BRU"), default, null), Context(account, incidents)).Entries) account.Apply(entry);
    }
}
