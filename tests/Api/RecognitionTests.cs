using System.Net;
using System.Text.Json.Nodes;
using Gamification.Api;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules.Recognition;
using Gamification.Tests.Conventions;
using Gamification.Tests.Rules.Earning;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

/// <summary>A programme with a bit of all recognition.</summary>
public sealed class RecognisingEdge : EdgeUnderTest
{
    internal override ProgrammeSettings Programme => Rules.Receipts.Programme() with
    {
        Earning = Books.Document(Books.Base, Books.Rule("coffee", new Stamps { Card = "coffee", Count = 4 })),
        Recognition = RecognitionDocument.Read(File.ReadAllBytes(Path.Combine(SourceTree.Root, "tests/Rules/Recognition/recognition.json"))).Rules!,
    };
}

/// <summary>Tier, badges, streaks, cards and plans over HTTP.</summary>
public sealed class RecognitionTests(RecognisingEdge edge) : IClassFixture<RecognisingEdge>
{
    [Fact]
    public async Task A_member_sees_its_tier_with_what_is_missing_badges_streaks_and_cards_in_three_languages()
    {
        var (_, client) = await edge.Member("r-1", euros: 250);
        var seen = (await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK))["recognition"]!;
        var tier = seen["tier"]!;
        Assert.Equal(("silver", 250, "gold", 750, 200, true), ((string)tier["id"]!, (int)tier["spend"]!, (string)tier["next"]!, (int)tier["missingSpend"]!, (int)tier["missingEngagement"]!, (bool)tier["both"]!));
        Assert.StartsWith("Or", (string)tier["how"]!["fr"]!, StringComparison.Ordinal);
        var explorer = seen["badges"]!.AsArray().Single(badge => (string)badge!["id"]! == "explorer")!;
        Assert.Equal((0, 1, 3), ((int)explorer["level"]!, (int)explorer["done"]!, (int)explorer["needed"]!));
        Assert.Contains(seen["badges"]!.AsArray(), badge => (string)badge!["id"]! == "patron");
        var streak = seen["streaks"]!.AsArray().Single(one => (string)one!["id"]! == "weekly-visit")!;
        Assert.Equal(1, (int)streak["current"]!);
        Assert.Equal((4, 10, 0), ((int)seen["cards"]![0]!["stamps"]!, (int)seen["cards"]![0]!["needed"]!, (int)seen["cards"]![0]!["filled"]!));
        var line = (await Read(await client.GetAsync("/v1/members/me/entries"), HttpStatusCode.OK))["entries"]!.AsArray().Single(entry => (string)entry!["type"]! == "receipt.posted")!;
        Assert.Contains("You are now “Silver”.", line["recognised"]!.AsArray().Select(sentence => (string)sentence!["en"]!));
        Assert.Contains("U bent nu ‘Zilver’.", line["recognised"]!.AsArray().Select(sentence => (string)sentence!["nl"]!));
    }

    [Fact]
    public async Task Stamps_on_a_card_are_held_beside_points_with_where_they_came_from_and_until_when()
    {
        var (_, client) = await edge.Member("r-7", euros: 20);
        var held = (await Read(await client.GetAsync("/v1/members/me/holdings"), HttpStatusCode.OK))["units"]!.AsArray();
        Assert.Equal(["points", "stamps:coffee"], held.Select(unit => (string)unit!["unit"]!));
        Assert.Equal((4, 4, "2027-11-21"), ((int)held[1]!["available"]!, (int)held[1]!["lots"]![0]!["amount"]!, (string)held[1]!["lots"]![0]!["expiresOn"]!));
        Assert.Equal("Ces 4 tampons viennent de 1 ticket.", (string)held[1]!["origin"]!["fr"]!);
    }

    [Fact]
    public async Task A_secret_badge_is_seen_once_it_is_held()
    {
        var (_, client) = await edge.Member("r-2", euros: 10);
        Assert.DoesNotContain(await Badges(client), badge => (string)badge["id"]! == "patron");
        await Read(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(200, "r-2"))), HttpStatusCode.Created);
        Assert.Equal(1, (int)(await Badges(client)).Single(badge => (string)badge["id"]! == "patron")["level"]!);
    }

    [Fact]
    public async Task A_plan_is_started_once_whatever_is_retried_and_refunded_in_full_within_the_days_of_withdrawal()
    {
        var (member, client) = await edge.Member("r-3");
        const string Start = """{ "id": "pay-1", "kind": "start-plan", "plan": "club", "reference": "psp-1", "amount": 4.99 }""";
        var first = await Ask(member, Start, HttpStatusCode.Created);
        Assert.Equal("“The Club” is active.", (string)first["recognised"]![0]!["en"]!);
        Assert.True((bool)(await Ask(member, Start, HttpStatusCode.OK))["replayed"]!);
        await Refused(member, Start.Replace("psp-1", "psp-2", StringComparison.Ordinal), HttpStatusCode.Conflict, "command-conflict", "/id");
        await Refused(member, Start.Replace("pay-1", "pay-2", StringComparison.Ordinal).Replace("psp-1", "psp-2", StringComparison.Ordinal), HttpStatusCode.UnprocessableEntity, "refused-command", "/plan");
        await Refused(member, """{ "id": "x", "kind": "start-plan", "plan": "none", "reference": "psp-1", "amount": 4.99 }""", HttpStatusCode.UnprocessableEntity, "refused-command", "/plan");
        await Refused(member, """{ "id": "x", "kind": "start-plan", "plan": "club", "reference": "psp-9", "amount": 4.995 }""", HttpStatusCode.UnprocessableEntity, "invalid-document", "/amount");

        var plan = (await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK))["recognition"]!["plans"]![0]!;
        Assert.Equal(("club", "active", 4.99m), ((string)plan["id"]!, (string)plan["status"]!, (decimal)plan["paid"]!));
        var refund = await Ask(member, """{ "id": "back-1", "kind": "refund-plan", "plan": "club", "reference": "psp-1" }""", HttpStatusCode.Created);
        Assert.Equal(4.99m, (decimal)refund["refund"]!);
        Assert.Equal(4.99m, (decimal)(await Ask(member, """{ "id": "back-1", "kind": "refund-plan", "plan": "club", "reference": "psp-1" }""", HttpStatusCode.OK))["refund"]!);
    }

    [Fact]
    public async Task Staff_give_a_badge_with_a_reason_and_take_it_away()
    {
        var (member, client) = await edge.Member("r-4");
        await Ask(member, """{ "id": "b-1", "kind": "give-badge", "badge": "thanks", "reason": "Helped at the opening" }""", HttpStatusCode.Created);
        Assert.Equal(1, (int)(await Badges(client)).Single(badge => (string)badge["id"]! == "thanks")["level"]!);
        await Refused(member, """{ "id": "b-2", "kind": "give-badge", "badge": "explorer", "reason": "No" }""", HttpStatusCode.UnprocessableEntity, "refused-command", "/badge");
        var says = (await Ask(member, """{ "id": "b-3", "kind": "take-badge", "badge": "thanks", "reason": "By mistake" }""", HttpStatusCode.Created))["recognised"]![0]!;
        Assert.EndsWith("Withdrawn: “By mistake”.", (string)says["en"]!, StringComparison.Ordinal);
        Assert.EndsWith("Retiré\u00A0: «\u00A0By mistake\u00A0».", (string)says["fr"]!, StringComparison.Ordinal);
        var statement = (await Read(await client.GetAsync("/v1/members/me/entries"), HttpStatusCode.OK))["entries"]![0]!;
        Assert.EndsWith("Ingetrokken: ‘By mistake’.", (string)statement["recognised"]![0]!["nl"]!, StringComparison.Ordinal);
        var taken = (await Badges(client)).Single(badge => (string)badge["id"]! == "thanks");
        Assert.Equal(0, (int)taken["level"]!);
        Assert.NotNull(taken["revokedOn"]);
    }

    [Fact]
    public async Task A_member_asks_for_its_own_holidays_and_for_nothing_else()
    {
        var (member, client) = await edge.Member("r-5");
        var (other, _) = await edge.Member("r-6");
        var from = DateOnly.FromDateTime(edge.Clock.GetUtcNow().UtcDateTime).AddDays(5);
        var vacation = $$"""{ "id": "v-1", "kind": "take-vacation", "streak": "weekly-visit", "from": "{{from:yyyy-MM-dd}}", "to": "{{from.AddDays(7):yyyy-MM-dd}}" }""";
        await Read(await client.PostAsync("/v1/members/me/recognition", Json(vacation)), HttpStatusCode.Created);
        await ReadProblem(await client.PostAsync($"/v1/members/{other}/recognition", Json(vacation)), HttpStatusCode.Forbidden, "forbidden");
        await ReadProblem(await client.PostAsync("/v1/members/me/recognition", Json("""{ "id": "b-1", "kind": "give-badge", "badge": "thanks", "reason": "Me" }""")), HttpStatusCode.Forbidden, "forbidden");
        await Read(await client.PostAsync("/v1/members/me/recognition", Json("""{ "id": "s-1", "kind": "silence-streak", "streak": "weekly-visit" }""")), HttpStatusCode.Created);
        var streak = (await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK))["recognition"]!["streaks"]![0]!;
        Assert.True((bool)streak["silent"]! && streak["says"] is null);
        await Ask(member, """{ "id": "i-1", "kind": "bridge-streaks", "from": "2026-11-16", "to": "2026-11-18" }""", HttpStatusCode.Created);
        await Refused(member, """{ "id": "i-2", "kind": "bridge-streaks", "from": "2026-11-16", "to": "2026-11-16", "streak": "weekly-visit" }""", HttpStatusCode.UnprocessableEntity, "refused-command", "/to");
    }

    private static async Task<JsonObject[]> Badges(HttpClient client) =>
        [.. (await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK))["recognition"]!["badges"]!.AsArray().Select(badge => badge!.AsObject())];

    private async Task<JsonObject> Ask(string member, string command, HttpStatusCode expected) => await Read(await Marketer().PostAsync($"/v1/members/{member}/recognition", Json(command)), expected);

    private async Task Refused(string member, string command, HttpStatusCode expected, string code, string field)
    {
        var problem = await ReadProblem(await Marketer().PostAsync($"/v1/members/{member}/recognition", Json(command)), expected, code);
        Assert.Equal(field, (string)problem["errors"]![0]!["field"]!);
    }

    private HttpClient Marketer() => edge.With(edge.Token(Role.Marketer));
}
