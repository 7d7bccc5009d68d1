using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Gamification.Silo.Engine;
using Gamification.Tests.Conventions;
using Gamification.Tests.EndToEnd;
using Gamification.Tests.Parity;
using Gamification.Tests.Storage;

namespace Gamification.Tests.Cluster;

/// <summary>Nodes as processes, killed without warning while receipts come.</summary>
public sealed class KillTests(PostgresServer postgres)
{
    private const int Tills = 8;
    private const int Members = 50;

    [Fact]
    public async Task A_node_that_dies_costs_a_pause_and_every_acknowledged_receipt_counts_once()
    {
        await using var database = await postgres.CreateDatabase("kill");
        using var folder = new DataFolder();
        await using var engine = await WholeEngine.Start(folder.Path, database.ConnectionString, node: new() { Cluster = "kill", SiloPort = ParityEngine.FreePort() });
        var node = await Launch(folder.Path, database.ConnectionString);

        var acknowledged = new ConcurrentBag<string>();
        using var stop = new CancellationTokenSource();
        var tills = Enumerable.Range(0, Tills).Select(till => Post(engine, till, acknowledged, stop.Token)).ToArray();
        await Until(() => acknowledged.Count > 200);
        node.Kill();
        await node.WaitForExitAsync();
        var killedAt = acknowledged.Count;
        await Until(() => acknowledged.Count > killedAt + 200);
        using var again = await Launch(folder.Path, database.ConnectionString);
        var joinedAt = acknowledged.Count;
        await Until(() => acknowledged.Count > joinedAt + 200);
        await stop.CancelAsync();
        await Task.WhenAll(tills);

        using var http = Client(engine);
        foreach (var receipt in acknowledged.Take(200))
        {
            using var answer = await http.PostAsync("/v1/receipts", Json(receipt));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        var totals = await engine.Totals();
        Assert.Equal(acknowledged.Count, totals.Receipts);
        Assert.Equal(2L * acknowledged.Count, totals.Points);
        var expected = acknowledged.GroupBy(CardOf).Select(receipts => 2L * receipts.Count()).OrderDescending().ToArray();
        await Until(async () => (await engine.Scores("programme/all/points")).SequenceEqual(expected));
        again.Kill();
        await again.WaitForExitAsync();
        Assert.Equal(0, await Maintenance.Verify(engine.Options.Engine, TextWriter.Null));
    }

    private static async Task Post(WholeEngine engine, int till, ConcurrentBag<string> acknowledged, CancellationToken stop)
    {
        using var http = Client(engine);
        for (var number = 0; !stop.IsCancellationRequested; number++)
        {
            var receipt = ParityEngine.Sale(2, $"kill-{number % Members}", string.Create(CultureInfo.InvariantCulture, $"K{till}-{number}"));
            using var answer = await http.PostAsync("/v1/receipts", Json(receipt), CancellationToken.None);
            Assert.True(answer.StatusCode == HttpStatusCode.Created, $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync(CancellationToken.None)}");
            acknowledged.Add(receipt);
        }
    }

    private static HttpClient Client(WholeEngine engine)
    {
        var http = new HttpClient { BaseAddress = engine.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", engine.Keys.Tills["BRU"]);
        return http;
    }

    private static StringContent Json(string receipt) => new(receipt, new MediaTypeHeaderValue("application/json"));

    private static string CardOf(string receipt) => receipt.Split("\"card\":\"")[1].Split('"')[0];

    private static async Task<Process> Launch(string folder, string connection)
    {
        string[] arguments =
        [
            Path.Combine(AppContext.BaseDirectory, "Gamification.Silo.dll"), "--postgres", connection, "--data", folder, "--cluster", "kill",
            "--programme", Path.Combine(SourceTree.Root, "silo", "Programmes", "demo.json"),
            "--silo-port", ParityEngine.FreePort().ToString(CultureInfo.InvariantCulture),
        ];
        var node = Process.Start(new ProcessStartInfo("dotnet", arguments) { UseShellExecute = false, RedirectStandardOutput = true })!;
        while (await node.StandardOutput.ReadLineAsync() is { } line)
        {
            if (!line.Contains(SiloNode.Ready, StringComparison.Ordinal)) continue;
            _ = node.StandardOutput.ReadToEndAsync();
            return node;
        }

        throw new EndOfStreamException("The node ended without joining the cluster.");
    }

    private static Task Until(Func<bool> holds) => Until(() => Task.FromResult(holds()));

    private static async Task Until(Func<Task<bool>> holds)
    {
        var clock = TimeProvider.System;
        var since = clock.GetTimestamp();
        while (!await holds())
        {
            Assert.True(clock.GetElapsedTime(since) < TimeSpan.FromSeconds(60), "It did not come to hold.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), clock);
        }
    }
}
