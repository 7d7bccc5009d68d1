using System.Collections.Immutable;
using Gamification.Journal;

namespace Gamification.Tests.Journal;

/// <summary>How often, in a thousand, each thing goes wrong.</summary>
public sealed record JournalFaults
{
    public static JournalFaults None { get; } = new();

    /// <summary>A commit is refused and certainly not written.</summary>
    public int Before { get; init; }

    /// <summary>A commit is written, and its answer is lost.</summary>
    public int After { get; init; }

    /// <summary>A commit's answer is lost, and a coin decides whether it was written: at once, or only when the partition is next taken.</summary>
    public int Silent { get; init; }

    /// <summary>A read or an acquisition fails.</summary>
    public int Looking { get; init; }

    /// <summary>The longest that a call takes; 0 completes everything synchronously.</summary>
    public TimeSpan DelayMax { get; init; }
}

/// <summary>
/// A whole journal in memory that can fail before, after, and without saying. The same random sequence gives the same faults, so that a simulation
/// can replay it; all delays come from the clock it is given. Use it from one thread or from many.
/// </summary>
public sealed class FaultyJournalStorage(Random random, TimeProvider clock) : IJournalStorage
{
    private readonly Lock _gate = new();
    private readonly SortedDictionary<int, Head> _heads = [];
    private readonly Dictionary<ActorId, List<StoredEntry>> _actors = [];
    private readonly Dictionary<ActorId, (long Version, ReadOnlyMemory<byte> State)> _snapshots = [];
    private readonly Dictionary<(string Programme, int Month, Guid Digest), (StoredEntry Entry, Guid Content)> _keys = [];
    private readonly Dictionary<(string Programme, Guid Lease), (LeaseTally Tally, bool IsOpen)> _leases = [];
    private readonly Dictionary<int, Action> _underWay = [];

    public JournalFaults Faults { get; set; } = JournalFaults.None;

    /// <summary>Payloads larger than this are bad rows.</summary>
    public int PayloadMax { get; set; } = 1_048_576;

    /// <summary>When set, every call fails with it: before anything is written.</summary>
    public Exception? Outage { get; set; }

    /// <summary>When set, commits and acquisitions wait for it first.</summary>
    public TaskCompletionSource? Gate { get; set; }

    /// <summary>Called between a commit and its answer.</summary>
    public Action? Written { get; set; }

    public int Commits { get; private set; }

    /// <summary>Everything that is stored, by partition in order of sequence.</summary>
    public ImmutableArray<StoredEntry> Stored
    {
        get
        {
            lock (_gate)
                return [.. _heads.Values.SelectMany(head => head.Entries)];
        }
    }

    /// <summary>What was committed under each lease.</summary>
    public ImmutableDictionary<Guid, LeaseTally> Leases
    {
        get
        {
            lock (_gate)
                return _leases.ToImmutableDictionary(lease => lease.Key.Lease, lease => lease.Value.Tally);
        }
    }

    public async ValueTask<PartitionHead> Acquire(int partition, CancellationToken cancellation)
    {
        await Enter(Faults.Looking);
        return Take(partition);
    }

    /// <summary>One process, one owner: fencing is simulated by whoever calls <see cref="Acquire"/> behind the writer's back.</summary>
    public async ValueTask<PartitionHead> Reacquire(int partition, CancellationToken cancellation)
    {
        await Enter(Faults.Looking);
        lock (_gate)
        {
            FinishWhatIsUnderWay(partition);
            var head = _heads[partition];
            if (head.Stolen)
                throw new PartitionFencedException(partition, head.Epoch - 1);
        }

        return Take(partition);
    }

    /// <summary>Another writer takes the partition.</summary>
    public void Steal(int partition)
    {
        Take(partition);
        lock (_gate)
            _heads[partition].Stolen = true;
    }

