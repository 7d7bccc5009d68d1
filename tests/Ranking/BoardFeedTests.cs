using Gamification.Tests.Time;
using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Projections;
using Gamification.Rules;
using Gamification.Tests.Journal;
using Gamification.Tests.Live;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gamification.Tests;

public sealed class BoardFeedTests : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ManualTimeProvider _clock = new();
    private readonly BoardFeed _feed;

    public BoardFeedTests()
    {
        _feed = new(new FaultyJournalStorage(new Random(1), _clock), new FakeGrains(), _clock, NullLogger<BoardFeed>.Instance);
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

    [Fact]
    public async Task A_fault_in_it_does_not_end_it()
    {
        await _feed.Register(Board(0));
        _feed.Committed(0, 0, 1, [new(Unusable(), new(0, 1, 1, default))]);
        Assert.Equal(TimeSpan.FromSeconds(1), await _clock.TimerSet());
        var registering = _feed.Register(Board(1));
        Assert.False(registering.IsCompleted);

        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(1, (await registering.WaitAsync(TimeSpan.FromSeconds(30))).Positions[0]);
    }

    public void Dispose()
    {
        _stop.Cancel();
        _stop.Dispose();
    }

    /// <summary>Its changes were never set, which no account does.</summary>
    private static Append Unusable() => new()
    {
        Actor = ActorId.Member("demo", new(Guid.Empty)),
        ExpectedVersion = 0,
        Entries = [new("t", new byte[1])],
        Notice = new AccountNotice
        {
            Actor = ActorId.Member("demo", new(Guid.Empty)), Member = new(Guid.Empty), Version = 1, Changed = default, Tallies = Tallies.Empty, OccurredAt = 0,
        },
    };

    private static BoardId Board(int day) =>
        new("demo", null, BoardMetric.Points, BoardWindow.Containing(BoardPeriod.Day, new DateOnly(2011, 1, 1).AddDays(day)));
}
