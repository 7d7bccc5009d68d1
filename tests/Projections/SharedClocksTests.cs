using Gamification.Programmes;
using Gamification.Projections;
using Gamification.Tests.Documents;
using Gamification.Tests.Rules;
using Gamification.Tests.Simulation;
using Gamification.Tests.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gamification.Tests.Projections;

/// <summary>A node that no event goes to tells the same business time as those that they go to.</summary>
public sealed class SharedClocksTests
{
    private static readonly DateTimeOffset Monday = new(2011, 5, 16, 9, 0, 0, TimeSpan.Zero);

    private readonly ManualTimeProvider _time = new();
    private readonly MemoryRollup _rollup = new();
    private readonly ProgrammeCatalog _programmes = new([Receipts.Programme() with { Id = "replayed", Clock = BusinessClockKind.Replay }, Receipts.Programme() with { Id = "live", Clock = BusinessClockKind.Live }]);
    private readonly BusinessClock _clock;

    public SharedClocksTests() => _clock = new(_programmes, _time);

    [Fact]
    public async Task A_replay_moves_here_as_far_as_it_moved_elsewhere_and_never_back()
    {
        using var stop = new CancellationTokenSource();
        var run = Clocks().Run(stop.Token);
        await _time.TimerSet();
        Assert.Null(_clock.Now("replayed"));

        // Further within a second than one event may move it: a history is fed fast.
        foreach (var (days, stands) in new[] { (0, 0), (90, 90), (40, 90) })
        {
            await ((IRollupStorage)_rollup).Apply(0, 0, 0, [], new Dictionary<string, long> { ["replayed"] = Monday.AddDays(days).ToUnixTimeMilliseconds(), ["live"] = 5 });
            _time.Advance(TimeSpan.FromSeconds(1));
            await _time.TimerSet();
            Assert.Equal(Monday.AddDays(stands), _clock.Now("replayed"));
            Assert.Equal(_time.GetUtcNow(), _clock.Now("live"));
        }

        await stop.CancelAsync();
        await run;
    }

    private SharedClocks Clocks() =>
        new(new DirectJournal(new(new Random(1), _time), _time), _rollup, _programmes, _clock, _time, NullLogger<SharedClocks>.Instance);
}
