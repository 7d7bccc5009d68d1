using System.Text;
using Gamification.Journal;
using Gamification.Rewards;
using Gamification.Rules.Rewards;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Journal;

namespace Gamification.Tests.Rewards;

/// <summary>Budgets and quotas under many leases, in virtual time.</summary>
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
                Quota(seed, quota: new Random(seed).Next(1, 501), nodes: new Random(seed).Next(1, 9));
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
            var (entries, answer) = Leasing.Draw(treasury, new() { Lease = lease, Number = number, Spent = spent, Want = new(500, 0), At = Start });
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

    [Fact]
    public void What_comes_back_under_a_lease_may_be_granted_again_when_that_ends()
    {
        var (one, other) = (Guid.Parse("6f1d1d6e-0a3b-4c57-9a44-6c1d7e2f3a4b"), Guid.Parse("6f1d1d6e-0a3b-4c57-9a44-6c1d7e2f3a4c"));
        var treasury = Treasury.Empty.Apply(new TreasuryEntry.Set(new() { Points = 100 }, "marie", 0));
        Draw(one, 1, spent: 0, want: 100);
        Draw(other, 1, spent: 0, want: 0);
        Close(one, spent: 100, granted: 100);
        Assert.Equal((100, 100), (treasury.Spent().Points, treasury.Committed().Points));

        // Goods that the first had paid for come back under the second, which was granted nothing.
        Close(other, spent: -30, granted: 0);
        Assert.Equal((70, 70), (treasury.Spent().Points, treasury.Committed().Points));
        Assert.Equal(30, Draw(Guid.Parse("6f1d1d6e-0a3b-4c57-9a44-6c1d7e2f3a4d"), 1, spent: 0, want: 100).Granted.Points);

        LeaseOutcome.Leased Draw(Guid lease, int number, long spent, long want)
        {
            var (entries, answer) = Leasing.Draw(treasury, new() { Lease = lease, Number = number, Spent = new(spent, 0), Want = new(want, 0), Least = new(want, 0), At = Start });
            treasury = entries.Aggregate(treasury, (before, entry) => before.Apply(entry));
            return Assert.IsType<LeaseOutcome.Leased>(answer);
        }

        void Close(Guid lease, long spent, long granted) =>
            treasury = Leasing.Close(treasury, lease, new(spent, 0), Start, new(granted, 0)).Entries.Aggregate(treasury, (before, entry) => before.Apply(entry));
    }

    /// <summary>Each node awards one at a time and dies now and then: its successor takes another lease.</summary>
    private static void Quota(int seed, int quota, int nodes)
    {
        using var scheduler = new SimulationScheduler(seed, Start);
        var storage = new FaultyJournalStorage(new Random(seed + 1), scheduler.Time) { Faults = new() { Before = 20, After = 20, Looking = 20, DelayMax = TimeSpan.FromMilliseconds(5) } };
        var random = new Random(seed);
        scheduler.Run(async () =>
        {
            var engine = new RewardHost(scheduler, storage, new());
            await engine.Host.StartAsync(default);
            await Insist(async () =>
            {
                await engine.Campaign().Set(new() { Awards = quota }, "marie", Start);
                return true;
            });
            var served = await Task.WhenAll(Enumerable.Range(0, nodes).Select(Node));
            Assert.True(served.Sum() <= quota, $"{served.Sum()} of {quota}");

            // A lease that could not be ended in time is, once all is calm.
            storage.Faults = JournalFaults.None;
            served = [.. served, await Node(nodes)];
            Assert.Equal(quota, storage.Leases.Values.Sum(tally => tally.Awards));
            Assert.Equal(quota, served.Sum());
            Assert.Equal(quota, (await engine.Campaign().View()).Committed.Awards);
            engine.Stop();
            await engine.Host.StopAsync(default);

            async Task<int> Node(int number)
            {
                var (served, granted, draws, spent, isNew) = (0, 0L, 0L, 0L, true);
                var (lease, account) = (Guid.Empty, new ActorId("demo", "member", $"node-{number}"));
                while (true)
                {
                    if (isNew) (lease, granted, draws, spent, isNew) = (new Guid(random.Next(), (short)number, 0, 0, 0, 0, 0, 0, 0, 0, (byte)1), 0, 0, 0, false);
                    if (spent < granted)
                    {
                        var award = new Append { Actor = account, ExpectedVersion = served, Entries = [new("award", Encoding.UTF8.GetBytes($"{served}"))], Uses = [new(lease, 0, 1)] };
                        if (await Insist(async () => await engine.Journal.Append(award)) is AppendOutcome.LeaseOver)
                        {
                            isNew = true;
                            continue;
                        }

                        (spent, served, isNew) = (spent + 1, served + 1, random.Next(60) == 0);
                        if (random.Next(3) == 0) await Task.Delay(TimeSpan.FromMilliseconds(random.Next(20)), scheduler.Time);
                        continue;
                    }

                    draws++;
                    var draw = new CampaignDraw { Lease = lease, Number = draws, Spent = new(0, spent), Want = new(0, 50), At = scheduler.Time.GetUtcNow() };
                    var answer = await Insist(() => engine.Campaign().Draw(draw));
                    if (answer is LeaseOutcome.Closed) isNew = true;
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
                    catch (Exception fault) when (attempt < 200 && fault is JournalBusyException or JournalUnavailableException or CommitOutcomeUnknownException or TimeoutException or IOException)
                    {
                        await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 500)), scheduler.Time);
                    }
                }
            }
        });
    }
}
