using System.Net;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Tests.Rules.Earning;
using Gamification.Tests.Rules.Recognition;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

/// <summary>Double points on a Saturday, and a badge for five purchases.</summary>
public sealed class TillNotesEdge : EdgeUnderTest
{
    internal override ProgrammeSettings Programme => Rules.Receipts.Programme() with
    {
        Earning = Books.Document(Books.Base, Books.Times("saturday", 2, new WeekdayIs([DayOfWeek.Saturday])), Books.Times("large", 1.5m, new SpendIs(1000))),
        Recognition = RecognitionRules.None with
        {
            Badges = [new() { Id = "regular", Version = 1, Name = Drawn.Named("regular"), For = new CountOf([EarningEvent.Sale]), Levels = [new() { At = 4 }] }],
        },
    };
}

/// <summary>What a till is told of a sale beside its points (spec A3, A13, L15).</summary>
public sealed class TillNotesTests(TillNotesEdge edge) : IClassFixture<TillNotesEdge>
{
    [Fact]
    public async Task A_till_is_told_which_multiplier_worked_and_why_and_a_repeat_the_same()
    {
        var sale = edge.Sale(10, "t-1");
        var preview = await Read(await edge.Till.PostAsync("/v1/receipts/preview", Json(sale)), HttpStatusCode.OK);
        Assert.Equal((20, 2m), ((int)preview["points"]!, (decimal)preview["multiplier"]!));
        var answer = await Read(await edge.Till.PostAsync("/v1/receipts", Json(sale)), HttpStatusCode.Created);
        Assert.Equal((20, 2m), ((int)answer["points"]!, (decimal)answer["multiplier"]!));
        var by = Assert.Single(answer["multipliedBy"]!.AsArray())!;
        Assert.Equal(("saturday@1", 10), ((string)by["rule"]!, (int)by["points"]!));
        Assert.Equal("10 points. On a purchase: points multiplied by 2, on Saturday.", (string)by["text"]!["en"]!);
        Assert.Equal("10\u00A0points. À l’achat\u00A0: points multipliés par 2, le samedi.", (string)by["text"]!["fr"]!);
        Assert.Null(answer["almostThere"]);
        var again = await Read(await edge.Till.PostAsync("/v1/receipts", Json(sale)), HttpStatusCode.OK);
        Assert.Equal(answer["multipliedBy"]!.ToJsonString(), again["multipliedBy"]!.ToJsonString());
    }

    [Fact]
    public async Task A_till_is_told_once_that_a_goal_is_near()
    {
        Assert.Null((await Post(edge.Sale(5, "t-2")))["almostThere"]);
        var second = edge.Sale(5, "t-2");
        var near = Assert.Single((await Post(second))["almostThere"]!.AsArray())!;
        Assert.Equal(("badge/regular/1/ever", 2, 4), ((string)near["goal"]!, (int)near["left"]!, (int)near["needed"]!));
        Assert.StartsWith("Vous y êtes presque\u00A0: encore 2 sur 4", (string)near["text"]!["fr"]!, StringComparison.Ordinal);
        Assert.StartsWith("U bent er bijna: nog 2 van 4", (string)near["text"]!["nl"]!, StringComparison.Ordinal);
        Assert.Null((await Post(edge.Sale(5, "t-2")))["almostThere"]);
        var again = await Read(await edge.Till.PostAsync("/v1/receipts", Json(second)), HttpStatusCode.OK);
        Assert.Equal(near.ToJsonString(), again["almostThere"]![0]!.ToJsonString());
    }

    [Fact]
    public async Task Nobody_elses_card_and_no_card_is_told_anything_of_a_member()
    {
        var anonymous = await Post(edge.Sale(10));
        Assert.Equal((null, null), (anonymous["multiplier"], anonymous["almostThere"]));
        var lines = await (await edge.Till.PostAsync("/v1/receipts/batch", Json($"{edge.Sale(10, "t-3")}\n", "application/x-ndjson"))).Content.ReadAsStringAsync();
        Assert.Contains("\"multiplier\":2,\"multipliedBy\":[{\"rule\":\"saturday@1\"", lines, StringComparison.Ordinal);
    }

    private async Task<System.Text.Json.Nodes.JsonObject> Post(string receipt) => await Read(await edge.Till.PostAsync("/v1/receipts", Json(receipt)), HttpStatusCode.Created);
}
