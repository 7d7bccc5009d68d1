using System.Security.Cryptography;
using System.Text;

namespace Gamification.Rewards;

/// <summary>
/// Names one reward on a member's account, whether redeemed or given. It is derived from its cause, whatever the reward, so that one cause never
/// brings two; it is also the serial of the voucher. Nobody can tell from it who the member is.
/// </summary>
[GenerateSerializer, Immutable, Alias("entitlement-id")]
public readonly record struct EntitlementId([property: Id(0)] Guid Value)
{
    /// <summary>Characters of a cause: printable, 1 to so many.</summary>
    public const int CauseMax = 150;

    /// <summary>128 bits of SHA-256 over <c>entitlement, programme, member, cause</c>, each ended by a line feed.</summary>
    public static EntitlementId Of(string programme, MemberId member, string cause)
    {
        if (cause.Length is 0 or > CauseMax || cause.Any(char.IsControl)) throw new ArgumentException("A cause has 1 to 150 printable characters.", nameof(cause));
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"entitlement\n{programme}\n{member}\n{cause}\n"));
        return new(new Guid(hash.AsSpan(..16), bigEndian: true));
    }

    public static EntitlementId Parse(string text) => new(Guid.ParseExact(text, "N"));

    /// <summary>32 hex digits.</summary>
    public static bool TryParse(string? text, out EntitlementId id)
    {
        var known = Guid.TryParseExact(text, "N", out var value);
        id = new(value);
        return known;
    }

    /// <summary>The reservation that goes with it at the reward's stock.</summary>
    public ReservationId Reservation(string programme, string reward, MemberId member) => ReservationId.Of(programme, reward, member, ToString());

    public override string ToString() => Value.ToString("N");
}
