using System.Collections.Immutable;
using System.Globalization;
using Gamification.Impacts;

namespace Gamification.Storage;

/// <summary>A deed's quantities in one column: <c>meal=1000 carbon=2500</c>. Factors are slugs.</summary>
internal static class QuantitiesText
{
    public static string Of(ImmutableArray<CountedFactor> quantities) =>
        string.Join(' ', quantities.Select(one => string.Create(CultureInfo.InvariantCulture, $"{one.Factor}={one.Thousandths}")));

    public static ImmutableArray<CountedFactor> Read(string text) => text.Length == 0 ? [] :
    [
        .. text.Split(' ').Select(one => one.Split('=') is [var factor, var thousandths]
            ? new CountedFactor(factor, long.Parse(thousandths, CultureInfo.InvariantCulture))
            : throw new FormatException($"'{one}' is no quantity.")),
    ];
}
