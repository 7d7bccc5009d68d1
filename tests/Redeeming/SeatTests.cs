using System.Net;
using Gamification.Rewards;
using static Gamification.Tests.Api.EdgeUnderTest;
using static Gamification.Tests.Redeeming.RewardEdge;

namespace Gamification.Tests.Redeeming;

/// <summary>A workshop with one seat, a waiting list and a holder who does not come, over HTTP (spec B8).</summary>
public sealed class SeatTests(RewardEdge edge) : IClassFixture<RewardEdge>
{
    [Fact]
    public async Task A_seat_goes_from_hand_to_hand_and_an_empty_one_is_remembered()
    {
        var starts = edge.Clock.GetUtcNow().AddHours(24.5);
        await edge.Publish(RedeemHost.Reward("talk", new WorkshopReward { StartsAt = starts, WaitingMax = 2, NoShowDays = 30 }, 100) with { Stock = 1 });
        var (_, anna) = await edge.Member(edge.Card(), 500);
        var (_, bob) = await edge.Member(edge.Card(), 500);

        var seat = await edge.Redeem(anna, "a", "talk");
        Assert.Equal(("booked", 400L), ((string)seat["state"]!, await Balance(anna)));
        await edge.RefusedRedeem(bob, "a", "talk", "sold-out");
        var waiting = await edge.Redeem(bob, "b", "talk", ", \"wait\": true");
        Assert.Equal(("waiting", 1, 500L), ((string)waiting["state"]!, (int)waiting["place"]!, await Balance(bob)));
        Assert.Equal("still-waiting", (string)(await Step(bob, waiting, "confirm", HttpStatusCode.UnprocessableEntity))["errors"]![0]!["code"]!);

        Assert.Equal("returned", (string)(await Step(anna, seat, "cancel"))["state"]!);
        Assert.Equal(500, await Balance(anna));
        Assert.Equal("offered", (string)(await Read(await bob.GetAsync($"/v1/members/me/redemptions/{waiting["id"]}"), HttpStatusCode.OK))["state"]!);
        var booked = await Step(bob, waiting, "confirm");
        Assert.Equal(("booked", 400L), ((string)booked["state"]!, await Balance(bob)));

        edge.Clock.Advance(TimeSpan.FromMinutes(45));
        Assert.Equal("too-late-to-cancel", (string)(await Step(bob, booked, "cancel", HttpStatusCode.UnprocessableEntity))["errors"]![0]!["code"]!);
        var stock = await Read(await edge.Admin.GetAsync("/v1/rewards/talk/stock"), HttpStatusCode.OK);
        var booking = (string)Assert.Single(stock["booked"]!.AsArray())!;
        var ticked = await Read(await edge.Admin.PostAsync($"/v1/bookings/{booking}/attendance", Json("""{ "came": false }""")), HttpStatusCode.OK);
        Assert.Equal("no-show", (string)ticked["state"]!);
        Assert.True((bool)(await Read(await edge.Admin.PostAsync($"/v1/bookings/{booking}/attendance", Json("""{ "came": true }""")), HttpStatusCode.OK))["replayed"]!);
        Assert.Equal(400, await Balance(bob));

        await edge.Publish(RedeemHost.Reward("talk", new WorkshopReward { StartsAt = starts.AddDays(5), WaitingMax = 2, NoShowDays = 30 }, 100) with { Stock = 5 });
        await edge.RefusedRedeem(bob, "c", "talk", "no-show");
        await edge.Redeem(anna, "c", "talk");
    }
}
