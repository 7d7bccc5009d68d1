using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Challenges;
using Gamification.Rules.Challenges.Settlement;
using Gamification.Rules.Rewards;
using static Gamification.Tests.Rules.Challenges.Contests;

namespace Gamification.Tests.Rules.Challenges;

/// <summary>Spec §10 and F4, F5: what may be done when, and where a run stands.</summary>
public sealed class LifecycleTests
{
    private const long Hour = 3_600_000;

    private static readonly Wording Why = Named("why");

    private static readonly ProgrammeSettings Settings = new()
    {
        Id = "demo", Name = "Demo", Currency = "EUR", TimeZone = Contests.Zone,
        Stores = [.. new[] { "s1", "s2" }.Select(id => new Store { Id = id, NameFr = id, NameNl = id, NameEn = id, TimeZone = Contests.Zone })],
    };

    private readonly Challenge _challenge = Of(new CountGoal(On(EarningEvent.Visit), 3));
    private ChallengeRun _run = ChallengeRun.Empty;

    private long Opens => Times(_challenge).Opens;

    private long Closes => _run.Times().Closes;

    [Fact]
    public void A_run_goes_through_its_phases_by_the_clock_and_is_settled_by_facts()
    {
        Assert.Equal(ChallengePhase.Draft, _run.PhaseAt(0));
        Schedule();
        Assert.Equal([ChallengePhase.Scheduled, ChallengePhase.Live, ChallengePhase.Live, ChallengePhase.Grace, ChallengePhase.Grace, ChallengePhase.Settling],
            new[] { Opens - 1, Opens, Closes - 1, Closes, Closes + (72 * Hour) - 1, Closes + (72 * Hour) }.Select(_run.PhaseAt));
        Assert.Equal([Opens, Closes, Closes + (72 * Hour), null], new long?[] { _run.NextAt(Opens - 1), _run.NextAt(Opens), _run.NextAt(Closes), _run.NextAt(Closes + (72 * Hour)) });

        var over = Closes + (100 * Hour);
        _run = _run.Apply(new RunEntry.Closed([new(0, 5)], over));
        Assert.Equal(ChallengePhase.Settling, _run.PhaseAt(over));
        Assert.Equal(["settling"], Codes(Running.Cancel(_run, Why, "marie", over)));
        Assert.Equal(["not-settled"], Codes(Running.Adjust(_run, Key(1), "fraud", "marie", over)));
        _run = _run.Apply(new RunEntry.Settled(over));
        Assert.Equal(ChallengePhase.Settled, _run.PhaseAt(over));
        Do(Running.Adjust(_run, Key(1), "fraud", "marie", over));
        Assert.Equal(ChallengePhase.Adjusted, _run.PhaseAt(over));
        Assert.Empty(Running.Adjust(_run, Key(1), "fraud", "marie", over).Entries);
    }

    [Fact]
    public void What_has_started_is_not_scheduled_and_what_was_done_is_not_done_again()
    {
        Assert.Equal(["no-draft"], Codes(Running.Schedule(_run, Settings, [], "marie", 0)));
        Do(Running.Draft(_run, _challenge, "marie", 0));
        Assert.Empty(Running.Draft(_run, _challenge, "marie", 0).Entries);
        Assert.Equal(["another-challenge"], Codes(Running.Draft(_run, _challenge with { Id = "d" }, "marie", 0)));
        Assert.Equal(["in-the-past"], Codes(Running.Schedule(_run, Settings, [], "marie", Opens + 1)));
        Assert.Equal(["unknown-store"], Codes(Running.Schedule(ChallengeRun.Empty with { Challenge = _challenge with { Audience = new() { Stores = ["s9"] } } }, Settings, [], "marie", 0)));
        Do(Running.Schedule(_run, Settings, [], "marie", Opens));
        Assert.Empty(Running.Schedule(_run, Settings, [], "marie", Opens).Entries);
        Assert.Equal(["has-started"], Codes(Running.Draft(_run, _challenge, "marie", Opens)));
    }

    [Fact]
    public void Until_it_starts_it_may_be_rewritten_but_not_into_the_past()
    {
        Schedule();
        var later = _challenge with { Goal = new CountGoal(On(EarningEvent.Post), 9), Window = _challenge.Window with { From = Monday.AddDays(1) } };
        Do(Running.Change(_run, later, null, "marie", Opens - 1));
        Assert.Equal("c", _run.Challenge!.Id);
        Assert.Equal(["in-the-past"], Codes(Running.Change(_run, _challenge with { Window = _challenge.Window with { From = Monday.AddDays(-3) } }, null, "marie", Opens - 1)));
    }

