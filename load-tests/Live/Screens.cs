using System.Diagnostics;
using System.Globalization;
using Gamification.LoadTests.Checkout;

namespace Gamification.LoadTests.Live;

/// <summary>How long a receipt took to every screen.</summary>
/// <param name="Delay">From the first byte of the receipt to its row on a screen, one value a screen and probe.</param>
/// <param name="Missed">Screens on which a probe did not show in time.</param>
/// <param name="Gaps">Deltas that did not start where the screen stood; each made it take a snapshot.</param>
internal sealed record ScreensReport(int Screens, int Probes, Milliseconds Delay, long Missed, long Gaps, long Snapshots, long Deltas)
{
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"""
          screens    {Delay} from receipt to a screen; {Screens:N0} screens
                     {Probes:N0} probes, {Missed:N0} missed; {Snapshots:N0} snapshots, {Deltas:N0} deltas, {Gaps:N0} gaps
        """);
}

/// <summary>
/// Viewers of one board over SignalR. Every so often a probe posts a receipt large enough to change the top, and each screen notes when the
/// new score of the probe's member arrives. One probe is on its way at a time.
/// </summary>
internal sealed class Screens : IAsyncDisposable
{
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(5);

    private readonly List<Screen> _screens = [];
    private readonly List<Screen> _others = [];
    private readonly CancellationTokenSource _stop = new();
    private readonly Histogram _delay = new();
    private Task _probing = Task.CompletedTask;
    private int _probes;
    private long _missed;

    public static async Task<Screens> OpenAsync(CheckoutOptions options, Till till)
    {
        var screens = new Screens();
        var url = new UriBuilder(new Uri(options.Origin, "/live"))
        {
            Scheme = "ws",
            Query = $"access_token={Uri.EscapeDataString(options.Staff ?? "")}",
        };
        for (var count = 0; count < options.Viewers; count++) screens._screens.Add(await Screen.OpenAsync(url.Uri, options.Topic));
        foreach (var board in options.Boards) screens._others.Add(await Screen.OpenAsync(url.Uri, board, looks: false));
        if (options.Viewers > 0) screens._probing = Task.Run(() => screens.ProbeAsync(options, till));
        return screens;
    }

    public async Task<ScreensReport> CloseAsync()
    {
        await _stop.CancelAsync();
        await _probing;
        return new(
            _screens.Count + _others.Count,
            _probes,
            Milliseconds.Of(_delay),
            _missed,
            _screens.Concat(_others).Sum(screen => screen.Gaps),
            _screens.Concat(_others).Sum(screen => screen.Snapshots),
            _screens.Concat(_others).Sum(screen => screen.Deltas));
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _probing;
        foreach (var screen in _screens.Concat(_others)) await screen.DisposeAsync();
        _stop.Dispose();
    }

    private async Task ProbeAsync(CheckoutOptions options, Till till)
    {
        // The first probe is not measured: it tells under which id its member is shown, and takes it to the top.
        using var gunner = new Gunner(new(options.Origin, options.Timeout));
        if (till.PostNew(gunner, Receipts.FirstProbe)?.Member is not { } member) return;
        foreach (var screen in _screens) await screen.WatchAsync(member);
        await SeenAsync([.. _screens.Select(_ => 0L)]);

        do
        {
            long[] scores = [.. _screens.Select(screen => screen.Score)];
            var sent = Stopwatch.GetTimestamp();
            if (till.PostNew(gunner, Receipts.FirstProbe + 1 + _probes++) is not null) await SeenAsync(scores);
            for (var at = 0; at < scores.Length; at++)
            {
                if (_screens[at].Score > scores[at]) _delay.RecordNanoseconds(Pacing.ToNanoseconds(_screens[at].ScoreSeenAt - sent));
                else _missed++;
            }

            await Task.Delay(options.ProbeEvery, _stop.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        while (!_stop.IsCancellationRequested);
    }

    /// <summary>Waits, with patience but not for ever, until every screen shows more than it did.</summary>
    private async Task SeenAsync(long[] scores)
    {
        var start = Stopwatch.GetTimestamp();
        while (_screens.Where((screen, at) => screen.Score <= scores[at]).Any() && Stopwatch.GetElapsedTime(start) < s_patience)
            await Task.Delay(5);
    }
}
