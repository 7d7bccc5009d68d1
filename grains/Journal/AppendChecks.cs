using System.Collections.Immutable;

namespace Gamification.Journal;

/// <summary>
/// What every storage refuses alike, before a database sees it: databases differ in what they swallow (one keeps a NUL in text, another does not),
/// and a journal must be movable between them.
/// </summary>
public static class AppendChecks
{
    public const int TextLengthMax = 256;

    /// <summary>Throws <see cref="BadAppendException"/> when an append of the batch can never be stored.</summary>
    public static void Check(IReadOnlyList<Append> batch)
    {
        for (var i = 0; i < batch.Count; i++)
        {
            if (Problem(batch[i]) is { } problem)
                throw new BadAppendException($"An append of {batch[i].Actor} cannot be stored: {problem}.", new ArgumentException(problem, nameof(batch)));
        }
    }

    private static string? Problem(Append append)
    {
        if (append.Entries.IsDefaultOrEmpty)
            return "it holds no entry";
        if (append.ExpectedVersion < 0)
            return "its expected version is negative";
        if (!IsStorable(append.Actor.Programme) || !IsStorable(append.Actor.Kind) || !IsStorable(append.Actor.Key))
            return "its actor's id is empty, too long, or holds a NUL or half a surrogate pair";

        foreach (var entry in append.Entries)
        {
            if (!IsStorable(entry.Type))
                return "the type of an entry is empty, too long, or holds a NUL or half a surrogate pair";
        }

        return append.Entries.Length > 1 && RepeatsAKey(append.Entries) ? "two of its entries carry the same key" : null;
    }

    private static bool RepeatsAKey(ImmutableArray<NewEntry> entries)
    {
        var seen = new HashSet<(int, Guid)>();
        foreach (var entry in entries)
        {
            if (entry.Key is { } key && !seen.Add((key.Month, key.Digest)))
                return true;
        }

        return false;
    }

    private static bool IsStorable(string text)
    {
        if (text.Length is 0 or > TextLengthMax)
            return false;
        if (!text.AsSpan().ContainsAnyExceptInRange('\u0001', '\u007f'))
            return true;

        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\0' || char.IsLowSurrogate(text[i]))
                return false;
            if (char.IsHighSurrogate(text[i]) && (++i == text.Length || !char.IsLowSurrogate(text[i])))
                return false;
        }

        return true;
    }
}
