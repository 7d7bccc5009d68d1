using Gamification.Recognition;

namespace Gamification.Rules.Tiers;

/// <summary>What lies ahead of a tier: what time alone does to it, what would keep it, and what would bring a higher one. Standings are settled by <c>today</c>.</summary>
internal static class TierOutlook
{
    /// <summary>A tier without new points does not outlive its second period; the days of notices in between are looked at, too.</summary>
    private const int LooksMax = 64;

    /// <summary>The first fall if nothing more is earned; null without a tier.</summary>
    public static TierLost? NextFall(TierStanding standing, TierLadder ladder, DateOnly today)
    {
        for (var look = 0; look < LooksMax && standing.Level > 0; look++)
        {
            var day = TierRulings.DaysDue(standing, ladder).Where(day => day > today.DayNumber).Min();
            var ruling = TierRulings.Settle(standing, ladder, today = DateOnly.FromDayNumber(day));
            if (ruling.Changes.OfType<TierLost>().FirstOrDefault() is { } lost) return lost;
            standing = ruling.Standing;
        }

        return null;
    }

    /// <summary>What is missing by now so that the period which is judged next keeps the tier; nothing when it has it already, or there is no tier.</summary>
    public static (long Spend, long Engagement)? ToKeep(TierStanding standing, TierLadder ladder, DateOnly today)
    {
        if (standing.Level == 0) return null;
        var calendar = new TierCalendar(ladder, standing.EnrolledOn);
        if (!standing.IsJudged && Before(standing, calendar) is var before && TierRulings.LevelOf(ladder, before) < standing.Level) return Missing(ladder.Levels[standing.Level - 1], before);
        var now = TierRulings.Earned(standing, calendar, standing.PeriodFrom, today.DayNumber);
        return TierRulings.LevelOf(ladder, now) < standing.Level ? Missing(ladder.Levels[standing.Level - 1], now) : null;
    }

    /// <summary>What is missing for a higher level, earned today. In the grace of a period that counts for it, too, and what is less decides.</summary>
    public static (long Spend, long Engagement) ToReach(TierStanding standing, TierLadder ladder, TierLevel level, DateOnly today)
    {
        var calendar = new TierCalendar(ladder, standing.EnrolledOn);
        var now = Missing(level, TierRulings.Counted(standing, ladder, today));
        if (today.DayNumber >= calendar.StartOf(standing.PeriodFrom) + ladder.GraceDays) return now;
        var late = Missing(level, Before(standing, calendar));
        if (level.Both) return late.Spend + late.Engagement < now.Spend + now.Engagement ? late : now;
        return (Math.Min(now.Spend, late.Spend), Math.Min(now.Engagement, late.Engagement));
    }

    /// <summary>The dates whose status points count today.</summary>
    public static (DateOnly From, DateOnly Until) Counted(TierStanding standing, TierLadder ladder, DateOnly today)
    {
        var calendar = new TierCalendar(ladder, standing.EnrolledOn);
        var stretch = calendar.StretchOf(today.DayNumber);
        return (DateOnly.FromDayNumber(calendar.StartOf(stretch + 1 - calendar.Stretches)), DateOnly.FromDayNumber(calendar.StartOf(stretch + 1)));
    }

    /// <summary>Of the period before, with what its grace has brought.</summary>
    private static StatusPoints Before(TierStanding standing, TierCalendar calendar) =>
        TierRulings.Sum(standing, standing.PeriodFrom - calendar.Stretches, standing.PeriodFrom) + standing.Grace;

    private static (long Spend, long Engagement) Missing(TierLevel level, StatusPoints has) =>
        (Math.Max(0, (level.Spend ?? 0) - has.Spend), Math.Max(0, (level.Engagement ?? 0) - has.Engagement));
}
