using System.Diagnostics;
using System.Globalization;
using System.Text;
using Gamification.Challenges;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Silo.Engine;
using Gamification.Vault;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.LoadTests.Benchmarks;

/// <summary>A shop with a challenge that every member wins: whoever buys once has a prize. Its time is a sandbox's.</summary>
internal static class WinningShop
{
    private const int AtOnce = 2_048;
    private const int AdmittedAtOnce = 1_000;
    public static readonly DateTimeOffset Opens = new(2026, 11, 30, 0, 0, 0, TimeSpan.FromHours(1));
    public static readonly ChallengeRunId Id = new("bench", "all-win", 1);

    public static readonly ProgrammeSettings Programme = new()
    {
        Id = "bench",
        Name = "Benchmark",
        Currency = "EUR",
        TimeZone = "Europe/Brussels",
        Clock = BusinessClockKind.Sandbox,
        Stores = [new() { Id = "S0", NameFr = "S", NameNl = "S", NameEn = "S", TimeZone = "Europe/Brussels" }],
    };

    public static readonly Challenge Challenge = new()
    {
        Id = Id.Challenge,
        Version = 1,
        Name = new("Tous gagnent", "Iedereen wint", "All win"),
        Window = new() { From = new(2026, 11, 30), Until = new(2026, 12, 7) },
        Goal = new CountGoal(new() { On = [EarningEvent.Sale] }, 1),
        Prizes = new() { Completion = new() { Points = 50 } },
    };

    /// <summary>The same ones for the same number.</summary>
    public static MemberId[] Members(int count)
    {
        var random = new Random(1);
        return [.. Enumerable.Range(0, count).Select(_ => new MemberId(NextGuid(random)))];
    }

    public static EngineOptions OptionsOf(string folder, string? postgres = null) => new() { DataFolder = folder, Postgres = postgres, Programmes = [Programme] };

    /// <summary>A real engine on these storages for as long as the work lasts.</summary>
    public static async Task InEngine(EngineOptions options, Func<IServiceProvider, EngineStorage, Task> work, Action<IServiceCollection, EngineStorage>? changes = null)
    {
        await using var storage = await EngineStorage.Open(options);
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddEngine(options, storage);
        changes?.Invoke(builder.Services, storage);
        using var host = builder.Build();
        await host.StartAsync();
        await work(host.Services, storage);
        await host.StopAsync();
    }

    /// <summary>Everybody enrolled, the challenge live, a purchase each; how long the purchases took.</summary>
    public static async Task<TimeSpan> Fill(IServiceProvider services, EngineStorage storage, MemberId[] ids)
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
        return watch.Elapsed;
    }

    /// <summary>After the window and its grace.</summary>
    public static void GoToTheEnd(IServiceProvider services) => services.GetRequiredService<BusinessClock>().Place(Programme.Id, Opens.AddDays(20));

    public static IChallengeGrain Run(IServiceProvider services) => services.GetRequiredService<IGrainFactory>().GetGrain<IChallengeGrain>(Id.ToString());

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
