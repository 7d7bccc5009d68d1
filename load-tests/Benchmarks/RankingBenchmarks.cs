using System.Diagnostics;
using Gamification.Leaderboards;

namespace Gamification.LoadTests.Benchmarks;

/// <summary>
/// The ranking alone, on one thread: memory, load, updates and queries over uniformly drawn members, which is the worst case for a cache.
/// Scores are log-normal in steps of five, so that ties are long. Percentiles are exact; throughput is timed apart, without a clock
/// read an operation, by the wall clock and by CPU time: on a shared machine the second says more.
/// </summary>
internal static class RankingBenchmarks
{
    private const int Operations = 1_000_000;

    public static void Run(string[] args)
    {
        int[] sizes = args.Length == 0 ? [1_000_000, 10_000_000] : [.. args.Select(arg => int.Parse(arg, null))];
        foreach (var size in sizes) Measure(size);
    }

    private static void Measure(int size)
    {
        var random = new Random(size);
        Console.WriteLine($"ranking of {size:N0} members");
        var rows = new ScoreRow[size];
        for (var at = 0; at < size; at++) rows[at] = new(NewId(random), Score(random), random.NextInt64(1_000_000_000), 1);
        var members = Array.ConvertAll(rows, row => row.Member);
        var sorted = rows.OrderByDescending(row => row.Score).ThenBy(row => row.ReachedAt).ToArray();

        Load("load, unsorted", rows);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var board = Load("load, in rank order", sorted);
        Weigh("memory after load", before, size);
        GC.KeepAlive(sorted);
        GC.KeepAlive(rows);

        // Prepared, so that neither drawing the operations nor missing the cache on them is measured.
        var updates = new ScoreRow[2 * Operations];
        Dictionary<Guid, long> scores = [];
        for (var at = 0; at < updates.Length; at++)
        {
            var member = members[random.Next(size)];
            if (!scores.TryGetValue(member, out var score)) score = board.Find(member)!.Value.Score;
            scores[member] = score += 5 * random.NextInt64(-3, 11);
            updates[at] = new(member, score, 1_000_000_000 + at, 2 + at);
        }

        Guid[] asked = [.. Enumerable.Range(0, 2 * Operations).Select(_ => members[random.Next(size)])];
        before = GC.GetTotalMemory(forceFullCollection: true);
        Time("update", at => Apply(board, updates[at]), Operations);
        Weigh("growth by updates", before, size);
        Time("stale update", at => Apply(board, updates[at]), Operations);
        Time("update and place", at =>
        {
            var row = updates[at];
            Apply(board, row with { Score = row.Score + 25, Version = 10_000_000 + at });
            board.PlaceOf(row.Member);
        });
        Time("place of a member", at => board.PlaceOf(asked[at]));
        Time("rank of a score", at => board.CountAbove(updates[at].Score));
        Time("top 100", _ => board.Top(100), Operations / 10);
        Time("five either side", at => board.Around(asked[at], 5, 5), Operations / 2);
        Time("percentile", at => board.PercentileOf(updates[at].Score));
        Time("dense rank", at => board.DenseRankOf(updates[at].Score), 1_000);

        var grown = new Ranking(seed: 1);
        Time("entry of a new member", at => grown.Apply(members[at], updates[at % updates.Length].Score, at, 1), size / 2);
    }

    private static Ranking Load(string name, ScoreRow[] rows)
    {
        var start = Stopwatch.GetTimestamp();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var board = new Ranking(seed: 1);
        board.Load(rows);
        cpu = Process.GetCurrentProcess().TotalProcessorTime - cpu;
        Console.WriteLine($"  {name,-24} {Stopwatch.GetElapsedTime(start).TotalSeconds,12:N2} s, {cpu.TotalSeconds:N2} s of CPU");
        return board;
    }

    private static void Weigh(string name, long before, int size)
    {
        var bytes = GC.GetTotalMemory(forceFullCollection: true) - before;
        Console.WriteLine($"  {name,-24} {(double)bytes / size,12:N1} B a member");
    }

    private static void Apply(Ranking board, in ScoreRow row) => board.Apply(row.Member, row.Score, row.ReachedAt, row.Version);

    /// <summary>Times the first <paramref name="count"/> operations one by one, then as many more together.</summary>
    private static void Time(string name, Action<int> act, int count = Operations)
    {
        var ticks = new long[count];
        for (var at = 0; at < count; at++)
        {
            var start = Stopwatch.GetTimestamp();
            act(at);
            ticks[at] = Stopwatch.GetTimestamp() - start;
        }

        var alone = Stopwatch.GetTimestamp();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        for (var at = count; at < 2 * count; at++) act(at);
        var perSecond = count / Stopwatch.GetElapsedTime(alone).TotalSeconds;
        var perCore = count / (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        Array.Sort(ticks);
        Console.WriteLine(
            $"  {name,-24} p50 {Micros(ticks[count / 2]),6:N2} µs   p99 {Micros(ticks[(int)(count * 0.99)]),6:N2} µs   "
            + $"max {Micros(ticks[^1]),9:N0} µs   {perSecond,12:N0}/s   {perCore,12:N0}/s of CPU");
    }

    private static double Micros(long ticks) => ticks * 1e6 / Stopwatch.Frequency;

    private static long Score(Random random)
    {
        var normal = Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        return 5 * Math.Max(1, (long)Math.Exp(4.5 + normal));
    }

    private static Guid NewId(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new(bytes);
    }
}
