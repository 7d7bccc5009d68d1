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
        return new DemoReceipts(Path.Combine(AppContext.BaseDirectory, "Data", "receipts-sample.ndjson.gz"), [.. programme.Stores.Select(store => store.Id)], programme.TimeZone).Read();
    }

    private static async Task<Process> Start(string folder, int port)
    {
        var executable = Path.Combine(AppContext.BaseDirectory, "Gamification.Api.dll");
        var start = new ProcessStartInfo("dotnet", [executable, "demo", "--speed", "0.001", "--data", folder, "--port", port.ToString(CultureInfo.InvariantCulture)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            WorkingDirectory = SourceTree.Root,
        };
        var engine = Process.Start(start)!;
        while (await engine.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.Contains("Try the API", StringComparison.Ordinal)) break;
        }

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
