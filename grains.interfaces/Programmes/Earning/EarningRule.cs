using System.Collections.Immutable;
using System.Globalization;

namespace Gamification.Programmes.Earning;

/// <summary>What a member can do that a rule may reward (spec A8). Each has an inverse: a sale its return, the others their removal.</summary>
public enum EarningEvent
{
    Sale,
    Enrolment,
    Birthday,
    EnrolmentAnniversary,
    FirstPurchaseAnniversary,
    Post,
    Comment,
    Review,
    AcceptedAnswer,
    PollVote,
    Share,
    Welcome,
    Survey,
    Visit,
    Scan,

    /// <summary>The member confirmed an address, of mail or e-mail.</summary>
    Confirmation,
}

/// <summary>Which version of a rule, as it stands on every award.</summary>
[GenerateSerializer, Immutable, Alias("rule-version-id")]
public readonly record struct RuleVersionId([property: Id(0)] string Rule, [property: Id(1)] int Version)
{
    /// <summary><c>double-tuesday@3</c></summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Rule}@{Version}");
}

/// <summary>The business period over which a cap counts: of the event's business date, weeks ISO.</summary>
public enum CapPeriod
{
    Day,
    Week,
    Month,

    /// <summary>As long as the rule exists, whatever its versions.</summary>
    Campaign,
}

/// <summary>
/// How much one member may get from one rule in a period. The last award before the cap is a partial one.
/// Points that a return takes back make room again while the period is Live or in Grace (spec §7).
/// </summary>
[GenerateSerializer, Immutable, Alias("earning-cap")]
public sealed record Cap
{
    [Id(0)] public required CapPeriod Per { get; init; }

    [Id(1), Bounds(1, 1_000_000_000)] public long? Points { get; init; }

    /// <summary>How often the rule may apply.</summary>
    [Id(2), Bounds(1, 1_000_000)] public int? Times { get; init; }
}

/// <summary>Where a version of a rule stands at an instant (spec A2).</summary>
public enum RuleStage
{
    Draft,
    Validated,

    /// <summary>Published, and not yet in force.</summary>
    Scheduled,
    Live,

    /// <summary>Its end has come, or a newer version has taken its place.</summary>
    Retired,
}

/// <summary>
/// One version of a rule: when <see cref="On"/> happens and <see cref="When"/> holds, <see cref="Then"/> follows.
/// The version in force at the event's <c>occurredAt</c> decides, whenever the event is received (spec §4).
/// </summary>
[GenerateSerializer, Immutable, Alias("earning-rule")]
public sealed record EarningRule
{
    /// <summary>How long before it takes effect a version must be published, so that every node has loaded it (spec §4).</summary>
    public static readonly TimeSpan Notice = TimeSpan.FromSeconds(60);

    /// <summary>Lower-case letters, digits and hyphens, 40 at most. Also the order in which rules share caps, budgets and odd points.</summary>
    [Id(0), Slug] public required string Id { get; init; }

    /// <summary>From 1.</summary>
    [Id(1), Bounds(1, 1_000_000)] public required int Version { get; init; }

    [Id(2), Bounds(1, 16)] public required ImmutableArray<EarningEvent> On { get; init; }

    /// <summary>Null for always.</summary>
    [Id(3)] public Condition? When { get; init; }

    /// <summary>The lines that count; null for the whole receipt. A receipt without any such line does not meet the rule.</summary>
    [Id(4)] public Goods? Lines { get; init; }

    /// <summary>At most one of points, multiplier and bonus; any of the others beside it.</summary>
    [Id(5), Bounds(1, 8)] public required ImmutableArray<Effect> Then { get; init; }

    [Id(6)] public Cap? Cap { get; init; }

    [Id(7), Slug] public string? Campaign { get; init; }

    [Id(8)] public DateTimeOffset? ValidatedAt { get; init; }

    [Id(9)] public DateTimeOffset? PublishedAt { get; init; }

    /// <summary>Inclusive; at least <see cref="Notice"/> after publishing.</summary>
    [Id(10)] public DateTimeOffset? EffectiveFrom { get; init; }

    /// <summary>Exclusive; null for no end.</summary>
    [Id(11)] public DateTimeOffset? EffectiveUntil { get; init; }

    /// <summary>
    /// What it brings in points can be spent once the member next does this, e.g. buys or confirms an address; null for at once, or as the ledger's terms say. The event that earned it
    /// does not count, and what has become spendable stays so when goods come back.
    /// </summary>
    [Id(12)] public EarningEvent? WaitsFor { get; init; }

    public RuleVersionId VersionId => new(Id, Version);
}
