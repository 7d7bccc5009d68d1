using System.Collections.Immutable;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Rules.Impacts;
using Gamification.Rules.Programmes;

namespace Gamification.Impacts;

/// <summary>Totals as people see them: every counter of the document with the factors that are in it.</summary>
internal static class ImpactViews
{
    public static ImmutableArray<ImpactFigure> Figures(ImpactBook book, ImmutableArray<ImpactTotal> totals)
    {
        var byCounter = totals.ToDictionary(total => total.Counter);
        return [.. book.Counters.Select(counter => byCounter.TryGetValue(counter.Id, out var total)
            ? new ImpactFigure(counter, total.Thousandths, [.. total.By.Select(by => Cited(book, by.Factor, by.Version))])
            : new ImpactFigure(counter, 0, []))];
    }

    /// <summary>What came with a version is told from the documents: they keep all that was ever published.</summary>
    public static ImpactRestatement Of(ImpactEntry.Adopted adopted, string programme, ProgrammeCatalog programmes)
    {
        var known = Factors(adopted.Edition - 1).Select(factor => (factor.Id, factor.Version)).ToHashSet();
        return new()
        {
            Edition = adopted.Edition,
            At = adopted.At,
            Counters = adopted.Restated,
            Corrections = [.. Factors(adopted.Edition).Where(factor => !known.Contains((factor.Id, factor.Version))).Select(factor => new FactorCorrection(factor.Id, factor.Version, factor.Correction, factor.Source))],
        };

        ImmutableArray<ImpactFactor> Factors(int edition) =>
            programmes.EditionOf(programme, ProgrammePart.Impact, edition)?.Text is { } text ? PartReading.ImpactOf(text).Factors : [];
    }

    private static CitedFactor Cited(ImpactBook book, string factor, int version)
    {
        var source = book.Versions[factor].First(one => one.Version == version).Source;
        return new(factor, version, source, ImpactWords.Of(source));
    }
}
