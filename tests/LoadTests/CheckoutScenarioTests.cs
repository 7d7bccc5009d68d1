using Gamification.LoadTests;
using Gamification.LoadTests.Checkout;

namespace Gamification.Tests;

/// <summary>
/// The generator's word is only worth something if it can say no: against a server that fails honestly, and against ones that lie.
/// </summary>
public sealed class CheckoutScenarioTests
{
    [Theory]
    [InlineData("closed")]
    [InlineData("open")]
    [InlineData("batch")]
    [InlineData("open batch")]
    public async Task A_server_that_keeps_its_word_passes(string mode)
    {
        await using var server = await FakeServer.StartAsync();

        var report = await CheckoutScenario.RunAsync(Options(server, mode));

        Assert.Empty(report.Loss.Findings);
        Assert.Equal(report.Loss.Promised, report.Loss.Checked);
        Assert.Equal(report.Loss.Promised, report.Loss.After!.Receipts - report.Loss.Before!.Receipts);
        Assert.Equal(report.Load.Offered, report.Load.Achieved);
        Assert.Equal(["200", "201"], report.Load.Answers.Keys.Append("200").Distinct().Order());
        Assert.InRange(report.Loss.Promised, 1, int.MaxValue);
    }

    [Theory]
    [InlineData("open")]
    [InlineData("open batch")]
    public async Task A_server_that_refuses_and_drops_now_and_then_passes_after_retries(string mode)
    {
        await using var server = await FakeServer.StartAsync(new() { Refuse = 37, DropBefore = 101, DropAfter = 83 });

        var report = await CheckoutScenario.RunAsync(Options(server, mode));

        Assert.Empty(report.Loss.Findings);
        Assert.True(report.Load.Answers["503"] > 0);
        Assert.True(report.Load.Answers[mode == "open batch" ? "batch Dropped" : "Dropped"] > 0);
        Assert.True(report.Load.Retries > 0);
        Assert.Equal(report.Load.Offered, report.Load.Achieved);
    }

    [Fact]
    public async Task What_has_no_answer_during_the_run_is_asked_again_before_anything_is_compared()
    {
        await using var server = await FakeServer.StartAsync(new() { DropAfter = 9, Refuse = 11 });

        var report = await CheckoutScenario.RunAsync(Options(server, "open") with { Tries = 1, Check = 0 });

        Assert.Empty(report.Loss.Findings);
        Assert.InRange(report.Loss.AskedAgain, 1, report.Loss.Promised);
        Assert.True(report.Load.Achieved < report.Load.Offered);
        Assert.Equal(report.Loss.Promised, report.Loss.After!.Receipts);
    }

    [Fact]
    public async Task What_never_gets_an_answer_is_a_finding()
    {
        await using var server = await FakeServer.StartAsync(new() { DropAfter = 1 });

        var report = await CheckoutScenario.RunAsync(
            Options(server, "open") with { Tries = 1, Shape = [new(0.2, 100, 100)], IsPoisson = false });

        Assert.Equal(0, report.Loss.Promised);
        AssertFound("20 receipts have no final answer", report);
        AssertFound("after the load, receipts have grown by 20", report);
    }

    [Fact]
    public async Task A_till_waits_as_long_as_it_is_told()
    {
        await using var server = await FakeServer.StartAsync(new() { Refuse = 60, RetryAfter = "1" });

        var report = await CheckoutScenario.RunAsync(Options(server, "open") with { Check = 10 });

        Assert.Empty(report.Loss.Findings);
        Assert.True(report.Load.RetriesAfter > 0);
        Assert.InRange(report.Load.Latency.Max, 1_000, double.MaxValue);
    }

    [Fact]
    public async Task A_disturbed_run_tells_how_long_calls_hung_after_each_disturbance()
    {
        await using var server = await FakeServer.StartAsync(new() { Refuse = 60, RetryAfter = "1" });

        var report = await CheckoutScenario.RunAsync(Options(server, "open") with { Check = 10, Disturb = "true", DisturbEvery = TimeSpan.FromSeconds(0.1) });

        Assert.Empty(report.Loss.Findings);
        Assert.NotEmpty(report.Stalls!.LongestMilliseconds);
        Assert.InRange(report.Stalls.Worst, 1_000, 30_000);
        Assert.InRange(report.Stalls.Median, 0, report.Stalls.Worst);
    }

    [Theory]
    [InlineData("open")]
    [InlineData("open batch")]
    public async Task A_server_that_loses_a_receipt_fails(string mode)
    {
        await using var server = await FakeServer.StartAsync(new() { Lose = 150 });

        var report = await CheckoutScenario.RunAsync(Options(server, mode));

        AssertFound("after the load, receipts have grown by", report);
        AssertFound("acknowledged receipts were not there", report);
    }

