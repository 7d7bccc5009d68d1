using Gamification.Leaderboards;
using Gamification.Members;
using Gamification.Privacy;
using Gamification.Programmes;
using Gamification.Rules.Boards;
using Gamification.Rules.Challenges;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules;
using Gamification.Tests.Simulation;

namespace Gamification.Tests.Leaderboards;

/// <summary>Settling under a journal that fails and an engine that dies: one certificate, and the same standings for whoever works them out.</summary>
public sealed class FreezingTests(ITestOutputHelper output)
{
    [Fact]
    public void Whatever_dies_a_board_settles_once_and_comes_to_a_sort_of_what_was_received_in_time()
    {
        for (var seed = 1; seed <= 30; seed++)
        {
            output.WriteLine($"seed {seed}");
            Live(seed);
        }
    }

    private static void Live(int seed)
    {
        var random = new Random(seed);
        var programme = Receipts.Programme();
        var board = BoardId.Parse("test|programme|points|week|2026-W47");
        using var scheduler = new SimulationScheduler(seed, new DateTimeOffset(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));
        var journal = new FaultyJournalStorage(new Random(seed + 1), scheduler.Time) { Faults = new() { Before = 30, After = 30, Silent = 30, Looking = 30 } };
        scheduler.Run(async () =>
        {
            var engine = new SimulatedEngine(scheduler, journal, new MemoryRollup(), programme);
            var truth = new Dictionary<MemberId, long>();
            var closes = BoardClosing.Of(board, programme)!.Value;
            for (var n = 0; n < 40; n++)
            {
                var member = new MemberId(new Guid(1 + random.Next(6), 0, 0, 0, 0, 0, 0, 0, 0, 0, 9));
                var sale = Receipts.Sale($"{seed}.{n}", random.Next(1, 90));
                var receivedAt = n < 30 ? scheduler.Time.GetUtcNow() : closes.AddMinutes(random.Next(0, 9));
                await Insist(() => engine.Member(programme, member).Post(sale, receivedAt, held: false));
                if (receivedAt < closes && !truth.TryAdd(member, sale.Total / 100)) truth[member] += sale.Total / 100;
            }

            Assert.Null((await Insist(() => engine.Grains.GetGrain<ISettledBoardGrain>(board.ToString()).Settle())).Hash);
            await Task.Delay(closes.AddMinutes(20) - scheduler.Time.GetUtcNow(), scheduler.Time);
            var hashes = new HashSet<string>();
            for (var asked = 0; asked < 6; asked++)
            {
                if (random.Next(2) == 0) Restart();
                hashes.Add((await Insist(() => engine.Grains.GetGrain<ISettledBoardGrain>(board.ToString()).Settle())).Hash!);
            }

            journal.Faults = JournalFaults.None;
            Restart();
            Assert.Single(hashes);
            Assert.Single(journal.Stored, entry => entry.Type == BoardSettled.Type);
            var page = await Insist(() => engine.Grains.GetGrain<ISettledBoardGrain>(board.ToString()).Page(0, 100));
            Assert.Equal(truth.OrderByDescending(one => one.Value).Select(one => one.Value), page.Rows.Select(row => row.Score));
            Assert.All(page.Rows, row => Assert.Equal(truth[row.Member], row.Score));
            Assert.True((await SettledCheck.Run(journal, default)).IsSound);

            // Whoever is erased keeps a nameless place, and the certificate goes on to hold.
            await Insist(() => engine.Grains.GetGrain<IPrivacyGrain>($"{programme.Id}/{page.Rows[0].Member}").Set(PrivacyMode.Erased, scheduler.Time.GetUtcNow()));
            var after = await Insist(() => engine.Grains.GetGrain<ISettledBoardGrain>(board.ToString()).Page(0, 100));
            Assert.Equal(page.Rows[0] with { Member = new(Guid.Empty) }, after.Rows[0]);
            Assert.Equal(page.Rows.Skip(1), after.Rows.Skip(1));
            Assert.True((await SettledCheck.Run(journal, default)).IsSound);
            engine.Stop();

            void Restart()
            {
                engine.Stop();
                engine = new(scheduler, journal, new MemoryRollup(), programme);
            }

            async Task<T> Insist<T>(Func<Task<T>> ask)
            {
                for (var attempt = 0; ; attempt++)
                {
                    try
                    {
                        return await ask();
                    }
                    catch (Exception fault) when (attempt < 200 && fault is not Xunit.Sdk.XunitException)
                    {
                        if (fault.InnerException is Gamification.Journal.PartitionFencedException) Restart();
                        await Task.Delay(TimeSpan.FromMilliseconds(500), scheduler.Time);
                    }
                }
            }
        });
    }
}
