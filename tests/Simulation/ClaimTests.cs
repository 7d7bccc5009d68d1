using Gamification.Members;
using Gamification.Programmes;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules;

namespace Gamification.Tests.Simulation;

/// <summary>A claim takes two accounts, and what may come between them.</summary>
public sealed class ClaimTests
{
    private static readonly MemberId Anna = new(Guid.Parse("0123456789abcdef0123456789abcdef"));

    private readonly ProgrammeSettings _programme = Receipts.Programme();
    private readonly Receipt _sale = Receipts.Sale("1", 10m);

    [Fact]
    public void A_claim_that_ended_between_its_two_commits_is_finished_after_a_restart_though_nobody_asks_again() => Run(async (scheduler, journal, reminders) =>
    {
        var first = await Start(scheduler, journal, reminders);
        await Till(first).Post(_sale, Receipts.Noon, held: false);
        journal.Written = () => journal.Outage = new IOException("away");
        await Assert.ThrowsAnyAsync<Exception>(() => first.Member(_programme, Anna).Claim(_sale.Key, Receipts.Noon));
        Assert.Single(journal.Stored, entry => entry.Type == SaleReleased.Type);
        await first.Host.StopAsync(default);
        first.Stop();
        (journal.Written, journal.Outage) = (null, null);

        var second = await Start(scheduler, journal, reminders);
        Assert.Equal(0, (await second.Member(_programme, Anna).View()).Balance);
        await Task.Delay(TimeSpan.FromMinutes(2), scheduler.Time);

        Assert.Equal(10, (await second.Member(_programme, Anna).View()).Balance);
        Assert.Empty(await reminders.ReadAll(default));
        second.Stop();
    });

    [Fact]
    public void A_claim_that_was_answered_leaves_no_reminder_and_one_that_was_not_begun_is_not_begun_later() => Run(async (scheduler, journal, reminders) =>
    {
        var engine = await Start(scheduler, journal, reminders);
        await Till(engine).Post(_sale, Receipts.Noon, held: false);
        journal.Faults = new() { Before = 1_000 };
        await Assert.ThrowsAnyAsync<Exception>(() => engine.Member(_programme, Anna).Claim(_sale.Key, Receipts.Noon));
        journal.Faults = JournalFaults.None;
        await Task.Delay(TimeSpan.FromMinutes(2), scheduler.Time);
        Assert.Equal(0, (await engine.Member(_programme, Anna).View()).Balance);

        var claimed = Assert.IsType<ClaimOutcome.Credited>(await engine.Member(_programme, Anna).Claim(_sale.Key, Receipts.Noon));
        Assert.Equal((10, 10, false), (claimed.Points, claimed.Balance, claimed.Replayed));
        Assert.Equal(claimed with { Replayed = true }, await engine.Member(_programme, Anna).Claim(_sale.Key, Receipts.Noon));
        Assert.Empty(await reminders.ReadAll(default));
        engine.Stop();
    });

    [Fact]
    public void A_return_that_set_out_before_its_sale_was_claimed_is_sent_after_it() => Run(async (scheduler, journal, reminders) =>
    {
        var engine = await Start(scheduler, journal, reminders);
        await Till(engine).Post(_sale, Receipts.Noon, held: false);
        await engine.Member(_programme, Anna).Claim(_sale.Key, Receipts.Noon);
        var back = Receipts.Return("2", _sale.Key, Receipts.Line("A", -1, 10m));

        Assert.Equal(new ReceiptOutcome.Moved(Anna), await Till(engine).Post(back, Receipts.Noon, held: false));

        await engine.Member(_programme, Anna).Post(back, Receipts.Noon, held: false);
        Assert.Equal(0, (await engine.Member(_programme, Anna).View()).Balance);
        engine.Stop();
    });

    private static void Run(Func<SimulationScheduler, FaultyJournalStorage, InMemoryReminderTable, Task> scenario)
    {
        using var scheduler = new SimulationScheduler(1, BadSaturday.Start);
        scheduler.Run(() => scenario(scheduler, new(new Random(1), scheduler.Time), new()));
    }

    private async Task<SimulatedEngine> Start(SimulationScheduler scheduler, FaultyJournalStorage journal, InMemoryReminderTable reminders)
    {
        var engine = new SimulatedEngine(scheduler, journal, new MemoryRollup(), _programme, reminders);
        await engine.Host.StartAsync(default);
        return engine;
    }

    private ITillGrain Till(SimulatedEngine engine) => engine.Grains.GetGrain<ITillGrain>($"{_programme.Id}/{_sale.Key.Store}/{_sale.Key.Till}");
}
