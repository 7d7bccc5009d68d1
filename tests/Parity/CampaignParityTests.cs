using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Gamification.Api.Hosting;
using Gamification.Programmes;
using Gamification.Rewards;
using Gamification.Tests.Storage;

namespace Gamification.Tests.Parity;

/// <summary>
/// What is limited is exact, on either host, at whichever door it is asked for and across restarts: with an engine of its own, because it is used up.
/// </summary>
public sealed class CampaignParityTests(PostgresServer postgres) : IAsyncLifetime
{
    private const int Plain = 10;

    private static readonly CatalogueReward Mug = new() { Id = "mug", Fr = "Tasse", Nl = "Mok", En = "Mug", Gives = new ProductReward { Sku = "M-1" }, Points = 200, Stock = 20, PerMember = 1 };

    private readonly CampaignEngine _engine = new(postgres);

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    [Fact]
    public async Task The_first_60_at_all_doors_are_60_also_when_the_nodes_begin_anew()
    {
        Assert.Equal(20, await Bonuses("BRU", sales: 20));
        await _engine.Restart(_ => Task.CompletedTask);

        // What the nodes had set aside and not given when they stopped is given to others.
        Assert.Equal(40, await Bonuses("BRU", sales: 240));
        Assert.Equal(0, await Bonuses("BRU", sales: 20));
        for (var door = 0; door < _engine.Doors.Count; door++) Assert.Equal(60, (int)(await Campaign("first", door))["quota"]!["committed"]!);
    }

    [Fact]
    public async Task A_budget_is_spent_to_the_last_point_and_what_a_return_brings_back_is_given_again()
    {
        var numbers = Enumerable.Range(0, 40).Select(_ => _engine.Number()).ToArray();
        var answers = await Task.WhenAll(numbers.Select(number => Sell("GNT", number)));
        Assert.Equal(CampaignProgramme.Budget, answers.Sum() - (Plain * answers.Length));

        var goods = ParityEngine.Return(Plain, numbers[Array.IndexOf(answers, 20)], _engine.Number()).Replace("\"BRU\"", "\"GNT\"", StringComparison.Ordinal);
        Assert.Equal(-20, (int)(await _engine.Post(goods)).Answer["points"]!);
        await Eventually.Holds(async () => await Bonuses("GNT", sales: 1) == 1);
        Assert.Equal(0, await Bonuses("GNT", sales: 10));
        Assert.Equal(CampaignProgramme.Budget, (int)(await Campaign("spring", 0))["budget"]!["committed"]!);
    }

    [Fact]
    public async Task A_reward_of_which_there_are_20_goes_to_20_of_60_and_each_gets_the_same_answer_again()
    {
        await _engine.Nodes[0].Grains.GetGrain<IRewardCatalogueGrain>(_engine.Nodes[0].Programme.Id)
            .Publish(new() { Rewards = [Mug] }, "marie", TimeProvider.System.GetUtcNow());
        var members = await Task.WhenAll(Enumerable.Range(0, 60).Select(async member =>
        {
            var (_, answer) = await _engine.Post(ParityEngine.Sale(500, $"redeemer-{member}", _engine.Number(), store: "LGE"));
            return await _engine.MemberToken((string)answer["member"]!);
        }));

        var first = await Task.WhenAll(members.Select((token, at) => Redeem(token, at)));
        Assert.Equal(20, first.Count(answer => answer.Status == HttpStatusCode.Created));
        Assert.Equal(40, first.Count(answer => answer.Status == HttpStatusCode.UnprocessableEntity));

        await _engine.Restart(_ => Task.CompletedTask);
        var again = await Task.WhenAll(members.Select((token, at) => Redeem(token, at + 1)));
        Assert.Equal(first.Select(answer => answer.Status == HttpStatusCode.Created), again.Select(answer => answer.Status == HttpStatusCode.OK));
        Assert.Equal(first.Select(answer => (string?)answer.Answer["id"]), again.Select(answer => (string?)answer.Answer["id"]));
    }

    /// <summary>The points of a sale by a card of its own.</summary>
    private async Task<int> Sell(string store, string number)
    {
        var (status, answer) = await _engine.Post(ParityEngine.Sale(Plain, $"card-{number}", number, store));
        Assert.True(status == HttpStatusCode.Created, $"{status} {answer}");
        return (int)answer["points"]!;
    }

    /// <summary>How many of so many sales at once, by cards of their own, got more than the plain points.</summary>
    private async Task<int> Bonuses(string store, int sales)
    {
        var points = await Task.WhenAll(Enumerable.Range(0, sales).Select(_ => Sell(store, _engine.Number())));
        return points.Count(earned => earned > Plain);
    }

    private async Task<JsonNode> Campaign(string campaign, int door)
    {
        var (_, told) = await Send(HttpMethod.Get, "/v1/campaigns", null, ApiHost.AdminToken(_engine.Nodes[0].Options, TimeProvider.System), door);
        return told["campaigns"]!.AsArray().Single(one => (string)one!["id"]! == campaign)!;
    }

    private Task<(HttpStatusCode Status, JsonObject Answer)> Redeem(string token, int door) =>
        Send(HttpMethod.Post, "/v1/members/me/redemptions", """{ "id": "a", "reward": "mug", "keep": true }""", token, door);

    private async Task<(HttpStatusCode Status, JsonObject Answer)> Send(HttpMethod method, string path, string? body, string credential, int door)
    {
        using var http = new HttpClient { BaseAddress = _engine.Doors[door % _engine.Doors.Count] };
        using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        using var answer = await http.SendAsync(request);
        return (answer.StatusCode, JsonNode.Parse(await answer.Content.ReadAsStringAsync())!.AsObject());
    }

    private sealed class CampaignEngine(PostgresServer postgres) : ParityEngine(postgres)
    {
        protected override ProgrammeSettings ProgrammeIn(string folder) => CampaignProgramme.Read(folder);
    }
}
