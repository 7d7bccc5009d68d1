using System.Net;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

/// <summary>A receipt that comes after the grace brings its points, and says for which boards it is too late (spec §4).</summary>
public sealed class LateForTests(ManyBoardsEdge edge) : IClassFixture<ManyBoardsEdge>
{
    /// <summary>It is the 21st of November 2026, a Saturday: with 72 hours of grace everything that ended by the 18th is closed.</summary>
    [Theory]
    [InlineData("2026-11-21", "")]
    [InlineData("2026-11-18", "")]
    [InlineData("2026-11-17", "day/2026-11-17")]
    [InlineData("2026-11-15", "day/2026-11-15 week/2026-W46")]
    [InlineData("2026-10-31", "day/2026-10-31 week/2026-W44 month/2026-10")]
    public async Task A_late_sale_says_which_boards_are_closed(string date, string late)
    {
        var answer = await Read(await edge.Till.PostAsync("/v1/receipts", Json(
            $$"""{"type":"sale","store":"BRU","till":"9","businessDate":"{{date}}","number":"{{edge.Number()}}","card":"late","occurredAt":"{{date}}T09:00:00+01:00","currency":"EUR","total":3,"lines":[{"sku":"A","quantity":1,"unitPrice":3,"amount":3}]}""")), HttpStatusCode.Created);
        Assert.Equal(3, (int)answer["points"]!);
        Assert.Equal(late, string.Join(' ', answer["lateFor"]?.AsArray().Select(one => (string)one!) ?? []));
    }
}
