using System.Collections.Immutable;

namespace Gamification;

/// <summary>What a till sends: a sale, goods or money coming back, or a whole receipt undone on its own day.</summary>
public enum ReceiptType
{
    Sale,
    Return,
    Void,
}

/// <summary>What a line sells. Which kinds earn is a programme setting (spec §13).</summary>
public enum LineKind
{
    Product,
    Deposit,
    Voucher,
    Service,
}

/// <summary>
/// A receipt as the till stated it, checked for shape and bounds at the edge. Money is in minor units of <see cref="Currency"/>.
/// It carries no card: the edge has exchanged it for a surrogate.
/// </summary>
[GenerateSerializer, Immutable, Alias("receipt")]
public sealed record Receipt
{
    [Id(0)] public required ReceiptKey Key { get; init; }

    [Id(1)] public required ReceiptType Type { get; init; }

    /// <summary>With the offset the till gave. Never more than 5 minutes after it was received: later ones were clamped and flagged.</summary>
    [Id(2)] public required DateTimeOffset OccurredAt { get; init; }

    [Id(3)] public required string Currency { get; init; }

    /// <summary>The sum of the lines' amounts; negative for most returns.</summary>
    [Id(4)] public required long Total { get; init; }

    [Id(5)] public required ImmutableArray<ReceiptLine> Lines { get; init; }

    /// <summary>The receipt that a return or void undoes, when the till knows it.</summary>
    [Id(6)] public ReceiptKey? Original { get; init; }

    /// <summary>The part of <see cref="Total"/> that was paid with points or gift vouchers.</summary>
    [Id(7)] public long PaidWithPoints { get; init; }

    [Id(8)] public long PaidWithVouchers { get; init; }

    /// <summary>128 bits over the canonical content, the card included (spec §1). Equal content, equal digest.</summary>
    [Id(9)] public required Guid Content { get; init; }

    [Id(10)] public ReceiptFlags Flags { get; init; }

    /// <summary>
    /// Fields that the till sent and this version does not know, in the order sent, within the edge's bounds. They are no part of
    /// <see cref="Content"/> and decide nothing. Null for none, so that they cost nothing where there are none.
    /// </summary>
    [Id(11)] public ImmutableArray<UnknownField>? Unknown { get; init; }
}

/// <summary>A field that nobody here knows yet: where it stood in the receipt as a JSON pointer, and its value as JSON text.</summary>
[GenerateSerializer, Immutable, Alias("unknown-field")]
public readonly record struct UnknownField([property: Id(0)] string Field, [property: Id(1)] string Json);

/// <summary>One line. Quantities may have decimals (goods by weight); amounts are minor units and may be negative (discounts).</summary>
[GenerateSerializer, Immutable, Alias("receipt-line")]
public readonly record struct ReceiptLine
{
    [Id(0)] public required string Sku { get; init; }

    [Id(1)] public required decimal Quantity { get; init; }

    [Id(2)] public required decimal UnitPrice { get; init; }

    [Id(3)] public required long Amount { get; init; }

    [Id(4)] public LineKind Kind { get; init; }

    /// <summary>The tax contained in <see cref="Amount"/>.</summary>
    [Id(5)] public long Vat { get; init; }
}

/// <summary>What the edge did to a receipt's time, or suspects of it. Flags never change points by themselves.</summary>
[Flags]
public enum ReceiptFlags
{
    None = 0,

    /// <summary>The stated time was more than 5 minutes ahead; the time of receipt was taken.</summary>
    OccurredAtClamped = 1,

    /// <summary>No time was stated; the time of receipt was taken.</summary>
    OccurredAtMissing = 2,

    /// <summary>Same member, store and amount within 120 s under another key (spec §1).</summary>
    SuspectDuplicate = 4,
}
