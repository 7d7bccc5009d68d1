using System.Collections.Immutable;
using System.Text;
using Gamification.Leaderboards;
using Gamification.Live;

namespace Gamification.Tests.Redis;

/// <summary>Notices as bytes, and what is not taken for one.</summary>
public sealed class NoticeBytesTests
{
    private static readonly BoardId Board = BoardId.Parse("demo|store:BRU|points|week|2011-W19");
    private static readonly DateTimeOffset At = new(2011, 5, 12, 10, 0, 0, TimeSpan.FromHours(2));

    [Fact]
    public void What_is_read_is_what_was_written()
    {
        var row = new BoardRow(new(Guid.CreateVersion7(At)), 2, 1, 1, 42, At, OrderReason.Draw);
        var view = new BoardView(Board, "7-1", 9, 2, [row with { OrderReason = null, Place = 1 }, row], At);
        var read = Assert.IsType<Notice.OfBoard>(NoticeBytes.Read(NoticeBytes.Write(new Notice.OfBoard(view))));
        Assert.Equal(view with { Rows = [] }, read.View with { Rows = [] });
        Assert.Equal<BoardRow>(view.Rows, read.View.Rows);

        var account = new Notice.OfAccount("demo", row.Member, new(3, 40, 50, 2));
        Assert.Equal(account, NoticeBytes.Read(NoticeBytes.Write(account)));
        Assert.Equal(account with { Numbers = null }, NoticeBytes.Read(NoticeBytes.Write(account with { Numbers = null })));
    }

    /// <summary>Kept as a build wrote it: a host of the version before must be understood.</summary>
    [Fact]
    public void A_stored_notice_is_still_understood()
    {
        const string stored = """
            {"board":{"board":"demo|programme|points|all|all","streamId":"1-2","version":3,"size":1,"rows":[{"member":"0193b0c0a1b27c3d8e4f5a6b7c8d9e0f","place":1,"rank":1,"tiedWith":0,"score":5,"reachedAt":"2011-05-12T10:00:00+02:00"}],"later":true}}
            """;
        var notice = Assert.IsType<Notice.OfBoard>(NoticeBytes.Read(Encoding.UTF8.GetBytes(stored)));
        Assert.Equal((3, 5, new NoticeTopic("demo", "board:programme|points|all|all")), (notice.View.Version, notice.View.Rows.Single().Score, notice.Topic));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{}")]
    [InlineData("{\"board\":{}}")]
    [InlineData("{\"board\":{\"board\":\"demo|nonsense\",\"streamId\":\"s\",\"rows\":[]}}")]
    [InlineData("{\"board\":{\"board\":7,\"streamId\":\"s\",\"rows\":[]}}")]
    [InlineData("{\"board\":{\"board\":\"demo|programme|points|all|all\",\"streamId\":\"s\"}}")]
    [InlineData("{\"board\":{\"board\":\"demo|programme|points|all|all\",\"streamId\":\"s\",\"rows\":[null]}}")]
    [InlineData("{\"programme\":\"demo\",\"member\":\"not hex\"}")]
    [InlineData("{\"programme\":\"demo\",\"member\":7}")]
    [InlineData("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":1}}}}}}}}}")]
    public void What_is_no_notice_is_nothing(string text) => Assert.Null(NoticeBytes.Read(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_notice_that_is_too_large_is_neither_written_nor_read()
    {
        var rows = Enumerable.Range(0, 1_000).Select(at => new BoardRow(new(new Guid(at, 0, 0, new byte[8])), at, at, 0, 1, At, OrderReason.Score)).ToImmutableArray();
        var view = new BoardView(Board, "s", 1, 1_000, rows, At);
        Assert.Null(NoticeBytes.Write(new Notice.OfBoard(view)));

        var full = NoticeBytes.Write(new Notice.OfBoard(view with { Rows = rows[..50] }))!;
        Assert.InRange(full.Length, 1, NoticeBytes.Max / 4);
        Assert.Null(NoticeBytes.Read([.. full, .. Enumerable.Repeat((byte)' ', NoticeBytes.Max)]));
    }
}
