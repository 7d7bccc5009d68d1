using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes;
using Microsoft.Extensions.Logging;

namespace Gamification.Projections;

/// <summary>
/// Keeps the roll-up behind the journal. It is told of commits as they happen and waits a little so that many become one transaction;
/// whatever it was not told of (a restart, a full inbox, a lost commit) it reads from the journal by sequence. Applying twice changes nothing.
/// In a cluster each node folds in what it writes, and what others wrote only when they do not.
/// </summary>
public sealed class RollupProjector(
    IJournalStorage journal, IRollupStorage rollup, BusinessClock clock, TimeProvider time, ILogger<RollupProjector> log, JournalWriterOptions? writes = null,
    ProgrammeCatalog? programmes = null)
    : ICommitObserver
{
    private const int RowsMax = 20_000;
    private const int ReadPage = 2_000;
    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan OthersTake = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan LookAfter = TimeSpan.FromMilliseconds(50);

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
            if (!await TryFold(partition, pending.ToSeq, pending.Rows, stop)) await ReadUpTo(new(partition, 0, pending.ToSeq), stop);
            TellClock(pending.Rows.NewestOccurredAt);
        }

        _pending.Clear();
        if (_waiting.Count == 0) return;
        await AwaitOthers(stop);
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

    /// <summary>What is too far ahead is judged by where a replay has come on any node, not by what this one has folded alone.</summary>
    private RollupRows NewRows()
    {
        foreach (var programme in clock.Programmes)
        {
            if (clock.Placed(programme) is { } placed && placed > _newest.GetValueOrDefault(programme, long.MinValue)) _newest[programme] = placed;
        }

        return new(_newest);
    }

    private async Task<int> Take(CommitNotices commit, CancellationToken stop)
    {
        var pending = _pending.GetValueOrDefault(commit.Partition) ?? new(_offsets.GetValueOrDefault(commit.Partition), NewRows());
        if (commit.ToSeq <= pending.ToSeq) return 0;
        if (commit.PreviousSeq != pending.ToSeq) pending = await Read(commit.Partition, pending, commit.ToSeq, stop);
        else
        {
            foreach (var notice in commit.Notices) pending.Rows.Add(notice);
            foreach (var wish in commit.Wishes) pending.Rows.Add(wish);
        }

        _pending[commit.Partition] = pending with { ToSeq = Math.Max(pending.ToSeq, commit.ToSeq) };
        return Math.Max(1, commit.Notices.Length + commit.Wishes.Length);
    }

    private async Task<Pending> Read(int partition, Pending pending, long toSeq, CancellationToken stop)
    {
        for (var after = pending.ToSeq; after < toSeq;)
        {
            var page = await journal.ReadCommitted(partition, after, toSeq, stop);
            foreach (var stored in page) await Add(stored, pending.Rows);
            after = page[^1].Seq;
            pending = pending with { ToSeq = after };
        }

        return pending;
    }

    private ValueTask Add(StoredEntry stored, RollupRows rows)
    {
        rows.Add(stored);
        return stored.Actor.Kind == "member" && programmes?.Find(stored.Actor.Programme)?.Boards.Measures.IsEmpty == false ? AddMeasures(stored, programmes, rows) : default;
    }

    private async ValueTask AddMeasures(StoredEntry stored, ProgrammeCatalog catalog, RollupRows rows)
    {
        if (AccountEntryJson.Read(stored) is not { } entry) return;
        var (scheme, settings) = (catalog.SchemeOf(stored.Actor.Programme), catalog.Of(stored.Actor.Programme).NetSpend);
        rows.Add(stored.Actor, await MeasureReading.Of(scheme, settings, stored.Actor, stored.Version - 1, [entry], journal.ReadForward), stored.Version);
    }

    private async Task ReadUpToHeads(CancellationToken cancellation)
    {
        foreach (var head in await journal.Heads(cancellation)) await ReadUpTo(head, cancellation);
    }

    private async Task ReadUpTo(PartitionHead head, CancellationToken cancellation)
    {
        while (_offsets.GetValueOrDefault(head.Partition) is var from && from < head.LastSeq)
        {
            var page = await journal.ReadPartition(head.Partition, from, ReadPage, cancellation);
            if (page.IsEmpty) break;
            var rows = NewRows();
            foreach (var stored in page) await Add(stored, rows);
            await TryFold(head.Partition, page[^1].Seq, rows, cancellation);
        }
    }

    /// <summary>False when another node has folded some of it in meanwhile, and the offset is where that node left it.</summary>
    private async Task<bool> TryFold(int partition, long toSeq, RollupRows rows, CancellationToken cancellation)
    {
        var from = _offsets.GetValueOrDefault(partition);
        try
        {
            await rollup.Apply(partition, from, toSeq, rows.Batch());
        }
        catch (InvalidOperationException)
        {
            var stands = (await rollup.Offsets(cancellation)).GetValueOrDefault(partition);
            if (stands <= from) throw;
            _offsets[partition] = stands;
            return false;
        }

        _offsets[partition] = toSeq;
        return true;
    }

    /// <summary>
    /// Gives the nodes that write other partitions the moment in which they fold in what they committed, so that two do not fold the same. What
    /// is still missing then was written by a node that is no more.
    /// </summary>
    private async Task AwaitOthers(CancellationToken cancellation)
    {
        if (writes is null) return;
        var heads = await journal.Heads(cancellation);
        var since = time.GetTimestamp();
        while (heads.Any(head => !writes.Partitions.Contains(head.Partition) && _offsets.GetValueOrDefault(head.Partition) < head.LastSeq))
        {
            foreach (var (partition, offset) in await rollup.Offsets(cancellation)) _offsets[partition] = Math.Max(offset, _offsets.GetValueOrDefault(partition));
            foreach (var programme in clock.Programmes)
            {
                if (await rollup.NewestOccurredAt(programme, cancellation) is { } newest) clock.Observe(programme, newest);
            }

            if (time.GetElapsedTime(since) >= OthersTake) return;
            await Task.Delay(LookAfter, time, cancellation);
        }
    }

    private void Answer()
    {
        foreach (var done in _waiting) done.TrySetResult();
        _waiting.Clear();
    }
}
