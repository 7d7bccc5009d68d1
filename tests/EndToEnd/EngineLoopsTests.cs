using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Programmes;
using Gamification.Projections;
using Gamification.Runtime.Scheduling;
using Gamification.Silo.Engine;
using Gamification.Tests.Api;
using Gamification.Tests.Journal;
using Gamification.Tests.Live;
using Gamification.Tests.Simulation;
using Gamification.Vault;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gamification.Tests.EndToEnd;

public sealed class EngineLoopsTests
{
    [Fact]
    public async Task Stopping_waits_only_a_moment_for_a_rollup_that_cannot_catch_up()
    {
        var clock = TimeProvider.System;
        var journal = new FaultyJournalStorage(new Random(1), clock);
        await using var scheduler = new ThreadScheduler();
        var feed = new BoardFeed(journal, new FakeGrains(), clock, NullLogger<BoardFeed>.Instance);
        var projector = new RollupProjector(journal, new MemoryRollup(), new(new ProgrammeCatalog([]), clock), clock, NullLogger<RollupProjector>.Instance);
        using var writer = new JournalWriter(journal, new JournalWriterOptions(), clock, NullLogger<JournalWriter>.Instance);
        using var lifetime = new Lifetime();
        using var quarantine = new QuarantineShelf(new MemoryVault(), new(), clock, NullLogger<QuarantineShelf>.Instance);
        var programmes = new ProgrammeWatch(journal, new([]), new(new([]), clock), clock, NullLogger<ProgrammeWatch>.Instance);
        using var loops = new EngineLoops(new(scheduler), writer, feed, projector, programmes, quarantine, lifetime, clock, NullLogger<EngineLoops>.Instance);
        await loops.StartAsync(default);
        journal.Outage = new JournalUnavailableException("away");

        var started = clock.GetTimestamp();
        await loops.StopAsync(default).WaitAsync(TimeSpan.FromSeconds(60));

        Assert.InRange(clock.GetElapsedTime(started).TotalSeconds, 2.5, 30);
        Assert.False(lifetime.ApplicationStopping.IsCancellationRequested);
    }

    private sealed class Lifetime : Microsoft.Extensions.Hosting.IHostApplicationLifetime, IDisposable
    {
        private readonly CancellationTokenSource _stopping = new();

        public CancellationToken ApplicationStarted => default;

        public CancellationToken ApplicationStopping => _stopping.Token;

        public CancellationToken ApplicationStopped => default;

        public void StopApplication() => _stopping.Cancel();

        public void Dispose() => _stopping.Dispose();
    }
}
