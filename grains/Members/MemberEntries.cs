using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules;
using Gamification.Rules.Ledger;
using Gamification.Rules.Recognition;

namespace Gamification.Members;

/// <summary>
/// The durable facts of an account (a member's, or a till's for receipts without a member). Each carries the absolute values
/// that it led to, so that folding needs no rule and a projection needs no earlier entry.
/// </summary>
public abstract record AccountEntry
{
    /// <summary>Points added; negative when taken. All entries' points, with those of <see cref="Recognised"/>, are the lifetime points.</summary>
    public required long Points { get; init; }

    /// <summary>
    /// Balance, lifetime points and receipt count right after the entry. With a ledger the balance is what is available in it: points may also
    /// wait, expire, pay debt or be written off, so that it need not move by <see cref="Points"/>.
    /// </summary>
    public required long Balance { get; init; }

    public required long Lifetime { get; init; }

    public required long Receipts { get; init; }

    /// <summary>Every tally row that changed, with its new absolute value.</summary>
    public required ImmutableArray<TallyRow> Tallies { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>What the entry moves in the member's ledger, in order. Null when nothing, and in a programme without an earning document.</summary>
    public ImmutableArray<Posting>? Postings { get; init; }

    /// <summary>The counters of capped rules that changed, with their new absolute values.</summary>
    public ImmutableArray<CapCount>? Counters { get; init; }

    /// <summary>
    /// What it made of the member's recognition, gifts included, whose points are beside <see cref="Points"/>. Null when recognition was not asked:
    /// what such a sale's return takes back, recognition does not know.
    /// </summary>
    public RecognitionMade? Recognised { get => RecognisedLater?.Value; init => RecognisedLater = Later<RecognitionMade>.Now(value); }

    internal Later<RecognitionMade>? RecognisedLater { get; init; }

    /// <summary>What the member was when the event of this entry was received. Null when nothing, and for what is no event.</summary>
    public MemberWas? Was { get; init; }

    /// <summary>Older events as this entry leaves them. Null when it changes none, and in entries from before they were recorded.</summary>
    public ImmutableArray<DeedNow>? Deeds { get; init; }
}

/// <summary>A receipt was accepted and treated.</summary>
public sealed record ReceiptPosted : AccountEntry
{
    public const string Type = "receipt.posted";

    public required Receipt Receipt { get; init; }

    public required Treatment Treatment { get; init; }

    /// <summary>A sale's net spend under the settings of its time. Null in entries from before it was recorded, and for returns.</summary>
    public long? Spend { get; init; }

    /// <summary>
    /// What rules decided of a sale: the versions, their parts, the tier that multiplied and the use of caps, none of it ever decided again.
    /// Null for what met no rule, and in a programme without an earning document.
    /// </summary>
    public Earned? Earned { get => EarnedLater?.Value; init => EarnedLater = Later<Earned>.Now(value); }

    internal Later<Earned>? EarnedLater { get; init; }

    public ImmutableArray<TakenBack> Taken { get; init; } = [];

    /// <summary>What of a return could not be matched yet and waits 30 days for its sale.</summary>
    public ParkedReturn? Parked { get; init; }

    /// <summary>What a return brings back to campaigns' budgets.</summary>
    public ImmutableArray<CampaignReturn>? GivenBack { get; init; }
}

/// <summary>A parked return met its sale.</summary>
public sealed record ReturnSettled : AccountEntry
{
    public const string Type = "return.settled";

    public required ReceiptKey Return { get; init; }

    public required ImmutableArray<TakenBack> Taken { get; init; }

    /// <summary>What still waits; null when all is settled.</summary>
    public ParkedReturn? Parked { get; init; }

    /// <summary>What it brings back to campaigns' budgets.</summary>
    public ImmutableArray<CampaignReturn>? GivenBack { get; init; }
}

/// <summary>A sale that earned nothing when it came was credited later: claimed with its code, or held until the card enrolled.</summary>
public sealed record SaleAttributed : AccountEntry
{
    public const string Type = "sale.attributed";

    public required Receipt Receipt { get; init; }

    /// <summary>What was credited: what returns had left by then. Null in entries from before it was recorded: all of the receipt.</summary>
    public SaleLeft? Left { get; init; }

    /// <summary>What rules decided of the whole sale; <see cref="AccountEntry.Points"/> is what stands of it. Null as in <see cref="ReceiptPosted"/>.</summary>
    public Earned? Earned { get; init; }
}

/// <summary>A till's anonymous sale was claimed by a member, so the till no longer counts it.</summary>
public sealed record SaleReleased : AccountEntry
{
    public const string Type = "sale.released";

    public required ReceiptKey Receipt { get; init; }

    public required MemberId Member { get; init; }

    /// <summary>What the member gets. Null in entries from before it was recorded: all of the receipt.</summary>
    public SaleLeft? Left { get; init; }
}

/// <summary>The card's holder enrolled.</summary>
public sealed record MemberEnrolled : AccountEntry
{
    public const string Type = "member.enrolled";

    /// <summary>Unix milliseconds, in business time. Null in entries from before it was recorded.</summary>
    public long? JoinedAt { get; init; }

    /// <summary>What being one of the first so many took of campaigns; null for nothing.</summary>
    public ImmutableArray<CampaignUse>? Campaigns { get; init; }
}

/// <summary>The member is in these segments from now on, and in no others.</summary>
public sealed record MemberSegmented : AccountEntry
{
    public const string Type = "member.segmented";

    /// <summary>In the order of their names.</summary>
    public required ImmutableArray<string> Segments { get; init; }

    /// <summary>Whose credential set them.</summary>
    public required string By { get; init; }
}

/// <summary>Something was asked of the member's recognition, or time alone brought something.</summary>
public sealed record RecognitionPosted : AccountEntry
{
    public const string Type = "recognition.posted";

    /// <summary>Null for what time brought.</summary>
    public RecognitionCommand? Command { get; init; }

    public string? By { get; init; }

    /// <summary>What the member gets back of a payment, in minor units.</summary>
    public long Refund { get; init; }
}

/// <summary>A return that waits for its sale: the named one, or under match-by-sku any of the member's that sold these goods.</summary>
public sealed record ParkedReturn
{
    /// <summary>How long a return waits for its sale, between the instants at which the two occurred.</summary>
    private static readonly TimeSpan WaitsFor = TimeSpan.FromDays(30);

    public required ReceiptKey Return { get; init; }

    public ReceiptKey? Original { get; init; }

    public required ReceiptType ReturnType { get; init; }

    public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>When it started to wait.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Net spend to take from the named original, as a positive amount; unused under match-by-sku.</summary>
    public required long Spend { get; init; }

    /// <summary>Goods still to be matched.</summary>
    public ImmutableArray<SkuQuantity> Skus { get; init; } = [];

    /// <summary>The money by stock code. Null in a programme without an earning document.</summary>
    public ImmutableArray<BroughtBack>? Goods { get; init; }

    /// <summary>Business time alone decides, so that a replay of history forgets what history forgot.</summary>
    public bool HasExpiredAt(DateTimeOffset occurredAt) => occurredAt - OccurredAt > WaitsFor;
}
