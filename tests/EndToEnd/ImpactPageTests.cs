using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gamification.Api.Hosting;
using Microsoft.Playwright;

namespace Gamification.Tests.EndToEnd;

/// <summary>A member's phone and a shop's wall, in a real browser before a whole engine: factors and a league are published while it runs.</summary>
public sealed class ImpactPageTests
{
    private const string Factors = """
        { "counters": [ { "id": "meals", "name": { "fr": "Repas", "nl": "Maaltijden", "en": "Meals saved" }, "unit": { "fr": "repas", "nl": "maaltijden", "en": "meals" } } ],
          "factors": [ { "id": "meal", "version": 1, "counter": "meals", "on": ["sale"], "millionths": 2000000, "from": "2011-01-01",
            "source": { "publisher": "Ministry", "title": "Table", "url": "https://example.org/factors", "published": "2011-01-01", "example": true } } ] }
        """;

    private const string Leagues = """
        { "leagues": [ { "id": "friends", "name": { "fr": "Amis", "nl": "Vrienden", "en": "Friends" }, "divisions": [ { "fr": "Bronze", "nl": "Brons", "en": "Bronze" } ], "efforts": [ { "on": "sale", "weight": 3, "perDay": 5 } ] } ] }
        """;

    [Fact]
    public async Task A_purchase_shows_on_the_phone_on_the_wall_and_in_the_league()
    {
        if (BrowserHere.Find() is not { } chromium) return;
        using var folder = new DataFolder();
        await using var engine = await WholeEngine.Start(folder.Path);
        using var playwright = await Playwright.CreateAsync();
        await using var browser = await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = BrowserHere.Quiet });
        var admin = ApiHost.AdminToken(engine.Options, TimeProvider.System);
        var member = (string)(await Send(engine, HttpMethod.Post, engine.Keys.Tills["BRU"], "/v1/receipts", Sale("2011-05-10", "first")))["member"]!;
        var own = (string)(await Send(engine, HttpMethod.Post, admin, "/v1/tokens", new { member }))["token"]!;
        await Publish(engine, admin, "impact", Factors);
        await Publish(engine, admin, "leagues", Leagues);
        await Send(engine, HttpMethod.Post, engine.Keys.Tills["BRU"], "/v1/receipts", Sale("2011-05-11", "second"));

        var phone = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 390, Height = 844 } });
        await phone.GotoAsync($"{engine.Url}impact?lang=en#token={own}");
        await Assertions.Expect(phone.Locator(".impact-card .figures")).ToContainTextAsync("4 meals");
        await Assertions.Expect(phone.Locator(".impact-card .sources")).ToContainTextAsync("Source: Ministry, Table (2011) — example figure");
        await phone.GetByRole(AriaRole.Button, new() { Name = "I play" }).ClickAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(phone.Locator(".place[data-own]")).ToContainTextAsync("You");

        await Send(engine, HttpMethod.Post, engine.Keys.Tills["BRU"], "/v1/receipts", Sale("2011-05-12", "third"));
        await Assertions.Expect(phone.Locator(".impact-card .figures")).ToContainTextAsync("6 meals");
        var wall = await browser.NewPageAsync(new() { ViewportSize = new() { Width = 1920, Height = 1080 } });
        await wall.GotoAsync($"{engine.Url}impact?kiosk=1&lang=nl#token={engine.Keys.Screen}");

        // One member is not everybody: what it came to is told to itself alone.
        await Assertions.Expect(wall.Locator(".impact-tiles")).ToContainTextAsync("Nog te weinig mensen");
        for (var other = 2; other <= 10; other++) await Send(engine, HttpMethod.Post, engine.Keys.Tills["BRU"], "/v1/receipts", Sale("2011-05-12", $"of-{other}", card: $"20{other:00}"));
        await Assertions.Expect(wall.Locator(".impact-tiles")).ToContainTextAsync("Maaltijden");
        await Assertions.Expect(wall.Locator(".sum-total")).ToContainTextAsync("24");
    }

    /// <summary>The business time of a replay is that of its newest receipt: what is published holds a minute later, with the next one.</summary>
    private static async Task Publish(WholeEngine engine, string admin, string part, string document)
    {
        await Send(engine, HttpMethod.Put, admin, $"/v1/programme/parts/{part}/draft", JsonNode.Parse(document)!);
        await Send(engine, HttpMethod.Post, admin, $"/v1/programme/parts/{part}/validate", new { });
        await Send(engine, HttpMethod.Post, admin, $"/v1/programme/parts/{part}/publish", new { effectiveFrom = "2011-05-11T06:00:00+02:00" });
    }

    private static object Sale(string date, string number, string card = "1001") => new
    {
        type = "sale", store = "BRU", till = "1", businessDate = date, number, occurredAt = string.Create(CultureInfo.InvariantCulture, $"{date}T14:00:00+02:00"), card, currency = "GBP", total = 20m,
        lines = new[] { new { sku = "A", quantity = 1, unitPrice = 20m, amount = 20m } },
    };

    private static async Task<JsonNode> Send(WholeEngine engine, HttpMethod method, string token, string path, object body)
    {
        using var http = new HttpClient { BaseAddress = engine.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var answer = await http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }
}
