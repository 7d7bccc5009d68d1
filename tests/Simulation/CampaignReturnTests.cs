using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rewards;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Simulation;

/// <summary>What goods bring back to a campaign, and what a rule that fails must not keep of it.</summary>
public sealed class CampaignReturnTests
{
    private static readonly MemberId Anna = new(Guid.Parse("0123456789abcdef0123456789abcdef"));
    private static readonly MemberId Ben = new(Guid.Parse("0123456789abcdef0123456789abcdee"));

    private readonly ProgrammeSettings _programme = Receipts.Programme() with
    {
        Earning = Books.Document(Books.Base, Books.Times("double", 2) with { Campaign = "boost" }) with { Campaigns = [new() { Id = "boost", Budget = 100 }] },
    };

    [Fact]
    public void What_goods_bring_back_is_given_once_more_though_the_engine_ended_before_anybody_heard_of_it()
    {
        using var scheduler = new SimulationScheduler(1, BadSaturday.Start);
        scheduler.Run(async () =>
        {
            var (journal, reminders, names) = (new FaultyJournalStorage(new Random(1), scheduler.Time), new InMemoryReminderTable(), new Random(2));
            var sale = Receipts.Sale("1", 10m);
            var back = Receipts.Void("2", sale.Key);

            var first = await Start(scheduler, journal, reminders, names);
            Assert.Equal(20, await Points(first, Anna, sale));
            journal.Written = () => journal.Outage = new IOException("away");
            Assert.Equal(-20, await Points(first, Anna, back));
            await first.Host.StopAsync(default);
            first.Stop();
            (journal.Written, journal.Outage) = (null, null);

            // All of the budget is there for whoever comes now; the return is sent again, and brings nothing more.
            var second = await Start(scheduler, journal, reminders, names);
            Assert.Equal(160, await Points(second, Ben, Receipts.Sale("3", 80m)));
            Assert.IsType<ReceiptOutcome.Replayed>(await Post(second, Anna, back));
            Assert.Equal(40 + 20, await Points(second, Ben, Receipts.Sale("4", 40m)));
            await Task.Delay(TimeSpan.FromSeconds(2), scheduler.Time);
            Assert.Equal(10, await Points(second, Ben, Receipts.Sale("5", 10m)));
            Assert.Equal(100, journal.Leases.Values.Sum(tally => tally.Points));
            second.Stop();
        });
    }

    [Fact]
    public void What_goods_bring_back_under_another_lease_than_it_was_spent_under_is_given_again()
    {
        using var scheduler = new SimulationScheduler(1, BadSaturday.Start);
        scheduler.Run(async () =>
        {
            var (journal, reminders, names) = (new FaultyJournalStorage(new Random(1), scheduler.Time), new InMemoryReminderTable(), new Random(2));
            var sale = Receipts.Sale("1", 100m);
            var first = await Start(scheduler, journal, reminders, names);
            Assert.Equal(200, await Points(first, Anna, sale));
            await first.Host.StopAsync(default);
            first.Stop();

            var second = await Start(scheduler, journal, reminders, names);
            Assert.Equal(10, await Points(second, Ben, Receipts.Sale("2", 10m)));
            Assert.Equal(-200, await Points(second, Anna, Receipts.Void("3", sale.Key)));
            Assert.Equal(20, await Points(second, Ben, Receipts.Sale("4", 10m)));
            await second.Host.StopAsync(default);
            second.Stop();

            // What the second node had left is called in by a third.
            var third = await Start(scheduler, journal, reminders, names);
            Assert.Equal(100 + 90, await Points(third, Ben, Receipts.Sale("5", 100m)));
            Assert.Equal(100, journal.Leases.Values.Sum(tally => tally.Points));
            Assert.Contains(journal.Leases.Values, tally => tally.Points < 0);
            third.Stop();
        });
    }

    [Fact]
    public void A_claimed_sale_whose_return_was_waiting_brings_the_budget_back_what_it_took_of_it()
    {
        using var scheduler = new SimulationScheduler(1, BadSaturday.Start);
        scheduler.Run(async () =>
        {
            var (journal, reminders, names) = (new FaultyJournalStorage(new Random(1), scheduler.Time), new InMemoryReminderTable(), new Random(2));
            var (sale, kept) = (Receipts.Sale("1", 10m), Receipts.Sale("0", 10m));
            var engine = await Start(scheduler, journal, reminders, names);
            await Post(engine, Anna, kept);
            await Post(engine, Anna, Receipts.Return("2", sale.Key, Receipts.Line("A", -1, 10m)));
            await engine.Grains.GetGrain<ITillGrain>($"{_programme.Id}/{sale.Key.Store}/{sale.Key.Till}").Post(sale, Receipts.Noon, held: false);

            Assert.IsType<ClaimOutcome.Credited>(await engine.Member(_programme, Anna).Claim(sale.Key, Receipts.Noon));
            Assert.Equal(20, (await engine.Member(_programme, Anna).View()).Balance);
            Assert.True(Assert.IsType<ClaimOutcome.Credited>(await engine.Member(_programme, Anna).Claim(sale.Key, Receipts.Noon)).Replayed);
            Assert.Equal(10, journal.Leases.Values.Sum(tally => tally.Points));
            engine.Stop();
        });
    }

    [Fact]
    public void What_a_decision_had_set_aside_that_failed_is_there_for_the_next()
    {
        var programme = Receipts.Programme() with
        {
            Earning = Books.Document(Books.Rule("first", new Bonus { Points = 7 }) with { Campaign = "two" }) with { Campaigns = [new() { Id = "two", Quota = 2 }] },
        };
        using var scheduler = new SimulationScheduler(1, BadSaturday.Start);
        scheduler.Run(async () =>
        {
            var (journal, names) = (new FaultyJournalStorage(new Random(1), scheduler.Time), new Random(2));
            var engine = new SimulatedEngine(scheduler, journal, new MemoryRollup(), programme, leases: names.NextBytes);
            Assert.Equal(7, await Points(engine, Anna, Receipts.Sale("1", 60_000_000_000_000_000m), programme));

            // What she has spent in all is more than a tally holds: no door lets that through, and here it throws in the middle of the decision.
            await Assert.ThrowsAsync<OverflowException>(() => Post(engine, Anna, Receipts.Sale("2", 60_000_000_000_000_000m), programme));
            Assert.Equal(7, await Points(engine, Ben, Receipts.Sale("3", 1m), programme));
            Assert.Equal(0, await Points(engine, Ben, Receipts.Sale("4", 1m), programme));
            Assert.Equal(2, journal.Leases.Values.Sum(tally => tally.Awards));
            engine.Stop();
        });
    }

    private async Task<SimulatedEngine> Start(SimulationScheduler scheduler, FaultyJournalStorage journal, InMemoryReminderTable reminders, Random names)
    {
        var engine = new SimulatedEngine(scheduler, journal, new MemoryRollup(), _programme, reminders, names.NextBytes);
        await engine.Host.StartAsync(default);
        return engine;
    }

    private async Task<long> Points(SimulatedEngine engine, MemberId member, Receipt receipt, ProgrammeSettings? programme = null) =>
        Assert.IsType<ReceiptOutcome.Recorded>(await Post(engine, member, receipt, programme)).Record.Points;

    private Task<ReceiptOutcome> Post(SimulatedEngine engine, MemberId member, Receipt receipt, ProgrammeSettings? programme = null) =>
        engine.Member(programme ?? _programme, member).Post(receipt, Receipts.Noon, held: false);
}
