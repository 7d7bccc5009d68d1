using System.Diagnostics.Metrics;
using Gamification.Tests.Time;
using Gamification.Vault;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gamification.Tests.Api;

public sealed class QuarantineShelfTests
{
    [Fact]
    public async Task What_makes_room_or_grows_old_goes_and_is_counted_by_its_reason()
    {
        var clock = new ManualTimeProvider();
        var vault = new MemoryVault();
        using var shelf = new QuarantineShelf(vault, new() { BodiesPerStore = 2, KeepFor = TimeSpan.FromHours(3) }, clock, NullLogger<QuarantineShelf>.Instance);
        var letGo = new Dictionary<string, long>();
        using var listener = Listen(shelf, letGo);
        using var stop = new CancellationTokenSource();
        var running = shelf.Run(stop.Token);
        await clock.TimerSet();

        for (byte body = 1; body <= 5; body++) await shelf.Keep(Body(body, clock.GetUtcNow()));
        Assert.Equal(3, letGo["quota"]);

        for (var hour = 1; hour <= 4; hour++)
        {
            Assert.Equal(2, (await vault.ReadQuarantine("test", null, long.MaxValue, 10, default)).Length);
            clock.Advance(TimeSpan.FromHours(1));
            await clock.TimerSet();
        }

        Assert.Empty(await vault.ReadQuarantine("test", null, long.MaxValue, 10, default));
        Assert.Equal(2, letGo["age"]);
        await stop.CancelAsync();
        await running;
    }

    private static MeterListener Listen(QuarantineShelf shelf, Dictionary<string, long> letGo)
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (shelf.Counts(instrument)) listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, bodies, tags, _) =>
        {
            var reason = (string)tags[0].Value!;
            letGo[reason] = letGo.GetValueOrDefault(reason) + bodies;
        });
        listener.Start();
        return listener;
    }

    private static QuarantinedBody Body(byte body, DateTimeOffset receivedAt) => new()
    {
        Programme = "test", Store = "BRU", Digest = new Guid(body, 0, 0, new byte[8]), Reason = "malformed-json", Detail = "No.", Body = new[] { body }, ReceivedAt = receivedAt,
    };
}
