using System.Diagnostics;
using System.Globalization;
using System.Text;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules.Challenges;
using Gamification.Silo.Engine;
using Gamification.Vault;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.LoadTests.Benchmarks;

/// <summary>
/// A challenge that every member wins, from its last second to the last prize in an account: the real engine on its real storages, every step durable.
/// <c>bench prizes [members 100000] [warm|cold] [--postgres CONNECTION]</c>; cold: the engine is started anew before it settles, so that every account is read from the journal.
/// </summary>
public static class PrizesBenchmarks
{
    private const int AtOnce = 2_048;
    private const int AdmittedAtOnce = 1_000;
    private static readonly DateTimeOffset Opens = new(2026, 11, 30, 0, 0, 0, TimeSpan.FromHours(1));
    private static readonly ChallengeRunId Id = new("bench", "all-win", 1);

    private static readonly ProgrammeSettings Programme = new()
    {
        Id = "bench",
        Name = "Benchmark",
        Currency = "EUR",
        TimeZone = "Europe/Brussels",
        Clock = BusinessClockKind.Sandbox,
        Stores = [new() { Id = "S0", NameFr = "S", NameNl = "S", NameEn = "S", TimeZone = "Europe/Brussels" }],
    };

    private static readonly Challenge Challenge = new()
    {
        Id = Id.Challenge,
        Version = 1,
        Name = new("Tous gagnent", "Iedereen wint", "All win"),
        Window = new() { From = new(2026, 11, 30), Until = new(2026, 12, 7) },
        Goal = new CountGoal(new() { On = [EarningEvent.Sale] }, 1),
        Prizes = new() { Completion = new() { Points = 50 } },
    };

    public static async Task<int> Run(string[] args)
    {
        var members = args is [var count, ..] && int.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 100_000;
        var postgres = Array.IndexOf(args, "--postgres") is >= 0 and var at ? args[at + 1] : null;
        var random = new Random(1);
        MemberId[] ids = [.. Enumerable.Range(0, members).Select(_ => new MemberId(NextGuid(random)))];
        var folder = Directory.CreateTempSubdirectory("prizes-bench-").FullName;
        try
        {
            var options = new EngineOptions { DataFolder = folder, Postgres = postgres, Programmes = [Programme] };
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{members:N0} members of whom each wins one prize, {(postgres is null ? "SQLite" : "PostgreSQL")}"));
            var isCold = args.Contains("cold");
            await InEngine(options, async (services, storage) =>
            {
                await Fill(services, storage, ids);
                if (!isCold) await Settle(services, storage, members);
            });
            if (isCold) await InEngine(options, (services, storage) => Settle(services, storage, members));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task InEngine(EngineOptions options, Func<IServiceProvider, EngineStorage, Task> work)
    {
        await using var storage = await EngineStorage.Open(options);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddEngine(options, storage);
        using var host = builder.Build();
        await host.StartAsync();
        await work(host.Services, storage);
        await host.StopAsync();
    }

    private static async Task Fill(IServiceProvider services, EngineStorage storage, MemberId[] ids)
    {
        var (grains, clock) = (services.GetRequiredService<IGrainFactory>(), services.GetRequiredService<BusinessClock>());
        foreach (var (some, at) in ids.Chunk(AdmittedAtOnce).Select((some, at) => (some, at)))
            await storage.Vault.Admit(Programme.Id, [.. some.Select((member, place) => new NewMembership($"card-{at}-{place}", member, [$"P{at}X{place}"], true))]);
        clock.Place(Programme.Id, Opens.AddHours(-1));
        var run = grains.GetGrain<IChallengeGrain>(Id.ToString());
        await grains.GetGrain<IChallengeListGrain>(Programme.Id).Begin(Id.Challenge);
        if (await run.Draft(Challenge, "bench", Opens) is not [] || await run.Schedule("bench", Opens) is not []) throw new InvalidOperationException("The challenge was refused.");
        clock.Place(Programme.Id, Opens.AddHours(12));
        var watch = Stopwatch.StartNew();
        for (var from = 0; from < ids.Length; from += AtOnce)
            await Task.WhenAll(ids.Skip(from).Take(AtOnce).Select((member, place) => grains.GetGrain<IMemberGrain>($"{Programme.Id}/{member}").Post(Sale(from + place), Opens.AddHours(12), held: false)));
        Say("receipts posted and counted live", ids.Length, watch.Elapsed);
    }

    private static async Task Settle(IServiceProvider services, EngineStorage storage, int members)
    {
        var run = services.GetRequiredService<IGrainFactory>().GetGrain<IChallengeGrain>(Id.ToString());
        var watch = Stopwatch.StartNew();
        services.GetRequiredService<BusinessClock>().Place(Programme.Id, Opens.AddDays(20));
        while ((await run.View(Opens)).Phase != ChallengePhase.Settled)
        {
            if (watch.Elapsed > TimeSpan.FromMinutes(30)) throw new TimeoutException("The challenge does not settle.");
            await Task.Delay(100);
        }

        Dictionary<string, DateTimeOffset> at = [];
        foreach (var entry in (await storage.Journal.Load(Id.Actor, default)).Tail.Concat(await storage.Journal.ReadForward(Id.Actor, 0, 2_000, default))) at[entry.Type] = entry.RecordedAt;
        Say("freeze, hash, archive and prize list, durable", members, at[RunEntry.Frozen.Type] - at[RunEntry.Closed.Type]);
        Say("prizes in accounts", members, at[RunEntry.Settled.Type] - at[RunEntry.Frozen.Type]);
        Say("from the last second to the last prize", members, watch.Elapsed);
        var received = (await run.View(Opens)).Received;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  received {received:N0}, peak of the process {Process.GetCurrentProcess().PeakWorkingSet64 / 1048576.0:N0} MB"));
    }

    private static void Say(string what, int count, TimeSpan time) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-46} {time.TotalSeconds,8:N2} s  {count / time.TotalSeconds,10:N0}/s"));

    private static Receipt Sale(int number) => new()
    {
        Key = new("S0", "1", new DateOnly(2026, 11, 30), number.ToString(CultureInfo.InvariantCulture)),
        Type = ReceiptType.Sale,
        OccurredAt = Opens.AddHours(11),
        Currency = "EUR",
        Total = 1_000,
        Lines = [new() { Sku = "A", Quantity = 1, UnitPrice = 10, Amount = 1_000 }],
        Content = new Guid(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes($"{number}")).AsSpan(0, 16)),
    };

    private static Guid NextGuid(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new(bytes);
    }
}
