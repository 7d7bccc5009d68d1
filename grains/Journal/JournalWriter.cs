using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;

namespace Gamification.Journal;

/// <summary>
/// The journal as actors see it: many callers, one commit at a time a partition. While one batch is on its way to disk the next collects itself,
/// so there is no timer, a quiet append waits for nobody, and a busy hour pays one flush for hundreds.
/// The host runs <see cref="Run"/> once for each of <see cref="Partitions"/>; appends may be queued before that.
/// </summary>
public sealed class JournalWriter : IJournal, IDisposable
{
    private readonly IJournalStorage _storage;
    private readonly JournalPartition[] _partitions;
    private readonly JournalMetrics _metrics;

    public JournalWriter(
        IJournalStorage storage, JournalWriterOptions options, TimeProvider clock, ILogger<JournalWriter> log, ICommitObserver? observer = null)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(options.Partitions.Length, 1);
        _storage = storage;
        _metrics = new(Depths);
        Partitions = options.Partitions;
        _partitions = [.. options.Partitions.Select(partition => new JournalPartition(partition, storage, options, clock, observer, _metrics, log))];
    }

    public ImmutableArray<int> Partitions { get; }

    public ImmutableArray<JournalHealth> Health => [.. _partitions.Select(partition => partition.Health)];

    /// <summary>
    /// Writes one partition until <paramref name="stop"/> or until it is fenced off. A stop closes the queue, commits what is in it,
    /// answers everybody and then completes.
    /// </summary>
    public Task Run(int partition, CancellationToken stop) => _partitions[Partitions.IndexOf(partition)].Run(stop);

    public ValueTask<AppendOutcome> Append(Append append) => _partitions[IndexOf(append.Actor)].Append(append);

    public ValueTask<ActorHistory> Load(ActorId actor, CancellationToken cancellation) => _storage.Load(actor, cancellation);

    public ValueTask<ImmutableArray<ActorHistory>> LoadAll(IReadOnlyList<ActorId> actors, CancellationToken cancellation) => _storage.LoadAll(actors, cancellation);

    public ValueTask<ImmutableArray<StoredEntry>> ReadForward(ActorId actor, long afterVersion, int limit, CancellationToken cancellation) =>
        _storage.ReadForward(actor, afterVersion, limit, cancellation);

    public ValueTask<ImmutableArray<StoredEntry>> ReadBackward(ActorId actor, long beforeVersion, int limit, CancellationToken cancellation) =>
        _storage.ReadBackward(actor, beforeVersion, limit, cancellation);

    public ValueTask<StoredEntry?> FindKey(string programme, BusinessKey key, CancellationToken cancellation) =>
        _storage.FindKey(programme, key, cancellation);

    /// <summary>The partition that takes this actor's appends in this process.</summary>
    public int PartitionOf(ActorId actor) => Partitions[IndexOf(actor)];

    public void Dispose() => _metrics.Dispose();

    private int IndexOf(ActorId actor) => _partitions.Length == 1 ? 0 : (int)(StableHash(actor) % (uint)_partitions.Length);

    /// <summary>FNV-1a: the same in every process and version, unlike <see cref="string.GetHashCode()"/>.</summary>
    private static uint StableHash(ActorId actor)
    {
        var hash = 2_166_136_261u;
        Mix(actor.Programme);
        Mix(actor.Kind);
        Mix(actor.Key);
        return hash ^ (hash >> 15);

        void Mix(string text)
        {
            foreach (var letter in text)
                hash = unchecked((hash ^ letter) * 16_777_619u);
            hash = unchecked((hash ^ '/') * 16_777_619u);
        }
    }

    private IEnumerable<Measurement<int>> Depths()
    {
        foreach (var partition in _partitions)
        {
            var health = partition.Health;
            yield return new(health.QueueDepth, JournalMetrics.Tag(health.Partition));
        }
    }
}
