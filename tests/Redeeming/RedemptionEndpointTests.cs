using System.Net;
using System.Text.Json.Nodes;
using Gamification.Api;
using Gamification.Rewards;
using static Gamification.Tests.Api.EdgeUnderTest;
using static Gamification.Tests.Redeeming.RewardEdge;

namespace Gamification.Tests.Redeeming;

/// <summary>From the catalogue to the till, over HTTP.</summary>
public sealed class RedemptionEndpointTests(RewardEdge edge) : IClassFixture<RewardEdge>, IAsyncLifetime
{
    public async ValueTask InitializeAsync() => await edge.Publish(
        RedeemHost.Mug(points: 200, stock: 1_000, perMember: 5),
        RedeemHost.Reward("last", new ProductReward { Sku = "L-1" }, 10) with { Stock = 1 },
        RedeemHost.Reward("car", new ProductReward { Sku = "C-1" }, 90_000),
        RedeemHost.Reward("five", new DiscountReward { Amount = 500 }, 100),
        RedeemHost.Reward("pay", new PayReward { Amount = 100, Steps = 4 }, 100),
        RedeemHost.Reward("food", new DonationReward { Cause = "Restos", Amount = 300 }, 50),
        RedeemHost.Reward("soon", new PercentReward { Percent = 10 }, 10) with { From = edge.Clock.GetUtcNow().AddDays(900) },
        RedeemHost.Reward("coffee", new PercentReward { Percent = 50 }, 0) with { Welcome = true, ValidDays = 30 });

    public ValueTask DisposeAsync() => default;

    [Fact]
    public async Task A_member_sees_what_it_may_have_and_why_not()
    {
        var (_, client) = await edge.Member(edge.Card(), 120);
        var rewards = (await Read(await client.GetAsync("/v1/members/me/rewards"), HttpStatusCode.OK))["rewards"]!.AsArray().ToDictionary(reward => (string)reward!["reward"]!, reward => reward!);
        Assert.Equal(["mug", "last", "car", "five", "pay", "food", "soon", "coffee"], rewards.Keys);
        var mug = rewards["mug"];
        Assert.Equal((false, false, 80L, "insufficient-points"), ((bool)mug["available"]!, (bool)mug["affordable"]!, (long)mug["missing"]!, (string)mug["why"]!["code"]!));
        Assert.Equal("Mok: een product M-1 voor 200 punten, hoogstens 5 per lid, 1.000 in totaal.", (string)mug["text"]!["nl"]!);
        Assert.True((bool)rewards["five"]["available"]! && rewards["five"]["why"] is null && rewards["five"]["left"] is null);
        Assert.Equal((1L, 4L), ((long)mug["stepsMax"]!, (long)rewards["pay"]["stepsMax"]!));
        Assert.Equal("too-early", (string)rewards["soon"]["why"]!["code"]!);
        Assert.Equal("welcome-only", (string)rewards["coffee"]["why"]!["code"]!);
    }

