using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Gamification.LoadTests.Replays;
using Gamification.Programmes;
using Gamification.Rules.Earning;
using Gamification.Silo.Engine;
using Gamification.Silo.Programmes;

namespace Gamification.LoadTests.Benchmarks;

/// <summary>
/// What a programme's mechanics cost: the real receipts through the engine, behind the edge, under the programme and under the same one
/// without its documents (one point a unit), in turns after some rounds to warm up; then the sums, the proof, and what a member weighs.
/// <c>bench programme PROGRAMME.json [rounds 3] [receipts.ndjson.gz] [--postgres]</c>: on SQLite, or on the PostgreSQL at <c>GAMIFICATION_POSTGRES</c>, and
/// then what comes of them one by one must be what does on SQLite. Ends with 1 when that differs, or when a proof finds something.
/// </summary>
public static class ProgrammeBenchmarks
{
    /// <summary>Less, and what is measured is largely the compiler's: it goes on improving code as long as new code is called often.</summary>
    private const int WarmUps = 5;

    public static async Task<int> Run(string[] args)
    {
        if (await AsShipped.Run("programme", args) is { } code) return code;
        var server = args.Contains("--postgres") ? Environment.GetEnvironmentVariable("GAMIFICATION_POSTGRES") ?? throw new UsageException("GAMIFICATION_POSTGRES names no server.") : null;
        args = [.. args.Where(arg => arg != "--postgres")];
        if (args.Length == 0) throw new UsageException("Name a programme's file.");
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
        var file = args.Length > 2 ? args[2] : "api/Demo/Data/receipts.ndjson.gz";
        var full = ProgrammeFile.Read(args[0]) with { Clock = BusinessClockKind.Replay };
        var plain = full with { Earning = null, Recognition = null };
        var goods = ImmutableDictionary<string, Catalogue>.Empty.Add(full.Id, ProgrammeFile.ReadCatalogue(args[0]));
        var (costs, plainCosts) = (new List<Cost>(), new List<Cost>());
        ReplayFacts? facts = null;
        for (var round = 1 - WarmUps; round <= rounds; round++)
        {
            plainCosts.Add((await Replay(plain, goods, file, server, prove: false)).Cost);
            (var cost, facts) = await Replay(full, goods, file, server, prove: round == rounds);
            costs.Add(cost);
            Console.WriteLine(Text($"{(round < 1 ? "warming up" : $"round {round}")}: {cost.Cpu:N1} µs of CPU a receipt, {plainCosts[^1].Cpu:N1} µs without the documents"));
        }

        var (median, plainMedian) = (Median(costs[WarmUps..], cost => cost.Cpu), Median(plainCosts[WarmUps..], cost => cost.Cpu));
        Console.WriteLine(Text($"median of {rounds}{(server is null ? "" : " on PostgreSQL, its own CPU not counted")}: {median:N1} µs against {plainMedian:N1} µs, a ratio of {median / plainMedian:N2}"));
        Console.WriteLine(Text($"allocated {Median(costs[WarmUps..], cost => cost.Bytes):N0} bytes a receipt against {Median(plainCosts[WarmUps..], cost => cost.Bytes):N0}; collecting took {Median(costs[WarmUps..], cost => cost.Collecting):N1} µs a receipt against {Median(plainCosts[WarmUps..], cost => cost.Collecting):N1}"));
        var isSound = Show(facts!);
        if (server is null) return isSound ? 0 : 1;
        var (_, onPostgres) = await Replay(full, goods, file, server, prove: true, atOnce: 1);
        var (_, onSqlite) = await Replay(full, goods, file, server: null, prove: true, atOnce: 1);
        var isSame = (onPostgres!.Totals, onPostgres.Ledger) == (onSqlite!.Totals, onSqlite.Ledger);
        Console.WriteLine($"one by one:\n{onPostgres.Totals}\n{onPostgres.Ledger}");
        Console.WriteLine(isSame ? "the same on SQLite" : $"otherwise on SQLite:\n{onSqlite.Totals}\n{onSqlite.Ledger}");
        return isSound && isSame && onPostgres.Faults.Count + onSqlite.Faults.Count == 0 ? 0 : 1;
    }

    /// <summary>What this process spends on a receipt: rules, journal, projections and the database's client.</summary>
    /// <param name="Cpu">CPU time in microseconds.</param>
    /// <param name="Bytes">Allocated.</param>
    /// <param name="Collecting">Microseconds for which everything stood still to collect.</param>
    private readonly record struct Cost(double Cpu, double Bytes, double Collecting);

    /// <summary>One replay, in a new database.</summary>
    private static async Task<(Cost Cost, ReplayFacts? Facts)> Replay(ProgrammeSettings programme, ImmutableDictionary<string, Catalogue> goods, string receiptsFile, string? server, bool prove, int atOnce = RealReplay.Hundreds)
    {
        var receipts = RealReceipts.Read(receiptsFile, programme);
        await using var place = await ReplayPlace.Create(server);
        var options = place.In(new() { DataFolder = place.Folder, Programmes = [programme], Catalogues = goods });
        await using var storage = await EngineStorage.Open(options);
        var cost = await RealReplay.InEngine(options, storage, grains => Feed(grains, receipts, atOnce));
        return (cost, prove ? await ReplayFacts.Of(storage) : null);
    }

    private static async Task<Cost> Feed(IGrainFactory grains, ImmutableArray<RealReceipt> receipts, int atOnce)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var (cpu, bytes, collecting) = (process.TotalProcessorTime, GC.GetTotalAllocatedBytes(precise: true), GC.GetTotalPauseDuration());
        await RealReplay.Feed(grains, RealReplay.InOrder(receipts), atOnce);
        process.Refresh();
        return new(
            (process.TotalProcessorTime - cpu).TotalMicroseconds / receipts.Length,
            (double)(GC.GetTotalAllocatedBytes(precise: true) - bytes) / receipts.Length,
            (GC.GetTotalPauseDuration() - collecting).TotalMicroseconds / receipts.Length);
    }

    private static bool Show(ReplayFacts facts)
    {
        var sizes = facts.StateSizes;
        Console.WriteLine(Text($"state of a member as JSON: median {sizes[sizes.Count / 2]:N0}, 99 in 100 below {sizes[sizes.Count * 99 / 100]:N0}, worst {sizes[^1]:N0} bytes"));
        Console.WriteLine(Text($"{facts.Totals}, {facts.Faults.Count} faults\n{facts.Ledger}"));
        foreach (var fault in facts.Faults.Take(10)) Console.WriteLine($"  {fault}");
        return facts.Faults.Count == 0;
    }

    private static double Median(List<Cost> costs, Func<Cost, double> of) => costs.Select(of).Order().ElementAt(costs.Count / 2);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
