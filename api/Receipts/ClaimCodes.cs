using System.Security.Cryptography;
using System.Text;

namespace Gamification.Api;

/// <summary>
/// The code that a till prints on a receipt without a card ("carte oubliée"): 40 bits of HMAC over the receipt's key. Whoever holds the paper can
/// claim it; whoever only knows how receipts are numbered cannot.
/// </summary>
internal static class ClaimCodes
{
    private const int Length = 8;

    public static string Of(ReceiptKey receipt, byte[] secret)
    {
        var code = Bare(receipt, secret);
        return $"{code[..4]}-{code[4..]}";
    }

    public static bool Matches(string typed, ReceiptKey receipt, byte[] secret) =>
        CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(Base32.Normalise(typed)), Encoding.UTF8.GetBytes(Bare(receipt, secret)));

    private static string Bare(ReceiptKey receipt, byte[] secret)
    {
        Span<byte> mac = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(receipt.ToString()), mac);
        return Base32.Encode(mac, Length);
    }
}
