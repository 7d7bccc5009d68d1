using Gamification.Members;
using Gamification.Silo.Engine;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.LoadTests.Replays;

/// <summary>A real receipt, and when the engine gets it.</summary>
internal readonly record struct Delivery(RealReceipt Real, DateTimeOffset ReceivedAt);

/// <summary>Real receipts through a whole engine, from behind the edge.</summary>
internal static class RealReplay
{
    public const int Hundreds = 512;

    /// <summary>Each as it occurred, when it occurred.</summary>
    public static IEnumerable<Delivery> InOrder(IEnumerable<RealReceipt> receipts) => receipts.Select(real => new Delivery(real, real.Receipt.OccurredAt));

    /// <summary>Each up to <paramref name="grace"/> late, as drawn from a seed, in the order in which they then come.</summary>
    public static IEnumerable<Delivery> Shuffled(IEnumerable<RealReceipt> receipts, TimeSpan grace, int seed)
    {
        var random = new Random(seed);
        return receipts.Select(real => new Delivery(real, real.Receipt.OccurredAt + (grace * random.NextDouble()))).OrderBy(delivery => delivery.ReceivedAt);
    }

    /// <summary>An engine on this storage while the work lasts; it has stopped, and all is durable, on return.</summary>
    public static async Task<T> InEngine<T>(EngineOptions options, EngineStorage storage, Func<IGrainFactory, Task<T>> work)
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

    /// <summary>
    /// Posts them, so many at a time; a fault when one is not recorded. A replay's time stands at the newest event, so that only one at a time comes to
    /// exactly the same whenever it is done again.
    /// </summary>
    public static async Task Feed(IGrainFactory grains, IEnumerable<Delivery> deliveries, int atOnce = Hundreds)
    {
        foreach (var some in deliveries.Chunk(atOnce)) await Task.WhenAll(some.Select(delivery => Post(grains, delivery)));
    }

    private static async Task Post(IGrainFactory grains, Delivery delivery)
    {
        var real = delivery.Real;
        IReceiptAccount account = real.HasMember ? grains.GetGrain<IMemberGrain>(real.Account) : grains.GetGrain<ITillGrain>(real.Account);
        var outcome = await account.Post(real.Receipt, delivery.ReceivedAt, held: false);
        if (outcome is not ReceiptOutcome.Recorded) throw new InvalidOperationException($"{real.Receipt.Key}: {outcome}");
    }
}
