using Gamification.Leaderboards;
using Gamification.Tests.Journal;
using Gamification.Tests.Live;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gamification.Tests;

public sealed class BoardFeedTests : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly BoardFeed _feed;

    public BoardFeedTests()
    {
        var clock = new ManualTimeProvider();
        _feed = new(new FaultyJournalStorage(new Random(1), clock), new FakeGrains(), clock, NullLogger<BoardFeed>.Instance);
        _ = _feed.Run(_stop.Token);
    }

    [Fact]
    public async Task Beyond_its_bound_a_board_is_refused_and_one_that_goes_makes_room()
    {
        var first = await _feed.Register(Board(0));
        for (var day = 1; day < BoardFeed.BoardsMax; day++) await _feed.Register(Board(day));
        await Assert.ThrowsAsync<TooManyBoardsException>(() => _feed.Register(Board(BoardFeed.BoardsMax)));

        // One that is here already may register anew.
        var again = await _feed.Register(Board(0));
        Assert.True(await _feed.TryRelease(Board(0), first.Serial));
        await Assert.ThrowsAsync<TooManyBoardsException>(() => _feed.Register(Board(BoardFeed.BoardsMax)));
        Assert.True(await _feed.TryRelease(Board(0), again.Serial));
        await _feed.Register(Board(BoardFeed.BoardsMax));
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    private static BoardId Board(int day) =>
        new("demo", null, BoardMetric.Points, BoardWindow.Containing(BoardPeriod.Day, new DateOnly(2011, 1, 1).AddDays(day)));
}
