using System.Buffers;

namespace Gamification.Api;

/// <summary>Names of people of the staff, as tokens and agents carry them.</summary>
internal static class AgentName
{
    public const int Max = 40;

    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789.-");

    public static bool Is(string text) => text.Length is > 0 and <= Max && text.AsSpan().IndexOfAnyExcept(Letters) < 0;
}
