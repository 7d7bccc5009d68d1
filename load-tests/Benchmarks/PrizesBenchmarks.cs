using System.Diagnostics;
using System.Globalization;
using Gamification.Challenges;
using Gamification.Rules.Challenges;
using Gamification.Silo.Engine;

namespace Gamification.LoadTests.Benchmarks;

/// <summary>
/// A challenge that every member wins, from its last second to the last prize in an account: the real engine on its real storages, every step durable.
/// <c>bench prizes [members 100000] [warm|cold] [--postgres CONNECTION]</c>; cold: the engine is started anew before it settles, so that every account is read from the journal.
/// </summary>
public static class PrizesBenchmarks
{
    public static async Task<int> Run(string[] args)
    {
        if (await AsShipped.Run("prizes", args) is { } code) return code;
        var members = args is [var count, ..] && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 100_000;
        var postgres = Array.IndexOf(args, "--postgres") is >= 0 and var at ? args[at + 1] : null;
        var ids = WinningShop.Members(members);
        var folder = Directory.CreateTempSubdirectory("prizes-bench-").FullName;
        try
        {
            var options = WinningShop.OptionsOf(folder, postgres);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{members:N0} members of whom each wins one prize, {(postgres is null ? "SQLite" : "PostgreSQL")}"));
            var isCold = args.Contains("cold");
            await WinningShop.InEngine(options, async (services, storage) =>
            {
                Say("receipts posted and counted live", members, await WinningShop.Fill(services, storage, ids));
                if (!isCold) await Settle(services, storage, members);
            });
            if (isCold) await WinningShop.InEngine(options, (services, storage) => Settle(services, storage, members));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task Settle(IServiceProvider services, EngineStorage storage, int members)
    {
        var run = WinningShop.Run(services);
        var watch = Stopwatch.StartNew();
        WinningShop.GoToTheEnd(services);
        while ((await run.View(WinningShop.Opens)).Phase != ChallengePhase.Settled)
        {
            if (watch.Elapsed > TimeSpan.FromMinutes(30)) throw new TimeoutException("The challenge does not settle.");
            await Task.Delay(100);
        }

        Dictionary<string, DateTimeOffset> at = [];
        foreach (var entry in (await storage.Journal.Load(WinningShop.Id.Actor, default)).Tail.Concat(await storage.Journal.ReadForward(WinningShop.Id.Actor, 0, 2_000, default))) at[entry.Type] = entry.RecordedAt;
        Say("freeze, hash, archive and prize list, durable", members, at[RunEntry.Frozen.Type] - at[RunEntry.Closed.Type]);
        Say("prizes in accounts", members, at[RunEntry.Settled.Type] - at[RunEntry.Frozen.Type]);
        Say("from the last second to the last prize", members, watch.Elapsed);
        var received = (await run.View(WinningShop.Opens)).Received;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  received {received:N0}, peak of the process {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:N0} MB"));
    }

    private static void Say(string what, int count, TimeSpan time) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-46} {time.TotalSeconds,8:N2} s  {count / time.TotalSeconds,10:N0}/s"));
}
