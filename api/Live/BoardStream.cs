using System.Collections.Immutable;
using Gamification.Leaderboards;

namespace Gamification.Live;

/// <summary>
/// One board topic in this process, however many follow it: watches the board of the current window, moves to the next when the business
/// date does, and makes of the views that come at most ten editions a second.
/// </summary>
internal sealed class BoardStream : IRunningStream, IBoardObserver
{
    private readonly BoardTopic _topic;
    private readonly LiveProgramme _programme;
    private readonly LiveContext _live;
    private readonly StreamLoop _loop;
    private readonly Lock _gate = new();

    // Under the lock: notices come from the board, on other threads.
    private BoardId _board;
    private string? _streamId;
    private BoardView? _unseen;
    private long _unseenSince;
    private long _newestVersion;
    private long _newestAt;
    private TimeSpan _silentSince;
    private bool _activatedAnew;

    // The loop's own.
    private IBoardObserver? _reference;
    private TimeSpan _watchDue;
    private TimeSpan _watchAgainFrom;
    private TimeSpan _publishDue;
    private volatile BoardEdition? _edition;

    public BoardStream(BoardTopic topic, LiveProgramme programme, LiveContext live)
    {
        _topic = topic;
        _programme = programme;
        _live = live;
        _board = programme.Current(topic);
        Audience = new(live.Clock, Ring);
        _loop = new($"{programme.Id}/{topic.Text}", Audience, live.Options, live.Clock, live.Log);
    }

    public Audience Audience { get; }

    private TimeSpan Now => Uptime.Now(_live.Clock);

    public Push? Next(Cursor? sent) => _edition?.Next(sent);

    public void Ring() => _loop.Ring();

    public async Task Run(Func<bool> tryRetire, CancellationToken stopping)
    {
        _reference = _live.Grains.CreateObjectReference<IBoardObserver>(this);
        await _loop.Run(Turn, tryRetire, stopping);
        if (!stopping.IsCancellationRequested) await Unwatch(_board);
        _live.Grains.DeleteObjectReference<IBoardObserver>(_reference);
    }

    public Task Published(BoardView view)
    {
        lock (_gate)
        {
            if (view.Board != _board) return Task.CompletedTask;
            _silentSince = Now;

            // The answer to a watch names the stream. A notice of another may be an echo of one that ended, or the first of a new one: ask.
            if (view.StreamId == _streamId) Keep(view);
            else _activatedAnew = true;
        }

        _loop.Ring();
        return Task.CompletedTask;
    }

    private async Task<TimeSpan> Turn()
    {
        if (_programme.Current(_topic) is var current && current != _board) MoveTo(current);
        if (Now >= WatchDue()) await Watch();
        return await PublishWhenDue();
    }

    private void MoveTo(BoardId next)
    {
        var last = _board;
        lock (_gate)
        {
            _board = next;
            _streamId = null;
            _unseen = null;
        }

        _edition = null;
        _watchDue = _watchAgainFrom = default;
        _ = Unwatch(last);
    }

    private TimeSpan WatchDue()
    {
        lock (_gate)
        {
            var due = _activatedAnew ? default : TimeSpan.FromTicks(Math.Min(_watchDue.Ticks, (_silentSince + _live.Options.SilenceMax).Ticks));
            return due > _watchAgainFrom ? due : _watchAgainFrom;
        }
    }

    private async Task Watch()
    {
        // Whatever comes of it, the next try is not at once: a board in trouble is not helped by being asked more often.
        _watchAgainFrom = Now + _live.Options.RetryAfter;
        lock (_gate) _activatedAnew = false;

        var view = await _live.Grains.GetGrain<IBoardGrain>(_board.ToString()).Watch(_reference!);
        _watchDue = Now + _live.Options.WatchEvery;
        lock (_gate)
        {
            _silentSince = Now;
            if (view.StreamId != _streamId)
            {
                _streamId = view.StreamId;
                _unseen = null;
                _newestVersion = long.MinValue;
            }

            Keep(view);
        }
    }

    private void Keep(BoardView view)
    {
        if (view.Version <= _newestVersion) return;
        _newestAt = _live.Clock.GetTimestamp();
        if (_unseen is null) _unseenSince = _newestAt;
        _unseen = view;
        _newestVersion = view.Version;
    }

    private async Task<TimeSpan> PublishWhenDue()
    {
        var watchDue = WatchDue();
        BoardView? view;
        long since;
        lock (_gate) (view, since) = (_unseen, _unseenSince);
        if (view is null) return watchDue;
        if (Now < _publishDue) return _publishDue < watchDue ? _publishDue : watchDue;

        _publishDue = Now + _live.Options.Pace;
        var snapshot = await Compose(view);
        lock (_gate)
        {
            // A view that came in the meantime waits for its turn, from when it came.
            if (ReferenceEquals(_unseen, view)) _unseen = null;
            else _unseenSince = _newestAt;
        }

        _edition = _edition?.Then(snapshot, since, _live.Options.PastViews) ?? new(snapshot, since);
        Audience.Tell();
        return _publishDue < watchDue ? _publishDue : watchDue;
    }

    private async Task<BoardSnapshot> Compose(BoardView view)
    {
        var top = view.Rows.Length <= _live.Options.RowsMax ? view.Rows : view.Rows[.._live.Options.RowsMax];
        var names = await _live.Names.Find(_programme.Id, [.. top.Select(row => row.Member)], CancellationToken.None);
        var rows = ImmutableArray.CreateBuilder<RowMessage>(top.Length);
        foreach (var row in top)
        {
            var shown = names.TryGetValue(row.Member, out var name) ? name : BoardName.Gone(row.Place);
            rows.Add(new(shown.Id, shown.Name, row.Place, row.Rank, row.TiedWith, row.Score, _programme.Local(row.ReachedAt)));
        }

        return new(
            _topic.Text, view.StreamId, view.Version, _programme.Local(view.AsOf ?? _programme.BusinessTime),
            WindowMessage.Of(view.Board.Window), view.Size, rows.MoveToImmutable());
    }

    private async Task Unwatch(BoardId board)
    {
        try
        {
            await _live.Grains.GetGrain<IBoardGrain>(board.ToString()).Unwatch(_reference!);
        }
        catch (Exception fault)
        {
            // The watch ends by itself in two minutes.
            _live.Log.LogDebug(fault, "Board {Board} could not be told that nobody watches it any more.", board);
        }
    }
}
