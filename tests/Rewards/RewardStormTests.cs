using System.Diagnostics;
using Gamification.Rewards;
using Gamification.Runtime.Scheduling;
using Gamification.Storage.Sqlite;

namespace Gamification.Tests.Rewards;

/// <summary>A hot reward on real threads and a real file.</summary>
public sealed class RewardStormTests(ITestOutputHelper output) : IDisposable
{
    private const int Members = 10_000;
    private const int Stock = 500;
    private static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("gamification-").FullName;

    [Fact]
    public async Task Ten_thousand_at_once_get_exactly_what_there_is()
    {
        await using var scheduler = new ThreadScheduler();
        await using var storage = new SqliteJournalStorage(Path.Combine(_folder, "journal.db"));
        var holders = new HolderBook();
        var engine = new RewardHost(scheduler, storage, holders);
        await engine.Reward().Offer(new() { Stock = Stock, PerMember = 1 }, "marie", Noon);

        var since = Stopwatch.GetTimestamp();
        var confirmed = await Task.WhenAll(Enumerable.Range(0, Members).Select(number => Task.Run(() => Redeem(engine, holders, number))));
        var took = Stopwatch.GetElapsedTime(since);
        output.WriteLine($"{Members} redemptions of {Stock} in {took.TotalMilliseconds:0} ms: {Members / took.TotalSeconds:0}/s");

        Assert.Equal(Stock, confirmed.Count(it => it));
        var view = await engine.Reward().View();
        Assert.Equal((Stock, 0, 0L), (view.Taken, view.Open, view.Left));
        Assert.Equal(Stock, holders.Fates.Count);
        await engine.Close();

        // The next start says the same, and so does a retry of everybody who got one.
        var after = new RewardHost(scheduler, storage, holders);
        var replayed = await Task.WhenAll(Enumerable.Range(0, Members).Where(number => confirmed[number]).Select(number => after.Reward().Reserve(AskOf(number))));
        Assert.All(replayed, outcome => Assert.Equal(new ReserveOutcome.Ended(ReservationState.Confirmed), outcome));
        Assert.Equal(Stock, (await after.Reward().View()).Taken);
        await after.Close();
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task<bool> Redeem(RewardHost engine, HolderBook holders, int number)
    {
        var ask = AskOf(number);
        if (await engine.Reward().Reserve(ask) is not ReserveOutcome.Reserved) return false;
        holders.Take(ask.Id, ReservationFate.Committed);
        return await engine.Reward().Confirm(ask.Id, Noon) is ReservationOutcome.Now { State: ReservationState.Confirmed };
    }

    private static ReserveReward AskOf(int number)
    {
        var member = new MemberId(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));
        return new() { Id = ReservationId.Of("demo", "mug", member, "app-1"), Member = member, At = Noon };
    }
}