    [Fact]
    public void While_live_it_may_be_widened_and_otherwise_participants_see_a_new_version()
    {
        Schedule();
        var wider = _challenge with { Goal = new CountGoal(On(EarningEvent.Visit), 2) };
        Do(Running.Change(_run, wider, null, "marie", Opens));
        Assert.Equal(1, Assert.Single(_run.Versions).Version);
        Assert.Equal(["narrows"], Codes(Running.Change(_run, _challenge, null, "marie", Opens)));
        Assert.Equal(["missing"], Codes(Running.Change(_run, _challenge with { Version = 2 }, null, "marie", Opens)));
        Assert.Equal(["not-next"], Codes(Running.Change(_run, _challenge with { Version = 3 }, Why, "marie", Opens)));
        Assert.Equal(["in-the-past"], Codes(Running.Change(_run, _challenge with { Version = 2, Window = _challenge.Window with { Until = Monday.AddDays(1) } }, Why, "marie", Closes - 1)));
        Do(Running.Change(_run, _challenge with { Version = 2 }, Why, "marie", Opens + 5));
        Assert.Equal([new(1, 1, null), new ShownVersion(2, Opens + 5, Why)], _run.Versions);
        Assert.Equal(["not-live"], Codes(Running.Change(_run, wider with { Version = 3 }, Why, "marie", Closes)));
    }

    [Fact]
    public void A_pause_takes_nothing_when_it_is_given_back()
    {
        Schedule();
        Assert.Equal(["not-live"], Codes(Running.Pause(_run, "marie", Opens - 1)));
        var end = Closes;
        Do(Running.Pause(_run, "marie", Opens + Hour));
        Assert.Empty(Running.Pause(_run, "marie", Opens + Hour).Entries);
        Assert.True(_run.IsPaused);
        Assert.False(_run.Times().Holds(Opens + Hour, null));
        Do(Running.Resume(_run, extends: true, "marie", Opens + (3 * Hour)));
        Assert.Equal((false, end + (2 * Hour)), (_run.IsPaused, Closes));
        Assert.True(_run.Times().Holds(Opens + (3 * Hour), null));
        Assert.False(_run.Times().Holds(Opens + (3 * Hour) - 1, null));
        Assert.Empty(Running.Resume(_run, true, "marie", Opens + (3 * Hour)).Entries);
    }

    [Fact]
    public void Ending_early_keeps_grace_and_cancelling_settles_at_once()
    {
        Schedule();
        var scheduled = _run;
        Do(Running.End(_run, Why, "marie", Opens + Hour));
        Assert.Equal((ChallengePhase.Grace, Opens + Hour, SettlementKind.EndedEarly), (_run.PhaseAt(Opens + Hour), Closes, _run.Kind));
        Assert.Empty(Running.End(_run, Why, "marie", Opens + (2 * Hour)).Entries);
        Do(Running.Cancel(_run, Why, "marie", Opens + (2 * Hour)));
        Assert.Equal((ChallengePhase.Settling, SettlementKind.Cancelled), (_run.PhaseAt(Opens + (2 * Hour)), _run.Kind));
        Assert.Equal(ChallengePhase.Cancelled, _run.Apply(new RunEntry.Settled(9)).PhaseAt(10));
        Assert.Equal(["not-scheduled"], Codes(Running.Cancel(ChallengeRun.Empty, Why, "marie", 0)));
        Assert.NotEmpty(Running.Cancel(scheduled, Why, "marie", Opens - 1).Entries);
    }

    /// <summary>Reached once; fallen back unless unlocked; whatever the totals do.</summary>
    [Fact]
    public void A_milestone_stands_while_the_total_does_or_what_it_unlocks_was_granted()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var run = ChallengeRun.Empty.Apply(new RunEntry.Drafted(_challenge with { By = new Together([new(5), new(10, AtOnce: true), new(20)]) }, "marie", 0));
            var (total, highest) = (0L, 0L);
            for (var step = 1; step < 40; step++)
            {
                total = Math.Max(0, total + random.Next(-4, 6));
                highest = Math.Max(highest, total);
                if (random.Next(20) == 0 && run.Latches[0].IsReached) run = run.Apply(new RunEntry.Unlocked(0, "marie", step));
                run = Latching.At(run, total, step).Aggregate(run, (before, entry) => before.Apply(entry));
                Assert.Empty(Latching.At(run, total, step));
                Assert.True(run.Latches[0].IsReached == (total >= 5 || run.Latches[0].IsUnlocked), $"seed {seed}");
                Assert.True(run.Latches[1].IsReached == highest >= 10, $"seed {seed}");
                Assert.True(run.Latches[2].IsReached == total >= 20, $"seed {seed}");
            }

            Assert.Empty(Latching.At(run.Apply(new RunEntry.Closed([], 50)), 0, 51));
        }
    }

    private void Schedule()
    {
        Do(Running.Draft(_run, _challenge, "marie", 1));
        Do(Running.Schedule(_run, Settings, [], "marie", 1));
    }

    private void Do(Decision<RunEntry, ImmutableArray<DocumentError>> decision)
    {
        Assert.Empty(decision.Answer);
        _run = decision.Entries.Aggregate(_run, (run, entry) => run.Apply(entry));
        Assert.Single(decision.Entries);
    }

    private static IEnumerable<string> Codes(Decision<RunEntry, ImmutableArray<DocumentError>> decision)
    {
        Assert.Empty(decision.Entries);
        return decision.Answer.Select(error => error.Code);
    }
}
