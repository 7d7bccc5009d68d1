using Gamification.Journal;
using Gamification.Programmes;
using Microsoft.Extensions.Logging;

namespace Gamification.Projections;

/// <summary>
/// Keeps the roll-up behind the journal. It is told of commits as they happen and waits a little so that many become one transaction;
/// whatever it was not told of (a restart, a full inbox, a lost commit) it reads from the journal by sequence. Applying twice changes nothing.
/// </summary>
public sealed class RollupProjector(
    IJournalStorage journal, IRollupStorage rollup, BusinessClock clock, TimeProvider time, ILogger<RollupProjector> log) : ICommitObserver
{
    private const int RowsMax = 20_000;
    private const int ReadPage = 2_000;
    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly CommitInbox _inbox = new();
    private readonly Dictionary<int, long> _offsets = [];
    private readonly Dictionary<int, Pending> _pending = [];
    private readonly Dictionary<string, long> _newest = [];
    private readonly List<TaskCompletionSource> _waiting = [];

    private sealed record CatchUpTo(TaskCompletionSource Done);

    private sealed record Pending(long ToSeq, RollupRows Rows);

    public void Committed(int partition, long previousSeq, long toSeq, IReadOnlyList<CommittedAppend> appends)
    {
        foreach (var (append, _) in appends)
        {
            if (append.Notice is AccountNotice { OccurredAt: > 0 } notice) clock.Observe(notice.Actor.Programme, notice.OccurredAt);
        }

        _inbox.Tell(partition, previousSeq, toSeq, appends);
    }

    /// <summary>Completes when everything that was committed before the call is in the roll-up.</summary>
    public Task CatchUp()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _inbox.Post(new CatchUpTo(done));
        return done.Task;
    }

    /// <summary>Runs until stopped. It begins by folding in what the journal has and the roll-up has not.</summary>
    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Start(stop);
                while (await _inbox.WaitToRead(stop)) await Round(stop);
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault)
            {
                log.LogError(fault, "The roll-up stopped; it starts again from its stored offset in {Delay}.", RetryAfter);
                _pending.Clear();
                await Task.Delay(RetryAfter, time, CancellationToken.None);
            }
        }
    }

    /// <summary>Folds in the journal up to its present heads and tells the business clock how far history had come.</summary>
    public async Task Start(CancellationToken cancellation)
    {
        await FindOffsets(cancellation);
        await ReadUpToHeads(cancellation);
        TellClock(_newest);
        Answer();
    }

    /// <summary>
    /// Where the roll-up stands. One that is ahead of the journal was not made from it (files restored from different times): it is dropped.
    /// </summary>
    private async Task FindOffsets(CancellationToken cancellation)
    {
        _pending.Clear();
        _offsets.Clear();
        _newest.Clear();
        foreach (var (partition, offset) in await rollup.Offsets(cancellation)) _offsets[partition] = offset;
        var heads = (await journal.Heads(cancellation)).ToDictionary(head => head.Partition, head => head.LastSeq);
        foreach (var (partition, offset) in _offsets)
        {
            var head = heads.GetValueOrDefault(partition);
            if (offset <= head) continue;
            log.LogWarning("The roll-up has partition {Partition} up to {Offset}, the journal up to {Head}: it is dropped and rebuilt.", partition, offset, head);
            await rollup.Drop(cancellation);
            _offsets.Clear();
            return;
        }

        foreach (var programme in clock.Programmes)
        {
            if (await rollup.NewestOccurredAt(programme, cancellation) is { } newest) _newest[programme] = newest;
        }
    }

    private void TellClock(IEnumerable<KeyValuePair<string, long>> newest)
    {
        foreach (var (programme, occurredAt) in newest) clock.Observe(programme, occurredAt);
    }

    private async Task Round(CancellationToken stop)
    {
        await Gather(stop);
        foreach (var (partition, pending) in _pending)
        {
            await rollup.Apply(partition, _offsets.GetValueOrDefault(partition), pending.ToSeq, pending.Rows.Rows, pending.Rows.NewestOccurredAt);
            _offsets[partition] = pending.ToSeq;
            TellClock(pending.Rows.NewestOccurredAt);
        }

        _pending.Clear();
        if (_waiting.Count == 0) return;
        await ReadUpToHeads(stop);
        Answer();
    }

    /// <summary>Takes what comes for a moment, or until there is a lot, or somebody waits.</summary>
    private async Task Gather(CancellationToken stop)
    {
        using var enough = new CancellationTokenSource(GatherFor, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(enough.Token, stop);
        var rows = 0;
        try
        {
            while (rows < RowsMax && _waiting.Count == 0 && await _inbox.WaitToRead(either.Token))
            {
                while (rows < RowsMax && _inbox.TryTake(out var message))
                {
                    if (message is CommitNotices commit) rows += await Take(commit, stop);
                    else if (message is CatchUpTo catchUp) _waiting.Add(catchUp.Done);
                }
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
        }
    }

    private async Task<int> Take(CommitNotices commit, CancellationToken stop)
    {
        var pending = _pending.GetValueOrDefault(commit.Partition) ?? new(_offsets.GetValueOrDefault(commit.Partition), new(_newest));
        if (commit.ToSeq <= pending.ToSeq) return 0;
        if (commit.PreviousSeq != pending.ToSeq) pending = await Read(commit.Partition, pending, commit.ToSeq, stop);
        else
        {
            foreach (var notice in commit.Notices) pending.Rows.Add(notice);
        }

        _pending[commit.Partition] = pending with { ToSeq = Math.Max(pending.ToSeq, commit.ToSeq) };
        return Math.Max(1, commit.Notices.Length);
    }

    private async Task<Pending> Read(int partition, Pending pending, long toSeq, CancellationToken stop)
    {
        for (var after = pending.ToSeq; after < toSeq;)
        {
            var page = await journal.ReadPartition(partition, after, ReadPage, stop);
            if (page.IsEmpty) throw new InvalidOperationException($"Partition {partition} was committed up to {toSeq}, but can be read only up to {after}.");
            foreach (var stored in page) pending.Rows.Add(stored);
            after = page[^1].Seq;
            pending = pending with { ToSeq = after };
        }

        return pending;
    }

    private async Task ReadUpToHeads(CancellationToken cancellation)
    {
        foreach (var head in await journal.Heads(cancellation))
        {
            while (_offsets.GetValueOrDefault(head.Partition) is var from && from < head.LastSeq)
            {
                var page = await journal.ReadPartition(head.Partition, from, ReadPage, cancellation);
                if (page.IsEmpty) break;
                var rows = new RollupRows(_newest);
                foreach (var stored in page) rows.Add(stored);
                await rollup.Apply(head.Partition, from, page[^1].Seq, rows.Rows, rows.NewestOccurredAt);
                _offsets[head.Partition] = page[^1].Seq;
            }
        }
    }

    private void Answer()
    {
        foreach (var done in _waiting) done.TrySetResult();
        _waiting.Clear();
    }
}
