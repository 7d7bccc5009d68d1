using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Gamification.Silo.Engine;
using Gamification.Tests.EndToEnd;
using Gamification.Tests.Parity;
using Gamification.Tests.Storage;

namespace Gamification.Tests.Cluster;

/// <summary>A node that dies with a part of a campaign leased to it.</summary>
public sealed class CampaignKillTests(PostgresServer postgres)
{
    private const int Tills = 8;
    private const long Bonus = 7;
    private static readonly TimeSpan AskAgain = TimeSpan.FromMilliseconds(20);

    [Fact]
    public async Task What_a_dead_node_had_leased_and_not_given_is_given_to_others_and_nothing_twice()
    {
        await using var database = await postgres.CreateDatabase("campaignkill");
        using var folder = new DataFolder();
        var programme = CampaignProgramme.Write(folder.Path);
        await using var engine = await WholeEngine.Start(
            folder.Path, database.ConnectionString, node: new() { Cluster = "campaigns", SiloPort = ParityEngine.FreePort() }, programme: _ => CampaignProgramme.Read(folder.Path));
        using var node = await NodeProcess.Silo("campaigns", folder.Path, database.ConnectionString, programme);

        // Both nodes have members who were given something by now, and most of the quota is left.
        var before = await Post(engine, "before", 3);
        Assert.InRange(before, 1, CampaignProgramme.Quota - 1);
        var during = Post(engine, "during", 12);
        node.Kill();
        await node.Ended();
        var after = await during + await Post(engine, "after", 12);

        Assert.Equal(CampaignProgramme.Quota, before + after);
        Assert.Equal(0, await Maintenance.Verify(engine.Options.Engine, TextWriter.Null));
    }

    /// <summary>So many sales at each till one after the other; tells how many were given the bonus.</summary>
    private static async Task<int> Post(WholeEngine engine, string round, int each)
    {
        var given = new ConcurrentBag<long>();
        await Task.WhenAll(Enumerable.Range(0, Tills).Select(async till =>
        {
            using var http = new HttpClient { BaseAddress = engine.Url };
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", engine.Keys.Tills["BRU"]);
            for (var number = 0; number < each; number++)
            {
                var id = string.Create(CultureInfo.InvariantCulture, $"{round}-{till}-{number}");
                var receipt = ParityEngine.Sale(2, $"card-{id}", id);
                long? points;
                while ((points = await Points(http, receipt)) is null) await Task.Delay(AskAgain, TimeProvider.System);
                given.Add(points.Value);
            }
        }));
        Assert.All(given, points => Assert.True(points is 2 or 2 + Bonus, $"{points} points for a sale of 2."));
        return given.Count(points => points == 2 + Bonus);
    }

    /// <summary>Null when the edge asks to come back.</summary>
    private static async Task<long?> Points(HttpClient http, string receipt)
    {
        using var answer = await http.PostAsync("/v1/receipts", BusyTills.Json(receipt));
        if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) return null;
        Assert.True(answer.IsSuccessStatusCode, $"{answer.StatusCode}");
        return (long)JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["points"]!;
    }
}
