using System.Collections.Frozen;
using System.Collections.Immutable;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>
/// The rules in force over one stretch of time in which none begins or ends, by kind of event and by store. In the order of their ids.
/// </summary>
internal sealed class RuleSlice
{
    private static readonly int Kinds = Enum.GetValues<EarningEvent>().Length;

    private readonly CompiledRule[][] _ofKind = new CompiledRule[Kinds][];
    private readonly CompiledRule[][] _anywhere = new CompiledRule[Kinds][];
    private readonly FrozenDictionary<string, CompiledRule[]>?[] _byStore = new FrozenDictionary<string, CompiledRule[]>[Kinds];

    public RuleSlice(IEnumerable<CompiledRule> rules)
    {
        var ordered = rules.OrderBy(rule => rule.Id.Rule, StringComparer.Ordinal).ToArray();
        foreach (var kind in Enum.GetValues<EarningEvent>())
        {
            var ofKind = ordered.Where(rule => rule.Document.On.Contains(kind)).ToArray();
            _ofKind[(int)kind] = ofKind;
            _anywhere[(int)kind] = [.. ofKind.Where(rule => rule.Stores is null)];
            var stores = ofKind.SelectMany(rule => rule.Stores ?? []).ToHashSet();
            if (stores.Count == 0) continue;
            _byStore[(int)kind] = stores.ToFrozenDictionary(
                store => store,
                store => ofKind.Where(rule => rule.Stores is not { } only || only.Contains(store)).ToArray());
        }

        All = [.. ordered];
        CommonSpend = All.Select(rule => rule.Points).OfType<PointsPerSpend>().Aggregate(1L, (common, points) => Common(common, points.Spend));
    }

    public static RuleSlice Empty { get; } = new([]);

    public ImmutableArray<CompiledRule> All { get; }

    /// <summary>The least common multiple of the spends that points are given for: in parts of it every part of a point is whole.</summary>
    public long CommonSpend { get; }

    /// <summary>All rules for such an event, those of other stores too.</summary>
    public ReadOnlySpan<CompiledRule> Of(EarningEvent kind) => _ofKind[(int)kind];

    /// <summary>The rules that such an event in this store can meet.</summary>
    public ReadOnlySpan<CompiledRule> For(EarningEvent kind, string? store)
    {
        if (store is not null && _byStore[(int)kind] is { } byStore && byStore.TryGetValue(store, out var here)) return here;
        return _anywhere[(int)kind];
    }

    public static long Common(long a, long b)
    {
        var (x, y) = (a, b);
        while (y != 0) (x, y) = (y, x % y);
        return a / x * b;
    }
}
