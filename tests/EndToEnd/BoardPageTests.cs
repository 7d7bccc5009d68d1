using Microsoft.Playwright;

namespace Gamification.Tests.EndToEnd;

/// <summary>A person in front of the board, in a real browser.</summary>
public sealed class BoardPageTests
{
    [Fact]
    public async Task A_receipt_posted_at_a_till_moves_the_board_in_the_browser()
    {
        await using var shop = await Shop.Open();
        await shop.Sell("2011-05-12", "first", 120, "1001");
        await shop.Sell("2011-05-12", "second", 80, "1002");

        var page = await shop.Desk("board?period=day&lang=en", shop.Engine.Keys.Screen);
        var rows = page.Locator("main ol > li");
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await Assertions.Expect(rows.First).ToContainTextAsync("120");
        await Assertions.Expect(page.GetByText("Live", new() { Exact = false }).First).ToBeVisibleAsync();

        await shop.Sell("2011-05-12", "third", 300, "1002");
        await Assertions.Expect(rows.First).ToContainTextAsync("380");
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync("120");
    }
}
