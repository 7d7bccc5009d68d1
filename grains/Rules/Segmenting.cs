using System.Buffers;
using System.Collections.Immutable;
using Gamification.Members;

namespace Gamification.Rules;

/// <summary>Puts a member in segments. What was awarded before keeps the segments of its time (spec §4).</summary>
public static class Segmenting
{
    public const int CountMax = 50;
    public const int NameMax = 40;

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    /// <summary>The entry that records the change; null when nothing changes, and when it is refused.</summary>
    public static (MemberSegmented? Entry, Refusal? Refusal) Decide(AccountState state, ImmutableArray<string> segments, string by, DateTimeOffset receivedAt)
    {
        if (segments.Length > CountMax) return (null, new("too-many-segments", "/segments", "Send at most 50 segments."));
        if (segments.Any(segment => segment.Length is 0 or > NameMax || segment.AsSpan().ContainsAnyExcept(Letters)))
            return (null, new("invalid-segment", "/segments", "Send ids of 1 to 40 lower-case letters, digits and hyphens."));
        ImmutableArray<string> named = [.. segments.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        return named.SequenceEqual(state.Segments ?? []) ? (null, null) : (new()
        {
            Segments = named,
            By = by,
            Points = 0,
            Balance = state.Balance,
            Lifetime = state.Lifetime,
            Receipts = state.Receipts,
            Tallies = [],
            ReceivedAt = receivedAt,
        }, null);
    }
}
