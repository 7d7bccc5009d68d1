using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Ledger;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rewards;
using Gamification.Statements;

namespace Gamification.Members;

/// <summary>
/// What a member sees of its account. <see cref="Balance"/> is what can be spent; it is below zero after a return only in a programme without an
/// earning document, where a ledger's debt does not exist. <see cref="Lifetime"/> is what was earned since ever less what returns took back.
/// </summary>
[GenerateSerializer, Immutable, Alias("member-view")]
public sealed record MemberView(
    [property: Id(0)] MemberId Member,
    [property: Id(1)] long Version,
    [property: Id(2)] long Balance,
    [property: Id(3)] long Lifetime,
    [property: Id(4)] long Receipts,
    [property: Id(5)] bool Enrolled,
    [property: Id(6)] ImmutableArray<StatementLine> Last)
{
    /// <summary>What it has of each unit at the business time, points first. A programme without an earning document has points alone.</summary>
    [Id(7)] public ImmutableArray<PurseView> Purses { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Its tier, badges, streaks, cards and plans; null where the programme does not recognise its members.</summary>
    [Id(30)] public RecognitionView? Recognition { get; init; }
}

/// <summary>One entry of the account as its owner reads it, newest first in a page.</summary>
[GenerateSerializer, Immutable, Alias("statement-line")]
public sealed record StatementLine
{
    [Id(0)] public required long Version { get; init; }

    /// <summary>The entry's type: <c>receipt.posted</c>, <c>return.settled</c>, <c>sale.attributed</c>, <c>member.enrolled</c>, <c>member.segmented</c>, <c>activity.posted</c>, <c>activity.reversed</c>, <c>activity.restored</c>, <c>recognition.posted</c>, <c>entitlement.…</c>, <c>gesture.taken</c>, <c>ledger.corrected</c>.</summary>
    [Id(1)] public required string Type { get; init; }

    [Id(2)] public ReceiptKey? Receipt { get; init; }

    [Id(3)] public ReceiptType? ReceiptType { get; init; }

    [Id(4)] public Treatment? Treatment { get; init; }

    /// <summary>What it earned or took back; of a reward or a gesture, what it adds to or takes from what can be spent.</summary>
    [Id(5)] public required long Points { get; init; }

    [Id(6)] public required long Balance { get; init; }

    /// <summary>The receipt's total in minor units.</summary>
    [Id(7)] public long? Total { get; init; }

    [Id(8)] public DateTimeOffset? OccurredAt { get; init; }

    [Id(9)] public required DateTimeOffset RecordedAt { get; init; }

    [Id(10)] public ImmutableArray<TakenBack> Taken { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>What it moved in the ledger, in order. Empty in a programme without an earning document.</summary>
    [Id(11)] public ImmutableArray<LedgerLine> Postings { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Which rules brought its points.</summary>
    [Id(12)] public ImmutableArray<AwardSentence> Why { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>What it made of the member's tier, badges, streaks, cards and plans, in order.</summary>
    [Id(30)] public ImmutableArray<Sentence> Recognised { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>What an entry about an event says; null for other entries.</summary>
    [Id(20)] public ActivityLine? Activity { get; init; }

    /// <summary>What it says of a reward or a gesture; null for other entries.</summary>
    [Id(21)] public StatementReward? Reward { get; init; }
}

/// <summary>An entry about a reward, as a sentence in three languages. A gesture by an agent has neither id.</summary>
[GenerateSerializer, Immutable, Alias("statement-reward")]
public sealed record StatementReward(
    [property: Id(0)] EntitlementId? Entitlement,
    [property: Id(1)] string? Reward,
    [property: Id(2)] string Fr,
    [property: Id(3)] string Nl,
    [property: Id(4)] string En);

/// <summary>A page of entries. <see cref="Next"/> is the cursor of the page after it, null at the end.</summary>
[GenerateSerializer, Immutable, Alias("statement-page")]
public sealed record StatementPage([property: Id(0)] ImmutableArray<StatementLine> Lines, [property: Id(1)] long? Next);

/// <summary>What became of a claim for a forgotten card.</summary>
[GenerateSerializer, Immutable, Alias("claim-outcome")]
public abstract record ClaimOutcome
{
    /// <summary>Credited now, or the same claim was credited before.</summary>
    [GenerateSerializer, Immutable, Alias("claim-outcome.credited")]
    public sealed record Credited([property: Id(0)] long Points, [property: Id(1)] long Balance, [property: Id(2)] bool Replayed) : ClaimOutcome;

    [GenerateSerializer, Immutable, Alias("claim-outcome.refused")]
    public sealed record Refused([property: Id(0)] Refusal Refusal) : ClaimOutcome;
}

/// <summary>Where a receipt goes: a member's account, or a till's when there is no member. Answers exactly once for every key (spec §1).</summary>
[Alias("receipt-account")]
public interface IReceiptAccount : IGrainWithStringKey
{
    /// <summary>
    /// Durable on return when the outcome is <c>Recorded</c>. Posting the same receipt again returns the first record, whoever asks and whenever.
    /// Faults (the journal is busy, unavailable, or cannot tell) come as exceptions; posting again is always safe.
    /// </summary>
    /// <param name="receipt">Checked for shape and bounds; its content digest includes the card.</param>
    /// <param name="receivedAt">When it reached the edge.</param>
    /// <param name="held">The card is not enrolled and the programme holds its points.</param>
    [Alias("post")]
    Task<ReceiptOutcome> Post(Receipt receipt, DateTimeOffset receivedAt, bool held);
}

/// <summary>One member of one programme. The key is <c>programme/surrogate</c>.</summary>
[Alias("member")]
public interface IMemberGrain : IReceiptAccount
{
    /// <summary>Totals and the ten newest entries.</summary>
    [Alias("view")]
    Task<MemberView> View();

    /// <summary>Entries with a version below <paramref name="before"/>, newest first, at most <paramref name="limit"/> (1 to 200).</summary>
    [Alias("statement")]
    Task<StatementPage> Statement(long before, int limit);

    /// <summary>
    /// Credits an anonymous sale whose claim code the edge has verified, once in the programme. Refused when it is unknown, not anonymous,
    /// older than the programme's claim days on the business clock, or claimed by somebody else.
    /// </summary>
    [Alias("claim")]
    Task<ClaimOutcome> Claim(ReceiptKey sale, DateTimeOffset receivedAt);

    /// <summary>What the receipt would earn this member now, by the same rule as posting it. Records nothing.</summary>
    [Alias("preview")]
    Task<ReceiptPreview> Preview(Receipt receipt, DateTimeOffset receivedAt);

    /// <summary>The card's holder enrolled: held sales are credited. Safe to repeat.</summary>
    [Alias("enrol")]
    Task<MemberView> Enrol(DateTimeOffset receivedAt);
}

/// <summary>The receipts of one till that have no member. The key is <c>programme/store/till</c>.</summary>
[Alias("till")]
public interface ITillGrain : IReceiptAccount
{
    /// <summary>
    /// Hands an anonymous sale to the member who claims it: the till stops counting it, durably, before the member is credited.
    /// The first member to ask gets it; asking again gives the same answer. Refused when unknown, returned, or taken by another.
    /// </summary>
    [Alias("release")]
    Task<ReleaseOutcome> Release(ReceiptKey sale, MemberId member, DateTimeOffset receivedAt);
}

/// <summary>Finds whose account holds a receipt. Stateless: any number may run. The key is the programme.</summary>
[Alias("receipt-index")]
public interface IReceiptIndexGrain : IGrainWithStringKey
{
    /// <summary>The account that answers for the sale: the member it was released to, else who it was posted to; null when nobody has it yet.</summary>
    [Alias("owner-of")]
    Task<ActorId?> OwnerOf(ReceiptKey sale);
}
