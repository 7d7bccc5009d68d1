using System.Collections.Immutable;
using System.Globalization;
using System.Text;

namespace Gamification.Rules.Earning;

/// <summary>Which columns of a file hold what; all others are the shop's own and passed over. A field without a column stays empty.</summary>
public sealed record CatalogueColumns
{
    public string Sku { get; init; } = "sku";

    public string? Category { get; init; } = "category";

    public string? Family { get; init; } = "family";

    /// <summary>Separated by <c>|</c>.</summary>
    public string? Labels { get; init; } = "labels";

    /// <summary>The date from which the row holds, <c>yyyy-MM-dd</c>; empty for always.</summary>
    public string? From { get; init; } = "from";
}

/// <summary>What is wrong with a line of a file, counted from 1 with the header, and what to do about it.</summary>
public sealed record CsvError(int Line, string Field, string Code, string Remedy);

/// <summary>
/// Reads a catalogue from CSV (RFC 4180, comma, quotes doubled inside quotes, first line the column names). All or nothing:
/// with one error nothing is taken. At most 500,000 rows and 100 errors.
/// </summary>
public static class CatalogueCsv
{
    private const int RowsMax = 500_000;
    private const int ErrorsMax = 100;
    private const int TextMax = 64;
    private const int LabelsMax = 20;
    private const int FieldMax = 4_096;

    public static (Catalogue? Catalogue, ImmutableArray<CsvError> Errors) Read(string csv, CatalogueColumns columns)
    {
        var errors = new List<CsvError>();
        var items = new List<CatalogueItem>();
        HashSet<(string, DateOnly)> seen = [];
        Columns? places = null;
        foreach (var (line, fields, fault) in Rows(csv))
        {
            if (fault is not null) errors.Add(new(line, "", "malformed-csv", fault));
            else if (places is null) places = Columns.Find(fields, columns, errors);
            else if (fields is not [""]) Add(line, fields);
            if (fault is not null || errors.Count >= ErrorsMax || (places is null && errors.Count > 0)) break;
        }

        if (places is null && errors.Count == 0) errors.Add(new(1, columns.Sku, "empty", "Send a header line and one line an item."));
        return errors.Count == 0 ? (new(items), []) : (null, [.. errors.Take(ErrorsMax)]);

        void Add(int line, List<string> fields)
        {
            if (fields.Count != places.Count)
            {
                errors.Add(new(line, "", "wrong-column-count", string.Create(CultureInfo.InvariantCulture, $"The header has {places.Count} columns, this line {fields.Count}; put texts with commas in quotes.")));
                return;
            }

            if (items.Count >= RowsMax)
            {
                errors.Add(new(line, "", "too-many-rows", string.Create(CultureInfo.InvariantCulture, $"A catalogue has at most {RowsMax} rows.")));
                return;
            }

            var sku = Text(line, columns.Sku, fields[places.Sku]);
            if (fields[places.Sku].Length == 0) errors.Add(new(line, columns.Sku, "missing", "Give a stock code."));
            var from = Date(line, fields, places.From);
            var labels = places.Labels is { } at ? fields[at].Split('|', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) : [];
            if (labels.Length > LabelsMax) errors.Add(new(line, columns.Labels!, "too-many-labels", string.Create(CultureInfo.InvariantCulture, $"At most {LabelsMax} labels, separated by |.")));
            foreach (var label in labels) Text(line, columns.Labels!, label);
            if (!seen.Add((sku, from))) errors.Add(new(line, columns.Sku, "twice", "This stock code has a line for this date already; give another date or drop one."));
            items.Add(new(sku, Optional(line, columns.Category, fields, places.Category), Optional(line, columns.Family, fields, places.Family), [.. labels.Distinct()], from));
        }

        string? Optional(int line, string? column, List<string> fields, int? at) => at is null || fields[at.Value].Length == 0 ? null : Text(line, column!, fields[at.Value]);

        string Text(int line, string column, string text)
        {
            if (text.Length > TextMax || text.Any(char.IsControl))
                errors.Add(new(line, column, "invalid-text", string.Create(CultureInfo.InvariantCulture, $"Use at most {TextMax} printable characters.")));
            return text;
        }

        DateOnly Date(int line, List<string> fields, int? at)
        {
            if (at is null || fields[at.Value].Length == 0) return DateOnly.MinValue;
            if (DateOnly.TryParseExact(fields[at.Value], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
            errors.Add(new(line, columns.From!, "invalid-date", "Write the date as 2026-11-30, or leave it empty."));
            return DateOnly.MinValue;
        }
    }

    private sealed record Columns(int Count, int Sku, int? Category, int? Family, int? Labels, int? From)
    {
        public static Columns? Find(List<string> header, CatalogueColumns columns, List<CsvError> errors)
        {
            var sku = header.IndexOf(columns.Sku);
            if (sku >= 0) return new(header.Count, sku, At(columns.Category), At(columns.Family), At(columns.Labels), At(columns.From));
            errors.Add(new(1, columns.Sku, "missing-column", $"Name the column with stock codes '{columns.Sku}', or say which it is."));
            return null;

            int? At(string? column) => column is not null && header.IndexOf(column) is >= 0 and var at ? at : null;
        }
    }

    private static IEnumerable<(int Line, List<string> Fields, string? Fault)> Rows(string csv)
    {
        var (at, line) = (csv.StartsWith('\uFEFF') ? 1 : 0, 1);
        while (at < csv.Length)
        {
            var first = line;
            List<string> fields = [];
            do
            {
                var (field, fault) = Field(csv, ref at, ref line);
                if (fault is not null)
                {
                    yield return (first, fields, fault);
                    yield break;
                }

                fields.Add(field);
            }
            while (at < csv.Length && csv[at++] == ',');

            if (at < csv.Length && csv[at - 1] == '\r' && csv[at] == '\n') at++;
            line++;
            yield return (first, fields, null);
        }
    }

    /// <summary>One field; stops at the comma or line end after it.</summary>
    private static (string Field, string? Fault) Field(string csv, ref int at, ref int line)
    {
        if (at >= csv.Length || csv[at] != '"')
        {
            var end = csv.AsSpan(at).IndexOfAny(",\r\n");
            var plain = end < 0 ? csv[at..] : csv[at..(at + end)];
            at += plain.Length;
            return plain.Length > FieldMax ? ("", "A field is too long.") : plain.Contains('"') ? ("", "Put the whole field in quotes, and double the quotes inside.") : (plain, null);
        }

        var text = new StringBuilder();
        for (at++; at < csv.Length && text.Length <= FieldMax; at++)
        {
            if (csv[at] == '\n') line++;
            if (csv[at] != '"') text.Append(csv[at]);
            else if (at + 1 < csv.Length && csv[at + 1] == '"') text.Append(csv[at++]);
            else
            {
                at++;
                return at < csv.Length && csv[at] is not (',' or '\r' or '\n') ? ("", "After the closing quote comes a comma or the line's end.") : (text.ToString(), null);
            }
        }

        return ("", text.Length > FieldMax ? "A field is too long." : "A quote is opened and never closed.");
    }
}
