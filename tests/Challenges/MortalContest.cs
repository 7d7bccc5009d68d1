using Gamification.Challenges;
using Gamification.Programmes;
using Gamification.Rules.Challenges;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules.Challenges;

namespace Gamification.Tests.Challenges;

/// <summary>One challenge over real accounts, from its launch to its settlement, under an engine that is killed on the way until nothing is left to kill.</summary>
internal sealed class MortalContest
{
    private const int DeathsMax = 6;

    /// <summary>A contest that no minute brings nearer to its end is stuck.</summary>
    private const int MinutesMax = 3_000;

    public static readonly ChallengeRunId Id = new("test", "c", 1);
    public static readonly DateTimeOffset Opens = new(2026, 11, 30, 0, 0, 0, TimeSpan.FromHours(1));

    private readonly int _seed;
    private readonly Challenge _challenge;
    private readonly ProgrammeSettings _programme;
    private readonly SimulationScheduler _scheduler;
    private readonly InMemoryReminderTable _reminders = new();

    public MortalContest(int seed, Challenge challenge, ProgrammeSettings programme)
    {
        (_seed, _challenge, _programme) = (seed, challenge, programme);
        _scheduler = new(seed, Opens.AddHours(-2));
        Journal = new(new Random(seed + 1), _scheduler.Time) { Faults = new() { DelayMax = TimeSpan.FromMilliseconds(5) } };
    }

    public FaultyJournalStorage Journal { get; }

    public MemoryChallengeStorage Storage { get; } = new();

    /// <summary>At which step the engine was killed, in order.</summary>
    public List<string> Deaths { get; } = [];

    private bool IsSettled => Journal.Stored.Any(entry => entry.Actor == Id.Actor && entry.Type == RunEntry.Settled.Type);

    /// <summary>
    /// Launches the challenge, has members <paramref name="takePart"/> an hour into it and waits until it is settled. <paramref name="stepsToLive"/> is asked
    /// before each life; null spares the engine. <paramref name="afterwards"/> sees the last engine.
    /// </summary>
    public void Run(Func<ChallengeHost, Task> takePart, Func<int>? stepsToLive, Func<Task>? afterwards = null) => _scheduler.Run(async () =>
    {
        var engine = await Start();
        Assert.Empty(await engine.Challenge(Id).Draft(_challenge, "marie", _scheduler.Time.GetUtcNow()));
        Assert.Empty(await engine.Challenge(Id).Schedule("marie", _scheduler.Time.GetUtcNow()));
        await Task.Delay(TimeSpan.FromHours(3), _scheduler.Time);
        await takePart(engine);
        while (!IsSettled)
        {
            if (stepsToLive is not null && Deaths.Count < DeathsMax) engine.Life.CutAfter(stepsToLive());
            for (var minute = 0; minute < MinutesMax && !engine.Life.IsDead && !IsSettled; minute++) await Task.Delay(TimeSpan.FromMinutes(1), _scheduler.Time);
            if (!engine.Life.IsDead) break;
            Deaths.Add(engine.Life.DiedAt!);
            engine.Stop();
            engine = await Start();
        }

        Assert.True(IsSettled, $"seed {_seed}: not settled after {Deaths.Count} deaths");
        engine.Life.CutAfter(int.MaxValue);
        if (afterwards is not null) await afterwards();
        engine.Stop();
        await engine.Host.StopAsync(default);
    });

    private async Task<ChallengeHost> Start()
    {
        var engine = new ChallengeHost(_scheduler, Journal, Storage, _reminders, new(), _programme, accounts: true);
        await engine.Host.StartAsync(default);
        return engine;
    }
}