    [Fact]
    public async Task A_reward_is_held_shown_as_a_code_and_taken_at_a_till_once()
    {
        var (_, client) = await edge.Member(edge.Card(), 500);
        var held = await edge.Redeem(client, "a", "mug");
        Assert.Equal(("held", 300L), ((string)held["state"]!, await Balance(client)));
        Assert.True((bool)(await edge.Redeem(client, "a", "mug", expected: HttpStatusCode.OK))["replayed"]!);
        Assert.Equal(300, await Balance(client));

        var picture = await client.GetAsync($"/v1/members/me/redemptions/{held["id"]}/qr.svg");
        Assert.Equal("image/svg+xml", picture.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith("<svg", await picture.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        var pixels = await client.GetAsync($"/v1/members/me/redemptions/{held["id"]}/qr.png");
        Assert.Equal(("image/png", true), (pixels.Content.Headers.ContentType?.MediaType, pixels.Headers.CacheControl?.NoStore));
        Assert.Equal([0x89, 0x50, 0x4E, 0x47], (await pixels.Content.ReadAsByteArrayAsync())[..4]);

        var check = await Read(await edge.AtTill("check", held), HttpStatusCode.OK);
        Assert.Equal(("genuine", true), ((string)check["verdict"]!, (bool)check["usable"]!));
        Assert.Equal("used", (string)(await Read(await edge.AtTill("use", held), HttpStatusCode.OK))["state"]!);
        Assert.True((bool)(await Read(await edge.AtTill("use", held), HttpStatusCode.OK))["replayed"]!);
        await AssertRefused(await edge.AtTill("use", held, "t-2"), "voucher-used");
        Assert.False((bool)(await Read(await edge.AtTill("check", held), HttpStatusCode.OK))["usable"]!);
        var open = (await Read(await client.GetAsync("/v1/members/me/redemptions"), HttpStatusCode.OK))["redemptions"]!.AsArray();
        Assert.Equal(["welcome/coffee"], open.Select(one => (string)one!["cause"]!));

        var entries = (await Read(await client.GetAsync("/v1/members/me/entries"), HttpStatusCode.OK))["entries"]!.AsArray();
        Assert.Equal(["entitlement.used", "entitlement.committed", "entitlement.held", "receipt.posted"], entries.Select(entry => (string)entry!["type"]!).Where((_, at) => at < 3 || at == entries.Count - 1));
        Assert.Equal((-200L, "Gereserveerd: Mok, 200 punten."), ((long)entries[2]!["points"]!, (string)entries[2]!["reward"]!["text"]!["nl"]!));
        Assert.Equal("Utilisé\u00A0: Tasse, magasin BRU.", (string)entries[0]!["reward"]!["text"]!["fr"]!);
    }

    [Fact]
    public async Task Of_two_tills_with_one_voucher_at_once_one_takes_it()
    {
        var (_, client) = await edge.Member(edge.Card(), 500);
        var kept = await edge.Redeem(client, "a", "five", ", \"keep\": true");
        Assert.Equal(("ready", "2027-02-19", 5m), ((string)kept["state"]!, (string)kept["validThrough"]!, (decimal)kept["worth"]!));
        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(till => edge.AtTill("use", kept, $"till-{till}")));
        Assert.Single(answers, answer => answer.StatusCode == HttpStatusCode.OK);
        Assert.Equal(7, answers.Count(answer => answer.StatusCode == HttpStatusCode.UnprocessableEntity));
        Assert.Equal(400, await Balance(client));
    }

    [Fact]
    public async Task What_nobody_confirms_in_fifteen_minutes_is_over_and_its_points_are_back()
    {
        var (_, client) = await edge.Member(edge.Card(), 500);
        var (five, mug) = (await edge.Redeem(client, "a", "five"), await edge.Redeem(client, "b", "mug"));
        Assert.Equal(200, await Balance(client));
        edge.Clock.Advance(TimeSpan.FromMinutes(15));
        Assert.Equal(500, await Balance(client));
        await AssertRefused(await edge.AtTill("use", five), "hold-timed-out");
        Assert.Equal("refused-redemption", (await ReadProblem(await client.PostAsync($"/v1/members/me/redemptions/{mug["id"]}/confirm", Json("{}")), HttpStatusCode.UnprocessableEntity, "refused-redemption"))["type"]!.ToString().Split('/')[^1]);
        Assert.Equal(500, await Balance(client));
        Assert.Equal("abandoned", (string)(await edge.Redeem(client, "a", "five", expected: HttpStatusCode.OK))["state"]!);
        Assert.Equal("abandoned", (string)(await Read(await client.GetAsync($"/v1/members/me/redemptions/{mug["id"]}"), HttpStatusCode.OK))["state"]!);
    }

    [Fact]
    public async Task Part_of_a_purchase_is_paid_with_points_by_card_and_given_back_at_the_till()
    {
        var card = edge.Card();
        var (_, client) = await edge.Member(card, 500);
        const string Steps = """, "id": "r-1", "reward": "pay", "steps": 3 }""";
        var held = await Read(await edge.Till.PostAsync("/v1/redemptions", Json($$"""{ "card": "{{card}}"{{Steps}}""")), HttpStatusCode.Created);
        Assert.Equal((3m, 300L, 200L), ((decimal)held["worth"]!, (long)held["points"]!, await Balance(client)));
        await Read(await edge.Till.PostAsync("/v1/redemptions", Json($$"""{ "card": "{{card}}"{{Steps}}""")), HttpStatusCode.OK);
        await ReadProblem(await edge.Till.PostAsync("/v1/redemptions", Json($$"""{ "card": "{{card}}"{{Steps.Replace("3", "2", StringComparison.Ordinal)}}""")), HttpStatusCode.Conflict, "redemption-conflict");

        await Read(await edge.AtTill("use", held), HttpStatusCode.OK);
        Assert.Equal(200, await Balance(client));
        Assert.Equal("returned", (string)(await Read(await edge.AtTill("void", held), HttpStatusCode.OK))["state"]!);
        Assert.True((bool)(await Read(await edge.AtTill("void", held), HttpStatusCode.OK))["replayed"]!);
        Assert.Equal(500, await Balance(client));
        await AssertRefused(await edge.AtTill("use", held, "t-9"), "voucher-returned");
        await ReadProblem(await edge.Till.PostAsync("/v1/redemptions", Json("""{ "card": "nobody's", "id": "r-2", "reward": "pay" }""")), HttpStatusCode.UnprocessableEntity, "unknown-card");
    }

    [Fact]
    public async Task Refusals_name_the_field_the_code_and_the_remedy()
    {
        var (self, client) = await edge.Member(edge.Card(), 500);
        await edge.RefusedRedeem(client, "a", "yacht", "reward-unknown");
        var poor = await edge.RefusedRedeem(client, "b", "car", "insufficient-points");
        Assert.Equal(("/reward", "It costs 90000 points and 500 can be spent now."), ((string)poor["errors"]![0]!["field"]!, (string)poor["errors"]![0]!["remedy"]!));
        await edge.RefusedRedeem(client, "c", "soon", "too-early");
        await edge.RefusedRedeem(client, "d", "coffee", "welcome-only");
        await edge.RefusedRedeem(client, "e", "pay", "out-of-bounds", ", \"steps\": 5");
        await edge.RefusedRedeem(client, "f", "mug", "price-changed", ", \"points\": 150");
        await edge.Redeem(client, "g", "last");
        await ReadProblem(await client.PostAsync("/v1/members/me/redemptions", Json("""{ "id": "g", "reward": "five" }""")), HttpStatusCode.Conflict, "redemption-conflict");
        var (_, other) = await edge.Member(edge.Card(), 500);
        await edge.RefusedRedeem(other, "a", "last", "sold-out");
        await ReadProblem(await other.GetAsync($"/v1/members/{self}/redemptions"), HttpStatusCode.Forbidden, "forbidden");
        await ReadProblem(await client.GetAsync("/v1/members/me/redemptions/0a1b2c3d0a1b2c3d0a1b2c3d0a1b2c3d"), HttpStatusCode.NotFound, "unknown-redemption");
        await AssertRefused(await edge.AtTill("use", "G1HELLO"), "voucher-unreadable");
        var problem = await ReadProblem(await edge.Till.PostAsync("/v1/vouchers/use", Json("""{ "voucher": "x", "use": "y", "store": "GNT", "till": 3 }""")), HttpStatusCode.UnprocessableEntity, "invalid-document");
        Assert.Equal(["wrong-store", "unknown-field"], problem["errors"]!.AsArray().Select(error => (string)error!["code"]!));
        Assert.Equal(490, await Balance(client));
    }

    [Fact]
    public async Task A_gift_to_a_cause_is_used_by_being_made()
    {
        var (_, client) = await edge.Member(edge.Card(), 500);
        var given = await edge.Redeem(client, "a", "food");
        Assert.Equal(("used", (string?)null, 450L), ((string)given["state"]!, (string?)given["voucher"], await Balance(client)));
    }

    [Fact]
    public async Task What_is_called_off_gives_its_points_back_and_what_is_paid_for_goes_back_at_a_till()
    {
        var (_, client) = await edge.Member(edge.Card(), 500);
        var held = await edge.Redeem(client, "a", "mug");
        Assert.Equal("abandoned", (string)(await Step(client, held, "cancel"))["state"]!);
        Assert.Equal(500, await Balance(client));
        var kept = await Step(client, await edge.Redeem(client, "b", "mug"), "confirm");
        Assert.Equal("ready", (string)kept["state"]!);
        Assert.Equal("already-paid", (string)(await Step(client, kept, "cancel", HttpStatusCode.UnprocessableEntity))["errors"]![0]!["code"]!);
        var before = (long)(await Read(await edge.Admin.GetAsync("/v1/rewards/mug/stock"), HttpStatusCode.OK))["taken"]!;
        await Read(await edge.AtTill("void", kept), HttpStatusCode.OK);
        Assert.Equal((500L, before - 1), (await Balance(client), (long)(await Read(await edge.Admin.GetAsync("/v1/rewards/mug/stock"), HttpStatusCode.OK))["taken"]!));
    }

    [Fact]
    public async Task Joining_gives_the_welcome_reward_once_and_a_till_takes_it_at_once()
    {
        var card = edge.Card();
        var publicId = (string)(await Read(await edge.Admin.PostAsync("/v1/members", Json($$"""{ "card": "{{card}}" }""")), HttpStatusCode.OK))["member"]!;
        await Read(await edge.Admin.PostAsync("/v1/members", Json($$"""{ "card": "{{card}}" }""")), HttpStatusCode.OK);
        var membership = await edge.Vault.FindPublicId(edge.Programme.Id, publicId, default);
        using var client = edge.With(edge.Token(Role.Member, membership!.Member));
        var welcome = Assert.Single((await Read(await client.GetAsync("/v1/members/me/redemptions"), HttpStatusCode.OK))["redemptions"]!.AsArray())!;
        Assert.Equal(("coffee", "ready", "welcome/coffee", 0L), ((string)welcome["reward"]!, (string)welcome["state"]!, (string)welcome["cause"]!, (long)welcome["points"]!));
        var one = await Read(await client.GetAsync($"/v1/members/me/redemptions/{welcome["id"]}"), HttpStatusCode.OK);
        await Read(await edge.AtTill("use", one), HttpStatusCode.OK);
    }
}
