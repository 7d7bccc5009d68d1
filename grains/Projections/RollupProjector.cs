using System.Threading.Channels;
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
    private const int InboxMax = 4096;
    private const int RowsMax = 20_000;
    private const int ReadPage = 2_000;
    private static readonly TimeSpan GatherFor = TimeSpan.FromMilliseconds(400);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Channel<Message> _inbox = Channel.CreateBounded<Message>(new BoundedChannelOptions(InboxMax) { SingleReader = true });
    private readonly Dictionary<int, long> _offsets = [];
    private readonly Dictionary<int, Pending> _pending = [];
    private readonly List<TaskCompletionSource> _waiting = [];

    private abstract record Message;

    private sealed record Commit(int Partition, long PreviousSeq, long ToSeq, IReadOnlyList<CommittedAppend> Appends) : Message;

    private sealed record CatchUpTo(TaskCompletionSource Done) : Message;

    private sealed record Pending(long ToSeq, RollupRows Rows);

    public void Committed(int partition, long previousSeq, long toSeq, IReadOnlyList<CommittedAppend> appends)
    {
        foreach (var (append, _) in appends)
        {
            if (append.Notice is AccountNotice { OccurredAt: > 0 } notice) clock.Observe(notice.Actor.Programme, notice.OccurredAt);
        }

        // A full inbox drops the batch; the next one shows the gap.
        _inbox.Writer.TryWrite(new Commit(partition, previousSeq, toSeq, appends));
    }

    /// <summary>Completes when everything that was committed before the call is in the roll-up.</summary>
    public async Task CatchUp()
    {
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await _inbox.Writer.WriteAsync(new CatchUpTo(done));
        await done.Task;
    }

    /// <summary>Runs until stopped. It begins by folding in what the journal has and the roll-up has not.</summary>
    public async Task Run(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await Start(stop);
                while (await _inbox.Reader.WaitToReadAsync(stop)) await Round(stop);
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
        _offsets.Clear();
        foreach (var (partition, offset) in await rollup.Offsets(cancellation)) _offsets[partition] = offset;
        await ReadUpToHeads(cancellation);
        foreach (var programme in clock.Programmes)
        {
            if (await rollup.NewestOccurredAt(programme, cancellation) is { } newest) clock.Observe(programme, newest);
        }

        Answer();
    }

    private async Task Round(CancellationToken stop)
    {
        await Gather(stop);
        foreach (var (partition, pending) in _pending)
        {
            await rollup.Apply(partition, _offsets.GetValueOrDefault(partition), pending.ToSeq, pending.Rows.Rows, pending.Rows.NewestOccurredAt);
            _offsets[partition] = pending.ToSeq;
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
            while (rows < RowsMax && _waiting.Count == 0 && await _inbox.Reader.WaitToReadAsync(either.Token))
            {
                while (rows < RowsMax && _inbox.Reader.TryRead(out var message))
                {
                    if (message is Commit commit) rows += await Take(commit, stop);
                    else if (message is CatchUpTo catchUp) _waiting.Add(catchUp.Done);
                }
            }
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
        }
    }

    private async Task<int> Take(Commit commit, CancellationToken stop)
    {
        var pending = _pending.GetValueOrDefault(commit.Partition) ?? new(_offsets.GetValueOrDefault(commit.Partition), new());
        if (commit.ToSeq <= pending.ToSeq) return 0;
        if (commit.PreviousSeq != pending.ToSeq) pending = await Read(commit.Partition, pending, commit.ToSeq, stop);
        else
        {
            foreach (var (append, _) in commit.Appends)
            {
                if (append.Notice is AccountNotice notice) pending.Rows.Add(notice);
            }
        }

        _pending[commit.Partition] = pending with { ToSeq = Math.Max(pending.ToSeq, commit.ToSeq) };
        return commit.Appends.Count;
    }

    private async Task<Pending> Read(int partition, Pending pending, long toSeq, CancellationToken stop)
    {
        for (var after = pending.ToSeq; after < toSeq;)
        {
            var page = await journal.ReadPartition(partition, after, ReadPage, stop);
            if (page.IsEmpty) break;
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
                var rows = new RollupRows();
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