    [Fact]
    public async Task A_loss_shows_without_totals_too()
    {
        await using var server = await FakeServer.StartAsync(new() { Lose = 150 });

        var report = await CheckoutScenario.RunAsync(Options(server, "open") with { Staff = null });

        Assert.Contains("acknowledged receipts were not there", Assert.Single(report.Loss.Findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_counts_a_receipt_twice_fails()
    {
        await using var server = await FakeServer.StartAsync(new() { CountTwice = 150 });

        var report = await CheckoutScenario.RunAsync(Options(server, "open"));

        Assert.StartsWith("after the load, receipts have grown by", Assert.Single(report.Loss.Findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_pays_a_replay_again_fails()
    {
        await using var server = await FakeServer.StartAsync(new() { PayAgain = 150 });

        var report = await CheckoutScenario.RunAsync(Options(server, "open"));

        Assert.StartsWith("after posting them again, points have grown by", Assert.Single(report.Loss.Findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_changes_its_mind_about_an_outcome_fails()
    {
        await using var server = await FakeServer.StartAsync(new() { Change = 150 });

        var report = await CheckoutScenario.RunAsync(Options(server, "open"));

        Assert.Contains("have another outcome now", Assert.Single(report.Loss.Findings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_that_belongs_to_another_receipt_is_no_promise()
    {
        await using var server = await FakeServer.StartAsync(new() { Cross = 50 });

        var report = await CheckoutScenario.RunAsync(Options(server, "open") with { Check = 0 });

        Assert.True(report.Load.Answers["of another receipt, or unreadable"] > 0);
        Assert.Empty(report.Loss.Findings);
    }

    [Fact]
    public async Task A_run_that_was_there_before_is_noticed()
    {
        await using var server = await FakeServer.StartAsync();
        await CheckoutScenario.RunAsync(Options(server, "open"));

        var report = await CheckoutScenario.RunAsync(Options(server, "open"));

        AssertFound("their numbers were used before", report);
    }

    [Fact]
    public async Task A_wrong_key_is_refused_once_and_counted()
    {
        await using var server = await FakeServer.StartAsync();

        var report = await CheckoutScenario.RunAsync(Options(server, "open") with { Stores = [new("BRU", "till_of_somebody_else")] });

        Assert.Equal(0, report.Load.Achieved);
        Assert.Equal(0, report.Load.Retries);
        Assert.Equal(["401"], report.Load.Answers.Keys);
        Assert.Equal(["no receipt was acknowledged, so nothing is proven"], report.Loss.Findings);
    }

    [Fact]
    public async Task Screens_show_every_probe_and_heal_a_gap()
    {
        await using var server = await FakeServer.StartAsync(new() { SkipDelta = 40 });

        var report = await CheckoutScenario.RunAsync(
            Options(server, "open") with { Viewers = 5, Topic = "board", ProbeEvery = TimeSpan.FromMilliseconds(20) });

        Assert.Empty(report.Loss.Findings);
        Assert.InRange(report.Screens!.Probes, 1, int.MaxValue);
        Assert.Equal(5 * report.Screens.Probes, report.Screens.Delay.Count + report.Screens.Missed);
        Assert.True(report.Screens.Delay.Count > 0);
        Assert.True(report.Screens.Gaps > 0);
        Assert.InRange(report.Screens.Delay.P50, 0.01, 5_000);
    }

    [Fact]
    public async Task Empty_requests_tell_what_http_alone_costs()
    {
        await using var server = await FakeServer.StartAsync();

        var figures = EmptyScenario.Run(
            new(server.Origin, "/empty"), "GET", bearer: null, connections: 4, Schedule.Closed(TimeSpan.FromSeconds(0.2), TimeSpan.Zero));

        Assert.Equal(["200"], figures.Answers.Keys);
        Assert.Equal(figures.Offered, figures.Achieved);
        Assert.Equal(figures.Offered, figures.Latency.Count);
    }

    private static void AssertFound(string words, CheckoutReport report) =>
        Assert.Contains(report.Loss.Findings, finding => finding.Contains(words, StringComparison.Ordinal));

    private static CheckoutOptions Options(FakeServer server, string mode) => mode switch
    {
        "closed" => server.Options(),
        "open" => server.Options(Mode.Open) with { Shape = [new(0.4, 1_000, 1_000)], IsPoisson = true },
        "batch" => server.Options(Mode.Batch),
        _ => server.Options(Mode.Batch) with { Shape = Arrivals.Burst(0.4, 1_000, 5_000) },
    };
}
