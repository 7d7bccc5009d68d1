using NodaTime;
using NodaTime.TimeZones;

namespace Gamification.Rules.Ledger;

/// <summary>
/// Local days in the programme's zone, as day numbers, against instants in Unix milliseconds. A day ends where the next begins. Where
/// midnight comes twice it ends with the later one, where there is none with the first instant after the gap (spec §2). A day may begin
/// at another time than midnight.
/// </summary>
public sealed class LedgerCalendar(DateTimeZone zone, TimeOnly dayStartsAt = default)
{
    private static readonly ZoneLocalMappingResolver EndOfDay =
        Resolvers.CreateMappingResolver(Resolvers.ReturnLater, Resolvers.ReturnStartOfIntervalAfter);

    // Members ask about the same day again and again. Whoever replaces the answer replaces all of it, so no lock is needed.
    private Day? _last;

    private sealed record Day(int Number, long From, long To);

    private readonly LocalTime _dayStartsAt = LocalTime.FromTimeOnly(dayStartsAt);

    /// <param name="timeZone">IANA name.</param>
    /// <param name="dayStartsAt">When a day begins on the wall clock.</param>
    public static LedgerCalendar In(string timeZone, TimeOnly dayStartsAt = default) => new(DateTimeZoneProviders.Tzdb[timeZone], dayStartsAt);

    /// <summary>The first instant after a day.</summary>
    public long EndOf(int day) =>
        zone.ResolveLocal(LocalDate.FromDateOnly(DateOnly.FromDayNumber(day + 1)) + _dayStartsAt, EndOfDay).ToInstant().ToUnixTimeMilliseconds();

    /// <summary>The first instant of a day.</summary>
    public long StartOf(int day) => EndOf(day - 1);

    /// <summary>The day that an instant lies in: the first that has not ended by then.</summary>
    public int DayOf(long at)
    {
        var last = _last;
        if (last is not null && at >= last.From && at < last.To) return last.Number;
        var number = Instant.FromUnixTimeMilliseconds(at).InZone(zone).Date.ToDateOnly().DayNumber;
        while (at < EndOf(number - 1)) number--;
        _last = new(number, EndOf(number - 1), EndOf(number));
        return number;
    }
}
