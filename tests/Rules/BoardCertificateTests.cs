using Gamification.Leaderboards;
using Gamification.Rules.Boards;
using Gamification.Rules.Challenges.Settlement;
using Gamification.Challenges;
using Gamification.Silo.Engine;

namespace Gamification.Tests.Rules;

public sealed class BoardCertificateTests
{
    private static readonly BoardId Board = BoardId.Parse("test|region:north|points|week|2026-W47");

    [Fact]
    public void A_certificate_is_read_as_it_is_written()
    {
        var certificate = Certificate(Row(1, 30, 5), Row(2, 20, 7));
        Assert.Equal(certificate.Text(), BoardCertificate.Parse(certificate.Text()).Text());
        Assert.Equal(certificate.Hash(), Sha256.Of(certificate.Text()));
        var replayed = certificate with { ReceivedBefore = null, Stores = null, Watermark = [] };
        Assert.Equal(replayed.Text(), BoardCertificate.Parse(replayed.Text()).Text());
        var measured = certificate with { Rules = new(7, 1_795_734_000_000) };
        Assert.Equal(measured.Terms, BoardCertificate.Parse(measured.Text()).Terms with { Watermark = measured.Watermark, Stores = measured.Stores });
        Assert.NotEqual(certificate.Hash(), measured.Hash());
    }

    [Fact]
    public void The_order_they_come_in_changes_nothing_and_anything_else_does()
    {
        var hash = Certificate(Row(1, 30, 5), Row(2, 20, 7)).Hash();
        Assert.Equal(hash, Certificate(Row(2, 20, 7), Row(1, 30, 5)).Hash());
        Assert.NotEqual(hash, Certificate(Row(1, 31, 5), Row(2, 20, 7)).Hash());
        Assert.NotEqual(hash, Certificate(Row(1, 30, 6), Row(2, 20, 7)).Hash());
        Assert.NotEqual(hash, Certificate(Row(1, 30, 5), Row(3, 20, 7)).Hash());
        Assert.NotEqual(hash, Certificate(Row(1, 30, 5), Row(2, 20, 7) with { IsHidden = true }).Hash());
    }

    [Fact]
    public void Those_to_be_seen_are_ranked_among_themselves_and_say_why_they_stand_so()
    {
        var standings = Frozen(Row(1, 30, 5), Row(2, 30, 4), Row(3, 40, 9) with { IsHidden = true }, Row(4, 10, 1), Row(5, 30, 5));
        var rows = SettledRows.Page(SettledRows.Seen(standings), 0, 10, _ => true);
        Assert.Equal(["1 1 2", "2 1 2", "3 1 2", "4 4 0"], rows.Select(row => $"{row.Place} {row.Rank} {row.TiedWith}"));
        Assert.Equal([null, OrderReason.ReachedAt, OrderReason.Draw, OrderReason.Score], rows.Select(row => row.OrderReason));
        Assert.Equal(Guid.Empty, SettledRows.Page(SettledRows.Seen(standings), 3, 1, _ => false).Single().Member.Value);
    }

    [Fact]
    public void A_window_closes_at_its_end_in_the_stores_zone_and_the_grace_after_it()
    {
        var programme = Receipts.Programme() with { Boards = new() { GraceHours = 2 } };
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.FromHours(1)), BoardClosing.Of(BoardId.Parse("test|programme|points|week|2026-W47"), programme));
        var tokyo = programme with { Stores = [programme.Stores[0] with { TimeZone = "Asia/Tokyo" }] };
        Assert.Equal(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.FromHours(9)), BoardClosing.Of(BoardId.Parse("test|store:BRU|points|week|2026-W47"), tokyo));
        Assert.Null(BoardClosing.Of(BoardId.Parse("test|programme|points|all|all"), programme));
        Assert.False(BoardClosing.IsSettled(BoardId.Parse("test|programme|posts|all|all")));
    }

    [Fact]
    public void The_boards_that_settle_by_themselves_are_over_and_of_what_everybody_is_ranked_by()
    {
        var today = new DateOnly(2026, 11, 25);
        var ended = BoardSettler.Ended(Receipts.Programme(), today).ToArray();
        Assert.All(ended, board => Assert.True(board.Window.To <= today));
        Assert.Equal(ended.Length, ended.Distinct().Count());
        Assert.Contains(BoardId.Parse("test|store:GNT|receipts|week|2026-W47"), ended);
        Assert.Contains(BoardId.Parse("test|programme|points|day|2026-11-24"), ended);
        Assert.DoesNotContain(ended, board => board.Metric == BoardMetric.Spend);
    }

    private static FrozenRow Row(byte member, long score, long at)
    {
        var id = new Guid(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, member);
        return new(new SlotHash(Board.ToString()).Of(id), id, 0, 0, score, at, 0, false);
    }

    private static FrozenStandings Frozen(params FrozenRow[] rows) => FrozenStandings.Of(new Individually(), rows);

    private static BoardCertificate Certificate(params FrozenRow[] rows) => BoardCertificate.Of(new(Board, ["GNT", "OST"], 1_795_734_000_000, [new(0, 17), new(1, 4)]), Frozen(rows));
}
