using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Gamification.Rules.Earning;

/// <summary>What the catalogue says of a stock code from a date on. Null where it says nothing.</summary>
public sealed record CatalogueItem(string Sku, string? Category, string? Family, ImmutableArray<string> Labels, DateOnly From);

/// <summary>
/// Stock code → category, family, labels, dated (spec §13): an item holds from its date, inclusive, until the next one of the same code.
/// Stock codes are case-sensitive. Built once, read by every decision.
/// </summary>
public sealed class Catalogue
{
    /// <summary>What a line's look-up needs lies in the table itself: there are twenty lines to a receipt, and nearly every code has one item.</summary>
    private readonly record struct Dated(CatalogueItem Newest, int From, CatalogueItem[] Older);

    private readonly FrozenDictionary<string, Dated> _bySku;

    /// <summary>Two items of the same code and date are the caller's mistake: <see cref="CatalogueCsv"/> refuses them.</summary>
    public Catalogue(IEnumerable<CatalogueItem> items)
    {
        Dictionary<string, string> texts = [];
        _bySku = items.GroupBy(item => item.Sku).ToFrozenDictionary(group => group.Key, group => Of([.. group.OrderByDescending(item => item.From).Select(Shared)]));

        static Dated Of(CatalogueItem[] newestFirst) => new(newestFirst[0], newestFirst[0].From.DayNumber, newestFirst[1..]);

        // A category is one text in memory, however many items are in it.
        CatalogueItem Shared(CatalogueItem item) =>
            item with { Category = One(item.Category), Family = One(item.Family), Labels = [.. item.Labels.Select(label => One(label)!)] };

        string? One(string? text)
        {
            if (text is null) return null;
            if (texts.TryGetValue(text, out var known)) return known;
            texts.Add(text, text);
            return text;
        }
    }

    public static Catalogue Empty { get; } = new([]);

    public int Count => _bySku.Count;

    /// <summary>All items with all their dates, in no order.</summary>
    public IEnumerable<CatalogueItem> Items => _bySku.Values.SelectMany(dated => dated.Older.Prepend(dated.Newest));

    /// <summary>The item in force on a business date; null for an unknown code, or before its first date.</summary>
    public CatalogueItem? Find(string sku, DateOnly date)
    {
        if (!_bySku.TryGetValue(sku, out var dated)) return null;
        if (dated.From <= date.DayNumber) return dated.Newest;
        foreach (var item in dated.Older)
        {
            if (item.From <= date) return item;
        }

        return null;
    }
}
