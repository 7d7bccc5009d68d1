using System.Collections.Immutable;
using Gamification.Challenges;

namespace Gamification.Rules.Challenges;

/// <summary>
/// What of the teasing is out at an instant of the server, and when there is more (spec F9): every client counts down to the same instant, by the
/// offset between its clock and the server's.
/// </summary>
/// <param name="Revealed">The earliest first.</param>
/// <param name="NextAt">The next reveal, or the start, in Unix milliseconds; null once it has begun.</param>
public sealed record Reveals(ImmutableArray<Teaser> Revealed, long? NextAt)
{
    private const long HourMs = 3_600_000;

    public static Reveals At(Challenge challenge, ChallengeTimes times, long now)
    {
        var revealed = challenge.Teasers.Where(teaser => InstantOf(teaser, times) <= now);
        var next = challenge.Teasers.Select(teaser => InstantOf(teaser, times)).Append(times.Opens).Where(instant => instant > now);
        return new([.. revealed], now >= times.Opens ? null : next.Min());
    }

    private static long InstantOf(Teaser teaser, ChallengeTimes times) => times.Opens - (teaser.HoursBefore * HourMs);
}
