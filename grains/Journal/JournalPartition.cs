using System.Collections.Immutable;
using Microsoft.Extensions.Logging;

namespace Gamification.Journal;

/// <summary>
/// One partition's queue and the loop that empties it: drain, commit, answer. Everything after the queue runs in one loop, so nothing here needs a lock.
/// What is known decides the answer: nothing was written → try again; a bad row → halve until it stands alone;
/// unknown → take the partition again, which settles the lost commit, look, and only then answer.
/// </summary>
internal sealed class JournalPartition
{
    private readonly int _partition;
    private readonly IJournalStorage _storage;
    private readonly JournalWriterOptions _options;
    private readonly TimeProvider _clock;
    private readonly ICommitObserver? _observer;
    private readonly JournalMetrics _metrics;
    private readonly ILogger _log;

    private readonly AppendQueue _queue;
    private readonly List<PendingAppend> _batch = [];

    private PartitionHead _head;
    private bool _acquired;
    private bool _owned;
    private long _lastSeq;
    private long _batchSince;
    private volatile JournalState _state;
    private volatile Fault? _lastFault;

    public JournalPartition(
        int partition, IJournalStorage storage, JournalWriterOptions options, TimeProvider clock, ICommitObserver? observer, JournalMetrics metrics, ILogger log)
    {
        _partition = partition;
        _storage = storage;
        _options = options;
        _clock = clock;
        _observer = observer;
        _metrics = metrics;
        _log = log;
        _queue = new(options, clock);
    }

    public JournalHealth Health
    {
        get
        {
            var (fault, since) = (_lastFault, Interlocked.Read(ref _batchSince));
            return new(
                _partition, _state, fault?.Error, fault?.At, _queue.Count, since == 0 ? TimeSpan.Zero : _clock.GetElapsedTime(since),
                Interlocked.Read(ref _lastSeq));
        }
    }

    public ValueTask<AppendOutcome> Append(Append append)
    {
        if (append.Entries.IsDefaultOrEmpty)
            throw new ArgumentException("An append holds at least one entry.", nameof(append));
        if (Refusal() is { } refusal)
            return ValueTask.FromException<AppendOutcome>(refusal);

        var pending = new PendingAppend(append);
        return _queue.TryAdd(pending) ? pending.Outcome : WaitForRoom(pending);
    }

    public async Task Run(CancellationToken stop)
    {
        using var closing = stop.Register(static state => ((JournalPartition)state!)._queue.Close(), this);
        try
        {
            while (await Own(stop) && await _queue.WaitForAppends())
            {
                Interlocked.Exchange(ref _batchSince, _clock.GetTimestamp());
                _queue.TakeBatch(_batch);
                await Settle(new ArraySegment<PendingAppend>([.. _batch]));
                _batch.Clear();
                Interlocked.Exchange(ref _batchSince, 0);
            }
        }
        finally
        {
            // Nobody is left hanging, whatever ended the loop. A batch is still here only if a bug threw past the answers.
            _queue.Close();
            if (_state != JournalState.Fenced)
                _state = JournalState.Stopped;
            foreach (var pending in _batch.Where(pending => pending.Outcome is { IsCompleted: false }))
                pending.Fail(new CommitOutcomeUnknownException($"The writer of partition {_partition} ended during a commit."));
            RefuseQueued(Refusal() ?? new JournalUnavailableException("The journal has stopped."));
        }
    }

    /// <summary>What a new append is told at once; null when it may be queued.</summary>
    private Exception? Refusal() => _state switch
    {
        JournalState.Fenced => new JournalUnavailableException($"Partition {_partition} belongs to another writer.", _lastFault?.Error),
        JournalState.Unavailable => new JournalUnavailableException("The journal's storage is away; nothing was written.", _lastFault?.Error),
        JournalState.Stopped => new JournalBusyException(_options.RetryAfter),
        _ => null,
    };

    private async ValueTask<AppendOutcome> WaitForRoom(PendingAppend pending)
    {
        if (!await _queue.Add(pending))
            throw Refusal() ?? new JournalBusyException(_options.RetryAfter);

        return await pending.Outcome;
    }

