using System.Collections.Immutable;

namespace Gamification;

/// <summary>What became of a receipt's points.</summary>
public enum Treatment
{
    /// <summary>A sale: points were earned, perhaps 0.</summary>
    Earned,

    /// <summary>Nobody to credit: counted for the store. A member may claim it with the code.</summary>
    Anonymous,

    /// <summary>The card is not enrolled yet and the programme holds: points come when it enrols.</summary>
    Held,

    /// <summary>A return or void of a known sale: its points were taken back, up to what it had earned.</summary>
    TakenBack,

    /// <summary>An unlinked return under <c>audit</c>: counted, nothing taken.</summary>
    Audited,

    /// <summary>An unlinked return under <c>by-amount</c>: the whole currency units of its amount were taken.</summary>
    TakenByAmount,

    /// <summary>An unlinked return under <c>match-by-sku</c>: taken from the sales named in <see cref="ReceiptRecord.Taken"/>; the rest is parked.</summary>
    TakenBySku,

    /// <summary>The sale it returns is not here yet. It is applied when the sale comes within 30 days.</summary>
    Parked,
}

/// <summary>What one return took from one sale: money by which its net spend fell, points by which its award fell.</summary>
[GenerateSerializer, Immutable, Alias("taken-back")]
public sealed record TakenBack([property: Id(0)] ReceiptKey Sale, [property: Id(1)] long Spend, [property: Id(2)] long Points, [property: Id(3)] bool Whole)
{
    /// <summary>Quantities taken by stock code, under match-by-sku.</summary>
    [Id(4)] public ImmutableArray<SkuQuantity> Skus { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The money by stock code, which rules about goods ask for. Null in a programme without an earning document, and when no goods were named.</summary>
    [Id(5)] public ImmutableArray<BroughtBack>? Goods { get; init; }
}

[GenerateSerializer, Immutable, Alias("sku-quantity")]
public readonly record struct SkuQuantity([property: Id(0)] string Sku, [property: Id(1)] decimal Quantity);

/// <summary>The recorded result of one receipt: what a first answer and every replay of it say.</summary>
[GenerateSerializer, Immutable, Alias("receipt-record")]
public sealed record ReceiptRecord
{
    [Id(0)] public required ReceiptKey Key { get; init; }

    /// <summary>Null for a receipt without a member.</summary>
    [Id(1)] public required MemberId? Member { get; init; }

    [Id(2)] public required Treatment Treatment { get; init; }

    /// <summary>Points added by this receipt; negative when it took points back.</summary>
    [Id(3)] public required long Points { get; init; }

    /// <summary>The member's balance right after it.</summary>
    [Id(4)] public required long Balance { get; init; }

    /// <summary>The member's version right after it.</summary>
    [Id(5)] public required long Version { get; init; }

    [Id(6)] public ImmutableArray<TakenBack> Taken { get => field.IsDefault ? [] : field; init; } = [];

    [Id(7)] public ReceiptFlags Flags { get; init; }

    [Id(8)] public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>What a till may print beside; null for nothing.</summary>
    [Id(9)] public TillNotes? Notes { get; init; }
}

/// <summary>The answer to a posted receipt, in order of precedence.</summary>
[GenerateSerializer, Immutable, Alias("receipt-outcome")]
public abstract record ReceiptOutcome
{
    /// <summary>Same key, same content as before: nothing happened, this is the first result again.</summary>
    [GenerateSerializer, Immutable, Alias("receipt-outcome.replayed")]
    public sealed record Replayed([property: Id(0)] ReceiptRecord Record) : ReceiptOutcome;

    /// <summary>Same key, other content: nothing happened. The edge quarantines what came.</summary>
    [GenerateSerializer, Immutable, Alias("receipt-outcome.conflict")]
    public sealed record Conflict([property: Id(0)] ReceiptKey Key, [property: Id(1)] DateTimeOffset FirstRecordedAt) : ReceiptOutcome;

    /// <summary>The rules cannot accept it; nothing was recorded.</summary>
    [GenerateSerializer, Immutable, Alias("receipt-outcome.refused")]
    public sealed record Refused([property: Id(0)] Refusal Refusal) : ReceiptOutcome;

    /// <summary>
    /// A return or void of a sale that a member claimed while it was on its way here: nothing happened. Ask again who answers for the sale, and post it there.
    /// </summary>
    [GenerateSerializer, Immutable, Alias("receipt-outcome.moved")]
    public sealed record Moved([property: Id(0)] MemberId Member) : ReceiptOutcome;

    /// <summary>Durable, counted once.</summary>
    [GenerateSerializer, Immutable, Alias("receipt-outcome.recorded")]
    public sealed record Recorded([property: Id(0)] ReceiptRecord Record) : ReceiptOutcome;
}

/// <summary>Why something is refused: a stable code, the field at fault as a JSON pointer, and what to do about it, in English.</summary>
[GenerateSerializer, Immutable, Alias("refusal")]
public sealed record Refusal([property: Id(0)] string Code, [property: Id(1)] string Field, [property: Id(2)] string Remedy);
