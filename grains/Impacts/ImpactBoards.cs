using Gamification.Leaderboards;
using Gamification.Programmes;
using Gamification.Projections;
using Gamification.Rules.Impacts;
using Gamification.Rules.Measures;

namespace Gamification.Impacts;

/// <summary>One deed as it was counted, and as it stood before; <see cref="At"/> is when it occurred, Unix milliseconds.</summary>
internal readonly record struct CountedDeed(ImpactRow Row, ImpactRow? Before, long At);

/// <summary>
/// Tells boards of impact what was counted from the journal: what lies before the factors that count it, and all of it when other goods or events are selected. These are
/// the rows that members' entries tell by themselves from then on, so that either may come first.
/// </summary>
internal sealed class ImpactBoards(string programme, ProgrammeCatalog programmes, IRollupStorage? rollup)
{
    private const int AttemptsMax = 100;

    public async Task Tell(ImpactBook book, IReadOnlyCollection<CountedDeed> counted)
    {
        if (rollup is null || counted.Count == 0) return;
        var measures = programmes.Of(programme).Boards.Measures.Where(measure => measure.Of == MeasureOf.Impact).ToArray();
        MeasureRow[] rows = [.. from measure in measures from factor in book.FactorsOf(measure.Named!) from deed in counted from row in Rows(measure.Code, factor, book.MarkOf(factor), deed) select row];
        if (rows.Length == 0) return;
        for (var attempt = 1; ; attempt++)
        {
            // Rows without a stretch: the offset stays, and whoever moves it meanwhile is asked again where it stands.
            var (partition, seq) = (await rollup.Offsets(CancellationToken.None)).FirstOrDefault();
            try
            {
                await rollup.Apply(partition, seq, seq, new() { Rows = [], Measures = rows, NewestOccurredAt = new Dictionary<string, long>() });
                return;
            }
            catch (InvalidOperationException) when (attempt < AttemptsMax)
            {
            }
        }
    }

    private IEnumerable<MeasureRow> Rows(string measure, string factor, string mark, CountedDeed deed)
    {
        var value = ValueOf(deed.Row, factor);
        var place = value != 0 ? deed.Row : deed.Before is { } before && ValueOf(before, factor) != 0 ? before : null;
        if (place is null) yield break;
        yield return new()
        {
            Actor = ActorId.Member(programme, new(deed.Row.Member)), Measure = measure, Store = place.Store, Day = place.Day,
            Thing = MeasureKey.Of(mark, MeasureKey.Of(deed.Row.Deed)), Value = value, ReachedAt = value == 0 ? 0 : deed.At, Version = deed.Row.Version,
        };
    }

    private static long ValueOf(ImpactRow row, string factor) => row.Quantities.FirstOrDefault(one => one.Factor == factor).Thousandths;
}
