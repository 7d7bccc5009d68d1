using System.Collections.Concurrent;
using System.Text.Json;
using Gamification.Leaderboards;
using Gamification.Live;
using Gamification.Redis;
using Gamification.Tests.EndToEnd;
using Gamification.Tests.Live;
using Gamification.Tests.Parity;
using StackExchange.Redis;

namespace Gamification.Tests.Redis;

/// <summary>The whole engine with a real Redis beside it.</summary>
public sealed class RedisEngineTests
{
    [Fact]
    public async Task Nothing_is_published_of_what_nobody_outside_watches()
    {
        await using var server = await RedisServer.Start();
        using var folder = new DataFolder();
        await using var engine = await WholeEngine.Start(folder.Path, redis: server.Connection);
        await RedisIsThere(engine);
        using var eavesdropper = await ConnectionMultiplexer.ConnectAsync(server.Connection);
        var heard = new ConcurrentDictionary<string, bool>();
        await eavesdropper.GetSubscriber().SubscribeAsync("demo:*", (channel, _) => heard[channel!] = true);

        // Both boards are live, and the programme's is watched inside. Announced is the store's alone.
        await using var client = await LiveClient.Connect(new UriBuilder(engine.Url) { Scheme = "ws", Path = "/live" }.Uri, engine.Keys.Screen);
        await client.Subscribe("board/programme/all/points");
        await client.Next("snapshot");
        var announced = BoardId.Parse("demo|store:BRU|points|all|all");
        var board = engine.Grains.GetGrain<IAnnouncedBoard>(announced.ToString());
        await Post(engine, "quiet", 1);
        await client.Next();
        Assert.Empty(heard);

        await board.Announce();
        for (var number = 2; heard.IsEmpty; number++) await Post(engine, "loud", number);
        Assert.Equal([RedisKeys.Channel(NoticeTopic.Of(announced))], heard.Keys);
    }

    [Fact]
    public async Task The_mirror_is_the_board_and_without_redis_only_the_mirror_stands_still()
    {
        await using var server = await RedisServer.Start();
        using var folder = new DataFolder();
        await using var engine = await WholeEngine.Start(folder.Path, redis: server.Connection);
        await RedisIsThere(engine);
        await using var client = await LiveClient.Connect(new UriBuilder(engine.Url) { Scheme = "ws", Path = "/live" }.Uri, engine.Keys.Screen);
        await client.Subscribe("board/programme/all/points");
        for (var number = 1; number <= 120; number++) await Post(engine, $"m{number}", number, amount: number);
        await MirrorIsBoard(engine, server, 120);

        await server.Kill();
        await Eventually.Holds(async () => (await Degraded(engine)).SequenceEqual(["live"]));
        for (var number = 121; number <= 130; number++) await Post(engine, $"m{number}", number, amount: number);
        Assert.Equal(130, (await engine.Totals()).Receipts);

        await server.Launch();
        await RedisIsThere(engine);
        await MirrorIsBoard(engine, server, 130);
    }

    private static async Task MirrorIsBoard(WholeEngine engine, RedisServer server, long best)
    {
        using var reader = await ConnectionMultiplexer.ConnectAsync(server.Connection);
        var top = RedisKeys.Top(BoardId.Parse("demo|programme|points|all|all"));
        var expected = Enumerable.Range(0, 100).Select(place => (double)(best - place)).ToArray();
        await Eventually.Holds(async () =>
            (await reader.GetDatabase().SortedSetRangeByRankWithScoresAsync(top, 0, -1, Order.Descending)).Select(entry => entry.Score).SequenceEqual(expected));
        Assert.Equal(expected, (await engine.Scores("programme/all/points")).Take(100).Select(score => (double)score));
    }

    private static Task RedisIsThere(WholeEngine engine) => Eventually.Holds(async () => (await Degraded(engine)).Length == 0);

    /// <summary>What /health/ready calls degraded; it is ready all the while.</summary>
    private static async Task<string[]> Degraded(WholeEngine engine)
    {
        using var http = new HttpClient { BaseAddress = engine.Url };
        using var ready = JsonDocument.Parse(await http.GetStringAsync("/health/ready"));
        Assert.Equal("ready", ready.RootElement.GetProperty("status").GetString());
        return [.. ready.RootElement.GetProperty("degraded").EnumerateArray().Select(part => part.GetProperty("name").GetString()!)];
    }

    private static async Task Post(WholeEngine engine, string card, int number, int amount = 2)
    {
        using var http = new HttpClient { BaseAddress = engine.Url };
        http.DefaultRequestHeaders.Authorization = new("Bearer", engine.Keys.Tills["BRU"]);
        using var body = new StringContent(ParityEngine.Sale(amount, card, $"R{number}"), new System.Net.Http.Headers.MediaTypeHeaderValue("application/json"));
        using var answer = await http.PostAsync("/v1/receipts", body);
        Assert.Equal(System.Net.HttpStatusCode.Created, answer.StatusCode);
    }
}
