using System.Collections.Immutable;
using System.Net;
using System.Text.Json.Nodes;
using Gamification.Rewards;
using Gamification.Rules.Rewards;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Redeeming;

/// <summary>A till that fetched the keys and lost its network.</summary>
public sealed class OfflineTillTests(RewardEdge edge) : IClassFixture<RewardEdge>
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    [Fact]
    public async Task It_trusts_what_is_paid_for_through_a_rotation_and_not_what_may_time_out_or_was_given_back()
    {
        await edge.Publish(RedeemHost.Reward("five", new DiscountReward { Amount = 500 }, 10), RedeemHost.Mug(points: 10, perMember: 9));
        var (_, client) = await edge.Member(edge.Card(), 500);
        var held = await edge.Redeem(client, "a", "five");
        var kept = await edge.Redeem(client, "b", "five", ", \"keep\": true");
        var mug = await edge.Redeem(client, "c", "mug", ", \"keep\": true");

        var trust = await Trust();
        Assert.Equal(VoucherVerdict.Untrusted, Check(held, trust).Verdict);
        var (verdict, voucher) = Check(kept, trust);
        Assert.Equal((VoucherVerdict.Genuine, VoucherKind.Discount, 500u, "EUR", new DateOnly(2027, 2, 19)), (verdict, voucher!.Kind, voucher.Amount, voucher.Currency, voucher.ValidThrough));
        Assert.Equal(2u, Check(mug, trust).Voucher!.Amount);
        Assert.Equal(VoucherVerdict.Expired, Vouchers.Check((string)kept["voucher"]!, trust, new(2027, 2, 20)).Verdict);

        var rotated = await Read(await edge.Admin.PostAsync("/v1/vouchers/keys", Json("""{ "current": 1 }""")), HttpStatusCode.OK);
        await Read(await edge.Admin.PostAsync("/v1/vouchers/keys", Json("""{ "current": 1 }""")), HttpStatusCode.OK);
        Assert.Equal(2, rotated["keys"]!.AsArray().Count);
        await Read(await edge.AtTill("void", mug), HttpStatusCode.OK);
        edge.Clock.Advance(TimeSpan.FromSeconds(10));

        trust = await Trust();
        Assert.Equal([1, 2], trust.Keys.Select(key => (int)key.Id));
        var signedNow = await edge.Redeem(client, "d", "five", ", \"keep\": true");
        Assert.Equal((VoucherVerdict.Genuine, (byte)2), (Check(signedNow, trust).Verdict, Check(signedNow, trust).Voucher!.Key));
        Assert.Equal(VoucherVerdict.Genuine, Check(kept, trust).Verdict);
        Assert.Equal(VoucherVerdict.Revoked, Check(mug, trust).Verdict);

        // It took the old one yesterday and reports today.
        edge.Clock.Advance(TimeSpan.FromDays(1));
        var late = await edge.Till.PostAsync("/v1/vouchers/use", Json($$"""{ "voucher": "{{kept["voucher"]}}", "use": "t-1", "date": "2026-11-21" }"""));
        Assert.Equal("used", (string)(await Read(late, HttpStatusCode.OK))["state"]!);
    }

    private static (VoucherVerdict Verdict, Voucher? Voucher) Check(JsonObject redemption, VoucherTrust trust) => Vouchers.Check((string)redemption["voucher"]!, trust, Today);

    private async Task<VoucherTrust> Trust()
    {
        var list = await Read(await edge.Till.GetAsync("/v1/vouchers/keys"), HttpStatusCode.OK);
        return new()
        {
            Programme = (uint)list["programme"]!,
            Keys = [.. list["keys"]!.AsArray().Select(key => new VoucherKey((byte)(int)key!["number"]!, Convert.FromBase64String((string)key["publicKey"]!), DateOnly.Parse((string)key["validThrough"]!, System.Globalization.CultureInfo.InvariantCulture)))],
            Revoked = [.. list["revoked"]!.AsArray().Select(id => EntitlementId.Parse((string)id!).Value)],
        };
    }
}
