using System.Buffers;

namespace Gamification.Ledger;

/// <summary>
/// What a ledger counts: points to spend, status points, or the stamps of one card family (spec A7). Each is kept apart, whole numbers only.
/// </summary>
[GenerateSerializer, Immutable, Alias("ledger-unit")]
public readonly record struct Unit([property: Id(0)] string Code)
{
    private const string StampPrefix = "stamps:";
    private const int FamilyMax = 32;

    private static readonly SearchValues<char> FamilyLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>What a member spends.</summary>
    public static Unit Points { get; } = new("points");

    /// <summary>What tiers are made of. Never spent, and never in debt (spec §8).</summary>
    public static Unit Status { get; } = new("status");

    public bool IsStamps => Code.StartsWith(StampPrefix, StringComparison.Ordinal);

    /// <param name="family">Lower-case letters, digits and hyphens, 32 at most.</param>
    public static Unit StampsOf(string family) =>
        TryParse(StampPrefix + family, out var unit) ? unit : throw new ArgumentException($"'{family}' is no card family.", nameof(family));

    /// <summary>Reads <c>points</c>, <c>status</c> or <c>stamps:family</c>.</summary>
    public static bool TryParse(string code, out Unit unit)
    {
        unit = new(code);
        if (code is "points" or "status") return true;
        return unit.IsStamps
            && code.Length > StampPrefix.Length && code.Length <= StampPrefix.Length + FamilyMax
            && code.AsSpan(StampPrefix.Length).IndexOfAnyExcept(FamilyLetters) < 0;
    }

    public override string ToString() => Code;
}
