using Gamification.LoadTests.Live;

namespace Gamification.LoadTests.Checkout;

/// <summary>What the run came to; screens only if there were viewers, stalls only if it was disturbed.</summary>
internal sealed record CheckoutReport(Figures Load, LossReport Loss, ScreensReport? Screens, StallReport? Stalls)
{
    public override string ToString() => $"{Load}{(Stalls is null ? "" : $"\n{Stalls}")}{(Screens is null ? "" : $"\n{Screens}")}\n{Loss}";
}

/// <summary>
/// Posts receipts as the options say, watches boards meanwhile if asked, and then checks that nothing was lost or counted twice.
/// </summary>
internal static class CheckoutScenario
{
    public static async Task<CheckoutReport> RunAsync(CheckoutOptions options)
    {
        var isBatch = options.Mode == Mode.Batch;
        var history = options.History is { } file ? HistoryReceipts.Read(file, options.Stores, options.Run, options.At) : null;
        IReceiptSource receipts = history ?? (IReceiptSource)new Receipts(options.Stores, isBatch ? options.BatchSize : 1, options.Run, options.Members, options.At, options.ProbeCents);
        var promises = new Promises();
        var till = new Till(options.Origin, options.Stores, receipts, options.BatchSize, options.Tries, promises);
        var check = new LossCheck(options, till, receipts, promises);

        var before = check.ReadTotals();
        await using var screens = options.Viewers == 0 && options.Boards.Count == 0 ? null : await Live.Screens.OpenAsync(options, till);
        LoadRun.Shot shot = isBatch ? till.PostBatch : till.Post;
        using var disturbance = options.Disturb is { } command ? new Disturbance(command, options.DisturbEvery) : null;
        if (disturbance is not null) shot = disturbance.Around(shot);
        var load = LoadRun.Run(options.Origins, options.Connections, options.Timeout, history is null ? Schedule(options) : LoadTests.Schedule.Each(history.Count), shot, options.Watched);
        var stalls = disturbance?.End();
        var seen = screens is null ? null : await screens.CloseAsync();
        return new(Figures.Of(load), check.Run(before), seen, stalls);
    }

    private static Schedule Schedule(CheckoutOptions options)
    {
        if (options.Mode == Mode.Closed || options.Shape is null) return LoadTests.Schedule.Closed(options.Duration, options.Warmup);
        var units = options.Mode == Mode.Batch ? options.BatchSize : 1;
        var shape = Array.ConvertAll(options.Shape, phase => new Phase(phase.Seconds, phase.RateFrom / units, phase.RateTo / units));
        return LoadTests.Schedule.Open(options.IsPoisson ? Arrivals.Poisson(options.Seed, shape) : Arrivals.Steady(shape), options.Warmup);
    }
}
