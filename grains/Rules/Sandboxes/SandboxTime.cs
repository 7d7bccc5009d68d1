using System.Globalization;
using Gamification.Sandboxes;
using NodaTime;
using NodaTime.Text;
using NodaTime.TimeZones;

namespace Gamification.Rules.Sandboxes;

/// <summary>The time of a sandbox was placed, or moved.</summary>
public sealed record SandboxMoved
{
    public const string Type = "sandbox.moved";

    /// <summary>Where it stood; null when this placed it first.</summary>
    public DateTimeOffset? Before { get; init; }

    /// <summary>Where it stands now.</summary>
    public required DateTimeOffset To { get; init; }

    public required string Who { get; init; }

    /// <summary>The wish as it was asked, to tell a repeat from another wish under the same key.</summary>
    public required string Wish { get; init; }

    /// <summary>An instant in UTC, or the period as it was written.</summary>
    public static string Stated(SandboxAdvance wish) => wish.By ?? wish.To?.ToUniversalTime().ToString("O", CultureInfo.InvariantCulture) ?? "";
}

/// <summary>Where a sandbox's time stands: a fold over its entries.</summary>
public sealed record SandboxTime(DateTimeOffset? Now)
{
    /// <summary>The furthest that one step goes.</summary>
    private static readonly TimeSpan StepMax = TimeSpan.FromDays(3_660);

    /// <summary>A local time that does not exist is the first instant after the gap; of one that comes twice the earlier is meant (spec §2).</summary>
    private static readonly ZoneLocalMappingResolver Later = Resolvers.CreateMappingResolver(Resolvers.ReturnEarlier, Resolvers.ReturnStartOfIntervalAfter);

    public static SandboxTime NotPlaced { get; } = new((DateTimeOffset?)null);

    public SandboxTime Apply(SandboxMoved moved) => new(moved.To);

    /// <summary>The entry that moves the time, or why not. To where it stands already is no entry and no refusal.</summary>
    /// <param name="wish">As it was asked.</param>
    /// <param name="zone">The programme's, for periods.</param>
    public (SandboxMoved? Moved, Refusal? Refusal) Decide(SandboxAdvance wish, DateTimeZone zone)
    {
        if (wish.To is null == wish.By is null) return (null, new("to-or-by", "/to", "Send either to, an instant, or by, a period such as P30D."));
        var (to, refusal) = wish.To is { } instant ? (instant, null) : After(wish.By!, zone);
        if (refusal is not null) return (null, refusal);
        to = DateTimeOffset.FromUnixTimeMilliseconds(to.ToUnixTimeMilliseconds());
        if (Now is not { } now) return (new() { To = to, Who = wish.Who, Wish = SandboxMoved.Stated(wish) }, null);
        if (to < now) return (null, new("only-forward", wish.To is null ? "/by" : "/to", $"A sandbox's time moves forward only; it stands at {Said(now)}."));
        if (to - now > StepMax) return (null, new("step-too-far", wish.To is null ? "/by" : "/to", "Move by at most 3,660 days at once."));
        return to == now ? (null, null) : (new() { Before = now, To = to, Who = wish.Who, Wish = SandboxMoved.Stated(wish) }, null);
    }

    private (DateTimeOffset To, Refusal? Refusal) After(string by, DateTimeZone zone)
    {
        if (Parsed(by) is not { } period) return (default, new("invalid-period", "/by", "Send an ISO 8601 period that is above zero, such as P30D, P1M or PT36H."));
        if (Now is not { } now) return (default, new("sandbox-not-placed", "/by", "Nobody has placed this sandbox's time yet: begin with to."));
        try
        {
            // Dates on the calendar, hours on the clock: a day later is the same time of day, 24 hours later need not be.
            var local = Instant.FromDateTimeOffset(now).InZone(zone).LocalDateTime + DatesOf(period);
            return ((zone.ResolveLocal(local, Later).ToInstant() + TimeOf(period)).ToDateTimeOffset(), null);
        }
        catch (Exception fault) when (fault is OverflowException or ArgumentOutOfRangeException)
        {
            return (default, new("step-too-far", "/by", "Move by at most 3,660 days at once."));
        }
    }

    private static Period? Parsed(string text) =>
        text.Length <= 32 && PeriodPattern.NormalizingIso.Parse(text) is { Success: true, Value: var period } && IsForward(period) ? period : null;

    private static bool IsForward(Period period) =>
        period is { Years: >= 0, Months: >= 0, Weeks: >= 0, Days: >= 0, Hours: >= 0, Minutes: >= 0, Seconds: >= 0, Milliseconds: >= 0, Ticks: >= 0, Nanoseconds: >= 0 }
        && !period.Equals(Period.Zero) && period.Years <= 10 && period.Months <= 120 && period.Weeks <= 520 && period.Days <= 3_660;

    private static Period DatesOf(Period period) => new PeriodBuilder { Years = period.Years, Months = period.Months, Weeks = period.Weeks, Days = period.Days }.Build();

    private static Duration TimeOf(Period period) => new PeriodBuilder
    {
        Hours = period.Hours, Minutes = period.Minutes, Seconds = period.Seconds, Milliseconds = period.Milliseconds, Ticks = period.Ticks, Nanoseconds = period.Nanoseconds,
    }.Build().ToDuration();

    private static string Said(DateTimeOffset instant) => instant.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture);
}
