using Gamification.Journal;
using Gamification.Recognition;
using Gamification.Rules.Vip;

namespace Gamification.Tests.Rules.Recognition;

public sealed class VipTests
{
    private static readonly DateOnly Start = new(2026, 1, 31);

    private static readonly VipPlan Monthly = new() { Id = "club", Name = Drawn.Named("Club"), Price = 499, Months = 1, Perks = [new() { Id = "delivery", Name = Drawn.Named("Delivery") }] };
    private static readonly VipPlan Annual = Monthly with { Id = "year", Price = 4800, Months = 12 };

    [Fact]
    public void Terms_follow_each_other_without_drifting_from_the_day_they_began()
    {
        var member = VipRulings.Start(null, Monthly, "p1", 499, Start).Membership!;
        Assert.Equal(new DateOnly(2026, 2, 28).DayNumber, member.PaidUntil);
        var renewed = VipRulings.Renew(member, Monthly, "p2", 499, new(2026, 2, 27)).Membership!;
        Assert.Equal((new DateOnly(2026, 3, 31).DayNumber, 998L), (renewed.PaidUntil, renewed.Paid));
        Assert.Equal(renewed, VipRulings.Renew(renewed, Monthly, "p2", 499, new(2026, 2, 27)).Membership);
        Assert.Equal("wrong-amount", VipRulings.Renew(renewed, Monthly, "p3", 500, new(2026, 2, 27)).Refusal?.Code);
        Assert.Equal("already-member", VipRulings.Start(renewed, Monthly, "p3", 499, new(2026, 2, 27)).Refusal?.Code);
    }

    [Fact]
    public void A_failed_payment_leaves_the_perks_for_the_grace_and_a_late_one_closes_the_gap()
    {
        var failed = VipRulings.FailPayment(VipRulings.Start(null, Monthly, "p1", 499, Start).Membership!, Monthly).Membership!;
        int[] days = [27, 28, 34, 35];
        Assert.Equal([VipStatus.Active, VipStatus.Grace, VipStatus.Grace, VipStatus.Ended], days.Select(day => failed.StatusOn(new DateOnly(2026, 2, 1).AddDays(day - 1))));
        var paid = VipRulings.Renew(failed, Monthly, "p2", 499, new(2026, 3, 6)).Membership!;
        Assert.Equal(VipStatus.Active, paid.StatusOn(new(2026, 3, 30)));
        Assert.Equal("not-running", VipRulings.Renew(failed, Monthly, "p2", 499, new(2026, 3, 7)).Refusal?.Code);
    }

    [Fact]
    public void A_cancelled_membership_lasts_as_long_as_it_is_paid()
    {
        var cancelled = VipRulings.Cancel(VipRulings.Start(null, Monthly, "p1", 499, Start).Membership!, Start.AddDays(1)).Membership!;
        Assert.Equal((VipStatus.Cancelled, VipStatus.Ended), (cancelled.StatusOn(new(2026, 2, 27)), cancelled.StatusOn(new(2026, 2, 28))));
        Assert.Equal("not-running", VipRulings.Cancel(cancelled, Start.AddDays(2)).Refusal?.Code);
        Assert.NotNull(VipRulings.Start(cancelled, Monthly, "p2", 499, new(2026, 2, 28)).Membership);
    }

    [Theory]
    [InlineData("2026-02-13", 4800)]
    [InlineData("2026-02-14", 4400)]
    [InlineData("2026-07-31", 2400)]
    [InlineData("2026-08-01", 2000)]
    [InlineData("2027-01-15", 0)]
    public void A_refund_is_full_at_first_and_then_by_whole_months_left(string on, long amount)
    {
        var day = DateOnly.ParseExact(on, "yyyy-MM-dd", null);
        var member = VipRulings.Start(null, Annual, "p1", 4800, Start).Membership!;
        var ruling = VipRulings.Refund(member, Annual, "p1", day);
        Assert.Equal((amount, amount == 0 ? "nothing-left" : null), (ruling.Refund, ruling.Refusal?.Code));
        if (amount == 0) return;
        Assert.Equal((VipStatus.Ended, 4800 - amount), (ruling.Membership!.StatusOn(day), ruling.Membership.Paid));
        Assert.Equal("already-refunded", VipRulings.Refund(ruling.Membership, Annual, "p1", day).Refusal?.Code);
    }

    [Fact]
    public void Perks_are_counted_against_the_price_and_returns_take_them_off()
    {
        var member = VipRulings.Start(null, Monthly, "p1", 499, Start).Membership!;
        var used = VipRulings.Use(VipRulings.Use(member, 600, Start).Membership!, -100, new(2026, 5, 1)).Membership!;
        Assert.Equal((500L, 499L), (used.Saved, used.Paid));
        Assert.Equal("not-entitled", VipRulings.Use(member, 600, new(2026, 5, 1)).Refusal?.Code);
        Assert.Equal(System.Text.Json.JsonSerializer.Serialize(used, RecognitionJson.Default.VipMembership), System.Text.Json.JsonSerializer.Serialize(Drawn.Reread(used, RecognitionJson.Default.VipMembership), RecognitionJson.Default.VipMembership));
    }
}
