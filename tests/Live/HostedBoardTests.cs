using System.Collections.Immutable;
using Gamification.Leaderboards;
using Gamification.Programmes;
using Gamification.Runtime.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gamification.Tests.Live;

/// <summary>The same road with grains in a real host: references, observers, turns.</summary>
public sealed class HostedBoardTests
{
    [Fact]
    public async Task What_a_grain_publishes_reaches_a_client()
    {
        await using var server = await LiveServer.Start(more: services => services.AddActorHost(host =>
        {
            host.Grains.Add(typeof(HostedBoard));
            host.Grains.Add(typeof(HostedProgramme));
        }));
        var client = await server.Connect();
        await client.Subscribe("board/store:BRU/month/receipts");
        Assert.Empty((await client.Next("snapshot")).Rows);

        server.Clock.Advance(TimeSpan.FromMilliseconds(100));
        var board = server.Get<IGrainFactory>().GetGrain<IBoardGrain>("demo|store:BRU|receipts|month|2011-05");
        await board.Apply([new(0, 0, 1, [new(FakeBoard.Member(7), 3, 0, 1)], 0)]);

        var row = Assert.Single((await client.Next("delta")).Rows);
        Assert.Equal(("m7", 3), (row.Id, row.Score));
    }
}

internal sealed class HostedBoard : Grain, IBoardGrain
{
    private readonly ObserverManager<IBoardObserver> _watchers = new(TimeSpan.FromMinutes(2), NullLogger.Instance);
    private ImmutableArray<BoardRow> _rows = [];
    private long _version = 1;

    public Task<BoardView> View() =>
        Task.FromResult(new BoardView(BoardId.Parse(this.GetPrimaryKeyString()), "s", _version, _rows.Length, _rows, AsOf: null));

    public Task<BoardView> Watch(IBoardObserver observer)
    {
        _watchers.Subscribe(observer, observer);
        return View();
    }

    public Task Unwatch(IBoardObserver observer)
    {
        _watchers.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    public async Task Apply(ImmutableArray<BoardChanges> changes)
    {
        _rows = [.. changes.SelectMany(stretch => stretch.Changes)
            .Select((change, at) => new BoardRow(change.Member, at + 1, at + 1, 0, change.Score, DateTimeOffset.UnixEpoch, at == 0 ? null : OrderReason.Score))];
        _version++;
        var view = await View();
        await _watchers.Notify(watcher => watcher.Published(view));
    }

    public Task<BoardPage> Top(int offset, int limit) => throw new NotSupportedException();

    public Task<BoardPage> Around(MemberId member, int each) => throw new NotSupportedException();

    public Task<ImmutableArray<BoardStanding>> Standings(ImmutableArray<MemberId> members) => throw new NotSupportedException();

    public Task<ImmutableArray<OwnStanding>> Own(ImmutableArray<MemberId> members) => throw new NotSupportedException();

    public Task<ImmutableArray<long>> DenseRanks(ImmutableArray<long> scores) => throw new NotSupportedException();
}

internal sealed class HostedProgramme : Grain, IProgrammeGrain
{
    private readonly FakeProgramme _programme = new();

    public Task<ProgrammeSettings?> Settings() => _programme.Settings();

    public Task<DateTimeOffset?> BusinessTime() => _programme.BusinessTime();

    public Task<ReceiptPreview> Preview(Receipt receipt, DateTimeOffset receivedAt) => throw new NotSupportedException();

    public Task<ProgrammeTotals> Totals(string? store) => throw new NotSupportedException();

    public Task<bool> HasGroup(BoardGroup group) => throw new NotSupportedException();
}
