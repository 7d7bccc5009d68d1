using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Gamification.Leaderboards;
using Gamification.Programmes;
using Gamification.Projections;
using Gamification.Silo.Engine;
using Gamification.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.LoadTests.Benchmarks;

/// <summary>
/// A live board as its actor, in one piece and in shards, asked and fed as the engine does: how long it loads, what a change and a question take,
/// what a member weighs; then the same while receipts come at a rate, and once more while the board loads anew. <c>bench boards [members 1000000] [shards 8; 0 for one piece] [rate 10000]</c>. Rows come from memory in rank order, so that no database
/// is measured. <c>bench boards seed FOLDER [members 1000000] [programme shop]</c> instead fills a data folder's roll-up with members that have
/// points this week, so that <c>checkout --viewers</c> can measure the push of a board that large.
/// </summary>
public static class BoardsBenchmarks
{
    private const int ChangesPerCall = 1_000;
    private const int Calls = 300;
    private const int Questions = 3_000;
    private static readonly TimeSpan UnderLoad = TimeSpan.FromSeconds(20);

    private static readonly ProgrammeSettings Programme = new()
    {
        Id = "bench",
        Name = "Benchmark",
        Currency = "EUR",
        TimeZone = "Europe/Brussels",
        Stores = [new Store { Id = "S", NameFr = "S", NameNl = "S", NameEn = "S", TimeZone = "Europe/Brussels" }],
    };

    public static async Task<int> Run(string[] args)
    {
        if (args is ["seed", var target, ..]) return await Seed(target, Number(args, 2, 1_000_000), args.Length > 3 ? args[3] : "shop");
        if (await AsShipped.Run("boards", args) is { } code) return code;
        var (members, shards, rate) = (Number(args, 0, 1_000_000), Number(args, 1, 8), Number(args, 2, 10_000));
        var folder = Directory.CreateTempSubdirectory("boards-bench-").FullName;
        try
        {
            var boards = shards == 0 ? new BoardOptions { ShardAbove = int.MaxValue } : new BoardOptions { ShardAbove = members / 2, Shards = shards };
            await Measure(new() { DataFolder = folder, Programmes = [Programme], Boards = boards }, members, shards, rate);
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Measure(EngineOptions options, int members, int shards, int rate)
    {
        await using var storage = await EngineStorage.Open(options);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddEngine(options, storage);
        builder.Services.AddSingleton<IRollupStorage>(new ScoresAlone(_ => Draw.Rows(members)));
        using var host = builder.Build();
        await host.StartAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"a board of {members:N0} members in {(shards == 0 ? "one piece" : $"{shards} shards")}"));

        var before = GC.GetTotalMemory(forceFullCollection: true);
        var board = host.Services.GetRequiredService<IGrainFactory>().GetGrain<IBoardGrain>("bench|programme|points|all|all");
        var start = Stopwatch.GetTimestamp();
        var size = await SizeOf(board);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  load                 {Stopwatch.GetElapsedTime(start).TotalSeconds,10:N2} s"));
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  memory               {(double)bytes / size,10:N1} B a member"));

        // As the feed brings them; no such partition is written, so that nothing of the journal is missed.
        var random = new Random(7);
        var changes = Enumerable.Range(0, Calls).Select(call => ImmutableArray.Create(new BoardChanges(
            BoardUnderLoad.Partition, call, call + 1, [.. Enumerable.Range(0, ChangesPerCall).Select(_ => Draw.Change(random, members, version: 2 + call))], 0))).ToArray();
        await Time($"{ChangesPerCall:N0} changes a call", changes.Length, at => board.Apply(changes[at]), per: ChangesPerCall);
        await Time("rank of a member", Questions, _ => board.Standings([Draw.Member(random.Next(members))]));
        await Time("five either side", Questions, _ => board.Around(Draw.Member(random.Next(members)), 5));
        await Time("top 50", Questions, _ => board.Top(0, 50));
        await Time("a page anywhere", Questions, _ => board.Top(random.Next(members), 50));
        var underLoad = new BoardUnderLoad(host.Services.GetRequiredService<IGrainFactory>(), board, Draw.Member, members, told: Calls);
        await underLoad.Run(rate, UnderLoad, misses: false);
        await underLoad.Run(rate, UnderLoad, misses: true);
        await host.StopAsync();
    }

    /// <summary>Whoever asks while it is loaded for the first time may be told to come back: the load goes on.</summary>
    private static async Task<long> SizeOf(IBoardGrain board)
    {
        while (true)
        {
            try
            {
                return (await board.View()).Size;
            }
            catch (TimeoutException)
            {
            }
        }
    }

    private static async Task Time(string name, int count, Func<int, Task> act, int per = 1)
    {
        var ticks = new long[count];
        var (began, cpu) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
        for (var at = 0; at < count; at++)
        {
            var start = Stopwatch.GetTimestamp();
            await act(at);
            ticks[at] = Stopwatch.GetTimestamp() - start;
        }

        var (elapsed, spent) = (Stopwatch.GetElapsedTime(began), Process.GetCurrentProcess().TotalProcessorTime - cpu);
        Array.Sort(ticks);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"  {name,-20} p50 {Micros(ticks[count / 2]),9:N1} µs   p99 {Micros(ticks[count * 99 / 100]),9:N1} µs   {count * per / elapsed.TotalSeconds,12:N0}/s   {spent.TotalMicroseconds / (count * per),8:N2} µs of CPU each"));
    }

    private static async Task<int> Seed(string folder, int members, string programme)
    {
        const int Batch = 20_000;
        Directory.CreateDirectory(folder);
        var today = DateOnly.FromDateTime(TimeProvider.System.GetLocalNow().DateTime).DayNumber;
        await using var rollup = new SqliteRollupStorage(Path.Combine(folder, "projections.db"));
        var start = Stopwatch.GetTimestamp();
        for (var from = 0; from < members; from += Batch)
        {
            var rows = Enumerable.Range(from, Math.Min(Batch, members - from)).Select(number => new RollupRow
            {
                Actor = ActorId.Member(programme, Draw.Member(number)),
                Store = "BRU",
                Day = today,
                Points = Draw.Score(number, members),
                Receipts = 1,
                Spend = 100,
                PointsReachedAt = number,
                ReceiptsReachedAt = number,
                Version = 1,
            });
            await rollup.Apply(0, 0, 0, new() { Rows = [.. rows], NewestOccurredAt = ImmutableDictionary<string, long>.Empty });
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{members:N0} members have points on {DateOnly.FromDayNumber(today):yyyy-MM-dd}, written in {Stopwatch.GetElapsedTime(start).TotalSeconds:N0} s"));
        return 0;
    }

    private static double Micros(long ticks) => ticks * 1e6 / Stopwatch.Frequency;

    private static int Number(string[] args, int at, int otherwise) => args.Length > at ? int.Parse(args[at], NumberStyles.AllowThousands, CultureInfo.InvariantCulture) : otherwise;
}
