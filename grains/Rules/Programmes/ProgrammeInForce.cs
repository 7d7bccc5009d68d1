using System.Collections.Immutable;
using Gamification.Leagues;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Rewards;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Programmes;

/// <summary>A stretch of time in which no part but the rules and goods changes, and they say of every instant what holds.</summary>
/// <param name="from">Its beginning.</param>
/// <param name="settings">With rules, recognition and terms.</param>
/// <param name="goods">With all their dates.</param>
/// <param name="rewards">Null as long as no document has stated any.</param>
/// <param name="impact">The version of the impact factors; null as long as no document has stated any.</param>
/// <param name="leagues">The leagues that begin seasons.</param>
public sealed class ProgrammeStretch(
    DateTimeOffset from, ProgrammeSettings settings, Catalogue goods, RewardCatalogue? rewards = null, Edition? impact = null, LeagueList? leagues = null)
{
    private readonly Lazy<Scheme> _scheme = new(() => new(settings, goods, isChecked: true, impact?.Text is { } factors ? PartReading.ImpactOf(factors) : null), LazyThreadSafetyMode.PublicationOnly);

    public DateTimeOffset From => from;

    public ProgrammeSettings Settings => settings;

    public RewardCatalogue? Rewards => rewards;

    public Edition? Impact => impact;

    public LeagueList Leagues { get; } = leagues ?? new();

    /// <summary>Prepared when it is first asked for.</summary>
    public Scheme Scheme => _scheme.Value;
}

/// <summary>One version of a programme's documents, ready to decide by. Immutable; one serves all threads.</summary>
public sealed class ProgrammeInForce
{
    private readonly ImmutableArray<ProgrammeStretch> _stretches;

    /// <param name="documents">They are founded.</param>
    /// <param name="version">Of the programme's actor.</param>
    public ProgrammeInForce(ProgrammeDocuments documents, long version)
    {
        var earning = documents.TextOf(ProgrammePart.Earning) is { } rules ? PartReading.EarningOf(rules) : null;
        var goods = GoodsText.ToCatalogue(documents.TextOf(ProgrammePart.Catalogue));
        Version = version;
        Documents = documents;
        _stretches =
        [
            .. documents.Editions
                .Where(edition => !edition.IsWithdrawn && !ProgrammeDocuments.IsDatedInside(edition.Part))
                .Select(edition => edition.From)
                .Append(DateTimeOffset.MinValue)
                .Distinct()
                .Order()
                .Select(from => new ProgrammeStretch(from, SettingsAt(documents, from, earning), goods, RewardsAt(documents, from), documents.InForceAt(ProgrammePart.Impact, from), LeaguesAt(documents, from))),
        ];
    }

    private ProgrammeInForce(ProgrammeSettings settings, Catalogue goods) =>
        (Documents, _stretches) = (ProgrammeDocuments.Empty, [new(DateTimeOffset.MinValue, settings, goods)]);

    /// <summary>What a file states, as version 0.</summary>
    public static ProgrammeInForce AsStated(ProgrammeSettings settings, Catalogue goods) => new(settings, goods);

    public long Version { get; }

    public ProgrammeDocuments Documents { get; }

    public ProgrammeStretch At(DateTimeOffset instant)
    {
        for (var at = _stretches.Length - 1; at > 0; at--)
        {
            if (_stretches[at].From <= instant) return _stretches[at];
        }

        return _stretches[0];
    }

    private static RewardCatalogue? RewardsAt(ProgrammeDocuments documents, DateTimeOffset instant) =>
        documents.InForceAt(ProgrammePart.Rewards, instant)?.Text is { } text ? PartReading.RewardsOf(text) : null;

    private static LeagueList? LeaguesAt(ProgrammeDocuments documents, DateTimeOffset instant) =>
        documents.InForceAt(ProgrammePart.Leagues, instant)?.Text is { } text ? PartReading.LeaguesOf(text) : null;

    /// <summary>The parts that are in force at an instant, put together.</summary>
    private static ProgrammeSettings SettingsAt(ProgrammeDocuments documents, DateTimeOffset instant, EarningRules? earning)
    {
        var settings = SettingsText.Parse(documents.InForceAt(ProgrammePart.Settings, instant)!.Text!.Value) with { Earning = earning };
        if (documents.InForceAt(ProgrammePart.Recognition, instant)?.Text is { } recognition) settings = settings with { Recognition = PartReading.RecognitionOf(recognition) };
        return documents.InForceAt(ProgrammePart.Ledger, instant)?.Text is { } ledger ? settings with { Ledger = PartReading.LedgerOf(ledger) } : settings;
    }
}
