using System.Net;
using Gamification.Api;
using Gamification.Programmes;
using Gamification.Tests.Rules;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

public sealed class ReceiptEndpointTests(EdgeUnderTest edge) : IClassFixture<EdgeUnderTest>
{
    [Fact]
    public async Task A_sale_is_recorded_and_its_repeat_is_answered_with_the_first_result()
    {
        var body = edge.Sale(32.45m, "card-1");
        var first = await Read(await edge.Till.PostAsync("/v1/receipts", Json(body)), HttpStatusCode.Created);
        Assert.Equal("recorded", (string)first["outcome"]!);
        Assert.Equal(("earned", 32, 32, 1), ((string)first["treatment"]!, (int)first["points"]!, (int)first["balance"]!, (int)first["version"]!));
        Assert.Null(first["claimCode"]);

        var again = await Read(await edge.Till.PostAsync("/v1/receipts", Json(body)), HttpStatusCode.OK);
        Assert.True((bool)again["replayed"]!);
        Assert.Equal((string)first["recordedAt"]!, (string)again["recordedAt"]!);
        Assert.Equal((string)first["member"]!, (string)again["member"]!);
        Assert.Equal(32, (int)again["balance"]!);
    }

    [Fact]
    public async Task The_same_number_with_another_card_is_a_conflict_and_is_kept()
    {
        var number = edge.Number();
        await Read(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(5, "card-2", number))), HttpStatusCode.Created);
        var body = edge.Sale(5, "card-3", number);
        var problem = await ReadProblem(await edge.Till.PostAsync("/v1/receipts", Json(body)), HttpStatusCode.Conflict, "duplicate-conflict");
        Assert.Equal("/number", (string)problem["errors"]![0]!["field"]!);
        Assert.Equal(body, await NewestInQuarantine("duplicate-conflict"));
    }

    [Fact]
    public async Task A_refused_receipt_is_kept_before_the_till_is_told()
    {
        var body = edge.Sale(5, "card-4").Replace("\"total\":5", "\"total\":6", StringComparison.Ordinal);
        await ReadProblem(await edge.Till.PostAsync("/v1/receipts", Json(body)), HttpStatusCode.UnprocessableEntity, "invalid-receipt");
        Assert.Equal(body, await NewestInQuarantine("invalid-receipt"));
        await ReadProblem(await edge.Till.PostAsync("/v1/receipts", Json("{no")), HttpStatusCode.BadRequest, "malformed-json");
        Assert.Equal("{no", await NewestInQuarantine("malformed-json"));
    }

    [Fact]
    public async Task The_rules_refuse_another_currency_by_name()
    {
        var problem = await ReadProblem(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(5).Replace("EUR", "USD", StringComparison.Ordinal))), HttpStatusCode.UnprocessableEntity, "refused-receipt");
        Assert.Equal("wrong-currency", (string)problem["errors"]![0]!["code"]!);
    }

    [Fact]
    public async Task A_till_posts_for_its_own_store_only() =>
        await ReadProblem(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(5).Replace("BRU", "GNT", StringComparison.Ordinal))), HttpStatusCode.Forbidden, "wrong-store");

    [Fact]
    public async Task Sizes_and_types_are_checked_before_anything_is_read()
    {
        await ReadProblem(await edge.Till.PostAsync("/v1/receipts", Json(new string(' ', 1024 * 1024 + 1))), HttpStatusCode.RequestEntityTooLarge, "too-large");
        await ReadProblem(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(5), "text/plain")), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");
    }

    [Fact]
    public async Task A_return_goes_to_the_account_that_holds_its_sale_and_only_that_card_shows_the_account()
    {
        await edge.Member("card-5b");
        foreach (var (card, shown) in new[] { ((string?)null, false), ("card-5b", false), ("card-nobody", false), ("card-5", true) })
        {
            var number = edge.Number();
            var sale = await Read(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(20, "card-5", number))), HttpStatusCode.Created);
            var returned = Undoing("return", edge.Sale(-20, card, null, Original("BRU", number)));
            var answer = await Read(await edge.Till.PostAsync("/v1/receipts", Json(returned)), HttpStatusCode.Created);
            Assert.Equal(("taken-back", -20), ((string)answer["treatment"]!, (int)answer["points"]!));
            Assert.EndsWith(number, (string)answer["taken"]![0]!["receipt"]!);
            Assert.Equal(shown ? ((string?)sale["member"], 0) : (null, null), ((string?)answer["member"], (int?)answer["balance"]));
            Assert.Equal(answer["member"]?.ToString(), (await Read(await edge.Till.PostAsync("/v1/receipts", Json(returned)), HttpStatusCode.OK))["member"]?.ToString());
        }

        Assert.Null(await edge.Vault.FindCard(edge.Programme.Id, "card-nobody", default));
    }

    [Fact]
    public async Task Only_a_sale_without_a_card_has_a_code_to_claim_it()
    {
        var number = edge.Number();
        var sale = await Read(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(20, null, number))), HttpStatusCode.Created);
        var returned = await Read(await edge.Till.PostAsync("/v1/receipts", Json(Undoing("return", edge.Sale(-20, null, null, Original("BRU", number))))), HttpStatusCode.Created);
        var loose = await Read(await edge.Till.PostAsync("/v1/receipts", Json(Undoing("return", edge.Sale(-20)))), HttpStatusCode.Created);
        Assert.NotNull(sale["claimCode"]);
        Assert.Null(returned["claimCode"]);
        Assert.Null(loose["claimCode"]);
    }

    [Fact]
    public async Task A_till_voids_receipts_of_its_own_store_only()
    {
        var voided = Undoing("void", edge.Sale(-20, null, null, Original("GNT", "1")));
        var problem = await ReadProblem(await edge.Till.PostAsync("/v1/receipts", Json(voided)), HttpStatusCode.UnprocessableEntity, "refused-receipt");
        Assert.Equal(("void-of-another-store", "/original/store"), ((string)problem["errors"]![0]!["code"]!, (string)problem["errors"]![0]!["field"]!));
        Assert.Equal(voided, await NewestInQuarantine("refused-receipt"));
    }

    [Fact]
    public async Task A_sale_without_a_card_is_claimed_once_with_the_code_it_was_answered()
    {
        var (_, member) = await edge.Member("card-6", 10);
        var (_, other) = await edge.Member("card-7", 10);
        var sale = await Read(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(12))), HttpStatusCode.Created);
        Assert.Null((string?)sale["member"]);
        Assert.Equal("anonymous", (string)sale["treatment"]!);
        var receipt = (string)sale["receipt"]!;
        var code = (string)sale["claimCode"]!;
        Assert.Matches("^[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}$", code);

        await ReadProblem(await Claim(member, receipt, "0000-0000"), HttpStatusCode.UnprocessableEntity, "refused-claim");
        var credited = await Read(await Claim(member, receipt, code.ToLowerInvariant().Replace("-", " ", StringComparison.Ordinal)), HttpStatusCode.Created);
        Assert.Equal((12, 22), ((int)credited["points"]!, (int)credited["balance"]!));
        Assert.True((bool)(await Read(await Claim(member, receipt, code), HttpStatusCode.OK))["replayed"]!);
        await ReadProblem(await Claim(other, receipt, code), HttpStatusCode.UnprocessableEntity, "refused-claim");

        static Task<HttpResponseMessage> Claim(HttpClient client, string receipt, string code) =>
            client.PostAsync("/v1/members/me/claims", Json($$"""{ "receipt": "{{receipt}}", "code": "{{code}}" }"""));
    }

    [Fact]
    public async Task A_preview_records_nothing()
    {
        var body = edge.Sale(7.99m, "card-8");
        var preview = await Read(await edge.Till.PostAsync("/v1/receipts/preview", Json(body)), HttpStatusCode.OK);
        Assert.Equal((7, 7.99m, 7), ((int)preview["points"]!, (decimal)preview["netSpend"]!, (int)preview["pointsByLine"]![0]!));
        Assert.Equal("recorded", (string)(await Read(await edge.Till.PostAsync("/v1/receipts", Json(body)), HttpStatusCode.Created))["outcome"]!);
    }

    [Fact]
    public async Task A_known_card_is_not_asked_for_again_within_a_minute()
    {
        await edge.Member("card-9");
        var asked = edge.Vault.CardQuestions;
        await edge.Member("card-9");
        Assert.Equal(asked, edge.Vault.CardQuestions);
    }

    private static string Original(string store, string number) =>
        $$"""
        "original":{"store":"{{store}}","till":"3","businessDate":"2026-11-21","number":"{{number}}"},
        """;

    private static string Undoing(string type, string sale) => sale.Replace("\"sale\"", $"\"{type}\"", StringComparison.Ordinal);

    private async Task<string> NewestInQuarantine(string reason)
    {
        var page = await Read(await edge.Admin.GetAsync("/v1/quarantine?store=BRU"), HttpStatusCode.OK);
        return (string)page["quarantine"]!.AsArray().First(body => (string)body!["reason"]! == reason)!["body"]!;
    }
}

