using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.LoadTests.Benchmarks;
using Gamification.Programmes;
using Gamification.Projections;
using Gamification.Runtime.Hosting;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.Tests;

/// <summary>A board that has missed something, in one piece and in shards, while what it needs is read.</summary>
public sealed class RenewedBoardTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly MemberId[] Members = [.. Enumerable.Range(1, 6).Select(number => new MemberId(new Guid(number, 0, 0, new byte[8])))];

    [Theory]
    [InlineData(100)]
    [InlineData(3)]
    public async Task While_it_loads_anew_it_is_told_and_asked_and_nothing_that_it_was_told_is_lost(int shardAbove)
    {
        var rows = new HeldRows();
        rows.Give([.. Members.Select((member, at) => new ScoreRow(member.Value, 100 - at, at, 1))]);
        using var host = Hosted(rows, shardAbove);
        await host.StartAsync();
        using var stop = new CancellationTokenSource();
        var projecting = host.Services.GetRequiredService<RollupProjector>().Run(stop.Token);
        var grains = host.Services.GetRequiredService<IGrainFactory>();
        var board = grains.GetGrain<IBoardGrain>("test|programme|points|all|all");
        var views = new Views();
        var watching = grains.CreateObjectReference<IBoardObserver>(views);
        var before = await board.Watch(watching);

        // Members 1 and 2 changed where nobody told; member 0 is told of with the gap.
        await board.Apply([new(1, 7, 8, [new(Members[0], 200, 10, 2)], 0)]);
        await rows.Asked(2).WaitAsync(Patience);
        Assert.Equal(200, await Score(board, Members[0]));
        await board.Apply([new(1, 8, 9, [new(Members[3], 500, 11, 2), new(Members[1], 7, 11, 2)], 0)]);
        Assert.Equal(500, await Score(board, Members[3]));

        // What is read has them, and nothing of what was told since.
        rows.Give([.. Members.Select((member, at) => at switch
        {
            0 => new ScoreRow(member.Value, 200, 10, 2),
            1 or 2 => new ScoreRow(member.Value, 300 + at, at, 3),
            _ => new ScoreRow(member.Value, 100 - at, at, 1),
        })]);
        var shown = await views.First(view => view.Rows.Any(row => row.Score == 302)).WaitAsync(Patience);

        Assert.Equal([500L, 302, 301, 200, 96, 95], shown.Rows.Select(row => row.Score));
        Assert.Equal(before.StreamId, shown.StreamId);
        Assert.True(shown.Version > before.Version);
        await board.Apply([new(1, 9, 10, [new(Members[5], 600, 12, 2)], 0)]);
        Assert.Equal(600, await Score(board, Members[5]));
        await board.Unwatch(watching);
        await stop.CancelAsync();
        await projecting;
        await host.StopAsync();
    }

    private static async Task<long> Score(IBoardGrain board, MemberId member) => Assert.Single(await board.Standings([member])).Row.Score;

    private static IHost Hosted(HeldRows rows, int shardAbove)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton<IBoardFeed>(new NoFeed());
        builder.Services.AddSingleton<IJournalStorage>(new FaultyJournalStorage(new Random(1), TimeProvider.System));
        builder.Services.AddSingleton<IRollupStorage>(new ScoresAlone(rows.Take));
        builder.Services.AddSingleton(new ProgrammeCatalog([Receipts.Programme()]));
        builder.Services.AddSingleton<BusinessClock>();
        builder.Services.AddSingleton<RollupProjector>();
        builder.Services.AddSingleton(new BoardOptions { ShardAbove = shardAbove, Shards = 2 });
        builder.Services.AddSingleton<BoardSources>();
        builder.Services.AddActorHost(host => host.Assemblies.Add(typeof(BoardFeed).Assembly));
        builder.Services.AddSingleton<IJournal>(provider => throw new NotSupportedException());
        return builder.Build();
    }

    private sealed class Views : IBoardObserver
    {
        private readonly Channel<BoardView> _views = Channel.CreateUnbounded<BoardView>();

        public Task Published(BoardView view)
        {
            _views.Writer.TryWrite(view);
            return Task.CompletedTask;
        }

        public async Task<BoardView> First(Func<BoardView, bool> wanted)
        {
            while (true)
            {
                if (await _views.Reader.ReadAsync() is var view && wanted(view)) return view;
            }
        }
    }

    private sealed class NoFeed : IBoardFeed
    {
        public Task<BoardRegistration> Register(BoardId board, int fromDay = 0) => Task.FromResult(new BoardRegistration(7, 0, ImmutableDictionary<int, long>.Empty));

        public void Unregister(BoardId board, long serial)
        {
        }

        public Task<bool> TryRelease(BoardId board, long serial) => Task.FromResult(true);
    }

    /// <summary>Rows that come when they are given: one gift a question.</summary>
    private sealed class HeldRows
    {
        private readonly Channel<ScoreRow[]> _gifts = Channel.CreateUnbounded<ScoreRow[]>();
        private readonly TaskCompletionSource[] _asked = [new(), new(TaskCreationOptions.RunContinuationsAsynchronously), new(TaskCreationOptions.RunContinuationsAsynchronously)];
        private int _times;

        public void Give(ScoreRow[] rows) => _gifts.Writer.TryWrite(rows);

        public Task Asked(int times) => _asked[times].Task;

        public async IAsyncEnumerable<ScoreRow> Take([EnumeratorCancellation] CancellationToken cancellation)
        {
            _asked[Interlocked.Increment(ref _times)].SetResult();
            foreach (var row in (await _gifts.Reader.ReadAsync(cancellation)).OrderByDescending(row => row.Score)) yield return row;
        }
    }
}
