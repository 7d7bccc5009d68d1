using System.Collections.Immutable;
using Gamification.Ledger;
using Gamification.Programmes.Earning;

namespace Gamification.Programmes;

/// <summary>How long what is earned stays valid: a kind, and how many days, months or years it counts.</summary>
[GenerateSerializer, Immutable, Alias("expiry-settings")]
public sealed record ExpirySettings
{
    [Id(0)] public ExpiryKind Kind { get; init; }

    /// <summary>0 to a hundred years.</summary>
    [Id(1)] public int Count { get; init; }
}

/// <summary>Points that goods of these categories brought wait so many local days before they can be spent: their return window (spec B3).</summary>
[GenerateSerializer, Immutable, Alias("category-wait")]
public sealed record CategoryWait
{
    /// <summary>As the catalogue names them on the sale's business date.</summary>
    [Id(0), Bounds(1, 200)] public required ImmutableArray<string> Categories { get; init; }

    /// <summary>0 to a hundred years. Of several that name a category the longest holds; it stands in for <see cref="UnitSettings.PendingDays"/>, also when it is shorter.</summary>
    [Id(1), Bounds(0, 36_525)] public required int Days { get; init; }
}

/// <summary>A programme's terms for one unit of its ledger. The defaults are those of spec §4 to §8, without expiry and without waiting.</summary>
[GenerateSerializer, Immutable, Alias("unit-settings")]
public sealed record UnitSettings
{
    [Id(0)] public ExpirySettings Expiry { get; init; } = new();

    /// <summary>Local days for which earnings wait before they can be spent; 0 for none.</summary>
    [Id(1)] public int PendingDays { get; init; }

    /// <summary>Debt ends at the smaller of this and <see cref="DebtIssuanceShare"/> percent of twelve months' issuance. 0: no debt.</summary>
    [Id(2)] public long DebtMax { get; init; } = 5_000;

    /// <summary>Percent, 0 to 100.</summary>
    [Id(3)] public int DebtIssuanceShare { get; init; } = 10;

    /// <summary>How much of an earning may pay debt: percent, 0 to 50.</summary>
    [Id(4)] public int DebtShare { get; init; } = 50;

    /// <summary>Local days until debt is forgiven, 1 to 3,660.</summary>
    [Id(5)] public int ForgivenAfterDays { get; init; } = 180;

    /// <summary>
    /// How long after its end a period still takes what belongs to it: an activity that undoes an expiry, a return that makes room under a cap.
    /// 0 to 8,760.
    /// </summary>
    [Id(6)] public int GraceHours { get; init; } = 72;

    /// <summary>Categories whose points wait for another number of days. Only points do: of status points none are given.</summary>
    [Id(7), Bounds(0, 50)] public ImmutableArray<CategoryWait> Waits { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>What a programme's ledger counts. It is kept only under an earning document.</summary>
[GenerateSerializer, Immutable, Alias("ledger-settings")]
public sealed record LedgerSettings
{
    [Id(0)] public UnitSettings Points { get; init; } = new();

    /// <summary>Status points, as many as points are earned and kept apart from them. Null: the programme has none. They know no debt.</summary>
    [Id(1)] public UnitSettings? Status { get; init; }
}