    public async ValueTask<ImmutableArray<AppendOutcome>> Commit(int partition, long epoch, IReadOnlyList<Append> batch, DateTimeOffset now)
    {
        AppendChecks.Check(batch);
        if (batch.FirstOrDefault(append => append.Entries.Any(entry => entry.Payload.Length > PayloadMax)) is { } bad)
            throw new BadAppendException($"A payload of {bad.Actor} is too large.", new ArgumentException("Payload too large.", nameof(batch)));

        var fault = await Enter(Faults.Before);
        lock (_gate)
        {
            Commits++;
            if (fault >= Faults.Before && fault < Faults.Before + Faults.Silent && random.Next(3) is var fate and < 2)
            {
                // Not written, or written when nobody looks any more; a later Reacquire has to wait for it.
                if (fate == 1)
                    _underWay[partition] = () => Write(partition, epoch, batch, now);
                throw new IOException("The connection was lost during a commit.");
            }

            var outcomes = Write(partition, epoch, batch, now);
            Written?.Invoke();
            if (fault >= Faults.Before && fault < Faults.Before + Faults.Silent + Faults.After)
                throw new IOException("The connection was lost after a commit.");
            return outcomes;
        }
    }

    public async ValueTask<ActorHistory> Load(ActorId actor, CancellationToken cancellation)
    {
        await Enter(Faults.Looking);
        lock (_gate)
        {
            var (version, state) = _snapshots.TryGetValue(actor, out var snapshot) ? (snapshot.Version, (ReadOnlyMemory<byte>?)snapshot.State) : (0, null);
            return new(version, state, [.. EntriesOf(actor).Skip((int)version)]);
        }
    }

    public async ValueTask<ImmutableArray<StoredEntry>> ReadForward(ActorId actor, long afterVersion, int limit, CancellationToken cancellation)
    {
        await Enter(Faults.Looking);
        lock (_gate)
            return [.. EntriesOf(actor).Where(entry => entry.Version > afterVersion).Take(limit)];
    }

    public async ValueTask<ImmutableArray<StoredEntry>> ReadBackward(ActorId actor, long beforeVersion, int limit, CancellationToken cancellation)
    {
        await Enter(Faults.Looking);
        lock (_gate)
            return [.. EntriesOf(actor).AsEnumerable().Reverse().Where(entry => entry.Version < beforeVersion).Take(limit)];
    }

    public async ValueTask<StoredEntry?> FindKey(string programme, BusinessKey key, CancellationToken cancellation)
    {
        await Enter(Faults.Looking);
        lock (_gate)
            return _keys.TryGetValue((programme, key.Month, key.Digest), out var taken) ? taken.Entry : null;
    }

    public async ValueTask OpenLease(string programme, Guid lease)
    {
        var fault = await Enter(Faults.Before);
        lock (_gate)
            _leases.TryAdd((programme, lease), (default, true));
        LoseAnswer(fault);
    }

    public async ValueTask<LeaseTally> EndLease(string programme, Guid lease)
    {
        var fault = await Enter(Faults.Before);
        LeaseTally tally;
        lock (_gate)
        {
            tally = _leases.GetValueOrDefault((programme, lease)).Tally;
            _leases[(programme, lease)] = (tally, false);
        }

        LoseAnswer(fault);
        return tally;
    }

    public async ValueTask<ImmutableArray<StoredEntry>> ReadPartition(int partition, long afterSeq, int limit, CancellationToken cancellation)
    {
        await Enter(Faults.Looking);
        lock (_gate)
            return _heads.TryGetValue(partition, out var head) ? [.. head.Entries.Skip((int)afterSeq).Take(limit)] : [];
    }

    public async ValueTask<ImmutableArray<PartitionHead>> Heads(CancellationToken cancellation)
    {
        await Enter(Faults.Looking);
        lock (_gate)
            return [.. _heads.Select(head => new PartitionHead(head.Key, head.Value.Epoch, head.Value.Entries.Count))];
    }

