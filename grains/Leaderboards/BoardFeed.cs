using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Projections;
using Gamification.Rules;
using Microsoft.Extensions.Logging;

namespace Gamification.Leaderboards;

/// <summary>
/// The feeder of the live boards: turns committed accounts into absolute scores and hands them on, one call in flight a board.
/// While a board works, what comes for it is gathered and the newest score of a member wins, so a slow board costs memory for
/// its members at most, and nobody waits for it.
/// </summary>
public sealed class BoardFeed(
    IJournalStorage journal, IGrainFactory grains, TimeProvider time, ILogger<BoardFeed> log, JournalWriterOptions? writes = null,
    BoardWindows? windows = null) : IBoardFeed, ICommitObserver
{
    /// <summary>Each holds its members in memory, and every commit is compared with its window.</summary>
    public const int BoardsMax = 5_000;

    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Between two rounds, so that a busy hour tells each board of dozens of members at a time: by then a board's memory has left the processor's
    /// cache, and fetching it costs more than a change does. What comes in a quiet hour is told at once.
    /// </summary>
    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(25);

    /// <summary>So many members' news in one round make the hour a busy one.</summary>
    private const int BusyFrom = 16;

    private readonly CommitInbox _inbox = new();
    private readonly LiveBoards _boards = new(windows);
    private readonly Dictionary<int, long> _positions = [];
    private readonly long _started = time.GetUtcNow().ToUnixTimeMilliseconds();
    private long _serial;

    private sealed record Registering(BoardId Board, int FromDay, TaskCompletionSource<BoardRegistration> Answer);

    private sealed record Unregistering(BoardId Board, long Serial);

    private sealed record Releasing(BoardId Board, long Serial, TaskCompletionSource<bool> Answer);

    private sealed record Describing(TaskCompletionSource<(ImmutableArray<FedBoard> Boards, ImmutableArray<ToldUpTo> Told)> Answer);

    private sealed record TellingAlso(ImmutableDictionary<BoardId, int> Boards);

    private sealed record Missing(int Partition, long ToSeq);

    /// <summary>Something waits for a board that can listen again.</summary>
    private sealed record Wake;

    /// <summary>What the inbox cannot hold shows as a gap, and the boards reload.</summary>
    public void Committed(int partition, long previousSeq, long toSeq, IReadOnlyList<CommittedAppend> appends) =>
        _inbox.Tell(partition, previousSeq, toSeq, appends);

    public Task<BoardRegistration> Register(BoardId board, int fromDay = 0)
    {
        var answer = new TaskCompletionSource<BoardRegistration>(TaskCreationOptions.RunContinuationsAsynchronously);
        _inbox.Post(new Registering(board, fromDay, answer));
        return answer.Task;
    }

    public void Unregister(BoardId board, long serial) => _inbox.Post(new Unregistering(board, serial));

    public Task<bool> TryRelease(BoardId board, long serial)
    {
        var answer = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        _inbox.Post(new Releasing(board, serial, answer));
        return answer.Task;
    }

    /// <summary>Whether this node writes the partition, so that its commits are told here.</summary>
    public bool Writes(int partition) => writes?.Partitions.Contains(partition) ?? true;

    /// <summary>The boards that registered here, and how far all boards of other nodes have been told of what this node writes.</summary>
    public Task<(ImmutableArray<FedBoard> Boards, ImmutableArray<ToldUpTo> Told)> Describe()
    {
        var describing = new Describing(new(TaskCreationOptions.RunContinuationsAsynchronously));
        _inbox.Post(describing);
        return describing.Answer.Task;
    }

    /// <summary>
    /// The boards of other nodes, all of them, with the day from which each is told: one that is new here begins with a gap, one that is not
    /// named any more is told no longer.
    /// </summary>
    public void TellAlso(ImmutableDictionary<BoardId, int> boards) => _inbox.Post(new TellingAlso(boards));

    /// <summary>What another node wrote up to here was told by nobody: the boards that registered here reload.</summary>
    public void Miss(int partition, long toSeq) => _inbox.Post(new Missing(partition, toSeq));

    /// <summary>Runs until stopped. Boards that register before it knows where the journal stands wait for that.</summary>
    public async Task Run(CancellationToken stop)
    {
        try
        {
            await FindPositions(stop);
            while (true)
            {
                try
                {
                    await Feed(stop);
                }
                catch (Exception fault) when (!stop.IsCancellationRequested)
                {
                    log.LogError(fault, "The feed of the boards failed; all boards reload, and it goes on in {Delay}.", RetryAfter);
                    foreach (var board in _boards.All) board.MarkAllMissed();
                    _inbox.Post(new Wake());
                    await Task.Delay(RetryAfter, time, stop);
                }
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
        }
    }

    private async Task Feed(CancellationToken stop)
    {
        while (await _inbox.WaitToRead(stop))
        {
            var news = 0;
            while (_inbox.TryTake(out var message))
            {
                Take(message);
                if (message is CommitNotices commit) news += commit.Notices.Length;
            }

            foreach (var board in _boards.All)
            {
                if (board is { IsDirty: true, IsSending: false }) _ = Send(board, stop);
            }

            if (news >= BusyFrom) await Task.Delay(GatherFor, time, stop);
        }
    }

    private async Task FindPositions(CancellationToken stop)
    {
        while (true)
        {
            try
            {
                foreach (var head in await journal.Heads(stop)) _positions[head.Partition] = head.LastSeq;
                return;
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                log.LogWarning(fault, "The journal's heads could not be read; boards wait, trying again in {Delay}.", RetryAfter);
                await Task.Delay(RetryAfter, time, stop);
            }
        }
    }

    private void Take(object message)
    {
        switch (message)
        {
            case CommitNotices commit:
                Take(commit);
                break;
            case Registering registering when _boards.Count >= BoardsMax && _boards.Find(registering.Board) is null:
                registering.Answer.TrySetException(new TooManyBoardsException(BoardsMax));
                break;
            case Registering { Board: var id } registering:
                _boards.Remove(id);
                var board = _boards.Add(new(id, ++_serial, _boards.WindowOf(id), registering.FromDay, _positions));
                registering.Answer.TrySetResult(new(board.Serial, _started, new Dictionary<int, long>(_positions)));
                break;
            case Unregistering unregistering when _boards.Find(unregistering.Board)?.Serial == unregistering.Serial:
                _boards.Remove(unregistering.Board);
                break;
            case Releasing releasing when _boards.Find(releasing.Board) is { } held && held.Serial == releasing.Serial:
                if (!held.IsSending) _boards.Remove(releasing.Board);
                releasing.Answer.TrySetResult(!held.IsSending);
                break;
            case Releasing releasing:
                releasing.Answer.TrySetResult(true);
                break;
            case Describing describing:
                describing.Answer.TrySetResult(([.. _boards.All.Where(known => !known.IsElsewhere).Select(known => new FedBoard(known.Id, known.FromDay))], [.. ToldElsewhere()]));
                break;
            case TellingAlso telling:
                Take(telling.Boards);
                break;
            case Missing missing:
                foreach (var known in _boards.All.Where(known => !known.IsElsewhere)) known.MoveTo(missing.Partition, missing.ToSeq, missed: true);
                break;
        }
    }

    private void Take(ImmutableDictionary<BoardId, int> elsewhere)
    {
        foreach (var known in _boards.All.Where(known => known.IsElsewhere).ToArray())
        {
            if (!elsewhere.TryGetValue(known.Id, out var fromDay) || fromDay != known.FromDay) _boards.Remove(known.Id);
        }

        foreach (var (id, fromDay) in elsewhere)
        {
            if (_boards.Find(id) is not null || _boards.Count >= BoardsMax) continue;
            var positions = _positions.Where(position => Writes(position.Key)).ToDictionary();
            _boards.Add(new(id, ++_serial, _boards.WindowOf(id), fromDay, positions) { IsElsewhere = true }).MarkAllMissed();
        }
    }

    private IEnumerable<ToldUpTo> ToldElsewhere() => _positions.Where(position => Writes(position.Key)).Select(position => new ToldUpTo(
        position.Key, _boards.All.Where(board => board.IsElsewhere).Select(board => board.ToldUpTo(position.Key)).Append(position.Value).Min()));

    private void Take(CommitNotices commit)
    {
        var position = _positions.GetValueOrDefault(commit.Partition);
        if (commit.ToSeq <= position) return;
        var missed = commit.PreviousSeq != position;
        _positions[commit.Partition] = commit.ToSeq;
        _boards.Tell(commit, missed);
    }

    private async Task Send(LiveBoard board, CancellationToken stop)
    {
        board.IsSending = true;
        try
        {
            await grains.GetGrain<IBoardGrain>(board.Id.ToString()).Apply(board.Drain());
            board.MarkTold();
        }
        catch (Exception fault) when (!stop.IsCancellationRequested)
        {
            // What was drained is lost to the board: it must see a gap, and it is told again once it can listen.
            log.LogWarning(fault, "Board {Board} did not take its changes; it will reload.", board.Id);
            board.MarkAllMissed();
            await Task.Delay(RetryAfter, time, CancellationToken.None);
        }
        finally
        {
            board.IsSending = false;
        }

        if (board.IsDirty && !stop.IsCancellationRequested) _inbox.Post(new Wake());
    }
}
