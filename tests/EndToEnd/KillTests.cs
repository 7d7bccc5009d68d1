using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Text.Json;
using Gamification.Api;
using Gamification.Api.Demo;
using Gamification.Silo.Engine;
using Gamification.Tests.Conventions;

namespace Gamification.Tests.EndToEnd;

/// <summary>The real executable, killed without warning in the middle of its work, started again on what it left.</summary>
public sealed class KillTests
{
    [Fact]
    public async Task What_was_acknowledged_before_a_kill_is_there_once_after_it()
    {
        using var folder = new DataFolder();
        var port = FreePort();
        var posted = new List<DemoReceipt>();
        var keys = new DemoKeys(DeploymentSecret.In(folder.Path).For, WholeEngine.DemoProgramme());

        using (var engine = await Start(folder.Path, port))
        {
            using var http = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
            var feed = new DemoFeed(http, keys.Tills, TimeProvider.System);
            var killed = new CancellationTokenSource();
            try
            {
                await feed.Play(Sample().Take(1_200), new DemoPace(0), last => KillAfter(800, last, posted, engine, killed), killed.Token);
            }
            catch (Exception fault) when (fault is OperationCanceledException or HttpRequestException or IOException)
            {
                // It died in our hands, as it should.
            }

            await engine.WaitForExitAsync();
        }

        using var again = await Start(folder.Path, port);
        using var client = new HttpClient { BaseAddress = new($"http://127.0.0.1:{port}") };
        var acknowledged = posted[^1].Line;
        var replay = new DemoFeed(client, keys.Tills, TimeProvider.System);
        await replay.Play(Sample().TakeWhile(receipt => receipt.Line <= acknowledged), new DemoPace(0), _ => { }, CancellationToken.None);
        Assert.Equal(0, replay.Counts.Recorded);
        Assert.Equal(0, replay.Counts.Refused);
        Assert.True(replay.Counts.Replayed >= 800, replay.Counts.ToString());
        again.Kill();
        await again.WaitForExitAsync();
        Assert.Equal(0, await Maintenance.Verify(new() { DataFolder = folder.Path, Programmes = [WholeEngine.DemoProgramme()] }, TextWriter.Null));
    }

    [Fact]
    public async Task A_demo_killed_in_the_middle_of_a_batch_goes_on_to_the_totals_of_one_that_was_not()
    {
        using var folder = new DataFolder();
        using (var engine = Launch(folder.Path, FreePort(), 0, "--history", SampleFile))
        {
            // A line of progress comes between two batches, and the next is under way when it has been read.
            await ReadUntil(engine, " recorded");
            engine.Kill();
            await engine.WaitForExitAsync();
        }

        var reached = new DemoBookmark(folder.Path).Line;
        Assert.InRange(reached, 1, 2_000);
        using var again = Launch(folder.Path, FreePort(), 0, "--history", SampleFile);
        await ReadUntil(again, string.Create(CultureInfo.CurrentCulture, $"Continuing after line {reached:N0} "));
        var facts = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(AppContext.BaseDirectory, "Data", "receipts-sample-facts.json"))).RootElement;
        var (sales, points) = (facts.GetProperty("by_type").GetProperty("sale").GetInt64(), facts.GetProperty("points_sales_total").GetInt64());
        var told = await ReadUntil(again, "The history is replayed");
        Assert.Contains($"{sales:N0} sales standing", told, StringComparison.Ordinal);
        Assert.Contains($"{points:N0} points", told, StringComparison.Ordinal);
        again.Kill();
        await again.WaitForExitAsync();
        Assert.Equal(0, await Maintenance.Verify(new() { DataFolder = folder.Path, Programmes = [WholeEngine.DemoProgramme()] }, TextWriter.Null));
    }

    private static void KillAfter(int count, DemoReceipt last, List<DemoReceipt> posted, Process engine, CancellationTokenSource killed)
    {
        posted.Add(last);
        if (last.Line < count) return;
        engine.Kill();
        killed.Cancel();
    }

    private static IEnumerable<DemoReceipt> Sample()
    {
        var programme = WholeEngine.DemoProgramme();
        return new DemoReceipts(SampleFile, [.. programme.Stores.Select(store => store.Id)], programme.TimeZone).Read();
    }

    private static string SampleFile => Path.Combine(AppContext.BaseDirectory, "Data", "receipts-sample.ndjson.gz");

    private static Process Launch(string folder, int port, double speed, params string[] more)
    {
        var executable = Path.Combine(AppContext.BaseDirectory, "Gamification.Api.dll");
        string[] arguments = ["demo", "--speed", speed.ToString(CultureInfo.InvariantCulture), "--data", folder, "--port", port.ToString(CultureInfo.InvariantCulture)];
        return Process.Start(new ProcessStartInfo("dotnet", [executable, .. arguments, .. more])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = SourceTree.Root,
        })!;
    }

    private static async Task<string> ReadUntil(Process engine, string text)
    {
        while (await engine.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains(text, StringComparison.Ordinal)) return line;
        }

        throw new EndOfStreamException($"The engine ended without saying '{text}'.");
    }

    private static async Task<Process> Start(string folder, int port)
    {
        var engine = Launch(folder, port, 0.001);
        await ReadUntil(engine, "Try the API");
        _ = engine.StandardOutput.ReadToEndAsync();
        Assert.False(engine.HasExited, "The engine did not start.");
        return engine;
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(System.Net.IPAddress.Loopback, 0);
        listener.Start();
        return ((System.Net.IPEndPoint)listener.LocalEndpoint).Port;
    }
}