/// <summary>A programme that takes no card it does not know.</summary>
public sealed class RefusingEdge : EdgeUnderTest
{
    internal override ProgrammeSettings Programme => Receipts.Programme(unknown: UnknownCard.Refuse);
}

public sealed class UnknownCardTests(RefusingEdge edge) : IClassFixture<RefusingEdge>
{
    [Fact]
    public async Task An_unknown_card_is_refused_and_kept_until_it_enrols()
    {
        var body = edge.Sale(9, "new-card");
        var problem = await ReadProblem(await edge.Till.PostAsync("/v1/receipts", Json(body)), HttpStatusCode.UnprocessableEntity, "unknown-card");
        Assert.Equal("/card", (string)problem["errors"]![0]!["field"]!);
        var kept = await Read(await edge.Admin.GetAsync("/v1/quarantine"), HttpStatusCode.OK);
        Assert.Equal(body, (string)kept["quarantine"]![0]!["body"]!);

        var enrolled = await Read(await edge.Admin.PostAsync("/v1/members", Json("""{ "card": "new-card" }""")), HttpStatusCode.OK);
        var answer = await Read(await edge.Till.PostAsync("/v1/receipts", Json(body)), HttpStatusCode.Created);
        Assert.Equal((string)enrolled["member"]!, (string)answer["member"]!);
    }
}

