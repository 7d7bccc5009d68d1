using System.Collections.Immutable;
using Gamification.Impacts;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Rules.Boards;
using Gamification.Rules.Impacts;
using Gamification.Rules.Measures;
using Gamification.Rules.Programmes;

namespace Gamification.Leaderboards;

/// <summary>What a measure is, by one version of its programme's documents.</summary>
internal sealed record BoardRuling(BoardMeasure Measure, MeasureRules Counts, NetSpendSettings NetSpend, ImpactWorth? Worth);

/// <summary>
/// Finds by what a measure's board is counted. A version of the documents is read back from the journal, so that a board that was settled by it comes to the same
/// for whoever has the journal alone.
/// </summary>
/// <param name="journal">Where programmes record their documents.</param>
/// <param name="programmes">What this node counts by; null where nothing runs.</param>
public sealed class BoardRules(IJournalStorage journal, ProgrammeCatalog? programmes = null)
{
    /// <summary>Documents are large.</summary>
    private const int Page = 100;

    /// <summary>The version that this node counts by now, of what holds at an instant.</summary>
    internal RulesAt Now(string programme, DateTimeOffset at) => new(programmes!.VersionOf(programme), at.ToUnixTimeMilliseconds());

    /// <summary>By what the board is counted today; null when the programme defines its measure no longer.</summary>
    internal BoardRuling? Today(BoardId board) => programmes!.Of(board.Programme) is var settings && settings.Boards.MeasureOf(board.Measure) is { } measure
        ? new(measure, programmes.SchemeOf(board.Programme).Measures!, settings.NetSpend, WorthOf(measure, programmes.ImpactOf(board.Programme)))
        : null;

    /// <summary>The same by a version; null when that did not define the measure, or is not in the journal.</summary>
    internal async ValueTask<BoardRuling?> Find(BoardId board, RulesAt rules)
    {
        var version = rules.Version == 0 ? null : await Read(board.Programme, rules.Version);
        if (version is null) return rules.Version == 0 && programmes is not null ? Today(board) : null;
        var stretch = version.At(DateTimeOffset.FromUnixTimeMilliseconds(rules.At));
        return stretch.Settings.Boards.MeasureOf(board.Measure) is { } measure ? new(measure, stretch.Scheme.Measures!, stretch.Settings.NetSpend, WorthOf(measure, stretch.Impact)) : null;
    }

    /// <summary>Null for a measure of anything but impact; without factors impact is worth nothing.</summary>
    internal static ImpactWorth? WorthOf(BoardMeasure measure, Edition? factors) =>
        measure.Of != MeasureOf.Impact ? null : new(factors?.Text is { } text ? PartReading.ImpactOf(text) : ImpactFactors.None, measure.Named!);

    private async ValueTask<ProgrammeInForce?> Read(string programme, long through)
    {
        var documents = ProgrammeDocuments.Empty;
        await foreach (var stored in journal.ReadAll(DocumentsGrain.ActorOf(programme), page: Page))
        {
            documents = ProgrammeEntryJson.Fold(documents, stored);
            if (stored.Version == through) return new(documents, through);
        }

        return null;
    }
}
