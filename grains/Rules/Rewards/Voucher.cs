using System.Collections.Immutable;

namespace Gamification.Rules.Rewards;

/// <summary>What a voucher is worth at the till. Numbers are on paper for ever.</summary>
public enum VoucherKind
{
    /// <summary>Minor units off.</summary>
    Discount = 1,

    /// <summary>The reward with the number <see cref="Voucher.Amount"/>, free.</summary>
    Product = 2,

    /// <summary>Delivery is free.</summary>
    Delivery = 3,

    /// <summary>Per cent off, 1 to 100.</summary>
    Percent = 4,
}

/// <summary>
/// A promise that a till can check without a network. It says nothing about the member: <see cref="Serial"/> is random, and who has it is known
/// to the programme alone.
/// </summary>
/// <param name="Programme">Number of the programme, so that one brand's voucher is refused at another's till.</param>
/// <param name="Key">Number of the key that signed it.</param>
/// <param name="Kind">What it is worth.</param>
/// <param name="Amount">Minor units, per cent or a reward's number, as the kind says; at least 0.</param>
/// <param name="Currency">Three capital letters.</param>
/// <param name="ValidThrough">The last day, inclusive, in the till's own zone.</param>
/// <param name="Serial">Unique in the programme; used once.</param>
public sealed record Voucher(uint Programme, byte Key, VoucherKind Kind, uint Amount, string Currency, DateOnly ValidThrough, Guid Serial);

/// <summary>A key that tills trust: its number, its P-256 public key as SubjectPublicKeyInfo, and the last day, inclusive, of any voucher that it signs.</summary>
public sealed record VoucherKey(byte Id, ReadOnlyMemory<byte> PublicKey, DateOnly ValidThrough);

/// <summary>What a till needs to check vouchers offline. It is as good as it is fresh: a revocation that has not reached the till does not hold there.</summary>
public sealed record VoucherTrust
{
    public required uint Programme { get; init; }

    /// <summary>Several during a rotation: old vouchers remain valid until their key goes.</summary>
    public required ImmutableArray<VoucherKey> Keys { get; init; }

    public ImmutableHashSet<Guid> Revoked { get; init; } = [];

    /// <summary>The list without what is over anyway.</summary>
    public VoucherTrust On(DateOnly today) => this with { Keys = [.. Keys.Where(key => key.ValidThrough >= today)] };
}
