using Gamification.Rewards;
using Gamification.Rules.Rewards;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Journal;

namespace Gamification.Tests.Rewards;

/// <summary>Budgets and quotas under many lessors, in virtual time.</summary>
public sealed class CampaignTests(ITestOutputHelper output)
{
    private const int Seeds = 200;
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void The_first_500_are_exactly_500_whoever_asks_and_whoever_falls_silent()
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            try
            {
                Quota(seed, quota: new Random(seed).Next(1, 501), lessors: new Random(seed).Next(1, 9));
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"seed {seed}: {fault.Message}", fault);
            }
        }

        output.WriteLine($"{Seeds} seeds from 1");
    }

    [Fact]
    public void An_alert_is_recorded_once_and_awards_are_degraded_from_then_on()
    {
        var treasury = Treasury.Empty.Apply(new TreasuryEntry.Set(new() { Points = 1_000, AtBudget = AtBudget.Degrade, DegradeTo = 30 }, "marie", 0));
        var (lease, alerts, granted) = (Guid.Parse("6f1d1d6e-0a3b-4c57-9a44-6c1d7e2f3a4b"), 0, 0L);
        for (var number = 1; number <= 60; number++)
        {
            var spent = new CampaignAmount(granted, 0);
            var (entries, answer) = Leasing.Draw(treasury, new() { Lease = lease, Lessor = "node-1", Number = number, Spent = spent, Want = new(500, 0), At = Start });
            treasury = entries.Aggregate(treasury, (before, entry) => before.Apply(entry));
            alerts += entries.OfType<TreasuryEntry.Alerted>().Count();
            var leased = Assert.IsType<LeaseOutcome.Leased>(answer);
            granted = leased.Granted.Points;
            Assert.Equal(granted >= 800 ? 30 : 100, leased.Percent);
            Assert.True(treasury.Committed().Points <= 1_000);
        }

        Assert.Equal((1, 1_000L), (alerts, granted));
    }

    [Fact]
    public void A_ranked_quota_goes_by_when_it_occurred_and_then_by_when_it_came() =>
        Assert.Equal(["b", "a"], Leasing.Ranked([("a", Start, 2), ("c", Start, 3), ("b", Start.AddMinutes(-1), 9)], 2));

    /// <summary>Each node spends one at a time and dies now and then: its successor takes another lease.</summary>
    private static void Quota(int seed, int quota, int lessors)
    {
        using var scheduler = new SimulationScheduler(seed, Start);
        var journal = new FaultyJournalStorage(new Random(seed + 1), scheduler.Time) { Faults = new() { Before = 20, After = 20, Looking = 20, DelayMax = TimeSpan.FromMilliseconds(5) } };
        var book = new LessorBook();
        var random = new Random(seed);
        scheduler.Run(async () =>
        {
            var engine = new RewardHost(scheduler, journal, new(), lessors: book);
            await engine.Host.StartAsync(default);
            await Insist(async () =>
            {
                await engine.Campaign().Set(new() { Awards = quota }, "marie", Start);
                return true;
            });
            var served = await Task.WhenAll(Enumerable.Range(0, lessors).Select(Node));
            Assert.Equal(quota, book.Spent.Values.Sum(spent => spent.Awards));
            Assert.Equal(quota, served.Sum());
            Assert.Equal(quota, (await engine.Campaign().View()).Committed.Awards);
            engine.Stop();
            await engine.Host.StopAsync(default);

            async Task<int> Node(int number)
            {
                var (served, granted, draws, isNew) = (0, 0L, 0L, true);
                var lease = Guid.Empty;
                while (true)
                {
                    if (isNew || book.Ended.ContainsKey(lease))
                    {
                        (lease, granted, draws, isNew) = (new Guid(random.Next(), (short)number, 0, 0, 0, 0, 0, 0, 0, 0, (byte)1), 0, 0, false);
                        book.Spent[lease] = default;
                    }

                    var spent = book.Spent[lease];
                    if (spent.Awards < granted)
                    {
                        book.Spent[lease] = spent with { Awards = spent.Awards + 1 };
                        served++;
                        isNew = random.Next(60) == 0;
                        if (random.Next(3) == 0) await Task.Delay(TimeSpan.FromMilliseconds(random.Next(20)), scheduler.Time);
                        continue;
                    }

                    draws++;
                    var draw = new CampaignDraw { Lease = lease, Lessor = $"node-{number}", Number = draws, Spent = spent, Want = new(0, 50), At = scheduler.Time.GetUtcNow() };
                    var answer = await Insist(() => engine.Campaign().Draw(draw));
                    if (answer is LeaseOutcome.Closed || book.Ended.ContainsKey(lease)) isNew = true;
                    else if (answer is LeaseOutcome.Leased leased && leased.Granted.Awards > granted) granted = leased.Granted.Awards;
                    else return served;
                }
            }

            async Task<T> Insist<T>(Func<Task<T>> ask)
            {
                for (var attempt = 0; ; attempt++)
                {
                    try
                    {
                        return await ask();
                    }
                    catch (Exception fault) when (attempt < 200 && fault is Gamification.Journal.JournalBusyException or Gamification.Journal.JournalUnavailableException or Gamification.Journal.CommitOutcomeUnknownException or TimeoutException)
                    {
                        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 500)), scheduler.Time);
                    }
                }
            }
        });
    }
}
