using System.Collections.Immutable;

namespace Gamification.Rewards;

/// <summary>One signing key: its number on vouchers, from when, and the last day of any voucher that it signed, null for the one that signs now.</summary>
[GenerateSerializer, Immutable, Alias("voucher-key-line")]
public sealed record VoucherKeyLine([property: Id(0)] byte Number, [property: Id(1)] DateTimeOffset From, [property: Id(2)] DateOnly? ValidThrough, [property: Id(3)] string By);

/// <summary>Which keys there are, oldest first, and which vouchers were taken back. Secrets are nowhere in it.</summary>
[GenerateSerializer, Immutable, Alias("voucher-key-list")]
public sealed record VoucherKeyList(
    [property: Id(0)] long Version,
    [property: Id(1)] ImmutableArray<VoucherKeyLine> Keys,
    [property: Id(2)] ImmutableArray<EntitlementId> Revoked);

/// <summary>
/// A programme's signing keys by number, and what was revoked. The key is the programme. Private keys are derived from the deployment's secret
/// and the number, wherever one is needed: they are never stored and never sent.
/// </summary>
[Alias("voucher-keys")]
public interface IVoucherKeysGrain : IGrainWithStringKey
{
    /// <summary>The list, which begins with key 1 on the first call; null when <paramref name="known"/> is its version.</summary>
    [Alias("list")]
    Task<VoucherKeyList?> List(long known, DateTimeOffset at);

    /// <summary>
    /// Signs with a new key from now on, on every node within ten seconds. Tills trust the old one for as long as a voucher of it may be valid. Asking with a
    /// <paramref name="current"/> that is no longer the newest changes nothing, so that a second click is no second rotation.
    /// </summary>
    [Alias("rotate")]
    Task<VoucherKeyList> Rotate(byte current, string by, DateTimeOffset at);

    /// <summary>Tills that fetch the list refuse it from then on. Kept until the voucher would have ended.</summary>
    [Alias("revoke")]
    Task Revoke(EntitlementId id, DateOnly through, string by, DateTimeOffset at);
}

/// <summary>A key that tills trust without a network: P-256 as SubjectPublicKeyInfo.</summary>
[GenerateSerializer, Immutable, Alias("trusted-key")]
public sealed record TrustedKey([property: Id(0)] byte Number, [property: Id(1)] ReadOnlyMemory<byte> PublicKey, [property: Id(2)] DateOnly ValidThrough);

/// <summary>What tills fetch to check vouchers offline.</summary>
[GenerateSerializer, Immutable, Alias("till-trust")]
public sealed record TillTrust(
    [property: Id(0)] long Programme,
    [property: Id(1)] ImmutableArray<TrustedKey> Keys,
    [property: Id(2)] ImmutableArray<EntitlementId> Revoked,
    [property: Id(3)] ImmutableArray<PublishedReward> Products);

/// <summary>What was read from a voucher: a verdict in the words of the wire, and where the signature fits whose it is.</summary>
[GenerateSerializer, Immutable, Alias("voucher-reading")]
public sealed record VoucherReading([property: Id(0)] string Verdict, [property: Id(1)] EntitlementId? Entitlement, [property: Id(2)] MemberId? Member);

/// <summary>Prints and reads vouchers. Stateless: any number may run. The key is the programme.</summary>
[Alias("voucher-desk")]
public interface IVoucherDesk : IGrainWithStringKey
{
    /// <summary>
    /// The text for a QR code; null for what no till takes. A voucher of what is held is signed with key 0, which no till has: it needs a network,
    /// because it may time out.
    /// </summary>
    [Alias("print")]
    Task<string?> Print(EntitlementView entitlement);

    /// <summary>Verdicts: <c>unreadable</c>, <c>untrusted</c>, <c>forged</c>, <c>invalid</c>, <c>expired</c>, <c>revoked</c>, <c>unknown</c>, <c>genuine</c>. Whether it is used is the account's to say.</summary>
    /// <param name="text">As it was scanned or typed.</param>
    /// <param name="today">The local date at the till.</param>
    [Alias("read")]
    Task<VoucherReading> Read(string text, DateOnly today);

    [Alias("trust")]
    Task<TillTrust> Trust();

    /// <summary>Whose reservation it is, once it was confirmed; null when nobody's.</summary>
    [Alias("holder-of")]
    Task<MemberId?> HolderOf(ReservationId reservation);
}
