using System.Collections.Immutable;
using Gamification.Leaderboards;
using Gamification.Programmes.Earning;
using Gamification.Recognition;

namespace Gamification.Programmes;

/// <summary>What happens to a return that names no sale (spec §5).</summary>
public enum UnlinkedReturns
{
    /// <summary>Counted, nothing taken back. The default.</summary>
    Audit,

    /// <summary>Minus the whole currency units of the amount; the balance may go below zero.</summary>
    ByAmount,

    /// <summary>Taken from the member's own sales of the same stock codes, newest first.</summary>
    MatchBySku,
}

/// <summary>What happens to a card that nobody enrolled (spec §13).</summary>
public enum UnknownCard
{
    /// <summary>It becomes a member at once. The default.</summary>
    AutoCreate,

    /// <summary>Its receipts wait; points come when it enrols.</summary>
    Hold,

    /// <summary>Its receipts are refused and quarantined.</summary>
    Refuse,
}

/// <summary>
/// Whether time is the wall clock, stands at the newest event fed (a replay of history), or where a tester puts it. A history has no silence longer than 31 days:
/// an event further ahead of all before it is counted on its own date, but does not move the time.
/// </summary>
public enum BusinessClockKind
{
    Live,
    Replay,

    /// <summary>Stands where a tester puts it, and moves forward only (spec R3).</summary>
    Sandbox,
}

/// <summary>What counts towards net spend (spec §13). The tax is in by default, deposits, vouchers, services and what was paid with points or vouchers are out.</summary>
[GenerateSerializer, Immutable, Alias("net-spend-settings")]
public sealed record NetSpendSettings
{
    [Id(0)] public bool Vat { get; init; } = true;

    [Id(1)] public bool Deposits { get; init; }

    [Id(2)] public bool Vouchers { get; init; }

    [Id(3)] public bool Services { get; init; }

    [Id(4)] public bool PaidWithPoints { get; init; }

    [Id(5)] public bool PaidWithVouchers { get; init; }
}

/// <summary>A shop, or the web shop. <see cref="TimeZone"/> is an IANA name.</summary>
[GenerateSerializer, Immutable, Alias("store")]
public sealed record Store
{
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required string NameFr { get; init; }

    [Id(2)] public required string NameNl { get; init; }

    [Id(3)] public required string NameEn { get; init; }

    [Id(4)] public required string TimeZone { get; init; }
}

/// <summary>The settings every programme states (spec §13), as they are in force at one instant. See <see cref="Documents.ProgrammePart"/> for what may change while the engine runs.</summary>
[GenerateSerializer, Immutable, Alias("programme-settings")]
public sealed record ProgrammeSettings
{
    /// <summary>Lower-case letters, digits and hyphens, 32 at most: it begins every key.</summary>
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required string Name { get; init; }

    /// <summary>ISO 4217. Receipts in another currency are refused.</summary>
    [Id(2)] public required string Currency { get; init; }

    /// <summary>IANA name; windows of the programme's boards and the dates of its statements.</summary>
    [Id(3)] public required string TimeZone { get; init; }

    [Id(4)] public UnknownCard UnknownCard { get; init; }

    [Id(5)] public UnlinkedReturns UnlinkedReturns { get; init; }

    /// <summary>How long an anonymous receipt can be claimed; 0 forbids it.</summary>
    [Id(6)] public int ClaimDays { get; init; } = 7;

    [Id(7)] public NetSpendSettings NetSpend { get; init; } = new();

    [Id(8)] public BusinessClockKind Clock { get; init; }

    [Id(9)] public required ImmutableArray<Store> Stores { get; init; }

    /// <summary>
    /// By what members earn. Null: one point for each whole unit of the currency, without a ledger of lots. A programme that has a document
    /// never goes back to none; accounts from before it open their ledger with the balance they had.
    /// </summary>
    [Id(10)] public EarningRules? Earning { get; init; }

    [Id(11)] public LedgerSettings Ledger { get; init; } = new();

    /// <summary>How it recognises its members beside points. Null: not at all. It takes an earning document too, since gifts are kept in the ledger.</summary>
    [Id(12)] public RecognitionRules? Recognition { get; init; }

    /// <summary>Figures of a store or of everybody that are about fewer people than this are told to nobody (spec §11): 1 to 50.</summary>
    [Id(13)] public int PeopleMin { get; init; } = 10;

    [Id(40)] public BoardSettings Boards { get => field ?? new(); init; } = new();
}
