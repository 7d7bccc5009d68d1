using System.Collections.Immutable;
using Gamification.Impacts;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Impacts;

/// <summary>What types cannot say about a registry: references, sources that can be looked up, and corrections that say why.</summary>
public static class ImpactValidation
{
    private const int ErrorsMax = 100;

    /// <summary>Errors in the document's order, at most 100; empty when it can be used.</summary>
    public static ImmutableArray<DocumentError> Check(ImpactFactors factors)
    {
        var errors = new List<DocumentError>();
        for (var at = 0; at < factors.Counters.Length; at++)
        {
            if (factors.Counters.Take(at).Any(before => before.Id == factors.Counters[at].Id)) Add(FormattableString.Invariant($"/counters/{at}/id"), "id-twice", "Give each counter its own id.");
        }

        for (var at = 0; at < factors.Factors.Length; at++) CheckFactor(factors, at);
        return [.. errors.Take(ErrorsMax)];

        void Add(string pointer, string code, string remedy) => errors.Add(new(pointer, code, remedy));

        void CheckFactor(ImpactFactors all, int at)
        {
            var (factor, pointer) = (all.Factors[at], FormattableString.Invariant($"/factors/{at}"));
            var others = all.Factors.Where(other => other != factor && other.Id == factor.Id).ToArray();
            if (all.Factors.Take(at).Any(before => (before.Id, before.Version) == (factor.Id, factor.Version))) Add($"{pointer}/version", "version-twice", "Give each version of a factor its own number.");
            if (!all.Counters.Any(counter => counter.Id == factor.Counter)) Add($"{pointer}/counter", "unknown-counter", "Name a counter of this document.");
            if (others.Any(other => other.Counter != factor.Counter)) Add($"{pointer}/counter", "another-counter", "All versions of a factor are of one counter: give this one another id.");
            if (factor.Until <= factor.From) Add($"{pointer}/until", "empty", "Give a date after from: the day named by until is no longer within.");
            if (factor.Goods is not null && !factor.On.Contains(EarningEvent.Sale)) Add($"{pointer}/goods", "no-goods", "Only a sale has goods: leave them out.");
            if (factor is { Goods: not null, Per: ImpactBasis.Rules }) Add($"{pointer}/goods", "no-goods", "Rules choose their goods themselves: leave them out.");
            if (factor.Per is ImpactBasis.Items or ImpactBasis.Spend && factor.On is not [EarningEvent.Sale]) Add($"{pointer}/per", "no-goods", "Only sales have goods and spend: let it be on sale alone, or count events.");
            if (!Uri.TryCreate(factor.Source.Url, UriKind.Absolute, out var url) || url.Scheme != Uri.UriSchemeHttps) Add($"{pointer}/source/url", "not-to-be-found", "Give an https address at which the source can be read.");
            if (factor.Correction is null && others.Any(other => other.Version < factor.Version && Overlaps(other, factor)))
                Add($"{pointer}/correction", "missing", "It changes what was counted before: say why in French, Dutch and English.");
        }
    }

    private static bool Overlaps(ImpactFactor left, ImpactFactor right) =>
        left.From < (right.Until ?? DateOnly.MaxValue) && right.From < (left.Until ?? DateOnly.MaxValue);
}
