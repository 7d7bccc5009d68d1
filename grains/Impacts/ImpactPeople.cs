using System.Runtime.InteropServices;

namespace Gamification.Impacts;

/// <summary>
/// Who is behind the sums of a set, as far as it takes to know that they are not few: figures about a handful of people would tell of each of them (spec §11). Whoever brought something
/// stays counted, also when it came back.
/// </summary>
internal sealed class ImpactPeople
{
    /// <summary>More are not told apart.</summary>
    public const int KeptMax = 50;

    private readonly Dictionary<(string Factor, string Store), HashSet<Guid>> _people = [];

    public void Clear() => _people.Clear();

    /// <summary>Those of the rows who are not known yet and have to be kept.</summary>
    public IReadOnlyList<ImpactPerson> New(IEnumerable<ImpactRow> rows) =>
    [
        .. (from row in rows from one in row.Quantities select new ImpactPerson(one.Factor, row.Store, row.Member)).Distinct()
            .Where(person => !_people.TryGetValue((person.Factor, person.Store), out var known) || (known.Count < KeptMax && !known.Contains(person.Member))),
    ];

    public void Add(IEnumerable<ImpactPerson> people)
    {
        foreach (var person in people)
        {
            ref var known = ref CollectionsMarshal.GetValueRefOrAddDefault(_people, (person.Factor, person.Store), out _);
            (known ??= []).Add(person.Member);
        }
    }

    /// <summary>How many brought something to any of these factors, in one store or anywhere: exactly, up to <see cref="KeptMax"/>.</summary>
    public int Count(IReadOnlySet<string> factors, string? store)
    {
        var together = new HashSet<Guid>();
        foreach (var (place, people) in _people)
        {
            if (factors.Contains(place.Factor) && (store is null || store == place.Store)) together.UnionWith(people);
            if (together.Count >= KeptMax) return KeptMax;
        }

        return together.Count;
    }
}
