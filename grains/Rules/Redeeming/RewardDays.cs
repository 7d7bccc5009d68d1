using System.Collections.Concurrent;
using Gamification.Rewards;
using Gamification.Rules.Ledger;

namespace Gamification.Rules.Redeeming;

/// <summary>The dates of rewards, in the programme's zone.</summary>
public static class RewardDays
{
    /// <summary>The most days that any voucher lives: signing keys are trusted for as long.</summary>
    public const int Max = 731;

    /// <summary>A seat can be ticked off for so long after it took place.</summary>
    private const int SeatDays = 30;

    // A handful of zones, each looked up by every redemption.
    private static readonly ConcurrentDictionary<string, LedgerCalendar> Calendars = new(StringComparer.Ordinal);

    /// <param name="at">The real time.</param>
    /// <param name="timeZone">IANA name.</param>
    public static DateOnly DayOf(DateTimeOffset at, string timeZone) =>
        DateOnly.FromDayNumber(Calendars.GetOrAdd(timeZone, static zone => LedgerCalendar.In(zone)).DayOf(at.ToUnixTimeMilliseconds()));

    /// <summary>When it is no longer offered, exclusive; null for never. A workshop is not offered once it has begun.</summary>
    public static DateTimeOffset? EndOf(CatalogueReward reward) => reward.Gives is WorkshopReward { StartsAt: var starts } && !(reward.Until < starts) ? starts : reward.Until;

    /// <summary>The last day on which it can be used when it becomes the member's today.</summary>
    public static DateOnly? LastDay(CatalogueReward reward, DateOnly today, string timeZone) => reward.Gives switch
    {
        WorkshopReward workshop => DayOf(workshop.StartsAt, timeZone).AddDays(SeatDays),
        EarlyAccessReward early => DayOf(early.OpensAt, timeZone),
        PriorityReward priority => today.AddDays(priority.Days),
        _ => today.AddDays(reward.ValidDays),
    };
}
