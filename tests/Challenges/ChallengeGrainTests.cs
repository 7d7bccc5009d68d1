using Gamification.Challenges;
using Gamification.Programmes.Earning;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules.Challenges;

namespace Gamification.Tests.Challenges;

/// <summary>What a run's actor answers, in virtual time.</summary>
public sealed class ChallengeGrainTests
{
    private static readonly ChallengeRunId Id = new("demo", "c", 1);

    private readonly SimulationScheduler _scheduler = new(1, new DateTimeOffset(2026, 11, 29, 22, 0, 0, TimeSpan.Zero));
    private readonly PrizeBook _book = new();
    private readonly ChallengeHost _engine;

    public ChallengeGrainTests() => _engine = new(
        _scheduler, new FaultyJournalStorage(new Random(1), _scheduler.Time), new(), new InMemoryReminderTable(), _book,
        new() { Id = "demo", Name = "Demo", Currency = "EUR", TimeZone = Contests.Zone, Stores = [] });

    private IChallengeGrain Grain => _engine.Challenge(Id);

    private DateTimeOffset Now => _scheduler.Time.GetUtcNow();

    [Fact]
    public void Progress_moves_as_deeds_are_committed_and_what_widens_is_counted_from_the_start() => Run(new CountGoal(Contests.On(EarningEvent.Visit), 3), async challenge =>
    {
        await Did(1, 1, EarningEvent.Visit);
        await Did(1, 2, EarningEvent.Post);
        Assert.Equal(new MemberProgress(1, 3, false, true) { Left = new("Plus que 2.", "Nog 2.", "2 to go."), Rank = new(1, 0, 1, false) }, await Grain.ProgressOf(new(Contests.Key(1))));
        Assert.Empty(await Grain.Change(challenge with { Goal = new CountGoal(Contests.On(EarningEvent.Visit, EarningEvent.Post), 2) }, null, "marie", Now));
        await Wait(TimeSpan.FromMinutes(2));
        Assert.Equal(new MemberProgress(2, 2, true, true) { Rank = new(1, 0, 1, false) }, await Grain.ProgressOf(new(Contests.Key(1))));
        Assert.Null(await Grain.ProgressOf(new(Contests.Key(9))));
        Assert.Equal("narrows", Assert.Single(await Grain.Change(challenge, null, "marie", Now)).Code);
        Assert.Empty(await Grain.Pause("marie", Now));
        await Did(2, 3, EarningEvent.Visit);
        Assert.Equal((1, 2L), await Grain.View(Now) is var view ? (view.Participants, view.Total) : default);
    });

    [Fact]
    public void What_is_taken_back_for_fraud_changes_no_rank_and_who_is_erased_wins_nothing() => Run(new CountGoal(Contests.On(EarningEvent.Visit), 1), async _ =>
    {
        await Did(1, 1, EarningEvent.Visit);
        await Did(2, 2, EarningEvent.Visit);
        _book.Erased[new(Contests.Key(2))] = true;
        await Wait(TimeSpan.FromDays(5));
        Assert.Equal((ChallengePhase.Settled, 1L), await Grain.View(Now) is var settled ? (settled.Phase, settled.Received) : default);
        var prize = Assert.Single(_book.Received.Keys);
        var certificate = await Grain.Certificate();
        var slot = new Gamification.Rules.Challenges.Settlement.SlotHash(Id).Of(prize.Member.Value);
        Assert.Equal("won-nothing", Assert.Single(await Grain.Adjust(Contests.Key(5), "fraud", "marie", Now)).Code);
        Assert.Empty(await Grain.Adjust(slot, "fraud", "marie", Now));
        Assert.Equal(prize, Assert.Single(_book.TakenBack.Keys));
        Assert.Equal(ChallengePhase.Adjusted, (await Grain.View(Now)).Phase);
        Assert.Equal(certificate, await Grain.Certificate());
    });

    private void Run(ChallengeGoal goal, Func<Challenge, Task> act) => _scheduler.Run(async () =>
    {
        await _engine.Host.StartAsync(default);
        var challenge = Contests.Of(goal) with
        {
            Window = new() { From = Contests.Monday, Until = Contests.Monday.AddDays(1) },
            Prizes = new() { Completion = Contests.Points(10) },
        };
        Assert.Empty(await Grain.Draft(challenge, "marie", Now));
        Assert.Empty(await Grain.Schedule("marie", Now));
        await Wait(TimeSpan.FromHours(3));
        await act(challenge);
        _engine.Stop();
        await _engine.Host.StopAsync(default);
    });

    private Task Wait(TimeSpan time) => Task.Delay(time, _scheduler.Time);

    private readonly Dictionary<int, long> _versions = [];

    private async Task Did(int member, int key, EarningEvent type)
    {
        var version = _versions[member] = _versions.GetValueOrDefault(member) + 1;
        var deed = new Deed { Type = type, OccurredAt = Now, Date = Contests.Monday };
        var id = new MemberId(Contests.Key(member));
        await _engine.Journal.Append(new() { Actor = ActorId.Member("demo", id), ExpectedVersion = version - 1, Entries = [PlainDeeds.Write(new(id, version, [new(Contests.Key(key), deed)]))] });
        await Wait(TimeSpan.FromSeconds(1));
    }
}
