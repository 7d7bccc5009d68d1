using System.Security.Cryptography;
using System.Text;

namespace Gamification.Storage;

/// <summary>
/// What the vault keeps of a card: 128 bits of an HMAC under the vault's secret. Card numbers are few enough to try them all, so a plain hash
/// would hide nothing; without the secret a stolen vault names no card. The secret must outlive the vault: cards cannot be hashed anew.
/// </summary>
public sealed class CardHash
{
    public const int SecretLengthMin = 32;

    private readonly byte[] _secret;

    public CardHash(ReadOnlySpan<byte> secret)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(secret.Length, SecretLengthMin);
        _secret = secret.ToArray();
    }

    public Guid Of(string programme, string card)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, Encoding.UTF8.GetBytes($"{programme}\0{card}"), hash);
        return new(hash[..16], bigEndian: true);
    }
}
