using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Rules.Earning;
using Gamification.Silo.Engine;
using Gamification.Silo.Programmes;
using Gamification.Storage;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.LoadTests.Benchmarks;

/// <summary>
/// What a programme's mechanics cost: the real receipts through the engine on SQLite, behind the edge, under the programme and under the same one
/// without its documents (one point a unit), in turns after a round to warm up; then the sums, the proof, and what a member weighs.
/// <c>bench programme PROGRAMME.json [rounds 3] [receipts.ndjson.gz]</c>.
/// </summary>
public static class ProgrammeBenchmarks
{
    private const int AtOnce = 512;

    public static async Task<int> Run(string[] args)
    {
        if (args.Length == 0) throw new UsageException("Name a programme's file.");
        var rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 3;
        var file = args.Length > 2 ? args[2] : "api/Demo/Data/receipts.ndjson.gz";
        var full = ProgrammeFile.Read(args[0]) with { Clock = BusinessClockKind.Replay };
        var plain = full with { Earning = null, Recognition = null };
        var goods = ImmutableDictionary<string, Catalogue>.Empty.Add(full.Id, ProgrammeFile.ReadCatalogue(args[0]));
        var (costs, plainCosts) = (new List<double>(), new List<double>());
        for (var round = 0; round <= rounds; round++)
        {
            plainCosts.Add(await Replay(plain, goods, file, prove: false));
            costs.Add(await Replay(full, goods, file, prove: round == rounds));
            Console.WriteLine(Text($"{(round == 0 ? "warming up" : $"round {round}")}: {costs[^1]:N1} µs of CPU a receipt, {plainCosts[^1]:N1} µs without the documents"));
        }

        var (cost, plainCost) = (Median(costs[1..]), Median(plainCosts[1..]));
        Console.WriteLine(Text($"median of {rounds}: {cost:N1} µs against {plainCost:N1} µs, a ratio of {cost / plainCost:N2}"));
        return 0;
    }

    /// <summary>CPU time of this process for each receipt, in microseconds: rules, journal, projections and SQLite, in a new data folder.</summary>
    private static async Task<double> Replay(ProgrammeSettings programme, ImmutableDictionary<string, Catalogue> goods, string receiptsFile, bool prove)
    {
        var receipts = RealReceipts.Read(receiptsFile, programme);
        var folder = Directory.CreateTempSubdirectory("programme-bench-").FullName;
        try
        {
            var options = new EngineOptions { DataFolder = folder, Programmes = [programme], Catalogues = goods };
            await using var storage = await EngineStorage.Open(options);
            var cost = await InEngine(options, storage, grains => Feed(grains, receipts));
            if (prove) await Prove(storage);
            return cost;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<T> InEngine<T>(EngineOptions options, EngineStorage storage, Func<IGrainFactory, Task<T>> work)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddEngine(options, storage);
        using var host = builder.Build();
        await host.StartAsync();
        var answer = await work(host.Services.GetRequiredService<IGrainFactory>());
        await host.StopAsync();
        return answer;
    }

    private static async Task<double> Feed(IGrainFactory grains, ImmutableArray<RealReceipt> receipts)
    {
        GC.Collect();
        using var process = Process.GetCurrentProcess();
        var before = process.TotalProcessorTime;
        foreach (var some in receipts.Chunk(AtOnce)) await Task.WhenAll(some.Select(real => Post(grains, real)));
        process.Refresh();
        return (process.TotalProcessorTime - before).TotalMicroseconds / receipts.Length;
    }

    private static async Task Post(IGrainFactory grains, RealReceipt real)
    {
        IReceiptAccount account = real.HasMember ? grains.GetGrain<IMemberGrain>(real.Account) : grains.GetGrain<ITillGrain>(real.Account);
        var outcome = await account.Post(real.Receipt, real.Receipt.OccurredAt, held: false);
        if (outcome is not ReceiptOutcome.Recorded) throw new InvalidOperationException($"{real.Receipt.Key}: {outcome}");
    }

    private static async Task Prove(EngineStorage storage)
    {
        var sizes = new List<long>();
        await foreach (var member in LedgerCheck.EachMember(storage.Journal, CancellationToken.None))
            sizes.Add(AccountEntryJson.WriteState(AccountEntryJson.StateOf(await storage.Journal.Load(member, CancellationToken.None))).Length);
        sizes.Sort();
        Console.WriteLine(Text($"{sizes.Count:N0} members; state of one as JSON: median {sizes[sizes.Count / 2]:N0}, 99 in 100 below {sizes[sizes.Count * 99 / 100]:N0}, worst {sizes[^1]:N0} bytes"));
        var journal = await ((ISelfChecking)storage.Journal).Verify(CancellationToken.None);
        var ledger = await LedgerCheck.Run(storage.Journal, CancellationToken.None);
        Console.WriteLine(Text($"{journal.Entries:N0} entries, {journal.Findings.Length} faults; {ledger.Postings:N0} postings, {ledger.Findings.Length} faults"));
        foreach (var finding in ledger.Findings.Take(10)) Console.WriteLine($"  {finding}");
        foreach (var (unit, balance) in ledger.Balances)
            Console.WriteLine($"  {unit}: {string.Join(", ", balance.ToRows().Where(row => row.Balance != 0).Select(row => Text($"{row.Account} {row.Balance:N0}")))}");
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
