using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using System.Text.Unicode;
using Gamification.LoadTests.Replays;
using NodaTime;

namespace Gamification.LoadTests.Checkout;

/// <summary>
/// The demo's real receipts (api/Demo/Data/LICENCE.md has the source), each once in the file's order: sales and returns, placed in stores by the demo's rule, in the file's currency. They
/// are moved by whole weeks, so that the first is not before the run's time, and numbered by the run: the same shop another year.
/// </summary>
internal sealed class HistoryReceipts : IReceiptSource
{
    private const string Currency = "GBP";
    private static readonly DateTimeZone s_zone = DateTimeZoneProviders.Tzdb["Europe/Brussels"];

    private readonly IReadOnlyList<StoreKey> _stores;
    private readonly long _run;
    private readonly ImmutableArray<Row> _rows;
    private readonly int _days;

    private HistoryReceipts(IReadOnlyList<StoreKey> stores, long run, DateTimeOffset at, ImmutableArray<Row> rows)
    {
        (_stores, _run, _rows) = (stores, run, rows);
        _days = (int)Math.Ceiling((at - s_zone.AtLeniently(rows[0].At).ToDateTimeOffset()).TotalDays / 7) * 7;
    }

    public int Count => _rows.Length;

    /// <param name="path">Receipts, a line of JSON each, compressed.</param>
    /// <param name="stores">Those of the programme, in its order.</param>
    /// <param name="run">Part of every number.</param>
    /// <param name="at">Before which none was printed.</param>
    public static HistoryReceipts Read(string path, IReadOnlyList<StoreKey> stores, long run, DateTimeOffset at)
    {
        ImmutableArray<Row> rows = [.. RealRows.Read(path).Select(row => Row.Of(row, stores.Count))];
        return rows.Length > 0 ? new(stores, run, at, rows) : throw new UsageException($"--history: there is no receipt in {path}");
    }

    public int StoreOf(int index) => _rows[index].Store;

    public string NumberOf(int index) => string.Create(CultureInfo.InvariantCulture, $"{_run:D10}{index:D8}");

    public int Write(int index, Span<byte> target)
    {
        var row = _rows[index];
        var at = s_zone.AtLeniently(row.At.PlusDays(_days)).ToDateTimeOffset();
        Utf8.TryWrite(
            target,
            CultureInfo.InvariantCulture,
            $"{{\"type\":\"{row.Type}\",\"store\":\"{_stores[row.Store].Store}\",\"till\":\"1\",\"businessDate\":\"{at:yyyy-MM-dd}\""
            + $",\"number\":\"{_run:D10}{index:D8}\",\"occurredAt\":\"{at:yyyy-MM-dd'T'HH:mm:sszzz}\",\"currency\":\"{Currency}\"",
            out var head);
        row.Rest.CopyTo(target[head..]);
        return head + row.Rest.Length;
    }

    /// <param name="Type">A sale or a return.</param>
    /// <param name="At">The shop's wall clock.</param>
    /// <param name="Store">A place in the list of stores.</param>
    /// <param name="Rest">What no run changes: card, total and lines, to the closing bracket.</param>
    private sealed record Row(string Type, LocalDateTime At, int Store, byte[] Rest)
    {
        public static Row Of(JsonElement row, int stores) =>
            new(row.GetProperty("type").GetString()!, RealRows.At(row), RealRows.StoreOf(row, stores), RestOf(row, RealRows.MemberOf(row)));

        private static byte[] RestOf(JsonElement row, string? member)
        {
            var rest = new System.Text.StringBuilder();
            if (member is not null) rest.Append(CultureInfo.InvariantCulture, $",\"card\":\"{member}\"");
            rest.Append(CultureInfo.InvariantCulture, $",\"total\":{row.GetProperty("total").GetDecimal()},\"lines\":[");
            var comma = "";
            foreach (var line in row.GetProperty("lines").EnumerateArray())
            {
                rest.Append(
                    CultureInfo.InvariantCulture,
                    $"{comma}{{\"sku\":{line[0].GetRawText()},\"quantity\":{line[1].GetDecimal()},\"unitPrice\":{line[2].GetDecimal()},\"amount\":{line[3].GetDecimal()}}}");
                comma = ",";
            }

            return System.Text.Encoding.UTF8.GetBytes(rest.Append("]}").ToString());
        }
    }
}
