using System.Net.Http.Headers;
using System.Net.Http.Json;
using Microsoft.Playwright;

namespace Gamification.Tests.EndToEnd;

/// <summary>A person in front of the board, in a real browser.</summary>
public sealed class BoardPageTests
{
    [Fact]
    public async Task A_receipt_posted_at_a_till_moves_the_board_in_the_browser()
    {
        if (BrowserHere.Find() is not { } chromium) return;

        using var folder = new DataFolder();
        await using var engine = await WholeEngine.Start(folder.Path);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = BrowserHere.Quiet });
        var page = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });

        await Post(engine, "first", "1001", 120);
        await Post(engine, "second", "1002", 80);
        await page.GotoAsync($"{engine.Url}board?period=day&lang=en#token={engine.Keys.Screen}");
        var rows = page.Locator("main ol > li");
        await Assertions.Expect(rows).ToHaveCountAsync(2);
        await Assertions.Expect(rows.First).ToContainTextAsync("120");
        await Assertions.Expect(page.GetByText("Live", new() { Exact = false }).First).ToBeVisibleAsync();

        await Post(engine, "third", "1002", 300);
        await Assertions.Expect(rows.First).ToContainTextAsync("380");
        await Assertions.Expect(rows.Nth(1)).ToContainTextAsync("120");
    }

    private static async Task Post(WholeEngine engine, string number, string card, decimal total)
    {
        using var http = new HttpClient { BaseAddress = engine.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", engine.Keys.Tills["BRU"]);
        using var answer = await http.PostAsJsonAsync("/v1/receipts", new
        {
            type = "sale",
            store = "BRU",
            till = "1",
            businessDate = "2011-05-12",
            number,
            occurredAt = "2011-05-12T14:00:00+02:00",
            card,
            currency = "GBP",
            total,
            lines = new[] { new { sku = "A", quantity = 1, unitPrice = total, amount = total } },
        });
        answer.EnsureSuccessStatusCode();
    }
}
