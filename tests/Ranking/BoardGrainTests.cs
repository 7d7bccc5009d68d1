using System.Collections.Immutable;
using System.Threading.Channels;
using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Programmes;
using Gamification.Projections;
using Gamification.Runtime.Hosting;
using Gamification.Tests.Journal;
using Gamification.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.Tests;

public sealed class BoardGrainTests
{
    [Fact]
    public async Task A_board_that_cannot_be_loaded_is_not_fed()
    {
        var feed = new ScriptedFeed();
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IBoardFeed>(feed);
        builder.Services.AddSingleton<IJournalStorage>(new FaultyJournalStorage(new Random(1), TimeProvider.System));
        builder.Services.AddSingleton<IRollupStorage>(new MemoryRollup());
        builder.Services.AddSingleton(new ProgrammeCatalog([]));
        builder.Services.AddSingleton<BusinessClock>();
        builder.Services.AddSingleton<RollupProjector>();
        builder.Services.AddSingleton<BoardSources>();
        builder.Services.AddActorHost(host => host.Assemblies.Add(typeof(BoardFeed).Assembly));
        builder.Services.AddSingleton<IJournal>(provider => throw new NotSupportedException());
        using var host = builder.Build();
        await host.StartAsync();
        using var stop = new CancellationTokenSource();
        var projecting = host.Services.GetRequiredService<RollupProjector>().Run(stop.Token);

        // A programme that the deployment does not have: the board's first view asks for its time, and fails.
        var board = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IBoardGrain>("nowhere|programme|points|all|all");
        await Assert.ThrowsAsync<KeyNotFoundException>(board.View);

        Assert.Equal(7, await feed.Unregistered.ReadAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30)));
        await stop.CancelAsync();
        await projecting;
        await host.StopAsync();
    }

    private sealed class ScriptedFeed : IBoardFeed
    {
        private readonly Channel<long> _unregistered = Channel.CreateUnbounded<long>();

        public ChannelReader<long> Unregistered => _unregistered.Reader;

        public Task<BoardRegistration> Register(BoardId board, int fromDay = 0) => Task.FromResult(new BoardRegistration(7, 0, ImmutableDictionary<int, long>.Empty));

        public void Unregister(BoardId board, long serial) => _unregistered.Writer.TryWrite(serial);

        public Task<bool> TryRelease(BoardId board, long serial) => Task.FromResult(true);
    }
}
