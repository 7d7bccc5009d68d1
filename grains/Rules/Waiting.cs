using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Rules;

/// <summary>A part of an award that cannot be spent at once: so many local days, or until the member does something.</summary>
internal readonly record struct Wait(long Points, int Days, EarningEvent? For);

/// <summary>
/// How points wait (spec B3): by the goods that brought them, whose return window may be longer than others', or for an action that their rule names. Known
/// when they are earned, and then in their lots. Lifetime points, badges, tiers and boards count at once, and a return takes back what it takes.
/// </summary>
internal sealed class Waiting
{
    private static readonly ImmutableArray<string> Names = [.. Enum.GetNames<EarningEvent>().Select(JsonNamingPolicy.CamelCase.ConvertName)];

    private readonly FrozenDictionary<string, int> _daysOf;
    private readonly FrozenSet<RuleVersionId> _awaiting;
    private readonly int _otherwise;

    public Waiting(LedgerSettings ledger, EarningRules rules)
    {
        _otherwise = ledger.Points.PendingDays;
        _daysOf = ledger.Points.Waits
            .SelectMany(wait => wait.Categories.Select(category => (Category: category, wait.Days)))
            .GroupBy(one => one.Category, StringComparer.Ordinal)
            .ToFrozenDictionary(of => of.Key, of => of.Max(one => one.Days), StringComparer.Ordinal);
        _awaiting = rules.Rules.Where(rule => rule.WaitsFor is not null).Select(rule => rule.VersionId).ToFrozenSet();
    }

    /// <summary>Whether goods differ, so that an award must know its lines.</summary>
    public bool ByGoods => _daysOf.Count > 0;

    /// <summary>How lots name what they wait for: as rules do.</summary>
    public static string NameOf(EarningEvent awaited) => Names[(int)awaited];

    /// <summary>The parts of an event's award, in the order of what they wait for, then of days; default when all of it waits as the unit's terms say.</summary>
    /// <param name="earned">What rules decided, of a sale with its lines; null for nothing.</param>
    /// <param name="points">What stands of it.</param>
    /// <param name="sale">The sale; null for any other event.</param>
    /// <param name="scheme">By which it was decided.</param>
    public ImmutableArray<Wait> Of(Earned? earned, long points, Receipt? sale, Scheme scheme)
    {
        if (earned is null || points <= 0 || (_awaiting.Count == 0 && (!ByGoods || sale is null))) return default;
        var parts = new SortedDictionary<(int Event, int Days), long>();
        var rest = points;
        foreach (var applied in earned.Applied)
        {
            if (!_awaiting.Contains(applied.Rule) || scheme.Book.Find(applied.Rule)?.WaitsFor is not { } awaited || applied.Points <= 0) continue;
            var part = Math.Min(rest, applied.Points);
            Add((1 + (int)awaited, 0), part);
            rest -= part;
        }

        if (!ByGoods || sale is null) Add((0, _otherwise), rest);
        else ByLine(earned, rest, sale, scheme.Goods, Add);
        return parts is { Count: 1 } && parts.Keys.First() == (0, _otherwise)
            ? default
            : [.. parts.Where(part => part.Value > 0).Select(part => new Wait(part.Value, part.Key.Days, part.Key.Event == 0 ? null : (EarningEvent)(part.Key.Event - 1)))];

        void Add((int, int) key, long part) => parts[key] = parts.GetValueOrDefault(key) + part;
    }

    /// <summary>In proportion to what each line earned. Where that is not known, all of it waits as long as any of the goods.</summary>
    private void ByLine(Earned earned, long points, Receipt sale, Catalogue goods, Action<(int, int), long> add)
    {
        var days = sale.Lines.Select(line => goods.Find(line.Sku, sale.Key.BusinessDate)?.Category is { } category ? _daysOf.GetValueOrDefault(category, _otherwise) : _otherwise).ToArray();
        var shares = Apportionment.Spread(points, earned.Lines.Length == days.Length ? [.. earned.Lines.Select(line => (Int128)line.Points)] : []);
        if (shares.Length != days.Length || shares.Sum() != points)
        {
            add((0, days.DefaultIfEmpty(_otherwise).Max()), points);
            return;
        }

        for (var at = 0; at < days.Length; at++) add((0, days[at]), shares[at]);
    }
}
