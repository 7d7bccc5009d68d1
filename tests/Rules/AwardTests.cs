using Gamification.Programmes;
using Gamification.Rules;

namespace Gamification.Tests.Rules;

public sealed class AwardTests
{
    [Theory]
    [InlineData(0, 0)]
    [InlineData(99, 0)]
    [InlineData(100, 1)]
    [InlineData(199, 1)]
    [InlineData(13912, 139)]
    [InlineData(-500, 0)]
    public void One_point_for_each_whole_unit_floored_once(long netSpend, long points) => Assert.Equal(points, Award.PointsFor(netSpend, 100));

    [Fact]
    public void A_line_that_alone_is_below_a_unit_still_adds_up_with_the_others()
    {
        var receipt = Receipts.Sale("1", Receipts.Line("A", 1, 0.60m), Receipts.Line("B", 1, 0.60m));
        Assert.Equal(1, Award.PointsFor(NetSpend.Of(receipt, new()), 100));
        Assert.Equal([1, 0], Award.Attribute(1, receipt.Lines.AsSpan(), new()));
    }

    [Fact]
    public void Line_attributions_always_add_up_to_the_receipts_points()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var lines = Enumerable.Range(0, random.Next(1, 40))
                .Select(i => Receipts.Line($"S{i}", random.Next(-2, 6), random.Next(0, 5000) / 100m))
                .ToArray();
            var receipt = Receipts.Sale("1", lines);
            var points = Award.PointsFor(NetSpend.Of(receipt, new()), 100);
            var shares = Award.Attribute(points, receipt.Lines.AsSpan(), new());
            Assert.True(shares.Sum() == points, $"seed {seed}: {shares.Sum()} of {points}");
            Assert.All(shares, share => Assert.True(share >= 0, $"seed {seed}"));
        }
    }

    [Fact]
    public void A_share_never_strays_a_whole_point_from_its_exact_proportion()
    {
        var receipt = Receipts.Sale("1", Receipts.Line("A", 3, 9.99m), Receipts.Line("B", 1, 100m), Receipts.Line("C", 7, 1.05m));
        var points = Award.PointsFor(receipt.Total, 100);
        var shares = Award.Attribute(points, receipt.Lines.AsSpan(), new());
        for (var i = 0; i < shares.Length; i++)
            Assert.InRange(shares[i] - ((double)points * receipt.Lines[i].Amount / receipt.Total), -1, 1);
    }

    [Fact]
    public void Deposits_vouchers_services_and_paid_points_earn_nothing_by_default()
    {
        var receipt = Receipts.Sale("1", Receipts.Line("A", 1, 10m)) with { PaidWithPoints = 300 };
        receipt = receipt with
        {
            Lines = receipt.Lines.AddRange(
                Receipts.Line("D", 1, 2m) with { Kind = LineKind.Deposit },
                Receipts.Line("V", 1, 50m) with { Kind = LineKind.Voucher },
                Receipts.Line("S", 1, 5m) with { Kind = LineKind.Service }),
        };
        Assert.Equal(700, NetSpend.Of(receipt, new()));
        Assert.Equal(6700, NetSpend.Of(receipt, new() { Deposits = true, Vouchers = true, Services = true, PaidWithPoints = true }));
    }

    [Fact]
    public void Tax_can_be_left_out()
    {
        var receipt = Receipts.Sale("1", Receipts.Line("A", 1, 12.10m) with { Vat = 210 });
        Assert.Equal(1000, NetSpend.Of(receipt, new NetSpendSettings { Vat = false }));
    }

    [Fact]
    public void The_preview_is_the_award()
    {
        var settings = Receipts.Programme();
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new Random(seed);
            var receipt = Receipts.Sale("1", [.. Enumerable.Range(0, random.Next(1, 9)).Select(i => Receipts.Line($"S{i}", random.Next(1, 6), random.Next(1, 3000) / 100m))]);
            var account = new PureAccount(settings);
            Assert.Equal(account.Post(receipt)[0].Points, Account.Preview(AccountState.Empty, receipt, Receipts.Context(settings)).Points);
        }
    }

    [Theory]
    [InlineData(AccountKind.Member, ReceiptFlags.SuspectDuplicate)]
    [InlineData(AccountKind.HeldCard, ReceiptFlags.SuspectDuplicate)]
    [InlineData(AccountKind.Till, ReceiptFlags.None)]
    public void The_same_amount_again_within_two_minutes_is_suspect_on_a_card_and_not_among_strangers(AccountKind kind, ReceiptFlags flags)
    {
        var account = new PureAccount(Receipts.Programme(), kind);
        account.Post(Receipts.Sale("1", 10m));
        var second = (Members.ReceiptPosted)account.Post(Receipts.Sale("2", 10m).At(Receipts.Noon.AddSeconds(120)))[0];
        Assert.Equal(flags, second.Receipt.Flags);
    }
}
