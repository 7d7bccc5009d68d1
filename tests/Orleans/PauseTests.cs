using System.Globalization;
using System.Net;
using Gamification.Tests.EndToEnd;
using Gamification.Tests.Parity;
using Gamification.Tests.Storage;
using Npgsql;

namespace Gamification.Tests.Cluster;

/// <summary>A node that stands still for longer than its lease and then goes on as if nothing had been.</summary>
public sealed class PauseTests(PostgresServer postgres, ITestOutputHelper output)
{
    private const int LateCount = 32;

    [Fact]
    public async Task A_node_that_stood_still_past_its_lease_writes_nothing_more_and_its_callers_are_answered_right()
    {
        await using var database = await postgres.CreateDatabase("pause");
        using var folder = new DataFolder();
        await using var engine = await WholeEngine.Start(folder.Path, database.ConnectionString, node: new() { Cluster = "pause", SiloPort = ParityEngine.FreePort() });
        using var paused = await NodeProcess.Api("pause", folder.Path, database.ConnectionString);
        await using var tills = new BusyTills("pause", engine, engine.Url, paused.Url!);
        await tills.More(400);
        var partition = await Single<int>(database, "select max(partition) from partition_lease");
        tills.Forget();
        paused.Pause();

        // Posted while it stands still: they lie in its sockets, and are the first that it will work on.
        using var late = tills.Client(paused.Url!);
        late.Timeout = TimeSpan.FromMinutes(2);
        string[] receipts = [.. Enumerable.Range(0, LateCount).Select(number => tills.Sale(string.Create(CultureInfo.InvariantCulture, $"LATE-{number}"), number))];
        var answers = receipts.Select(receipt => Answer(late, receipt)).ToArray();

        await Eventually.Holds(() => Single<bool>(database, $"select until < clock_timestamp() from partition_lease where partition = {partition}"));
        using var next = await NodeProcess.Silo("pause", folder.Path, database.ConnectionString);
        await tills.More(400);
        var epoch = await Single<long>(database, Epoch(partition));

        paused.Continue();
        await paused.Ended();
        var answered = await Task.WhenAll(answers);
        await tills.More(200);
        await tills.Stop();
        output.WriteLine($"The longest call took {tills.Longest.TotalSeconds:N1} s; {tills.Retries} receipts were posted again. Of {LateCount} posted to the node while it stood still, {answered.Count(status => status is HttpStatusCode.Created)} were recorded, {answered.Count(status => status is null)} broken off. It said:\n{paused.Said}");

        // Nobody took the partition from the one that has it now, so whatever was written there since is that one's.
        Assert.Equal(epoch, await Single<long>(database, Epoch(partition)));
        Assert.All(answered, status => Assert.True(status is null or HttpStatusCode.Created or HttpStatusCode.ServiceUnavailable, $"{status}"));

        // Whoever was told that it is recorded was told the truth; the others ask again, elsewhere.
        using var other = tills.Client(engine.Url);
        for (var i = 0; i < receipts.Length; i++)
        {
            var again = await Answer(other, receipts[i]);
            Assert.True(answered[i] == HttpStatusCode.Created ? again == HttpStatusCode.OK : again is HttpStatusCode.OK or HttpStatusCode.Created, $"{answered[i]}, then {again}");
            tills.Acknowledged.Add(receipts[i]);
        }

        await tills.Check(engine);
    }

    private static string Epoch(int partition) => $"select epoch from journal_head where partition = {partition}";

    /// <summary>Null when the connection broke.</summary>
    private static async Task<HttpStatusCode?> Answer(HttpClient http, string receipt)
    {
        try
        {
            using var answer = await http.PostAsync("/v1/receipts", BusyTills.Json(receipt));
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<T> Single<T>(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
