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
    private readonly Dictionary<BoardId, LiveBoard> _boards = [];
    private readonly Dictionary<(string Programme, string Store), List<LiveBoard>> _byPlace = [];
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
                    foreach (var board in _boards.Values) board.MarkAllMissed();
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

            foreach (var board in _boards.Values)
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
            case Registering registering when _boards.Count >= BoardsMax && !_boards.ContainsKey(registering.Board):
                registering.Answer.TrySetException(new TooManyBoardsException(BoardsMax));
                break;
            case Registering { Board: var id } registering:
                Remove(id);
                var board = new LiveBoard(id, ++_serial, WindowOf(id), registering.FromDay, _positions);
                _boards.Add(id, board);
                foreach (var place in Places(board)) place.Add(board);
                registering.Answer.TrySetResult(new(board.Serial, _started, new Dictionary<int, long>(_positions)));
                break;
            case Unregistering unregistering when _boards.TryGetValue(unregistering.Board, out var known) && known.Serial == unregistering.Serial:
                Remove(unregistering.Board);
                break;
            case Releasing releasing when _boards.TryGetValue(releasing.Board, out var held) && held.Serial == releasing.Serial:
                if (!held.IsSending) Remove(releasing.Board);
                releasing.Answer.TrySetResult(!held.IsSending);
                break;
            case Releasing releasing:
                releasing.Answer.TrySetResult(true);
                break;
            case Describing describing:
                describing.Answer.TrySetResult(([.. _boards.Values.Where(known => !known.IsElsewhere).Select(known => new FedBoard(known.Id, known.FromDay))], [.. ToldElsewhere()]));
                break;
            case TellingAlso telling:
                Take(telling.Boards);
                break;
            case Missing missing:
                foreach (var known in _boards.Values.Where(known => !known.IsElsewhere)) known.MoveTo(missing.Partition, missing.ToSeq, missed: true);
                break;
        }
    }

    private void Take(ImmutableDictionary<BoardId, int> elsewhere)
    {
        foreach (var known in _boards.Values.Where(known => known.IsElsewhere).ToArray())
        {
            if (!elsewhere.TryGetValue(known.Id, out var fromDay) || fromDay != known.FromDay) Remove(known.Id);
        }

        foreach (var (id, fromDay) in elsewhere)
        {
            if (_boards.ContainsKey(id) || _boards.Count >= BoardsMax) continue;
            var board = new LiveBoard(id, ++_serial, WindowOf(id), fromDay, _positions.Where(position => Writes(position.Key)).ToDictionary()) { IsElsewhere = true };
            board.MarkAllMissed();
            _boards.Add(id, board);
            foreach (var place in Places(board)) place.Add(board);
        }
    }

    private IEnumerable<ToldUpTo> ToldElsewhere() => _positions.Where(position => Writes(position.Key)).Select(position => new ToldUpTo(
        position.Key, _boards.Values.Where(board => board.IsElsewhere).Select(board => board.ToldUpTo(position.Key)).Append(position.Value).Min()));

    private void Take(CommitNotices commit)
    {
        var position = _positions.GetValueOrDefault(commit.Partition);
        if (commit.ToSeq <= position) return;
        var missed = commit.PreviousSeq != position;
        _positions[commit.Partition] = commit.ToSeq;
        foreach (var board in _boards.Values) board.MoveTo(commit.Partition, commit.ToSeq, missed);
        foreach (var (programme, wish) in commit.Wishes)
        {
            foreach (var board in _boards.Values.Where(board => board.Id.Programme == programme)) board.Add(commit.Partition, wish);
        }

        foreach (var notice in commit.Notices)
        {
            if (notice.Member is not { } member) continue;
            if (!notice.Measures.IsEmpty) Measure(member, notice, commit.Partition);
            foreach (var row in notice.Changed)
            {
                if (row.Day == TallyRow.AllDays) continue;
                Score(_byPlace.GetValueOrDefault((notice.Actor.Programme, "")), member, row, notice, commit.Partition);
                Score(_byPlace.GetValueOrDefault((notice.Actor.Programme, row.Store)), member, row, notice, commit.Partition);
            }
        }
    }

    private static void Score(List<LiveBoard>? boards, MemberId member, TallyRow row, AccountNotice notice, int partition)
    {
        if (boards is null) return;
        foreach (var board in boards)
        {
            if (board.Window.Measure is not null || !board.Window.Covers(row.Store, row.Day)) continue;
            if (row.Day < board.FromDay || (board.FromDay > 0 && notice.Tallies.CompleteFrom > board.FromDay))
                board.MarkOldDays(partition);
            else if (notice.Tallies.TryScore(board.Tail, out var score, out var reachedAt))
                board.Add(partition, new ScoreChange(member, score, reachedAt, notice.Version), notice.OccurredAt);
            else
                board.MarkMissed(partition);
        }
    }

    private void Measure(MemberId member, AccountNotice notice, int partition)
    {
        foreach (var board in _boards.Values.Where(board => board.Window.Measure is not null && board.Id.Programme == notice.Actor.Programme))
        {
            foreach (var change in notice.Measures)
            {
                if (change.Measure == board.Window.Measure && board.Window.Covers(change.Store, change.Day))
                    board.Add(partition, new MeasuredChange(member, change.Store, change.Day, change.Thing, change.Value, change.ReachedAt, notice.Version), notice.OccurredAt);
            }
        }
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

    /// <summary>Where changes look for the board: under its programme, or under each of its stores.</summary>
    private IEnumerable<List<LiveBoard>> Places(LiveBoard board)
    {
        foreach (var store in board.Window.Stores ?? [""])
        {
            var place = (board.Id.Programme, store);
            if (!_byPlace.TryGetValue(place, out var boards)) _byPlace[place] = boards = [];
            yield return boards;
        }
    }

    private RollupWindow WindowOf(BoardId id) => windows?.Of(id) ?? RollupWindow.Of(id);

    private void Remove(BoardId id)
    {
        if (!_boards.Remove(id, out var board)) return;
        foreach (var place in Places(board)) place.Remove(board);
    }
}
