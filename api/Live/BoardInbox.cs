using Gamification.Leaderboards;

namespace Gamification.Live;

/// <summary>
/// What came of one board and was not shown yet: never more than the newest view. The answer to a watch names the stream; a notice of
/// another may be the echo of one that ended or the first of a new one, so it is only a reason to watch anew.
/// </summary>
internal sealed class BoardInbox(BoardId board, TimeProvider clock)
{
    private readonly Lock _gate = new();
    private BoardId _board = board;
    private string? _streamId;
    private BoardView? _unseen;
    private long _unseenSince;
    private long _newestVersion;
    private long _newestAt;
    private TimeSpan _heardAt;
    private bool _watchAnew;

    public BoardId Board
    {
        get
        {
            lock (_gate) return _board;
        }
    }

    /// <summary>When something last came, in <see cref="Uptime"/>; null when the board has to be watched anew at once.</summary>
    public TimeSpan? HeardAt
    {
        get
        {
            lock (_gate) return _watchAnew ? null : _heardAt;
        }
    }

    /// <summary>From now on it is about another board; what came of the last is dropped.</summary>
    public void MoveTo(BoardId next)
    {
        lock (_gate) (_board, _streamId, _unseen, _watchAnew) = (next, null, null, true);
    }

    /// <summary>A notice from a board.</summary>
    public void Notice(BoardView view)
    {
        lock (_gate)
        {
            if (view.Board != _board) return;
            _heardAt = Uptime.Now(clock);
            if (view.StreamId == _streamId) Keep(view);
            else _watchAnew = true;
        }
    }

    public void Watching()
    {
        lock (_gate) _watchAnew = false;
    }

    /// <summary>The board's answer to a watch.</summary>
    public void Answer(BoardView view)
    {
        lock (_gate)
        {
            _heardAt = Uptime.Now(clock);
            if (view.StreamId != _streamId) (_streamId, _unseen, _newestVersion) = (view.StreamId, null, long.MinValue);
            Keep(view);
        }
    }

    /// <summary>The newest view if it was not shown, and the timestamp at which the first came that is newer than what was shown.</summary>
    public (BoardView? View, long Since) Unseen
    {
        get
        {
            lock (_gate) return (_unseen, _unseenSince);
        }
    }

    public void Shown(BoardView view)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_unseen, view)) _unseen = null;
            else _unseenSince = _newestAt;
        }
    }

    private void Keep(BoardView view)
    {
        if (view.Version <= _newestVersion) return;
        _newestAt = clock.GetTimestamp();
        if (_unseen is null) _unseenSince = _newestAt;
        _unseen = view;
        _newestVersion = view.Version;
    }
}
