using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Projections;
using Gamification.Tests.Time;
using Gamification.Rules;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules;
using Gamification.Tests.Simulation;
using Gamification.Tests.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gamification.Tests.Projections;

public sealed class RollupProjectorTests
{
    private readonly ManualTimeProvider _clock = new();
    private readonly MemoryRollup _rollup = new();
    private readonly FaultyJournalStorage _journal;

    public RollupProjectorTests() => _journal = new(new Random(1), _clock);

    [Fact]
    public async Task A_rollup_ahead_of_its_journal_is_dropped_and_rebuilt()
    {
        await Commit(3);
        await ((IRollupStorage)_rollup).Apply(0, 0, 90, [], new Dictionary<string, long> { ["demo"] = 5 });

        await Projector().Start(default);

        Assert.Equal(3, (await _rollup.Offsets(default))[0]);
        Assert.Null(await _rollup.NewestOccurredAt("demo", default));
    }

    [Fact]
    public async Task One_that_is_behind_goes_on_from_where_it_is()
    {
        await Commit(3);
        await ((IRollupStorage)_rollup).Apply(0, 0, 2, [], new Dictionary<string, long> { ["demo"] = 5 });

        await Projector().Start(default);

        Assert.Equal(3, (await _rollup.Offsets(default))[0]);
        Assert.Equal(5, await _rollup.NewestOccurredAt("demo", default));
    }

    [Fact]
    public async Task What_cannot_be_read_is_not_passed_over()
    {
        await Commit(3);
        using var stop = new CancellationTokenSource();
        var projector = Projector();
        var run = projector.Run(stop.Token);
        projector.Committed(0, 5, 9, []);

        // It fails on what the journal does not have, waits, and begins again at what it does have.
        var caughtUp = projector.CatchUp();
        while (await Task.WhenAny(caughtUp, _clock.TimerSet()) != caughtUp) _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(3, (await _rollup.Offsets(default))[0]);
        await stop.CancelAsync();
        _clock.Advance(TimeSpan.FromSeconds(1));
        await run;
    }

    /// <summary>Months that other nodes fed are no mistyped year here, and a mistyped year is one also where nothing was fed before.</summary>
    [Fact]
    public async Task A_replay_goes_on_from_where_other_nodes_have_brought_it()
    {
        var january = new DateTimeOffset(2011, 1, 10, 9, 0, 0, TimeSpan.Zero);
        var clock = new BusinessClock(new ProgrammeCatalog([Receipts.Programme() with { Id = "demo", Clock = BusinessClockKind.Replay }]), _clock);
        var projector = new RollupProjector(_journal, _rollup, clock, _clock, NullLogger<RollupProjector>.Instance);
        using var stop = new CancellationTokenSource();
        var run = projector.Run(stop.Token);
        clock.Place("demo", january);
        Assert.Equal((null, january), await Fold(1, january.AddYears(80)));
        Assert.Equal((january.AddDays(1), january.AddDays(1)), await Fold(2, january.AddDays(1)));
        clock.Place("demo", january.AddMonths(5));
        Assert.Equal((january.AddMonths(6), january.AddMonths(6)), await Fold(3, january.AddMonths(6)));
        await stop.CancelAsync();
        await run;

        async Task<(DateTimeOffset? Kept, DateTimeOffset? Here)> Fold(long seq, DateTimeOffset occurredAt)
        {
            var append = Appends.Append("a", seq - 1) with { Notice = new AccountNotice { Actor = new("demo", "member", "a"), Member = null, Version = seq, Changed = [], Tallies = Tallies.Empty, OccurredAt = occurredAt.ToUnixTimeMilliseconds() } };
            projector.Committed(0, seq - 1, seq, [new(append, new AppendOutcome.Appended(0, seq, seq, default))]);
            await projector.CatchUp();
            return (await _rollup.NewestOccurredAt("demo", default) is { } kept ? DateTimeOffset.FromUnixTimeMilliseconds(kept) : null, clock.Now("demo"));
        }
    }

    private RollupProjector Projector() => new(_journal, _rollup, new(new ProgrammeCatalog([]), _clock), _clock, NullLogger<RollupProjector>.Instance);

    private async Task Commit(int entries)
    {
        var head = await _journal.Acquire(0, default);
        for (var i = 0; i < entries; i++) await _journal.CommitOne(head, Appends.Append("a", i, Appends.Entry("{}", type: "other")));
    }
}
