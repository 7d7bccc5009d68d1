using System.Net;
using System.Text.Json;
using Gamification.Tests.Live;
using Gamification.Tests.Parity;
using Gamification.Tests.Redis;

namespace Gamification.Tests.Cluster;

/// <summary>What a user sees through an API host outside the cluster is what the nodes show; and what only it has.</summary>
public sealed class OutsideTests(OutsideEngine engine) : ParityContract(engine), IClassFixture<OutsideEngine>
{
    private const string Topic = "board/store:ANR/all/points";

    private Uri Hub => new UriBuilder(engine.Doors[0]) { Scheme = "ws", Path = "/live" }.Uri;

    [Fact]
    public async Task A_member_sees_its_own_receipt()
    {
        var (_, own) = await engine.Post(ParityEngine.Sale(10, "watcher", engine.Number()));
        await using var client = await LiveClient.Connect(Hub, await engine.MemberToken((string)own["member"]!));
        await client.Subscribe("member/me");
        await client.Next("snapshot");
        await engine.Post(ParityEngine.Sale(5, "watcher", engine.Number()));
        while (!client.Raw.Any(message => message.Contains("\"balance\":15", StringComparison.Ordinal))) await client.Next();
    }

    [Fact]
    public async Task Redis_is_killed_and_comes_back_and_viewers_follow_all_the_while()
    {
        await Eventually.Holds(async () => (await Degraded()).Length == 0);
        await using var client = await LiveClient.Connect(Hub, engine.Screen);
        var model = new ClientModel();
        await client.Subscribe(Topic);
        model.Receive(await client.Next("snapshot"));
        await SeesItsOwn(client, model, 3);

        await engine.Redis.Kill();
        await Eventually.Holds(async () => (await Degraded()).SequenceEqual(["live"]));
        await SeesItsOwn(client, model, 3);

        await engine.Redis.Launch();
        await Eventually.Holds(async () => (await Degraded()).Length == 0);
        await SeesItsOwn(client, model, 3);
    }

    /// <summary>Posts, each acknowledged, and waits until the viewer's sum has grown by as much.</summary>
    private async Task SeesItsOwn(LiveClient client, ClientModel model, int receipts)
    {
        var expected = model.Rows.Sum(row => row.Score) + (2 * receipts);
        for (var i = 0; i < receipts; i++) Assert.Equal(HttpStatusCode.Created, (await engine.Post(ParityEngine.Sale(2, $"viewer-{i}", engine.Number(), store: "ANR"))).Status);
        while (model.Rows.Sum(row => row.Score) < expected)
        {
            if (model.Receive(await client.Next())) await client.Resnapshot(Topic);
        }

        Assert.Equal(expected, model.Rows.Sum(row => row.Score));
    }

    /// <summary>What /health/ready calls degraded; it is ready all the while.</summary>
    private async Task<string[]> Degraded()
    {
        using var http = new HttpClient { BaseAddress = engine.Doors[0] };
        using var ready = JsonDocument.Parse(await http.GetStringAsync("/health/ready"));
        return [.. ready.RootElement.GetProperty("degraded").EnumerateArray().Select(part => part.GetProperty("name").GetString()!)];
    }
}
