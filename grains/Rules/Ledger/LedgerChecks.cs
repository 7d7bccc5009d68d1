using System.Buffers;

namespace Gamification.Rules.Ledger;

/// <summary>What every operation asks of its input.</summary>
internal static class LedgerChecks
{
    /// <summary>Far above any programme, and far below where sums over a life could overflow.</summary>
    public const long AmountMax = 1_000_000_000_000;

    /// <summary>Characters of a source, a cause, a hold's id, an agent.</summary>
    public const int NameMax = 200;

    public const int ReasonMax = 64;

    private static readonly SearchValues<char> CodeLetters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public static Refusal? Amount(long amount) => amount switch
    {
        <= 0 => new("amount-not-positive", "/amount", "Send a whole number above 0."),
        > AmountMax => new("amount-too-large", "/amount", "Send a whole number up to 1,000,000,000,000."),
        _ => null,
    };

    public static Refusal? Name(string? name, string field) =>
        string.IsNullOrWhiteSpace(name) || name.Length > NameMax ? new("name-missing", field, "Send 1 to 200 characters.") : null;

    public static Refusal? Reason(string? reason, string? by) =>
        string.IsNullOrEmpty(reason) || reason.Length > ReasonMax || reason.AsSpan().IndexOfAnyExcept(CodeLetters) >= 0
            ? new("reason-missing", "/reason", "Send the reason's code: lower-case letters, digits and hyphens, 64 at most.")
            : Name(by, "/by");
}
