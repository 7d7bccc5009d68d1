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
        await using var shop = await Shop.Open();
        var own = await shop.Member("2011-05-10", "first");
        await shop.Publish("impact", Factors, "2011-05-11T06:00:00+02:00");
        await shop.Publish("leagues", Leagues, "2011-05-11T06:00:00+02:00");
        await shop.Sell("2011-05-11", "second");

        var phone = await shop.Phone("impact?lang=en", own);
        await Assertions.Expect(phone.Locator(".impact-card .figures")).ToContainTextAsync("4 meals");
        await Assertions.Expect(phone.Locator(".impact-card .sources")).ToContainTextAsync("Source: Ministry, Table (2011) — example figure");
        await phone.GetByRole(AriaRole.Button, new() { Name = "I play" }).ClickAsync(new() { Timeout = 60_000 });
        await Assertions.Expect(phone.Locator(".place[data-own]")).ToContainTextAsync("You");
        await Assertions.Expect(phone.Locator(".league")).ToContainTextAsync("The week ends on Sunday 15 May at midnight.");

        await shop.Sell("2011-05-12", "third");
        await Assertions.Expect(phone.Locator(".impact-card .figures")).ToContainTextAsync("6 meals");
        var wall = await shop.Wall("impact?kiosk=1&lang=nl");
        await Assertions.Expect(wall.Locator(".impact-tiles")).ToContainTextAsync("Maaltijden");
        await Assertions.Expect(wall.Locator(".sum-total")).ToContainTextAsync("6");
    }
}
