using System.Collections.Frozen;
using Gamification.Impacts;
using Gamification.Rules.Measures;

namespace Gamification.Rules.Impacts;

/// <summary>
/// What counted quantities are worth for one counter by one published version of the factors. Boards keep quantities under a factor's mark, so that a corrected value
/// restates them as they stand, and what another selection counted is worth nothing.
/// </summary>
public sealed class ImpactWorth
{
    private readonly ImpactBook _book;
    private readonly FrozenDictionary<string, string> _factors;

    public ImpactWorth(ImpactFactors factors, string counter)
    {
        _book = new(factors);
        _factors = _book.FactorsOf(counter).ToFrozenDictionary(factor => MeasureKey.Of(_book.MarkOf(factor)));
    }

    /// <summary>The sum in thousandths of the counter's unit, rounded down, and the newest <c>At</c> among what is worth anything, Unix milliseconds; (0, 0) for nothing.</summary>
    internal (long Score, long ReachedAt) Score(IEnumerable<(string Mark, int Day, long Thousandths, long At)> standing)
    {
        var (billionths, reachedAt) = ((Int128)0, 0L);
        foreach (var (mark, day, thousandths, at) in standing)
        {
            if (thousandths == 0 || !_factors.TryGetValue(mark, out var factor) || _book.InForceOn(factor, day) is not { Millionths: > 0 and var millionths }) continue;
            billionths += (Int128)thousandths * millionths;
            reachedAt = Math.Max(reachedAt, at);
        }

        return (long.CreateSaturating(billionths / 1_000_000), reachedAt);
    }
}
