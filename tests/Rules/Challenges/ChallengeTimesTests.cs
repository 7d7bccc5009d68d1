using Gamification.Challenges;
using Gamification.Rules.Challenges;
using static Gamification.Tests.Rules.Challenges.Contests;

namespace Gamification.Tests.Rules.Challenges;

/// <summary>Spec §2: half-open, with the whole of a repeated hour, from the first instant after a gap.</summary>
public sealed class ChallengeTimesTests
{
    [Fact]
    public void A_window_is_half_open()
    {
        var times = Of("2026-11-30", "2026-12-07");
        Assert.Equal((Ms("2026-11-30T00:00+01:00"), Ms("2026-12-07T00:00+01:00"), Ms("2026-12-10T00:00+01:00")), (times.Opens, times.Closes, times.GraceEnds));
        Assert.True(times.Holds(times.Opens, null));
        Assert.False(times.Holds(times.Opens - 1, null));
        Assert.True(times.Holds(times.Closes - 1, null));
        Assert.False(times.Holds(times.Closes, null));
    }

    [Fact]
    public void A_repeated_hour_is_wholly_inside_and_a_skipped_one_is_over_at_once()
    {
        var autumn = Of("2026-10-25", "2026-10-25", "02:00", "02:30");
        Assert.Equal((Ms("2026-10-25T02:00+02:00"), Ms("2026-10-25T02:30+01:00")), (autumn.Opens, autumn.Closes));
        var spring = Of("2027-03-28", "2027-03-29", "02:30", "02:30");
        Assert.Equal(Ms("2027-03-28T03:00+02:00"), spring.Opens);
        Assert.Equal(23, new TimeSpan((Of("2027-03-28", "2027-03-29").Closes - Of("2027-03-28", "2027-03-29").Opens) * TimeSpan.TicksPerMillisecond).TotalHours);
    }

    [Fact]
    public void Stores_may_have_their_own_clock()
    {
        var times = Of("2026-11-30", "2026-12-07", zone: WindowZone.Store);
        Assert.Equal((Ms("2026-11-30T00:00+01:00"), Ms("2026-12-07T00:00+00:00")), (times.Opens, times.Closes));
        Assert.False(times.Holds(times.Opens, "s2"));
        Assert.True(times.Holds(times.Opens, "s1"));
        Assert.True(times.Holds(times.Closes - 1, "s2"));
        Assert.False(times.Holds(times.Closes - 1, "s1"));
        Assert.False(times.Holds(times.Closes - 1, null));
    }

    [Fact]
    public void A_pause_can_be_given_back_and_an_end_can_come_early()
    {
        var window = Window("2026-11-30", "2026-12-07", "00:00", "00:00", WindowZone.Programme);
        var from = Ms("2026-12-01T00:00+01:00");
        var later = ChallengeTimes.Of(window, Zone, [], new([new(from, from + 3_600_000)], ExtendedBy: 3_600_000));
        Assert.False(later.Holds(from, null));
        Assert.True(later.Holds(from + 3_600_000, null));
        Assert.Equal(Ms("2026-12-07T01:00+01:00"), later.Closes);
        Assert.Equal(from, ChallengeTimes.Of(window, Zone, [], new([], EndsAt: from)).Closes);
        Assert.Equal(later.Opens, ChallengeTimes.Of(window, Zone, [], new([], EndsAt: 5)).Closes);
    }

    [Fact]
    public void Teasers_come_out_at_the_servers_instant()
    {
        var challenge = Template("look-de-la-semaine");
        var times = Times(challenge);
        const long hour = 3_600_000;
        Assert.Equal((0, times.Opens - (48 * hour)), Out(times.Opens - (48 * hour) - 1));
        Assert.Equal((1, times.Opens), Out(times.Opens - (48 * hour)));
        Assert.Equal((2, (long?)null), Out(times.Opens));

        (int, long?) Out(long now) => Reveals.At(challenge, times, now) is var reveals ? (reveals.Revealed.Length, reveals.NextAt) : default;
    }

    private static ChallengeTimes Of(string from, string until, string starts = "00:00", string ends = "00:00", WindowZone zone = WindowZone.Programme) =>
        ChallengeTimes.Of(Window(from, until, starts, ends, zone), Zone, [("s1", Zone), ("s2", "Atlantic/Canary")]);

    private static ChallengeWindow Window(string from, string until, string starts, string ends, WindowZone zone) => new()
    {
        From = DateOnly.Parse(from, null), Until = DateOnly.Parse(until, null), StartsAt = TimeOnly.Parse(starts, null), EndsAt = TimeOnly.Parse(ends, null), Zone = zone,
    };

    private static long Ms(string instant) => DateTimeOffset.Parse(instant, null).ToUnixTimeMilliseconds();
}
