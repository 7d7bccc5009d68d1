using System.Collections.Immutable;
using System.Globalization;

namespace Gamification.Rules.Challenges;

/// <summary>How far one partition of the journal had come. As text it is <c>2:1701</c>, in decimal digits alone.</summary>
public readonly record struct Position(int Partition, long Seq)
{
    /// <summary>By partition.</summary>
    public static ImmutableArray<Position> ListOf(IReadOnlyDictionary<int, long> positions) => [.. positions.OrderBy(position => position.Key).Select(position => new Position(position.Key, position.Value))];

    /// <summary>Null for what is no position.</summary>
    public static Position? Find(string text) =>
        text.Split(':') is [var first, var second]
        && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out var partition)
        && long.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out var seq)
            ? new(partition, seq)
            : null;

    /// <summary>Reads what <see cref="Text"/> writes. Throws <see cref="FormatException"/>.</summary>
    public static ImmutableArray<Position> ListIn(string text) =>
        [.. text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => Find(word) ?? throw new FormatException($"'{word}' is no position in the journal."))];

    /// <summary>In their order, a space between two.</summary>
    public static string Text(ImmutableArray<Position> positions) => string.Join(' ', positions);

    public override string ToString() => FormattableString.Invariant($"{Partition}:{Seq}");
}
