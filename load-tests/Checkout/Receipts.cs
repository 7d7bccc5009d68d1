using System.Globalization;
using System.Text.Unicode;

namespace Gamification.LoadTests.Checkout;

/// <summary>
/// Distinct receipts of about 600 bytes. Receipt n is a function of the run and n, so it can be posted again, byte for byte,
/// without being kept. Stores take turns, a batch at a time; cards are drawn from a pool; numbers carry the run, so that runs do not meet.
/// </summary>
internal sealed class Receipts(IReadOnlyList<StoreKey> stores, int batchSize, long run, int members, DateTimeOffset at, int probeCents) : IReceiptSource
{
    /// <summary>Receipts from this one on are probes: one line, one large amount, always the same card outside the pool.</summary>
    public const int FirstProbe = 90_000_000;

    private static readonly string[] s_skus = ["21731", "22633", "85123A", "71053", "84406B", "84029G", "22752", "21730", "47566", "20725"];

    private readonly string _occurredAt = at.ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
    private readonly string _businessDate = at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public int StoreOf(int index) => index / batchSize % stores.Count;

    public string NumberOf(int index) => string.Create(CultureInfo.InvariantCulture, $"{run:D10}{index:D8}");

    public int Write(int index, Span<byte> target)
    {
        var draw = new Draws(run, index);
        var isProbe = index >= FirstProbe;
        Span<byte> lines = stackalloc byte[1024];
        var (length, total) = (0, 0);
        for (var count = isProbe ? 1 : 5 + draw.Below(4); count > 0; count--)
        {
            var (quantity, price) = isProbe ? (1, probeCents) : (1 + draw.Below(12), 45 + 5 * draw.Below(200));
            var (comma, sku, amount) = (length == 0 ? "" : ",", s_skus[draw.Below(s_skus.Length)], quantity * price);
            total += amount;
            Utf8.TryWrite(
                lines[length..],
                CultureInfo.InvariantCulture,
                $"{comma}{{\"sku\":\"{sku}\",\"quantity\":{quantity},\"unitPrice\":{price / 100}.{price % 100:D2}"
                + $",\"amount\":{amount / 100}.{amount % 100:D2}}}",
                out var written);
            length += written;
        }

        var (store, till, card) = (stores[StoreOf(index)].Store, 1 + draw.Below(8), CardOf(isProbe ? members : draw.Below(members)));
        Utf8.TryWrite(
            target,
            CultureInfo.InvariantCulture,
            $"{{\"type\":\"sale\",\"store\":\"{store}\",\"till\":\"{till}\",\"businessDate\":\"{_businessDate}\""
            + $",\"number\":\"{run:D10}{index:D8}\",\"occurredAt\":\"{_occurredAt}\",\"card\":\"{card}\""
            + $",\"currency\":\"EUR\",\"total\":{total / 100}.{total % 100:D2},\"lines\":[",
            out var head);
        lines[..length].CopyTo(target[head..]);
        "]}"u8.CopyTo(target[(head + length)..]);
        return head + length + 2;
    }

    /// <summary>Card n of the pool: an EAN-13 of the range for use inside a store, check digit included.</summary>
    public static long CardOf(int member)
    {
        var digits = 200_000_000_000 + member;
        var (sum, weight) = (0L, 3);
        for (var left = digits; left > 0; left /= 10, weight = 4 - weight) sum += left % 10 * weight;
        return digits * 10 + (10 - sum % 10) % 10;
    }

    /// <summary>Random numbers that belong to one receipt (SplitMix64).</summary>
    private struct Draws(long run, int index)
    {
        private ulong _state = unchecked((ulong)run * 0x9E3779B97F4A7C15 + (ulong)index * 0xD1B54A32D192ED03);

        public int Below(int bound)
        {
            unchecked
            {
                _state += 0x9E3779B97F4A7C15;
                var value = (_state ^ (_state >> 30)) * 0xBF58476D1CE4E5B9;
                value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
                return (int)(value >> 33) % bound;
            }
        }
    }
}
