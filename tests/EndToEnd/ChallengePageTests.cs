using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace Gamification.Tests.EndToEnd;

/// <summary>A marketer at a desk, a member with a phone and a screen in a store, in a real browser.</summary>
public sealed class ChallengePageTests
{
    private const string Teams = """
        { "challenge": { "id": "teams", "version": 1, "name": { "fr": "Équipes", "nl": "Ploegen", "en": "Teams" }, "window": { "from": "2011-05-12", "until": "2011-05-15" }, "audience": { "optIn": true },
          "by": { "kind": "teams", "teams": [ { "id": "bees", "name": { "fr": "Les Abeilles", "nl": "De Bijen", "en": "The Bees" } }, { "id": "cooks", "name": { "fr": "Les Cuistots", "nl": "De Koks", "en": "The Cooks" } } ] },
          "goal": { "kind": "count", "target": 5, "of": { "on": ["sale"] } }, "prizes": { "ranks": [ { "through": 1, "gift": { "points": 100 } } ] } } }
        """;

    [Fact]
    public async Task A_challenge_launched_by_clicks_shows_a_member_its_progress_as_receipts_come()
    {
        await using var shop = await Shop.Open();
        var own = await shop.Member("2011-05-12", "first");

        var desk = await shop.Desk("desk?lang=en", shop.Admin);
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

        var phone = await shop.Phone("challenge?id=defi-de-quartier&lang=fr", own);
        await Assertions.Expect(phone.Locator(".countdown")).ToContainTextAsync("Commence dans");
        await Assertions.Expect(phone.Locator(".coupon")).ToContainTextAsync("100\u00A0points");

        await shop.Sell("2011-05-13", "second");
        await Assertions.Expect(phone.Locator(".own-card .count")).ToContainTextAsync("1");
        await Assertions.Expect(phone.Locator(".link")).ToContainTextAsync("En direct");
        await shop.Sell("2011-05-14", "third");
        await Assertions.Expect(phone.Locator(".own-card .count")).ToContainTextAsync("2");
        await Assertions.Expect(phone.Locator(".group[data-podium='1']")).ToContainTextAsync("Bruxelles");

        var screen = await shop.Wall("challenge?id=defi-de-quartier&kiosk=1&lang=nl");
        await Assertions.Expect(screen.Locator(".group[data-podium='1']")).ToContainTextAsync("Brussel");
    }

    [Fact]
    public async Task A_member_chooses_a_team_and_a_marketer_changes_the_challenge_while_it_runs()
    {
        await using var shop = await Shop.Open();
        var own = await shop.Member("2011-05-11", "first");
        await shop.Send(HttpMethod.Put, shop.Admin, "/v1/challenges/teams", JsonNode.Parse(Teams)!);
        await shop.Send(HttpMethod.Post, shop.Admin, "/v1/challenges/teams/commands", new { command = "schedule" });
        await shop.Sell("2011-05-12", "second", card: "1002");

        var phone = await shop.Phone("challenge?id=teams&lang=en", own);
        await phone.GetByRole(AriaRole.Button, new() { Name = "Count me in" }).ClickAsync();
        await Assertions.Expect(phone.GetByRole(AriaRole.Alert)).ToContainTextAsync("Choose your team first.");
        await phone.GetByLabel("Your team").SelectOptionAsync("The Bees");
        await phone.GetByRole(AriaRole.Button, new() { Name = "Count me in" }).ClickAsync();
        await Assertions.Expect(phone.Locator(".take.joined")).ToContainTextAsync("The Bees");
        await shop.Sell("2011-05-12", "third");
        await Assertions.Expect(phone.Locator(".group[data-podium='1']")).ToContainTextAsync("The Bees");
        var wall = await shop.Wall("challenge?id=teams&kiosk=1&lang=nl");
        await Assertions.Expect(wall.Locator(".group[data-podium='1']")).ToContainTextAsync("De Bijen");

        // A later end widens and holds as it is; a higher goal takes something away and needs a version with its reason.
        var desk = await shop.Desk("desk?lang=en", shop.Admin);
        await desk.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        await desk.GetByLabel("Last day").FillAsync("2011-05-20");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(desk.Locator(".run-said")).ToContainTextAsync("Changed.");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Change" }).ClickAsync();
        await desk.GetByRole(AriaRole.Spinbutton, new() { Name = "Goal" }).FillAsync("6");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Save" }).ClickAsync();
        await Assertions.Expect(desk.GetByText("Say why, and it becomes version 2", new() { Exact = false })).ToBeVisibleAsync();
        foreach (var language in new[] { "Français", "Nederlands", "English" }) await desk.GetByRole(AriaRole.Textbox, new() { Name = language }).FillAsync($"Why, {language}");
        await desk.GetByRole(AriaRole.Button, new() { Name = "Publish version 2" }).ClickAsync();
        await Assertions.Expect(phone.Locator(".changed")).ToContainTextAsync("Why, English");
        await Assertions.Expect(phone.Locator(".about")).ToContainTextAsync("20 May 2011");
    }
}
