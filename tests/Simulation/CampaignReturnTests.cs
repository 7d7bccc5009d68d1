using Gamification.Members;
using Gamification.Programmes;
using Gamification.Rewards;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Simulation;

/// <summary>A return takes two actors, the account and the campaign, and what may come between them.</summary>
public sealed class CampaignReturnTests
{
    private static readonly MemberId Anna = new(Guid.Parse("0123456789abcdef0123456789abcdef"));

    private readonly ProgrammeSettings _programme = Receipts.Programme() with
    {
        Earning = Books.Document(Books.Base, Books.Times("double", 2) with { Campaign = "boost" }) with { Campaigns = [new() { Id = "boost", Budget = 100 }] },
    };

    [Fact]
    public void What_goods_bring_back_reaches_the_budget_once_though_the_engine_ended_between_the_two_commits()
    {
        using var scheduler = new SimulationScheduler(1, BadSaturday.Start);
        scheduler.Run(async () =>
        {
            var (journal, reminders, names) = (new FaultyJournalStorage(new Random(1), scheduler.Time), new InMemoryReminderTable(), new Random(2));
            var sale = Receipts.Sale("1", 10m);
            var back = Receipts.Void("2", sale.Key);

            var first = await Start();
            Assert.Equal(20, Assert.IsType<ReceiptOutcome.Recorded>(await Post(first, sale)).Record.Points);
            var committed = (await Campaign(first)).Committed.Points;
            journal.Written = () => journal.Outage = new IOException("away");
            Assert.Equal(-20, Assert.IsType<ReceiptOutcome.Recorded>(await Post(first, back)).Record.Points);
            await first.Host.StopAsync(default);
            first.Stop();
            (journal.Written, journal.Outage) = (null, null);

            var second = await Start();
            Assert.Equal(committed, (await Campaign(second)).Committed.Points);
            await Task.Delay(TimeSpan.FromMinutes(2), scheduler.Time);
            Assert.Equal(committed - 10, (await Campaign(second)).Committed.Points);

            // Whoever sends the return again, and any reminder that ticks again, brings nothing more.
            Assert.IsType<ReceiptOutcome.Replayed>(await Post(second, back));
            Assert.Equal(committed - 10, (await Campaign(second)).Committed.Points);
            Assert.DoesNotContain(await reminders.ReadAll(default), reminder => $"{reminder}".Contains("campaigns/", StringComparison.Ordinal));
            second.Stop();

            async Task<SimulatedEngine> Start()
            {
                var engine = new SimulatedEngine(scheduler, journal, new MemoryRollup(), _programme, reminders, names.NextBytes);
                await engine.Host.StartAsync(default);
                return engine;
            }
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
            var first = await Start();
            await Post(first, kept);
            var committed = (await Campaign(first)).Committed.Points;
            await Post(first, Receipts.Return("2", sale.Key, Receipts.Line("A", -1, 10m)));
            await first.Grains.GetGrain<ITillGrain>($"{_programme.Id}/{sale.Key.Store}/{sale.Key.Till}").Post(sale, Receipts.Noon, held: false);

            // The account's commit is durable, and the engine ends before the campaign hears of it.
            journal.Written = () => journal.Written = () => journal.Outage = new IOException("away");
            Assert.IsType<ClaimOutcome.Credited>(await first.Member(_programme, Anna).Claim(sale.Key, Receipts.Noon));
            await first.Host.StopAsync(default);
            first.Stop();
            (journal.Written, journal.Outage) = (null, null);

            var second = await Start();
            Assert.Equal(20, (await second.Member(_programme, Anna).View()).Balance);
            await Task.Delay(TimeSpan.FromMinutes(2), scheduler.Time);
            Assert.Equal(committed - 10, (await Campaign(second)).Committed.Points);
            Assert.True(Assert.IsType<ClaimOutcome.Credited>(await second.Member(_programme, Anna).Claim(sale.Key, Receipts.Noon)).Replayed);
            Assert.Equal(committed - 10, (await Campaign(second)).Committed.Points);
            Assert.DoesNotContain(await reminders.ReadAll(default), reminder => reminder.ReminderName.StartsWith("claim/", StringComparison.Ordinal));
            second.Stop();

            async Task<SimulatedEngine> Start()
            {
                var engine = new SimulatedEngine(scheduler, journal, new MemoryRollup(), _programme, reminders, names.NextBytes);
                await engine.Host.StartAsync(default);
                return engine;
            }
        });
    }

    private Task<ReceiptOutcome> Post(SimulatedEngine engine, Receipt receipt) => engine.Member(_programme, Anna).Post(receipt, Receipts.Noon, held: false);

    private Task<CampaignView> Campaign(SimulatedEngine engine) => engine.Grains.GetGrain<ICampaignGrain>($"{_programme.Id}/boost").View();
}