    /// <summary>Waits as told and draws the call's luck, 0 to 999; a luck below <paramref name="failing"/> fails here, before anything happened.</summary>
    private async ValueTask<int> Enter(int failing)
    {
        if (Gate is { } gate)
            await gate.Task;
        int luck;
        TimeSpan delay;
        lock (_gate)
        {
            luck = random.Next(1000);
            delay = Faults.DelayMax > TimeSpan.Zero ? Faults.DelayMax * random.NextDouble() : TimeSpan.Zero;
        }

        if (delay > TimeSpan.Zero)
            await Task.Delay(delay, clock);
        if (Outage is { } outage)
            throw outage;
        return luck < failing ? throw new JournalUnavailableException("The storage refused; nothing was written.") : luck;
    }

    private void LoseAnswer(int fault)
    {
        if (fault >= Faults.Before && fault < Faults.Before + Faults.After)
            throw new IOException("The connection was lost after a write.");
    }

    private PartitionHead Take(int partition)
    {
        lock (_gate)
        {
            FinishWhatIsUnderWay(partition);
            if (!_heads.TryGetValue(partition, out var head))
                _heads.Add(partition, head = new());
            head.Epoch++;
            return new(partition, head.Epoch, head.Entries.Count);
        }
    }

    private void FinishWhatIsUnderWay(int partition)
    {
        if (_underWay.Remove(partition, out var commit))
            commit();
    }

    private ImmutableArray<AppendOutcome> Write(int partition, long epoch, IReadOnlyList<Append> batch, DateTimeOffset now)
    {
        if (!_heads.TryGetValue(partition, out var head) || head.Epoch != epoch)
            throw new PartitionFencedException(partition, epoch);

        var at = now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerMicrosecond));
        head.LastAt = at > head.LastAt ? at : head.LastAt;
        return [.. batch.Select(append => Refusal(append) ?? Store(partition, head, append))];
    }

    private AppendOutcome? Refusal(Append append)
    {
        for (var i = 0; i < append.Entries.Length; i++)
        {
            if (append.Entries[i].Key is { } key && _keys.TryGetValue((append.Actor.Programme, key.Month, key.Digest), out var taken))
                return new AppendOutcome.KeyTaken(i, taken.Content, taken.Entry);
        }

        var version = EntriesOf(append.Actor).Count;
        if (version != append.ExpectedVersion) return new AppendOutcome.StaleVersion(version);
        foreach (var use in append.Uses)
        {
            if (!_leases.TryGetValue((append.Actor.Programme, use.Lease), out var lease) || !lease.IsOpen) return new AppendOutcome.LeaseOver(use.Lease);
        }

        return null;
    }

    private AppendOutcome.Appended Store(int partition, Head head, Append append)
    {
        var first = head.Entries.Count + 1;
        if (!_actors.TryGetValue(append.Actor, out var entries))
            _actors.Add(append.Actor, entries = []);
        foreach (var entry in append.Entries)
        {
            var stored = new StoredEntry
            {
                Actor = append.Actor,
                Version = entries.Count + 1,
                Partition = partition,
                Seq = head.Entries.Count + 1,
                Type = entry.Type,
                Payload = entry.Payload,
                RecordedAt = head.LastAt,
            };
            entries.Add(stored);
            head.Entries.Add(stored);
            if (entry.Key is { } key)
                _keys.Add((append.Actor.Programme, key.Month, key.Digest), (stored, key.Content));
        }

        foreach (var use in append.Uses)
            _leases[(append.Actor.Programme, use.Lease)] = (_leases[(append.Actor.Programme, use.Lease)].Tally.Plus(use), true);
        if (append.Snapshot is { } state)
            _snapshots[append.Actor] = (append.NextVersion, state);
        return new(partition, first, head.Entries.Count, head.LastAt);
    }

    private List<StoredEntry> EntriesOf(ActorId actor) => _actors.TryGetValue(actor, out var entries) ? entries : [];

    private sealed class Head
    {
        public long Epoch { get; set; }

        public bool Stolen { get; set; }

        public DateTimeOffset LastAt { get; set; } = DateTimeOffset.UnixEpoch;

        public List<StoredEntry> Entries { get; } = [];
    }
}
