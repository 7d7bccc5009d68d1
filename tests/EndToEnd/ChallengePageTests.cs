using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gamification.Api.Hosting;
using Microsoft.Playwright;

namespace Gamification.Tests.EndToEnd;

/// <summary>A marketer at a desk, a member with a phone and a screen in a store, in a real browser.</summary>
public sealed class ChallengePageTests
{
    [Fact]
    public async Task A_challenge_launched_by_clicks_shows_a_member_its_progress_as_receipts_come()
    {
        if (BrowserHere.Find() is not { } chromium) return;
        using var folder = new DataFolder();
        await using var engine = await WholeEngine.Start(folder.Path);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = BrowserHere.Quiet });
        var admin = ApiHost.AdminToken(engine.Options, TimeProvider.System);
        var member = (string)(await Send(engine, engine.Keys.Tills["BRU"], "/v1/receipts", Sale("2011-05-12", "first")))["member"]!;
        var own = (string)(await Send(engine, admin, "/v1/tokens", new { member }))["token"]!;

        var desk = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1440, Height = 900 } });
        await desk.GotoAsync($"{engine.Url}desk?lang=en#token={admin}");
        await desk.GetByRole(AriaRole.Radio, new() { Name = "Neighbourhood challenge" }).CheckAsync();
        await desk.GetByRole(AriaRole.Checkbox, new() { Name = "Brussels" }).CheckAsync();
        await desk.GetByRole(AriaRole.Checkbox, new() { Name = "Antwerp" }).CheckAsync();

        // Too late: the field is named, and what to do about it.
        await desk.GetByLabel("First day").FillAsync("2011-05-01");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Launch the challenge" }).ClickAsync();
        await Assertions.Expect(desk.GetByText("Choose a date that is still to come.")).ToBeVisibleAsync();
        await desk.GetByLabel("First day").FillAsync("2011-05-13");
        await Assertions.Expect(desk.Locator(".reading[lang=nl]")).ToContainTextAsync("Winkel tegen winkel: Brussel en Antwerpen");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Launch the challenge" }).ClickAsync();
        await Assertions.Expect(desk.GetByText("is launched", new() { Exact = false })).ToBeVisibleAsync();
        await Assertions.Expect(desk.Locator(".run[data-phase=scheduled]")).ToContainTextAsync("Neighbourhood challenge");

        var phone = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 390, Height = 844 } });
        await phone.GotoAsync($"{engine.Url}challenge?id=defi-de-quartier&lang=fr#token={own}");
        await Assertions.Expect(phone.Locator(".countdown")).ToContainTextAsync("Commence dans");
        await Assertions.Expect(phone.Locator(".coupon")).ToContainTextAsync("100\u00A0points");

        await Send(engine, engine.Keys.Tills["BRU"], "/v1/receipts", Sale("2011-05-13", "second"));
        await Assertions.Expect(phone.Locator(".own-card .count")).ToContainTextAsync("1");
        await Assertions.Expect(phone.Locator(".link")).ToContainTextAsync("En direct");
        await Send(engine, engine.Keys.Tills["BRU"], "/v1/receipts", Sale("2011-05-14", "third"));
        await Assertions.Expect(phone.Locator(".own-card .count")).ToContainTextAsync("2");
        await Assertions.Expect(phone.Locator(".group[data-podium='1']")).ToContainTextAsync("Bruxelles");

        var screen = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1920, Height = 1080 } });
        await screen.GotoAsync($"{engine.Url}challenge?id=defi-de-quartier&kiosk=1&lang=nl#token={engine.Keys.Screen}");
        await Assertions.Expect(screen.Locator(".group[data-podium='1']")).ToContainTextAsync("Brussel");
    }

    private static object Sale(string date, string number) => new
    {
        type = "sale",
        store = "BRU",
        till = "1",
        businessDate = date,
        number,
        occurredAt = string.Create(CultureInfo.InvariantCulture, $"{date}T14:00:00+02:00"),
        card = "1001",
        currency = "GBP",
        total = 20m,
        lines = new[] { new { sku = "A", quantity = 1, unitPrice = 20m, amount = 20m } },
    };

    private static async Task<JsonNode> Send(WholeEngine engine, string token, string path, object body)
    {
        using var http = new HttpClient { BaseAddress = engine.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.PostAsJsonAsync(path, body);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
