using System.Diagnostics;
using System.Globalization;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Silo.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.LoadTests.Benchmarks;

/// <summary>
/// What a real member costs in memory once it is idle: an engine on SQLite writes the journal, a second one activates every member from it.
/// <c>bench members [members 20000] [receipts of each 12] [stores of each 2]</c>; the receipts lie within sixty days.
/// </summary>
public static class MembersBenchmarks
{
    private const int AtOnce = 1_024;
    private const int Days = 60;
    private static readonly DateTimeOffset Newest = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(1));

    private static readonly ProgrammeSettings Programme = new()
    {
        Id = "bench",
        Name = "Benchmark",
        Currency = "EUR",
        TimeZone = "Europe/Brussels",
        Stores = [.. Enumerable.Range(0, 12).Select(store => new Store { Id = $"S{store}", NameFr = "S", NameNl = "S", NameEn = "S", TimeZone = "Europe/Brussels" })],
    };

    public static async Task<int> Run(string[] args)
    {
        var (members, receipts, stores) = (Number(args, 0, 20_000), Number(args, 1, 12), Number(args, 2, 2));
        var random = new Random(1);
        string[] keys = [.. Enumerable.Range(0, members).Select(_ => $"{Programme.Id}/{new MemberId(NextGuid(random))}")];
        var folder = Directory.CreateTempSubdirectory("members-bench-").FullName;
        try
        {
            var options = new EngineOptions { DataFolder = folder, Programmes = [Programme] };
            await InEngine(options, grains => Fill(grains, keys, receipts, stores, random));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{members:N0} members with {receipts} receipts each in {stores} stores, within {Days} days"));
            await InEngine(options, grains => Activate(grains, keys));
            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task InEngine(EngineOptions options, Func<IGrainFactory, Task> work)
    {
        await using var storage = await EngineStorage.Open(options);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddEngine(options, storage);
        using var host = builder.Build();
        await host.StartAsync();
        await work(host.Services.GetRequiredService<IGrainFactory>());
        await host.StopAsync();
    }

    private static async Task Fill(IGrainFactory grains, string[] keys, int receipts, int stores, Random random)
    {
        for (var number = 0; number < receipts; number++)
        {
            foreach (var some in keys.Chunk(AtOnce))
                await Task.WhenAll(some.Select(key => grains.GetGrain<IMemberGrain>(key).Post(Sale(key, number, stores, random), Newest, held: false)));
        }
    }

    private static async Task Activate(IGrainFactory grains, string[] keys)
    {
        // What the first activation builds for all of them is not a member's.
        await grains.GetGrain<IMemberGrain>($"{Programme.Id}/{new MemberId(Guid.Empty)}").View();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var clock = Stopwatch.StartNew();
        foreach (var some in keys.Chunk(AtOnce))
            await Task.WhenAll(some.Select(key => grains.GetGrain<IMemberGrain>(key).Statement(long.MaxValue, 1)));
        var seconds = clock.Elapsed.TotalSeconds;
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(keys);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{(after - before) / keys.Length:N0} bytes an idle member, without its key; {keys.Length / seconds:N0} members activated a second"));
    }

    private static Receipt Sale(string key, int number, int stores, Random random)
    {
        var at = Newest.AddDays(-random.Next(Days));
        var home = int.Parse(key.AsSpan(^3..), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
        var store = $"S{(home + random.Next(stores)) % Programme.Stores.Length}";
        var cents = random.Next(100, 10_000);
        return new()
        {
            Key = new(store, "1", DateOnly.FromDateTime(at.DateTime), $"{key[^32..]}-{number}"),
            Type = ReceiptType.Sale,
            OccurredAt = at,
            Currency = "EUR",
            Total = cents,
            Lines = [new() { Sku = "A", Quantity = 1, UnitPrice = cents / 100m, Amount = cents }],
            Content = NextGuid(random),
        };
    }

    private static Guid NextGuid(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new(bytes);
    }

    private static int Number(string[] args, int at, int otherwise) =>
        args.Length > at ? int.Parse(args[at], CultureInfo.InvariantCulture) : otherwise;
}