    /// <summary>
    /// Makes sure that this writer holds the partition and that nothing of an earlier commit is still under way.
    /// False when it is fenced off, or stopped before storage came back.
    /// </summary>
    private async ValueTask<bool> Own(CancellationToken stop)
    {
        if (_state == JournalState.Fenced)
            return false;

        var since = _clock.GetTimestamp();
        for (var attempt = 0; !_owned; attempt++)
        {
            try
            {
                await Take();
                _state = JournalState.Running;
            }
            catch (PartitionFencedException fenced)
            {
                Fence(fenced);
                return false;
            }
            catch (Exception fault)
            {
                Note(fault);
                if (_clock.GetElapsedTime(since) >= _options.RetryFor || stop.IsCancellationRequested)
                {
                    _state = JournalState.Unavailable;
                    RefuseQueued(Refusal()!);
                    if (stop.IsCancellationRequested)
                        return false;
                }

                await Delay(attempt);
            }
        }

        return true;
    }

    private async ValueTask Take()
    {
        _head = _acquired
            ? await _storage.Reacquire(_partition, CancellationToken.None)
            : await _storage.Acquire(_partition, CancellationToken.None);
        Interlocked.Exchange(ref _lastSeq, _head.LastSeq);
        (_acquired, _owned) = (true, true);
    }

    /// <summary>Commits the appends or finds out why not; each of them has its answer when this returns.</summary>
    private async ValueTask Settle(ArraySegment<PendingAppend> pending)
    {
        var since = _clock.GetTimestamp();
        for (var attempt = 0; pending.Count > 0; attempt++)
        {
            ImmutableArray<AppendOutcome> outcomes = default;
            try
            {
                outcomes = await Commit(pending);
            }
            catch (PartitionFencedException fenced)
            {
                Fence(fenced);
                Refuse(pending, Refusal()!);
                return;
            }
            catch (BadAppendException bad) when (pending.Count == 1)
            {
                _log.LogWarning(bad, "Partition {Partition} of the journal refused a row.", _partition);
                pending[0].Fail(new AppendRefusedException(bad.Message, bad));
                return;
            }
            catch (BadAppendException)
            {
                await Settle(pending[..(pending.Count / 2)]);
                await Settle(pending[(pending.Count / 2)..]);
                return;
            }
            catch (JournalUnavailableException away)
            {
                Note(away);
                _state = JournalState.Retrying;
            }
            catch (Exception unknown)
            {
                Note(unknown);
                (_state, _owned) = (JournalState.Looking, false);
                pending = await Look(pending, unknown);
            }

            if (!outcomes.IsDefault)
            {
                _state = JournalState.Running;
                Answer(pending, outcomes);
                return;
            }

            if (_state == JournalState.Fenced)
            {
                Refuse(pending, Refusal()!);
                return;
            }

            if (pending.Count > 0 && _clock.GetElapsedTime(since) >= _options.RetryFor)
            {
                (_state, _owned) = (JournalState.Unavailable, false);
                Refuse(pending, Refusal()!);
                return;
            }

            if (pending.Count > 0)
                await Delay(attempt);
        }
    }

    private async ValueTask<ImmutableArray<AppendOutcome>> Commit(ArraySegment<PendingAppend> pending)
    {
        if (!_owned)
        {
            try
            {
                await Take();
            }
            catch (Exception away) when (away is not PartitionFencedException)
            {
                throw new JournalUnavailableException("The partition could not be taken again; nothing was written.", away);
            }
        }

        var started = _clock.GetTimestamp();
        var appends = new Append[pending.Count];
        for (var i = 0; i < appends.Length; i++)
            appends[i] = pending[i].Append;

        var outcomes = await _storage.Commit(_partition, _head.Epoch, appends, _clock.GetUtcNow());
        if (outcomes.Length != appends.Length)
            throw new InvalidOperationException($"Storage answered {outcomes.Length} of {appends.Length} appends.");
        _metrics.Committed(_partition, appends.Length, _clock.GetElapsedTime(started));
        return outcomes;
    }

