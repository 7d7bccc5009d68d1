using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Gamification;

/// <summary>
/// The business key of a receipt (spec §1), unique in its programme whatever the member:
/// store, till, the till's own business date and the receipt's number on that date.
/// </summary>
[GenerateSerializer, Immutable, Alias("receipt-key")]
public readonly record struct ReceiptKey(
    [property: Id(0)] string Store,
    [property: Id(1)] string Till,
    [property: Id(2)] DateOnly BusinessDate,
    [property: Id(3)] string Number)
{
    /// <summary>Year and month of the business date, <c>yyyyMM</c>.</summary>
    public int Month => (BusinessDate.Year * 100) + BusinessDate.Month;

    /// <summary>128 bits of SHA-256 over <c>purpose, store, till, date, number</c>, each ended by a line feed: a part cannot hold one.</summary>
    public Guid Digest(string purpose = "receipt")
    {
        Span<byte> text = stackalloc byte[1024];
        var length = Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{purpose}\n{Store}\n{Till}\n{BusinessDate:yyyy-MM-dd}\n{Number}\n"), text);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(text[..length], hash);
        return new Guid(hash[..16], bigEndian: true);
    }

    /// <summary><c>BRU/3/2026-11-21/000123</c>; the number may itself hold slashes.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Store}/{Till}/{BusinessDate:yyyy-MM-dd}/{Number}");

    /// <summary>Reads the form that <see cref="ToString"/> writes.</summary>
    public static bool TryParse(string text, out ReceiptKey key)
    {
        key = default;
        var parts = text.Split('/', 4);
        if (parts.Length != 4 || parts.Any(part => part.Length == 0)) return false;
        if (!DateOnly.TryParseExact(parts[2], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return false;
        key = new(parts[0], parts[1], date, parts[3]);
        return true;
    }
}
