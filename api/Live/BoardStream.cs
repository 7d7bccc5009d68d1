using Gamification.Api;
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
    private readonly BoardInbox _inbox;

    // The loop's own.
    private IBoardWatch? _watch;
    private TimeSpan _pollAfter;
    private TimeSpan _watchDue;
    private TimeSpan _watchAgainFrom;
    private TimeSpan _publishDue;
    private volatile BoardEdition? _edition;
    private volatile ShownBoard? _shown;

    public BoardStream(BoardTopic topic, LiveProgramme programme, LiveContext live)
    {
        _topic = topic;
        _programme = programme;
        _live = live;
        _inbox = new(programme.Current(topic), live.Clock);
        Audience = new(live.Clock, Ring);
        _loop = new($"{programme.Id}/{topic.Text}", Audience, live.Options, live.Clock, live.Log);
    }

    public Audience Audience { get; }

    /// <summary>What was last shown; null before the first, and when nobody follows.</summary>
    public ShownBoard? Shown => Audience.EmptySince is null ? _shown : null;

    private TimeSpan Now => Uptime.Now(_live.Clock);

    public Push? Next(Cursor? sent) => _edition?.Next(sent);

    public void Ring() => _loop.Ring();

    public async Task Run(Func<bool> tryRetire, CancellationToken stopping)
    {
        await _loop.Run(Turn, tryRetire, stopping);
        if (_watch is null || stopping.IsCancellationRequested) return;
        await Unwatch(_inbox.Board);
        _watch.Dispose();
    }

    public Task Published(BoardView view)
    {
        _inbox.Notice(view);
        _loop.Ring();
        return Task.CompletedTask;
    }

    private async Task<TimeSpan> Turn()
    {
        _watch ??= _live.Watches.Of(this);
        if (_programme.Current(_topic) is var current && current != _inbox.Board) MoveTo(current);
        if (Now >= WatchDue()) await Watch(_inbox.Board);
        if (_inbox.Unseen is ({ } view, var since) && Now >= _publishDue) await Publish(view, since);

        var watchDue = WatchDue();
        return _inbox.Unseen.View is not null && _publishDue < watchDue ? _publishDue : watchDue;
    }

    private void MoveTo(BoardId next)
    {
        var last = _inbox.Board;
        _inbox.MoveTo(next);
        _edition = null;
        _shown = null;
        _watchAgainFrom = default;
        _ = Unwatch(last);
    }

    private TimeSpan WatchDue()
    {
        var due = _inbox.HeardAt is not { } heardAt ? default
            : Polling.Earliest(_watchDue, heardAt + _live.Options.SilenceMax, Polling.Due(_live.Watches.LostSince, heardAt, _pollAfter));
        return due > _watchAgainFrom ? due : _watchAgainFrom;
    }

    private async Task Watch(BoardId board)
    {
        // Whatever comes of it, the next try is not at once: a board in trouble is not helped by being asked more often.
        _watchDue = _watchAgainFrom = Now + _live.Options.RetryAfter;
        _inbox.Watching();
        _inbox.Answer(await _watch!.Watch(board));
        _watchDue = Now + _live.Options.WatchEvery;
        _pollAfter = _live.Jitter.Over(_live.Options.PollEvery);
    }

    private async Task Publish(BoardView view, long since)
    {
        _publishDue = Now + _live.Options.Pace;
        var snapshot = await Compose(view);
        _inbox.Shown(view);
        _edition = _edition?.Then(snapshot, since, _live.Options.PastViews) ?? new(snapshot, since);
        _shown = new(view.Board, snapshot);
        Audience.Tell();
    }

    private async Task<BoardSnapshot> Compose(BoardView view)
    {
        var top = view.Rows.Length <= _live.Options.RowsMax ? view.Rows : view.Rows[.._live.Options.RowsMax];
        var names = await _live.Names.Find(_programme.Id, [.. top.Select(row => row.Member)], CancellationToken.None);
        var rows = ImmutableArray.CreateBuilder<RowMessage>(top.Length);
        var ranks = TieRanks.OfTop(top, _programme.Ties);
        for (var at = 0; at < top.Length; at++)
        {
            var row = top[at];
            var shown = names.TryGetValue(row.Member, out var name) ? name : BoardName.Gone(row.Place);
            rows.Add(new(
                shown.Id, shown.Name, row.Place, ranks[at], row.TiedWith, row.Score, _programme.Local(row.ReachedAt),
                row.OrderReason is { } reason ? BoardNames.Of(reason) : null));
        }

        return new(
            _topic.Text, view.StreamId, view.Version, _programme.Local(view.AsOf ?? _programme.BusinessTime),
            WindowMessage.Of(view.Board.Window), TieNames.Of(_programme.Ties), view.Size, rows.MoveToImmutable());
    }

    private async Task Unwatch(BoardId board)
    {
        try
        {
            await _watch!.Unwatch(board);
        }
        catch (Exception fault)
        {
            // The watch ends by itself in two minutes.
            _live.Log.LogDebug(fault, "Board {Board} could not be told that nobody watches it any more.", board);
        }
    }
}

/// <summary>What a board's followers see. Another object means that they see something else.</summary>
internal sealed record ShownBoard(BoardId Board, BoardSnapshot Snapshot);
