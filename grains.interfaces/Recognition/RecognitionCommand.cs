using System.Text.Json.Serialization;

namespace Gamification.Recognition;

/// <summary>What people and other systems ask of a member's recognition. The kinds are durable names.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(StartPlan), "start-plan")]
[JsonDerivedType(typeof(RenewPlan), "renew-plan")]
[JsonDerivedType(typeof(FailPlanPayment), "fail-plan-payment")]
[JsonDerivedType(typeof(CancelPlan), "cancel-plan")]
[JsonDerivedType(typeof(RefundPlan), "refund-plan")]
[JsonDerivedType(typeof(UsePerk), "use-perk")]
[JsonDerivedType(typeof(TakePerk), "take-perk")]
[JsonDerivedType(typeof(GiveBadge), "give-badge")]
[JsonDerivedType(typeof(TakeBadge), "take-badge")]
[JsonDerivedType(typeof(BridgeStreaks), "bridge-streaks")]
[JsonDerivedType(typeof(TakeVacation), "take-vacation")]
[JsonDerivedType(typeof(RepairStreak), "repair-streak")]
[JsonDerivedType(typeof(SilenceStreak), "silence-streak")]
[JsonDerivedType(typeof(JudgeFraud), "judge-fraud")]
[JsonDerivedType(typeof(MoveHome), "move-home")]
[JsonDerivedType(typeof(NoteBirthDate), "note-birth-date")]
[JsonDerivedType(typeof(ReachTogether), "reach-together")]
[JsonDerivedType(typeof(FillBadge), "fill-badge")]
[GenerateSerializer, Immutable, Alias("recognition-command")]
public abstract record RecognitionCommand;

/// <summary>The first payment of a plan, or a new one after its end. <see cref="Amount"/> is in minor units and must be the plan's price.</summary>
[GenerateSerializer, Immutable, Alias("recognition-command.start-plan")]
public sealed record StartPlan([property: Id(0)] string Plan, [property: Id(1)] string Reference, [property: Id(2)] long Amount) : RecognitionCommand;

/// <summary>The next term is paid for.</summary>
[GenerateSerializer, Immutable, Alias("recognition-command.renew-plan")]
public sealed record RenewPlan([property: Id(0)] string Plan, [property: Id(1)] string Reference, [property: Id(2)] long Amount) : RecognitionCommand;

/// <summary>A renewal was not paid: perks stay for the plan's days of grace.</summary>
[GenerateSerializer, Immutable, Alias("recognition-command.fail-plan-payment")]
public sealed record FailPlanPayment([property: Id(0)] string Plan) : RecognitionCommand;

/// <summary>Nothing more is charged; perks stay for what is paid.</summary>
[GenerateSerializer, Immutable, Alias("recognition-command.cancel-plan")]
public sealed record CancelPlan([property: Id(0)] string Plan) : RecognitionCommand;

/// <summary>The newest payment is given back: in full for the plan's days of withdrawal, later for the whole months that are left.</summary>
[GenerateSerializer, Immutable, Alias("recognition-command.refund-plan")]
public sealed record RefundPlan([property: Id(0)] string Plan, [property: Id(1)] string Reference) : RecognitionCommand;

/// <summary>A perk was used, worth so many minor units; below zero when what it was used on came back.</summary>
[GenerateSerializer, Immutable, Alias("recognition-command.use-perk")]
public sealed record UsePerk([property: Id(0)] string Plan, [property: Id(1)] long Worth) : RecognitionCommand;

/// <summary>At a till: a perk of whichever plan or tier gives it today, worth so many minor units; below zero when what it was had on came back.</summary>
[GenerateSerializer, Immutable, Alias("recognition-command.take-perk")]
public sealed record TakePerk([property: Id(0)] string Perk, [property: Id(1)] long Worth) : RecognitionCommand;

/// <summary>A manual badge. The same badge can be given once for each scope, e.g. a year; <c>ever</c> unless stated.</summary>
[GenerateSerializer, Immutable, Alias("recognition-command.give-badge")]
public sealed record GiveBadge([property: Id(0)] string Badge, [property: Id(1)] string Scope, [property: Id(2)] string Reason) : RecognitionCommand;

/// <summary>Any award that stands is taken away, with what it brought.</summary>
[GenerateSerializer, Immutable, Alias("recognition-command.take-badge")]
public sealed record TakeBadge([property: Id(0)] BadgeAwardId Award, [property: Id(1)] string Reason) : RecognitionCommand;

/// <summary>An incident: nobody missed the dates of [<see cref="From"/>, <see cref="To"/>), 62 at most, in one streak or in all that run.</summary>
[GenerateSerializer, Immutable, Alias("recognition-command.bridge-streaks")]
public sealed record BridgeStreaks([property: Id(0)] DateOnly From, [property: Id(1)] DateOnly To, [property: Id(2)] string? Streak) : RecognitionCommand;

/// <summary>Holidays on the dates of [<see cref="From"/>, <see cref="To"/>), announced before they begin.</summary>
[GenerateSerializer, Immutable, Alias("recognition-command.take-vacation")]
public sealed record TakeVacation([property: Id(0)] string Streak, [property: Id(1)] DateOnly From, [property: Id(2)] DateOnly To) : RecognitionCommand;

[GenerateSerializer, Immutable, Alias("recognition-command.repair-streak")]
public sealed record RepairStreak([property: Id(0)] string Streak, [property: Id(1)] DateOnly Date) : RecognitionCommand;

/// <summary>The member does not want to hear of a streak, or does again. It counts and pays as ever.</summary>
[GenerateSerializer, Immutable, Alias("recognition-command.silence-streak")]
public sealed record SilenceStreak([property: Id(0)] string Streak, [property: Id(1)] bool IsSilent) : RecognitionCommand;

/// <summary>Fraud was found: the tier falls at once to what is left.</summary>
[GenerateSerializer, Immutable, Alias("recognition-command.judge-fraud")]
public sealed record JudgeFraud([property: Id(0)] string Reason) : RecognitionCommand;

/// <summary>The member lives in another zone, an IANA name: from the next midnight there on, what happens in no store is dated by it.</summary>
[GenerateSerializer, Immutable, Alias("recognition-command.move-home")]
public sealed record MoveHome([property: Id(0)] string Zone) : RecognitionCommand;

/// <summary>A birth date was given or corrected, or else forgotten. Which it is stands in the vault alone.</summary>
[GenerateSerializer, Immutable, Alias("recognition-command.note-birth-date")]
public sealed record NoteBirthDate([property: Id(0)] bool IsKnown) : RecognitionCommand;

/// <summary>
/// A run of a challenge reached a milestone that members reached together, of which this one gave so much: for the badges on that challenge. The challenge says so, under an
/// id of its own for each run and milestone; no person does.
/// </summary>
[GenerateSerializer, Immutable, Alias("recognition-command.reach-together")]
public sealed record ReachTogether([property: Id(0)] string Challenge, [property: Id(1)] string Run, [property: Id(2)] int Milestone, [property: Id(3)] long Contribution) : RecognitionCommand;
