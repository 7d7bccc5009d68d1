using Microsoft.Playwright;

namespace Gamification.Tests.EndToEnd;

/// <summary>A member's own account, in a real browser before a whole engine with the rules of the example supermarket.</summary>
public sealed class MePageTests
{
    [Fact]
    public async Task A_balance_moves_after_a_receipt_and_says_why_in_the_readers_language()
    {
        await using var shop = await Shop.Open("supermarket/programme.json");
        var own = await shop.Member("2011-05-10", "first");

        // For joining 20, for the first purchase 50 and for 20 pounds 20; all of it waits 14 days, in which goods may come back.
        var phone = await shop.Phone("me?lang=en", own);
        await Assertions.Expect(phone.Locator(".balance-count")).ToContainTextAsync("0 points to spend");
        await Assertions.Expect(phone.Locator(".balance-facts")).ToContainTextAsync("90 pending, from 24 May 2011");

        await shop.Sell("2011-05-26", "second", total: 30);
        await Assertions.Expect(phone.Locator(".balance-count")).ToContainTextAsync("90 points to spend");
        await Assertions.Expect(phone.Locator(".balance-facts")).ToContainTextAsync("30 pending");
        var movement = phone.Locator(".movement").Filter(new() { HasText = "26 May 2011" });
        await Assertions.Expect(movement).ToContainTextAsync("Purchase, Brussels");
        await Assertions.Expect(movement).ToContainTextAsync("+30");

        await movement.GetByRole(AriaRole.Button, new() { Name = "Why these points?" }).ClickAsync();
        await Assertions.Expect(movement).ToContainTextAsync("30 points. On a purchase: 1 point for every £1 spent.");
        await phone.GetByRole(AriaRole.Radio, new() { Name = "Nederlands" }).CheckAsync();
        await Assertions.Expect(phone.Locator(".movement").Filter(new() { HasText = "26 mei 2011" })).ToContainTextAsync("30 punten. Bij een aankoop: 1 punt per £ 1 aankoop.");
    }

    [Fact]
    public async Task A_reward_is_set_aside_shown_as_a_code_given_back_and_kept_for_later()
    {
        await using var shop = await Shop.Open("supermarket/programme.json");
        var own = await shop.Member("2011-05-10", "first");
        await shop.Sell("2011-05-10", "big", total: 300);
        await shop.Sell("2011-05-26", "second");

        // 90 for the first, 300 for the big one and 25 for its size.
        var phone = await shop.Phone("me?lang=en", own);
        await Assertions.Expect(phone.Locator(".balance-count")).ToContainTextAsync("415 points to spend");
        var coffee = phone.Locator(".offer").Filter(new() { HasText = "A coffee" });
        await coffee.GetByRole(AriaRole.Button, new() { Name = "Choose" }).ClickAsync();
        await coffee.GetByRole(AriaRole.Button, new() { Name = "Use it now" }).ClickAsync();
        var held = phone.Locator(".voucher[data-state=held]");
        await Assertions.Expect(held.GetByRole(AriaRole.Img, new() { Name = "Code to scan" })).ToBeVisibleAsync();
        await Assertions.Expect(phone.Locator(".balance-facts")).ToContainTextAsync("150 set aside for a reward");
        await Assertions.Expect(phone.Locator(".redeemed")).ToHaveTextAsync("“A coffee” is set aside for you.");

        await held.GetByRole(AriaRole.Button, new() { Name = "Give it back" }).ClickAsync();
        await Assertions.Expect(held).ToHaveCountAsync(0);
        await Assertions.Expect(phone.Locator(".redeemed")).ToBeEmptyAsync();
        await Assertions.Expect(phone.Locator(".balance-count")).ToContainTextAsync("415 points to spend");

        await coffee.GetByRole(AriaRole.Button, new() { Name = "Choose" }).ClickAsync();
        await coffee.GetByRole(AriaRole.Button, new() { Name = "Keep it for later" }).ClickAsync();
        await Assertions.Expect(phone.Locator(".voucher[data-state=ready]").Filter(new() { HasText = "A coffee" })).ToContainTextAsync("Yours, valid up to and including");
        await Assertions.Expect(phone.Locator(".balance-count")).ToContainTextAsync("265 points to spend");
    }

    [Fact]
    public async Task A_newcomer_is_welcomed_and_who_is_no_member_is_told_so()
    {
        await using var shop = await Shop.Open();
        var member = (string)(await shop.Send(HttpMethod.Post, shop.Admin, "/v1/members", new { card = "1001" }))["member"]!;
        var token = (string)(await shop.Send(HttpMethod.Post, shop.Admin, "/v1/tokens", new { member }))["token"]!;

        var phone = await shop.Phone("me?lang=fr", token);
        await Assertions.Expect(phone.Locator(".welcome")).ToContainTextAsync("vos premiers points arrivent ici aussitôt");
        await shop.Sell("2011-05-10", "first");
        await Assertions.Expect(phone.Locator(".balance-count")).ToContainTextAsync("20 points à utiliser");
        await Assertions.Expect(phone.Locator(".welcome")).ToHaveCountAsync(0);

        var wall = await shop.Wall("me?lang=en");
        await Assertions.Expect(wall.GetByRole(AriaRole.Alert)).ToContainTextAsync("This link opens no account.");
    }
}
