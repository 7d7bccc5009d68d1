using System.Collections.Immutable;

namespace Gamification.Journal;

/// <summary>
/// The state of an actor that many ask at once. Changes queue; each turn decides all that wait, one on top of the other, and makes them durable
/// in one append, so that throughput is not one journal round trip a change. Only for actors that are <see cref="ReentrantAttribute"/>; every
/// member is called in the actor's turn. <paramref name="letGo"/> ends the activation when memory can no longer be trusted to match the disk.
/// </summary>
internal sealed class SharedAppends<TState, TEntry>(
    ActorId actor, IJournal journal, IDurableForm<TState, TEntry> form, JournalSnapshotOptions snapshots, Action letGo)
    where TState : class
    where TEntry : class
{
    private const int ChangesMax = 512;
    private const int StaleMax = 5;

    private readonly Queue<Pending> _queue = [];
    private JournalTail _tail;
    private bool _writing;

    public TState State { get; private set; } = form.Empty;

    public long Version { get; private set; }

    public async Task Load(CancellationToken cancellation)
    {
        var history = await journal.Load(actor, cancellation);
        State = form.StateOf(history);
        Version = history.Version;
        _tail = JournalTail.Of(history);
    }

    /// <summary>
    /// Decides on the newest state and completes once the entries are durable and shown; at once when there are none. A key of theirs that is
    /// taken makes nothing durable: then the answer is <paramref name="taken"/> of the entry that has it.
    /// </summary>
    /// <param name="subject">What the change is about: one append holds no two changes of the same.</param>
    /// <param name="decide">The pure rule. It may be asked several times.</param>
    /// <param name="taken">Null for entries without keys.</param>
    public Task<TAnswer> Change<TAnswer>(Guid subject, Func<TState, (ImmutableArray<TEntry> Entries, TAnswer Answer)> decide, Func<StoredEntry, TAnswer>? taken = null)
    {
        var change = new Pending<TAnswer>(subject, decide, taken);
        _queue.Enqueue(change);
        if (!_writing) _ = Write();
        return change.Answered;
    }

    private async Task Write()
    {
        _writing = true;
        try
        {
            while (_queue.Count > 0)
            {
                // Whoever calls in the same turn comes along.
                await Task.Yield();
                var batch = Next();
                try
                {
                    await Settle(batch);
                }
                catch (Exception fault)
                {
                    foreach (var change in batch) change.Fail(fault);
                }
            }
        }
        finally
        {
            _writing = false;
        }
    }

    private List<Pending> Next()
    {
        var subjects = new HashSet<Guid>();
        var batch = new List<Pending>();
        while (batch.Count < ChangesMax && _queue.TryPeek(out var change) && subjects.Add(change.Subject)) batch.Add(_queue.Dequeue());
        return batch;
    }

    private async Task Settle(List<Pending> batch)
    {
        for (var stale = 0; batch.Count > 0;)
        {
            var next = State;
            var written = ImmutableArray.CreateBuilder<NewEntry>();
            var owners = new List<Pending>();
            foreach (var change in batch.ToArray())
            {
                if (Decided(change, next) is not { } decided)
                {
                    batch.Remove(change);
                    continue;
                }

                next = decided.State;
                foreach (var entry in decided.Entries)
                {
                    written.Add(form.Write(entry));
                    owners.Add(change);
                }
            }

            if (owners.Count > 0)
            {
                var outcome = await Append(written.DrainToImmutable(), next);
                if (outcome is AppendOutcome.KeyTaken taken)
                {
                    owners[taken.Index].Taken(taken.First);
                    batch.Remove(owners[taken.Index]);
                    continue;
                }

                if (outcome is AppendOutcome.StaleVersion)
                {
                    if (++stale > StaleMax) throw new JournalUnavailableException($"Other activations of {actor} keep writing first; nothing was written. Ask again.");
                    await Load(CancellationToken.None);
                    continue;
                }
            }

            foreach (var change in batch) change.Done();
            return;
        }
    }

    /// <summary>Null when a check failed: a bug in one caller fails that caller, not those who come along.</summary>
    private (TState State, ImmutableArray<TEntry> Entries)? Decided(Pending change, TState state)
    {
        try
        {
            var entries = change.Decide(state);
            return (entries.Aggregate(state, form.Apply), entries);
        }
        catch (Exception bug)
        {
            change.Fail(bug);
            return null;
        }
    }

    private async Task<AppendOutcome> Append(ImmutableArray<NewEntry> entries, TState next)
    {
        var tail = _tail.Then(entries);
        var snapshot = tail.Calls(snapshots) ? (ReadOnlyMemory<byte>?)form.WriteState(next) : null;
        var append = new Append
        {
            Actor = actor,
            ExpectedVersion = Version,
            Entries = entries,
            Snapshot = snapshot,
        };
        try
        {
            var outcome = await journal.Append(append);
            if (outcome is AppendOutcome.Appended) (State, Version, _tail) = (next, append.NextVersion, tail.After(snapshot));
            return outcome;
        }
        catch (CommitOutcomeUnknownException)
        {
            await Reloaded();
            throw;
        }
    }

    /// <summary>What is queued behind is decided on what the disk says. If that cannot be read, the actor ends with its queue told so.</summary>
    private async Task Reloaded()
    {
        letGo();
        try
        {
            await Load(CancellationToken.None);
        }
        catch (Exception fault)
        {
            while (_queue.TryDequeue(out var change)) change.Fail(fault);
        }
    }

    private abstract class Pending(Guid subject)
    {
        public Guid Subject => subject;

        public abstract ImmutableArray<TEntry> Decide(TState state);

        public abstract void Done();

        public abstract void Taken(StoredEntry first);

        public abstract void Fail(Exception fault);
    }

    private sealed class Pending<TAnswer>(Guid subject, Func<TState, (ImmutableArray<TEntry> Entries, TAnswer Answer)> decide, Func<StoredEntry, TAnswer>? taken)
        : Pending(subject)
    {
        private readonly TaskCompletionSource<TAnswer> _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private TAnswer _answer = default!;

        public Task<TAnswer> Answered => _answered.Task;

        public override ImmutableArray<TEntry> Decide(TState state)
        {
            (var entries, _answer) = decide(state);
            return entries;
        }

        public override void Done() => _answered.TrySetResult(_answer);

        public override void Taken(StoredEntry first)
        {
            if (taken is null) _answered.TrySetException(new InvalidOperationException($"{first.Type} took a key that nobody looks up."));
            else _answered.TrySetResult(taken(first));
        }

        public override void Fail(Exception fault) => _answered.TrySetException(fault);
    }
}
