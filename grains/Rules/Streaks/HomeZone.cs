using Gamification.Rules.Ledger;
using NodaTime;

namespace Gamification.Rules.Streaks;

/// <summary>The date that a proof counts for. Around a change of zone it may count for <see cref="Other"/> instead, never for both.</summary>
public readonly record struct ProofDates(DateOnly Date, DateOnly? Other = null);

/// <summary>
/// Where a member lives, as far as days go (spec §2, §3). What happens in a store has the store's date; all else is dated here. A change takes
/// effect at the next midnight of the old zone, and there is at most one in 30 days.
/// </summary>
/// <param name="Zone">IANA name.</param>
/// <param name="Before">The zone before, for late events; null when there was none.</param>
/// <param name="ChangedAt">Unix milliseconds from which <paramref name="Zone"/> holds.</param>
public sealed record HomeZone(string Zone, string? Before = null, long ChangedAt = 0)
{
    public const int DaysBetweenChanges = 30;

    /// <summary>Refused, in this order: unknown, the same, too soon after the last change.</summary>
    public (HomeZone Home, Refusal? Refusal) Move(string zone, DateTimeOffset at)
    {
        if (DateTimeZoneProviders.Tzdb.GetZoneOrNull(zone) is null) return (this, new("unknown-zone", "/zone", "Send an IANA name, e.g. Europe/Brussels."));
        if (zone == Zone) return (this, new("same-zone", "/zone", "This is the home zone already."));
        var calendar = LedgerCalendar.In(Zone);
        var today = calendar.DayOf(at.ToUnixTimeMilliseconds());
        if (Before is not null && today < calendar.DayOf(ChangedAt) + DaysBetweenChanges)
            return (this, new("too-soon", "/zone", $"The home zone can be changed once in {DaysBetweenChanges} days."));
        return (new(zone, Zone, calendar.EndOf(today)), null);
    }

    /// <summary>
    /// The date of an instant, days beginning at a time of the wall clock. From the old zone's day before the change to the end of the new zone's
    /// day after it, a date that differs in the other zone is given too.
    /// </summary>
    public ProofDates DatesOf(DateTimeOffset at, TimeOnly dayStartsAt = default)
    {
        var instant = at.ToUnixTimeMilliseconds();
        var here = LedgerCalendar.In(Zone, dayStartsAt);
        if (Before is null) return new(DateOnly.FromDayNumber(here.DayOf(instant)));
        var there = LedgerCalendar.In(Before, dayStartsAt);
        var (date, other) = instant < ChangedAt ? (there.DayOf(instant), here.DayOf(instant)) : (here.DayOf(instant), there.DayOf(instant));
        var isNear = instant >= there.StartOf(there.DayOf(ChangedAt) - 1) && instant < here.EndOf(here.DayOf(ChangedAt) + 1);
        return new(DateOnly.FromDayNumber(date), isNear && date != other ? DateOnly.FromDayNumber(other) : null);
    }
}
