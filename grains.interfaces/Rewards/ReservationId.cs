using System.Security.Cryptography;
using System.Text;

namespace Gamification.Rewards;

/// <summary>Names one reservation. It is derived from its cause, so that whoever asks again after losing the answer asks for the same one.</summary>
[GenerateSerializer, Immutable, Alias("reservation-id")]
public readonly record struct ReservationId([property: Id(0)] Guid Value)
{
    /// <summary>
    /// 128 bits of SHA-256 over <c>reservation, programme, reward, member, cause</c>, each ended by a line feed. The cause is the caller's own
    /// key for this one redemption, without control characters and at most 200 long.
    /// </summary>
    public static ReservationId Of(string programme, string reward, MemberId member, string cause)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(cause.Length, 200);
        if (cause.Any(char.IsControl)) throw new ArgumentException("A cause holds no control characters.", nameof(cause));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"reservation\n{programme}\n{reward}\n{member}\n{cause}\n"));
        return new(new Guid(hash.AsSpan(..16), bigEndian: true));
    }

    public static ReservationId Parse(string text) => new(Guid.ParseExact(text, "N"));

    public override string ToString() => Value.ToString("N");
}
