using System.Globalization;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Gamification.Api.Hosting;
using Microsoft.Playwright;

namespace Gamification.Tests.EndToEnd;

/// <summary>A whole engine with its pages, and real browsers before it: what tests of pages begin with.</summary>
internal sealed class Shop : IAsyncDisposable
{
    private readonly DataFolder _folder;
    private readonly IPlaywright _playwright;
    private readonly IBrowser _browser;

    private Shop(DataFolder folder, WholeEngine engine, IPlaywright playwright, IBrowser browser)
    {
        (_folder, Engine, _playwright, _browser) = (folder, engine, playwright, browser);
        Admin = ApiHost.AdminToken(engine.Options, TimeProvider.System);
    }

    public WholeEngine Engine { get; }

    public string Admin { get; }

    /// <summary>Skips the test where there is no browser or no page; in CI it fails. The programme is one of <c>silo/Programmes</c>.</summary>
    public static async Task<Shop> Open(string programme = "demo.json")
    {
        var chromium = BrowserHere.Find();
        var folder = new DataFolder();
        var engine = await WholeEngine.Start(folder.Path, file: programme);
        var playwright = await Playwright.CreateAsync();
        return new(folder, engine, playwright, await playwright.Chromium.LaunchAsync(new() { ExecutablePath = chromium, Args = BrowserHere.Quiet }));
    }

    public Task<IPage> Phone(string path, string token) => Look(390, 844, path, token);

    public Task<IPage> Desk(string path, string token) => Look(1440, 900, path, token);

    /// <summary>By the shop's own screen token.</summary>
    public Task<IPage> Wall(string path) => Look(1920, 1080, path, Engine.Keys.Screen);

    /// <summary>The member's own token; the card's first sale makes it one.</summary>
    public async Task<string> Member(string date, string number, string card = "1001")
    {
        var member = (string)(await Sell(date, number, 20, card))["member"]!;
        return (string)(await Send(HttpMethod.Post, Admin, "/v1/tokens", new { member }))["token"]!;
    }

    /// <summary>A sale of one thing in Brussels, early in the afternoon.</summary>
    public Task<JsonNode> Sell(string date, string number, decimal total = 20, string card = "1001") => Send(HttpMethod.Post, Engine.Keys.Tills["BRU"], "/v1/receipts", new
    {
        type = "sale",
        store = "BRU",
        till = "1",
        businessDate = date,
        number,
        occurredAt = string.Create(CultureInfo.InvariantCulture, $"{date}T14:00:00+02:00"),
        card,
        currency = "GBP",
        total,
        lines = new[] { new { sku = "A", quantity = 1, unitPrice = total, amount = total } },
    });

    public async Task<JsonNode> Send(HttpMethod method, string token, string path, object body)
    {
        using var http = new HttpClient { BaseAddress = Engine.Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var request = new HttpRequestMessage(method, path) { Content = JsonContent.Create(body) };
        using var answer = await http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
    }

    /// <summary>A document as a marketer publishes it; in a replay it holds with the first sale from then on.</summary>
    public async Task Publish(string part, string document, string effectiveFrom)
    {
        await Send(HttpMethod.Put, Admin, $"/v1/programme/parts/{part}/draft", JsonNode.Parse(document)!);
        await Send(HttpMethod.Post, Admin, $"/v1/programme/parts/{part}/validate", new { });
        await Send(HttpMethod.Post, Admin, $"/v1/programme/parts/{part}/publish", new { effectiveFrom });
    }

    public async ValueTask DisposeAsync()
    {
        await _browser.CloseAsync();
        _playwright.Dispose();
        await Engine.DisposeAsync();
        _folder.Dispose();
    }

    private async Task<IPage> Look(int width, int height, string path, string token)
    {
        var page = await _browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        await page.GotoAsync($"{Engine.Url}{path}#token={token}");
        return page;
    }
}
