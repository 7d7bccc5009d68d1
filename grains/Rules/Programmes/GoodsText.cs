using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Programmes;

/// <summary>A row of the catalogue as it stands in a document. Without a date it holds since ever.</summary>
public sealed record GoodsRow
{
    [Bounds(1, 64)] public required string Sku { get; init; }

    [Bounds(1, 64)] public string? Category { get; init; }

    [Bounds(1, 64)] public string? Family { get; init; }

    [Bounds(0, 20)] public ImmutableArray<string>? Labels { get; init; }

    public DateOnly? From { get; init; }
}

/// <summary>The catalogue as text: JSON as it is kept, sorted by code and date, and CSV as shops have it.</summary>
public static class GoodsText
{
    public const int BytesMax = 32 * 1024 * 1024;
    private const int RowsMax = 500_000;

    public static DocumentText Of(Catalogue catalogue) => Write(catalogue.Items);

    /// <summary>What <see cref="Of"/> or <see cref="Read"/> made.</summary>
    public static Catalogue ToCatalogue(DocumentText? text) => text is { } goods ? new(Items(goods)) : Catalogue.Empty;

    /// <summary>The list in its one form, or what is wrong with it.</summary>
    public static (DocumentText? Text, ImmutableArray<DocumentError> Errors) Read(JsonElement list)
    {
        var errors = StrictDocument.Check(list, typeof(ImmutableArray<GoodsRow>), EarningJson.Options);
        if (!errors.IsEmpty) return (null, errors);
        if (list.GetArrayLength() > RowsMax) return (null, [new("", "too-many-rows", FormattableString.Invariant($"A catalogue has at most {RowsMax} rows."))]);
        HashSet<(string, DateOnly)> seen = [];
        var items = new List<CatalogueItem>();
        foreach (var row in list.Deserialize<ImmutableArray<GoodsRow>>(EarningJson.Options))
        {
            if (!seen.Add((row.Sku, row.From ?? DateOnly.MinValue)))
                return (null, [new(FormattableString.Invariant($"/{items.Count}/sku"), "item-twice", "Give each stock code once for each date.")]);
            items.Add(ItemOf(row));
        }

        return (Write(items), []);
    }

    /// <summary>The rows of a file, those without a date from <paramref name="from"/>; only rows that say something new. Dates before it are refused.</summary>
    public static (DocumentText? Rows, ImmutableArray<DocumentError> Errors) FromCsv(string csv, DateOnly from, Catalogue standing)
    {
        if (csv.Length > BytesMax) return (null, [new("", "too-large", "A catalogue is at most 32 MB.")]);
        var (read, faults) = CatalogueCsv.Read(csv, new());
        if (read is null) return (null, [.. faults.Select(fault => new DocumentError(FormattableString.Invariant($"/{fault.Line}/{fault.Field}"), fault.Code, fault.Remedy))]);
        var dated = read.Items.Select(item => item.From == DateOnly.MinValue ? item with { From = from } : item).ToArray();
        if (dated.FirstOrDefault(item => item.From < from && !Says(standing, item)) is { } past)
            return (null, [new("/from", "in-the-past", FormattableString.Invariant($"{past.Sku} would change from {past.From:yyyy-MM-dd} on; what receipts were decided by is never changed. Begin on {from:yyyy-MM-dd} or later."))]);
        return (Write(dated.Where(item => !Says(standing, item))), []);
    }

    public static DocumentText Merge(DocumentText? before, DocumentText rows)
    {
        var merged = (before is { } text ? Items(text) : []).ToDictionary(item => (item.Sku, item.From));
        foreach (var item in Items(rows)) merged[(item.Sku, item.From)] = item;
        return Write(merged.Values);
    }

    public static string ToCsv(Catalogue catalogue)
    {
        var csv = new StringBuilder("sku,category,family,labels,from\r\n");
        foreach (var item in Sorted(catalogue.Items))
        {
            csv.Append(Field(item.Sku)).Append(',').Append(Field(item.Category)).Append(',').Append(Field(item.Family)).Append(',').Append(Field(string.Join('|', item.Labels))).Append(',');
            if (item.From != DateOnly.MinValue) csv.Append(item.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            csv.Append("\r\n");
        }

        return csv.ToString();
    }

    private static bool Says(Catalogue standing, CatalogueItem item) =>
        standing.Find(item.Sku, item.From) is { } known && known.Category == item.Category && known.Family == item.Family && known.Labels.SequenceEqual(item.Labels);

    private static IEnumerable<CatalogueItem> Items(DocumentText text) => JsonSerializer.Deserialize<ImmutableArray<GoodsRow>>(text.Json, EarningJson.Options).Select(ItemOf);

    private static CatalogueItem ItemOf(GoodsRow row) => new(row.Sku, row.Category, row.Family, row.Labels ?? [], row.From ?? DateOnly.MinValue);

    private static DocumentText Write(IEnumerable<CatalogueItem> items) => new(JsonSerializer.Serialize(
        Sorted(items).Select(item => new GoodsRow
        {
            Sku = item.Sku,
            Category = item.Category,
            Family = item.Family,
            Labels = item.Labels.IsEmpty ? null : item.Labels,
            From = item.From == DateOnly.MinValue ? null : item.From,
        }),
        EarningJson.Options));

    private static IEnumerable<CatalogueItem> Sorted(IEnumerable<CatalogueItem> items) => items.OrderBy(item => item.Sku, StringComparer.Ordinal).ThenBy(item => item.From);

    private static string Field(string? text) =>
        text is null ? "" : text.AsSpan().ContainsAny(",\"\r\n") ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
