using System.Buffers;

namespace Gamification.Api;

/// <summary>Codes of reasons, as ledgers keep them.</summary>
internal static class AgentReason
{
    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-");

    public static bool Is(string text) => text.Length is > 0 and <= 64 && text.AsSpan().IndexOfAnyExcept(Letters) < 0;
}
