using System.Collections.Immutable;
using System.Threading.Channels;
using Gamification.Leaderboards;
using Gamification.Live;

namespace Gamification.Tests.Live;

/// <summary>A board that publishes when a test says so. Its members' surrogates are numbered, so that tests can name them.</summary>
internal sealed class FakeBoard(BoardId id) : IBoardGrain, IAnnouncedBoard
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, long> _scores = [];
    private readonly HashSet<IBoardObserver> _observers = [];
    private readonly Channel<string> _calls = Channel.CreateUnbounded<string>();
    private int _activations = 1;
    private long _version = 1;

    /// <summary>Calls of watch and unwatch as they came.</summary>
    public ChannelReader<string> Calls => _calls.Reader;

    public bool Fails { get; set; }

    /// <summary>Where it announces what it publishes.</summary>
    public Action<Notice>? Announces { get; set; }

    public BoardView Current
    {
        get
        {
            lock (_gate) return Compose();
        }
    }

    public static MemberId Member(int number) => new(new Guid(number, 0, 0, new byte[8]));

    /// <summary>Sets scores, 0 to leave the board, and publishes the next version.</summary>
    public async Task Publish(params (int Member, long Score)[] scores)
    {
        BoardView view;
        IBoardObserver[] told;
        lock (_gate)
        {
            foreach (var (member, score) in scores) _scores[member] = score;
            _version++;
            view = Compose();
            told = [.. _observers];
        }

        Announces?.Invoke(new Notice.OfBoard(view));
        foreach (var observer in told) await observer.Published(view);
    }

    /// <summary>The activation ends and another begins: it knows no observers, and counts its versions from 1.</summary>
    public void ActivateAnew()
    {
        lock (_gate)
        {
            _activations++;
            _version = 1;
            _observers.Clear();
        }
    }

    public Task<BoardView> View() => Task.FromResult(Current);

    public Task<BoardView> Watch(IBoardObserver observer)
    {
        if (Fails)
        {
            _calls.Writer.TryWrite("failed");
            throw new TimeoutException("The board does not answer.");
        }

        lock (_gate) _observers.Add(observer);
        _calls.Writer.TryWrite("watch");
        return Task.FromResult(Current);
    }

    public Task<BoardView> Announce()
    {
        _calls.Writer.TryWrite("announce");
        return Task.FromResult(Current);
    }

    public Task Unwatch(IBoardObserver observer)
    {
        lock (_gate) _observers.Remove(observer);
        _calls.Writer.TryWrite("unwatch");
        return Task.CompletedTask;
    }

    public Task<ImmutableArray<BoardStanding>> Standings(ImmutableArray<MemberId> members)
    {
        var view = Current;
        return Task.FromResult<ImmutableArray<BoardStanding>>(
            [.. view.Rows.Where(row => members.Contains(row.Member)).Select(row => new BoardStanding(row, view.Size, 0))]);
    }

    public Task<BoardPage> Top(int offset, int limit)
    {
        var view = Current;
        return Task.FromResult(new BoardPage(id, view.Size, [.. view.Rows.Skip(offset).Take(limit)]));
    }

    public Task<ImmutableArray<OwnStanding>> Own(ImmutableArray<MemberId> members)
    {
        var view = Current;
        return Task.FromResult<ImmutableArray<OwnStanding>>([.. members.Select(member => new OwnStanding(view.Rows.FirstOrDefault(row => row.Member == member), false, view.Size, 0))]);
    }

    public Task<ImmutableArray<long>> DenseRanks(ImmutableArray<long> scores) => throw new NotSupportedException();

    public Task<BoardPage> Around(MemberId member, int each) => throw new NotSupportedException();

    public Task Apply(ImmutableArray<BoardChanges> changes) => throw new NotSupportedException();

    private BoardView Compose()
    {
        var ranked = _scores.Where(entry => entry.Value > 0).OrderByDescending(entry => entry.Value).ToArray();
        var reachedAt = new DateTimeOffset(2011, 5, 12, 8, 0, 0, TimeSpan.Zero);
        var rows = ranked.Select((entry, at) => new BoardRow(
            Member(entry.Key), at + 1, 1 + ranked.Count(other => other.Value > entry.Value),
            ranked.Count(other => other.Value == entry.Value) - 1, entry.Value, reachedAt,
            at == 0 ? null : ranked[at - 1].Value > entry.Value ? OrderReason.Score : OrderReason.Draw));
        return new(id, $"{id}#{_activations}", _version, ranked.Length, [.. rows], reachedAt.AddMinutes(_version));
    }
}