/// <summary>A programme whose unknown cards wait.</summary>
public sealed class HoldingEdge : EdgeUnderTest
{
    internal override ProgrammeSettings Programme => Receipts.Programme(unknown: UnknownCard.Hold);
}

public sealed class HeldCardTests(HoldingEdge edge) : IClassFixture<HoldingEdge>
{
    [Fact]
    public async Task What_was_held_is_credited_when_the_card_enrols_and_the_next_receipt_earns()
    {
        var held = await Read(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(9, "card"))), HttpStatusCode.Created);
        Assert.Equal(("held", 0), ((string)held["treatment"]!, (int)held["points"]!));
        var membership = await edge.Vault.FindPublicId(edge.Programme.Id, (string)held["member"]!, default);
        var holder = edge.With(edge.Token(Role.Member, membership!.Member));
        Assert.False((bool)(await Read(await holder.GetAsync("/v1/members/me"), HttpStatusCode.OK))["enrolled"]!);

        var enrolled = await Read(await edge.Admin.PostAsync("/v1/members", Json("""{ "card": "card" }""")), HttpStatusCode.OK);
        Assert.Equal((9, true), ((int)enrolled["balance"]!, (bool)enrolled["enrolled"]!));
        Assert.True((bool)(await Read(await holder.GetAsync("/v1/members/me"), HttpStatusCode.OK))["enrolled"]!);
        var next = await Read(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(1, "card"))), HttpStatusCode.Created);
        Assert.Equal(("earned", 10), ((string)next["treatment"]!, (int)next["balance"]!));
    }
}
