using System.Runtime.CompilerServices;
using Gamification.Impacts;
using Gamification.Rules.Challenges;
using Gamification.Tests.Challenges;

namespace Gamification.Tests.Impacts;

/// <summary>What the storages of both databases do, as simple as it can be.</summary>
internal sealed class MemoryImpactStorage : IImpactStorage
{
    private readonly Dictionary<ImpactSet, Kept> _sets = [];

    /// <summary>Asked at each keep whether it fails, nothing having changed: a database that was away for a moment.</summary>
    public Func<bool> Falters { get; set; } = () => false;

    private sealed class Kept
    {
        public Dictionary<(Guid, Guid), ImpactRow> Rows { get; } = [];

        public Dictionary<(string, string, int), ImpactSum> Sums { get; } = [];

        public HashSet<ImpactPerson> People { get; } = [];

        public Dictionary<int, long> Positions { get; set; } = [];
    }

    public ValueTask<IReadOnlyDictionary<int, long>> Positions(ImpactSet set, CancellationToken cancellation) => new(new Dictionary<int, long>(Of(set).Positions));

    public ValueTask<IReadOnlyList<ImpactRow>> Find(ImpactSet set, IReadOnlyList<(Guid Member, Guid Deed)> deeds, CancellationToken cancellation) =>
        new([.. deeds.Where(Of(set).Rows.ContainsKey).Select(deed => Of(set).Rows[deed])]);

    public ValueTask<IReadOnlyList<ImpactRow>> Of(ImpactSet set, Guid member, CancellationToken cancellation) => new([.. Of(set).Rows.Values.Where(row => row.Member == member)]);

    public ValueTask<IReadOnlyList<ImpactSum>> Sums(ImpactSet set, CancellationToken cancellation) => new([.. Of(set).Sums.Values]);

    public ValueTask<IReadOnlyList<ImpactPerson>> People(ImpactSet set, CancellationToken cancellation) => new([.. Of(set).People]);

    public async IAsyncEnumerable<ImpactRow> Rows(ImpactSet set, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await Task.CompletedTask;
        foreach (var row in Of(set).Rows.Values.ToArray()) yield return row;
    }

    public ValueTask Keep(ImpactSet set, IReadOnlyList<ImpactRow> rows, IReadOnlyList<ImpactSum> sums, IReadOnlyList<ImpactPerson> people, IReadOnlyList<Position> from, IReadOnlyList<Position> to)
    {
        if (Falters()) throw new IOException("It is away for a moment.");
        var kept = _sets.TryGetValue(set, out var known) ? known : _sets[set] = new();
        if (kept.Positions.Count != from.Count || from.Any(position => kept.Positions.GetValueOrDefault(position.Partition, -1) != position.Seq)) throw new InvalidOperationException($"{set} does not stand there.");
        foreach (var row in rows) kept.Rows[(row.Member, row.Deed)] = row;
        foreach (var sum in sums) kept.Sums[(sum.Factor, sum.Store, sum.Day)] = sum;
        kept.People.UnionWith(people);
        kept.Positions = to.ToDictionary(position => position.Partition, position => position.Seq);
        return default;
    }

    public ValueTask<IReadOnlyList<ImpactSet>> Sets(string programme, CancellationToken cancellation) => new([.. _sets.Keys.Where(set => set.Programme == programme)]);

    public ValueTask Drop(ImpactSet set)
    {
        _sets.Remove(set);
        return default;
    }

    private Kept Of(ImpactSet set) => _sets.TryGetValue(set, out var kept) ? kept : new();
}

/// <summary>The storage as one engine sees it.</summary>
internal sealed class MortalImpactStorage(MemoryImpactStorage storage, Lifeline life) : IImpactStorage
{
    public ValueTask<IReadOnlyDictionary<int, long>> Positions(ImpactSet set, CancellationToken cancellation) => Alive().Positions(set, cancellation);

    public ValueTask<IReadOnlyList<ImpactRow>> Find(ImpactSet set, IReadOnlyList<(Guid Member, Guid Deed)> deeds, CancellationToken cancellation) => Alive().Find(set, deeds, cancellation);

    public ValueTask<IReadOnlyList<ImpactRow>> Of(ImpactSet set, Guid member, CancellationToken cancellation) => Alive().Of(set, member, cancellation);

    public ValueTask<IReadOnlyList<ImpactSum>> Sums(ImpactSet set, CancellationToken cancellation) => Alive().Sums(set, cancellation);

    public ValueTask<IReadOnlyList<ImpactPerson>> People(ImpactSet set, CancellationToken cancellation) => Alive().People(set, cancellation);

    public IAsyncEnumerable<ImpactRow> Rows(ImpactSet set, CancellationToken cancellation) => Alive().Rows(set, cancellation);

    public async ValueTask Keep(ImpactSet set, IReadOnlyList<ImpactRow> rows, IReadOnlyList<ImpactSum> sums, IReadOnlyList<ImpactPerson> people, IReadOnlyList<Position> from, IReadOnlyList<Position> to)
    {
        life.Pass("before keep");
        await storage.Keep(set, rows, sums, people, from, to);
        life.Pass("after keep");
    }

    public ValueTask<IReadOnlyList<ImpactSet>> Sets(string programme, CancellationToken cancellation) => Alive().Sets(programme, cancellation);

    public async ValueTask Drop(ImpactSet set)
    {
        life.Pass("before drop");
        await storage.Drop(set);
        life.Pass("after drop");
    }

    private MemoryImpactStorage Alive() => life.IsDead ? throw new IOException("This engine is no more.") : storage;
}
