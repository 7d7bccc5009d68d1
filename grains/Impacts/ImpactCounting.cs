using System.Collections.Immutable;
using System.Runtime.InteropServices;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Rules.Challenges;
using Gamification.Rules.Impacts;

namespace Gamification.Impacts;

/// <summary>
/// Counts one set from the journal: of every deed what stands of it, and the sums, exactly once by position. Entries of one member may come in any order, since
/// the newest word on a deed holds. One at a time calls it.
/// </summary>
internal sealed class ImpactCounting(ImpactSet set, ImpactBook selection, IImpactStorage storage, DeedPages deeds, ImpactBoards? boards = null)
{
    private readonly Dictionary<(string Factor, string Store, int Day), long> _sums = [];
    private readonly ImpactPeople _people = new();
    private Dictionary<int, long> _positions = [];

    public ImpactSet Set => set;

    /// <summary>Whether boards are told what is counted: until it has come as far as the journal, from where on entries tell them.</summary>
    public bool Tells { get; set; } = true;

    /// <summary>Moves when a sum does.</summary>
    public long Version { get; private set; }

    public IReadOnlyDictionary<int, long> Positions => _positions;

    public async Task Load(CancellationToken cancellation)
    {
        _sums.Clear();
        _people.Clear();
        _positions = new(await storage.Positions(set, cancellation));
        foreach (var sum in await storage.Sums(set, cancellation)) _sums[(sum.Factor, sum.Store, sum.Day)] = sum.Thousandths;
        _people.Add(await storage.People(set, cancellation));
        Version++;
    }

    /// <summary>See <see cref="ImpactPeople.Count"/>.</summary>
    public int People(IReadOnlySet<string> factors, string? store) => _people.Count(factors, store);

    /// <summary>What all members did, in one store or anywhere.</summary>
    public IEnumerable<ImpactQuantity> Quantities(string? store) =>
        _sums.Where(sum => store is null || sum.Key.Store == store).Select(sum => new ImpactQuantity(sum.Key.Factor, sum.Key.Day, sum.Value));

    public async Task<IEnumerable<ImpactQuantity>> Of(MemberId member) =>
        (await storage.Of(set, member.Value, CancellationToken.None)).SelectMany(row => row.Quantities.Select(one => new ImpactQuantity(one.Factor, row.Day, one.Thousandths)));

    /// <summary>Counts up to these heads and no further, so many pages at most; each is durable before the next. True when there is more.</summary>
    public async Task<bool> CountUpTo(IReadOnlyList<PartitionHead> heads, int pagesMax)
    {
        foreach (var head in heads)
        {
            while (_positions.GetValueOrDefault(head.Partition) < head.LastSeq)
            {
                if (pagesMax-- == 0) return true;
                var after = _positions.GetValueOrDefault(head.Partition);
                await Take(head.Partition, await deeds.Read(head.Partition, after, head.LastSeq));
            }
        }

        return false;
    }

    private async Task Take(int partition, DeedPage page)
    {
        var said = new Dictionary<(Guid Member, Guid Deed), (ImpactRow Row, bool IsRevision, long At)>();
        foreach (var told in page.Told)
        {
            if (told.Programme != set.Programme || told.Member is not { } member) continue;
            foreach (var change in member.Changes.Where(change => change.Participation is null)) Say(said, member, change);
        }

        var known = said.Count == 0 ? [] : (await storage.Find(set, [.. said.Keys], CancellationToken.None)).ToDictionary(row => (row.Member, row.Deed));
        var rows = new List<ImpactRow>();
        var counted = new List<CountedDeed>();
        var moved = new Dictionary<(string, string, int), long>();
        foreach (var (key, (row, isRevision, at)) in said)
        {
            // What brought nothing when it came is no row: of most sales nothing is selected. What takes away may come before what it takes from.
            if (known.TryGetValue(key, out var before) ? before.Version >= row.Version : row.Quantities.IsEmpty && !isRevision) continue;
            rows.Add(row);
            if (Tells) counted.Add(new(row, before, at));
            if (before is not null) Add(moved, before, -1);
            Add(moved, row, 1);
        }

        var (from, to) = (Position.ListOf(_positions), new Dictionary<int, long>(_positions) { [partition] = page.ToSeq });
        var sums = moved.Where(one => one.Value != 0).Select(one => new ImpactSum(one.Key.Item1, one.Key.Item2, one.Key.Item3, _sums.GetValueOrDefault(one.Key) + one.Value)).ToArray();
        var met = _people.New(rows);

        // Boards first: what dies after that is told again.
        if (boards is not null) await boards.Tell(selection, counted);
        await storage.Keep(set, rows, sums, met, from, Position.ListOf(to));
        _positions = to;
        _people.Add(met);
        foreach (var sum in sums) _sums[(sum.Factor, sum.Store, sum.Day)] = sum.Thousandths;
        if (sums.Length > 0) Version++;
    }

    private void Say(Dictionary<(Guid, Guid), (ImpactRow Row, bool IsRevision, long At)> said, MemberDeeds member, DeedChange change)
    {
        ref var newest = ref CollectionsMarshal.GetValueRefOrAddDefault(said, (member.Member.Value, change.Key), out var isKnown);
        if (isKnown && newest.Row.Version > member.Version) return;
        ImmutableArray<CountedFactor> quantities = change.Deed is { } deed ? [.. selection.Of(deed).OrderBy(one => one.Factor, StringComparer.Ordinal).Select(one => new CountedFactor(one.Factor, one.Thousandths))] : [];
        var row = new ImpactRow(member.Member.Value, change.Key, member.Version, change.Deed?.Store ?? "", change.Deed?.Date.DayNumber ?? 0, quantities);
        newest = (row, change.IsRevision || (isKnown && newest.IsRevision), change.Deed?.OccurredAt.ToUnixTimeMilliseconds() ?? 0);
    }

    private static void Add(Dictionary<(string, string, int), long> moved, ImpactRow row, int sign)
    {
        foreach (var (factor, thousandths) in row.Quantities)
            CollectionsMarshal.GetValueRefOrAddDefault(moved, (factor, row.Store, row.Day), out _) += sign * thousandths;
    }
}