    /// <summary>
    /// After a commit whose answer was lost. Taking the partition again settles the commit on the server; then what is in the journal is the truth:
    /// an append whose very entries stand at its versions was stored. Answers those, and returns the ones that certainly were not.
    /// </summary>
    private async ValueTask<ArraySegment<PendingAppend>> Look(ArraySegment<PendingAppend> pending, Exception cause)
    {
        var since = _clock.GetTimestamp();
        var found = new AppendOutcome?[pending.Count];
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await TakeOrFence();
                for (var i = 0; i < found.Length; i++)
                    found[i] = await FindStored(pending[i].Append);
                break;
            }
            catch (Exception fault)
            {
                Note(fault);
                if (_clock.GetElapsedTime(since) >= _options.LookFor)
                {
                    Refuse(pending, new CommitOutcomeUnknownException("The commit's answer was lost, and looking for its entries failed as well.", cause));
                    return [];
                }
            }

            await Delay(attempt);
        }

        if (_state != JournalState.Fenced)
            _state = JournalState.Running;
        Answer([.. pending.Where((_, i) => found[i] is not null)], [.. found.OfType<AppendOutcome>()]);
        return pending.Where((_, i) => found[i] is null).ToArray();
    }

    /// <summary>A fenced writer may still look: whoever fenced it waited for its last commit.</summary>
    private async ValueTask TakeOrFence()
    {
        if (_owned || _state == JournalState.Fenced)
            return;

        try
        {
            await Take();
        }
        catch (PartitionFencedException fenced)
        {
            Fence(fenced);
        }
    }

    private async ValueTask<AppendOutcome?> FindStored(Append append)
    {
        var stored = await _storage.ReadForward(append.Actor, append.ExpectedVersion, append.Entries.Length, CancellationToken.None);
        var same = stored.Length == append.Entries.Length
            && stored.Zip(append.Entries).All(pair => pair.First.Type == pair.Second.Type && pair.First.Payload.Span.SequenceEqual(pair.Second.Payload.Span));
        return same ? new AppendOutcome.Appended(stored[0].Partition, stored[0].Seq, stored[^1].Seq, stored[0].RecordedAt) : null;
    }

    private void Answer(IReadOnlyList<PendingAppend> pending, IReadOnlyList<AppendOutcome> outcomes)
    {
        List<CommittedAppend>? committed = _observer is null ? null : new(pending.Count);
        for (var i = 0; i < pending.Count; i++)
        {
            var (append, outcome) = (pending[i].Append, outcomes[i]);
            pending[i].Answer(outcome);
            _metrics.Answered(_partition, append, outcome);
            if (outcome is AppendOutcome.Appended appended)
            {
                Interlocked.Exchange(ref _lastSeq, Math.Max(_lastSeq, appended.LastSeq));
                committed?.Add(new(append, appended));
            }
        }

        if (committed is { Count: > 0 })
            Tell(committed);
    }

    private void Tell(List<CommittedAppend> committed)
    {
        committed.Sort(static (one, other) => one.Outcome.FirstSeq.CompareTo(other.Outcome.FirstSeq));
        try
        {
            _observer!.Committed(_partition, committed[0].Outcome.FirstSeq - 1, committed[^1].Outcome.LastSeq, committed);
        }
        catch (Exception bug)
        {
            Note(bug);
        }
    }

    private void Fence(PartitionFencedException fenced)
    {
        Note(fenced);
        _state = JournalState.Fenced;
        _queue.Close();
    }

    private void RefuseQueued(Exception refusal)
    {
        while (_queue.TryTake(out var pending))
            pending.Fail(refusal);
    }

    private static void Refuse(IEnumerable<PendingAppend> pending, Exception refusal)
    {
        foreach (var each in pending)
            each.Fail(refusal);
    }

    private void Note(Exception fault)
    {
        _lastFault = new(fault, _clock.GetUtcNow());
        _log.LogWarning(fault, "Partition {Partition} of the journal: {Fault}", _partition, fault.Message);
    }

    private Task Delay(int attempt)
    {
        var delay = _options.Backoff * Math.Pow(2, Math.Min(attempt, 16));
        return Task.Delay(delay < _options.BackoffMax ? delay : _options.BackoffMax, _clock, CancellationToken.None);
    }

    private sealed record Fault(Exception Error, DateTimeOffset At);
}
