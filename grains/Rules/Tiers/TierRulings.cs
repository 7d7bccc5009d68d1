using System.Collections.Immutable;
using Gamification.Recognition;

namespace Gamification.Rules.Tiers;

/// <summary>The standing afterwards, and what came of it.</summary>
public readonly record struct TierRuling(TierStanding Standing, ImmutableArray<RecognitionChange> Changes);

/// <summary>
/// Tiers (spec C1–C3). Up at once, whenever this period or the one before has earned it; down only at the end of a period's grace, by what that
/// period earned. Days are business dates; time never goes back.
/// </summary>
public static class TierRulings
{
    public static TierStanding Enrol(TierLadder ladder, DateOnly on)
    {
        var day = on.DayNumber;
        return new() { EnrolledOn = day, Shape = TierCalendar.ShapeOf(ladder), PeriodFrom = new TierCalendar(ladder, day).StretchOf(day) };
    }

    /// <summary>
    /// Status points come, or go with a return. They count for the period of their own date, also late: what they would have kept or brought is given
    /// at once. Points that go never cost the tier before its period ends, which the changes then tell.
    /// </summary>
    /// <param name="standing">The standing before.</param>
    /// <param name="ladder">The tiers.</param>
    /// <param name="points">Negative for a return.</param>
    /// <param name="on">The business date of what earned them; for a return that of the sale.</param>
    /// <param name="today">When it is decided.</param>
    public static TierRuling Count(TierStanding standing, TierLadder ladder, StatusPoints points, DateOnly on, DateOnly today)
    {
        var changes = ImmutableArray.CreateBuilder<RecognitionChange>();
        var calendar = new TierCalendar(ladder, standing.EnrolledOn);
        standing = Settle(standing, ladder, calendar, today.DayNumber, changes);
        var entitled = Entitled(standing, ladder, calendar, today.DayNumber);
        standing = With(standing, ladder, calendar, points, on.DayNumber);
        standing = Rise(standing, ladder, calendar, today, changes);
        if (entitled >= standing.Level && standing.Level > 0 && Entitled(standing, ladder, calendar, today.DayNumber) < standing.Level)
            changes.Add(new TierKept(IdOf(ladder, standing.Level)!, DateOnly.FromDayNumber(KeptUntil(standing, ladder, calendar))));
        return new(standing, changes.DrainToImmutable());
    }

    /// <summary>Everything that time alone has done by a day.</summary>
    public static TierRuling Settle(TierStanding standing, TierLadder ladder, DateOnly today)
    {
        var changes = ImmutableArray.CreateBuilder<RecognitionChange>();
        return new(Settle(standing, ladder, new(ladder, standing.EnrolledOn), today.DayNumber, changes), changes.DrainToImmutable());
    }

    /// <summary>The tier on a day from the standing's own on, if nothing more is earned; null for none. Pure in time.</summary>
    public static TierLevel? At(TierStanding standing, TierLadder ladder, DateOnly day)
    {
        var level = Settle(standing, ladder, new(ladder, standing.EnrolledOn), day.DayNumber, null).Level;
        return level == 0 ? null : ladder.Levels[level - 1];
    }

    /// <summary>Fraud was found: down at once to what is left.</summary>
    public static TierRuling JudgeFraud(TierStanding standing, TierLadder ladder, DateOnly today)
    {
        var changes = ImmutableArray.CreateBuilder<RecognitionChange>();
        var calendar = new TierCalendar(ladder, standing.EnrolledOn);
        standing = Settle(standing, ladder, calendar, today.DayNumber, changes);
        standing = Fall(standing, ladder, Math.Min(standing.Level, Entitled(standing, ladder, calendar, today.DayNumber)), today.DayNumber, changes);
        return new(standing, changes.DrainToImmutable());
    }

    /// <summary>Two members are one (spec §12): the status of both counts, in the periods of the one that stays, and the higher tier is kept.</summary>
    public static TierRuling Merge(TierStanding into, TierStanding from, TierLadder ladder, DateOnly today)
    {
        var changes = ImmutableArray.CreateBuilder<RecognitionChange>();
        var (calendar, other) = (new TierCalendar(ladder, into.EnrolledOn), new TierCalendar(ladder, from.EnrolledOn));
        into = Settle(into, ladder, calendar, today.DayNumber, changes);
        from = Settle(from, ladder, other, today.DayNumber, null);
        foreach (var sum in from.Sums) into = With(into, ladder, calendar, sum.Points, Math.Min(today.DayNumber, other.StartOf(sum.Stretch + 1) - 1));
        if (from.Level > into.Level)
        {
            into = into with { Level = from.Level };
            changes.Add(new TierReached(IdOf(ladder, from.Level)!, today));
        }

        return new(Rise(into, ladder, calendar, today, changes), changes.DrainToImmutable());
    }

    /// <summary>A merge is undone: the other's status goes, and a tier that it alone had brought.</summary>
    /// <param name="both">The standing now.</param>
    /// <param name="from">The other's, as it was when it joined.</param>
    /// <param name="before">This one's, before that; null when it had none.</param>
    /// <param name="ladder">The tiers.</param>
    /// <param name="today">The day of the undoing.</param>
    public static TierRuling Part(TierStanding both, TierStanding from, TierStanding? before, TierLadder ladder, DateOnly today)
    {
        var changes = ImmutableArray.CreateBuilder<RecognitionChange>();
        var (calendar, other) = (new TierCalendar(ladder, both.EnrolledOn), new TierCalendar(ladder, from.EnrolledOn));
        both = Settle(both, ladder, calendar, today.DayNumber, changes);
        foreach (var sum in from.Sums) both = With(both, ladder, calendar, -sum.Points, Math.Min(today.DayNumber, other.StartOf(sum.Stretch + 1) - 1));
        var level = Math.Max(Entitled(both, ladder, calendar, today.DayNumber), before is null ? 0 : Settle(before, ladder, calendar, today.DayNumber, null).Level);
        return new(Fall(both, ladder, Math.Min(both.Level, level), today.DayNumber, changes), changes.DrainToImmutable());
    }

    /// <summary>
    /// What a member is told about keeping the tier, due after one day through another; only the newest when several are. Null when nothing is missing.
    /// </summary>
    public static TierNotice? NoticeDue(TierStanding standing, TierLadder ladder, DateOnly after, DateOnly through)
    {
        var calendar = new TierCalendar(ladder, standing.EnrolledOn);
        standing = Settle(standing, ladder, calendar, through.DayNumber, null);
        if (standing.Level == 0) return null;
        var end = calendar.StartOf(standing.PeriodFrom + calendar.Stretches);
        var due = ladder.NoticeDays.Where(days => end - days > after.DayNumber && end - days <= through.DayNumber).DefaultIfEmpty(-1).Min();
        var level = ladder.Levels[standing.Level - 1];
        var has = Earned(standing, calendar, standing.PeriodFrom, through.DayNumber);
        if (due < 0 || LevelOf(ladder, has) >= standing.Level) return null;
        return new()
        {
            Tier = level.Id,
            PeriodEnd = DateOnly.FromDayNumber(end),
            KeptUntil = DateOnly.FromDayNumber(end + ladder.GraceDays),
            DaysBefore = due,
            MissingSpend = Math.Max(0, (level.Spend ?? 0) - has.Spend),
            MissingEngagement = Math.Max(0, (level.Engagement ?? 0) - has.Engagement),
            Both = level.Both,
        };
    }

    /// <summary>The days on which time may do something to the tier, or its member is told: none without a tier. In no order.</summary>
    public static IEnumerable<int> DaysDue(TierStanding standing, TierLadder ladder)
    {
        if (standing.Level == 0) yield break;
        var calendar = new TierCalendar(ladder, standing.EnrolledOn);
        if (!standing.IsJudged) yield return calendar.StartOf(standing.PeriodFrom) + ladder.GraceDays;
        var end = calendar.StartOf(standing.PeriodFrom + calendar.Stretches);
        foreach (var days in ladder.NoticeDays) yield return end - days;
        yield return end + ladder.GraceDays;
    }

    /// <summary>What counts towards the next level today.</summary>
    public static StatusPoints Counted(TierStanding standing, TierLadder ladder, DateOnly today)
    {
        var calendar = new TierCalendar(ladder, standing.EnrolledOn);
        return Earned(Settle(standing, ladder, calendar, today.DayNumber, null), calendar, today.DayNumber);
    }

    private static TierStanding Settle(TierStanding standing, TierLadder ladder, TierCalendar calendar, int today, ImmutableArray<RecognitionChange>.Builder? changes)
    {
        standing = Fitted(standing, ladder, calendar, today);
        while (true)
        {
            var start = calendar.StartOf(standing.PeriodFrom);
            if (!standing.IsJudged && today >= start + ladder.GraceDays)
            {
                var earned = LevelOf(ladder, Sum(standing, standing.PeriodFrom - calendar.Stretches, standing.PeriodFrom) + standing.Grace);
                var level = earned >= standing.Level ? standing.Level : ladder.Fall == TierFall.OneDown ? Math.Max(earned, standing.Level - 1) : earned;
                standing = Fall(standing, ladder, level, start + ladder.GraceDays, changes) with { IsJudged = true };
            }

            if (today < calendar.StartOf(standing.PeriodFrom + calendar.Stretches)) return standing;
            var from = standing.PeriodFrom + calendar.Stretches;
            standing = standing with { PeriodFrom = from, IsJudged = standing.Level == 0, Grace = default, Sums = standing.Sums.RemoveAll(sum => sum.Stretch < from - calendar.Stretches) };
            if (standing.Level == 0 && standing.Sums.IsEmpty)
                standing = standing with { PeriodFrom = from + ((calendar.StretchOf(today) - from) / calendar.Stretches * calendar.Stretches) };
        }
    }

    /// <summary>
    /// The standing under a ladder that has other periods, or fewer levels, than the one it was made under: the tier stays for a whole period of the new
    /// kind, and what was earned counts in the new periods.
    /// </summary>
    private static TierStanding Fitted(TierStanding standing, TierLadder ladder, TierCalendar calendar, int today)
    {
        var shape = TierCalendar.ShapeOf(ladder);
        if (standing.Level > ladder.Levels.Length) standing = standing with { Level = ladder.Levels.Length };
        if (standing.Shape == shape) return standing;
        if (standing.Shape == 0) return standing with { Shape = shape };
        var before = new TierCalendar(TierCalendar.Shaped(ladder, standing.Shape), standing.EnrolledOn);
        var fitted = standing with { Shape = shape, PeriodFrom = calendar.StretchOf(today), IsJudged = true, Grace = default, Sums = [] };
        foreach (var sum in standing.Sums) fitted = With(fitted, ladder, calendar, sum.Points, Math.Min(today, before.StartOf(sum.Stretch + 1) - 1));
        return fitted;
    }

    /// <summary>What comes for a stretch that no longer matters is dropped.</summary>
    private static TierStanding With(TierStanding standing, TierLadder ladder, TierCalendar calendar, StatusPoints points, int on)
    {
        var stretch = calendar.StretchOf(on);
        if (stretch < standing.PeriodFrom - calendar.Stretches) return standing;
        var at = 0;
        while (at < standing.Sums.Length && standing.Sums[at].Stretch < stretch) at++;
        var isNew = at == standing.Sums.Length || standing.Sums[at].Stretch != stretch;
        var sum = isNew ? new StatusSum(stretch, points) : new(stretch, standing.Sums[at].Points + points);
        var start = calendar.StartOf(standing.PeriodFrom);
        return standing with
        {
            Sums = isNew ? standing.Sums.Insert(at, sum) : sum.Points == default ? standing.Sums.RemoveAt(at) : standing.Sums.SetItem(at, sum),
            Grace = on >= start && on < start + ladder.GraceDays ? standing.Grace + points : standing.Grace,
        };
    }

    private static TierStanding Rise(TierStanding standing, TierLadder ladder, TierCalendar calendar, DateOnly today, ImmutableArray<RecognitionChange>.Builder changes)
    {
        var level = Entitled(standing, ladder, calendar, today.DayNumber);
        if (level <= standing.Level) return standing;
        changes.Add(new TierReached(IdOf(ladder, level)!, today));
        var isRolling = ladder.Period == TierPeriod.Rolling && LevelOf(ladder, Earned(standing, calendar, today.DayNumber)) == level;
        return isRolling
            ? standing with { Level = level, PeriodFrom = calendar.StretchOf(today.DayNumber), IsJudged = true, Grace = default }
            : standing with { Level = level };
    }

    private static TierStanding Fall(TierStanding standing, TierLadder ladder, int level, int on, ImmutableArray<RecognitionChange>.Builder? changes)
    {
        if (level == standing.Level) return standing;
        changes?.Add(new TierLost(IdOf(ladder, standing.Level)!, IdOf(ladder, level), DateOnly.FromDayNumber(on)));
        return standing with { Level = level };
    }

    private static int Entitled(TierStanding standing, TierLadder ladder, TierCalendar calendar, int today) => Math.Max(
        LevelOf(ladder, Earned(standing, calendar, today)),
        LevelOf(ladder, Sum(standing, standing.PeriodFrom - calendar.Stretches, standing.PeriodFrom) + standing.Grace));

    /// <summary>Of this period; a rolling one looks back from today.</summary>
    private static StatusPoints Earned(TierStanding standing, TierCalendar calendar, int today) =>
        Earned(standing, calendar, calendar.StretchOf(today) + 1 - calendar.Stretches, today);

    internal static StatusPoints Earned(TierStanding standing, TierCalendar calendar, int from, int today) => Sum(standing, from, Math.Max(from, calendar.StretchOf(today)) + 1);

    internal static StatusPoints Sum(TierStanding standing, int from, int to)
    {
        var total = default(StatusPoints);
        foreach (var sum in standing.Sums)
        {
            if (sum.Stretch >= from && sum.Stretch < to) total += sum.Points;
        }

        return total;
    }

    internal static int LevelOf(TierLadder ladder, StatusPoints points)
    {
        for (var level = ladder.Levels.Length; level > 0; level--)
        {
            if (IsMet(ladder.Levels[level - 1], points)) return level;
        }

        return 0;
    }

    private static bool IsMet(TierLevel level, StatusPoints points)
    {
        var (spend, engagement) = (level.Spend is { } much && points.Spend >= much, level.Engagement is { } many && points.Engagement >= many);
        return level.Both ? spend && engagement : spend || engagement;
    }

    private static int KeptUntil(TierStanding standing, TierLadder ladder, TierCalendar calendar) =>
        (standing.IsJudged ? calendar.StartOf(standing.PeriodFrom + calendar.Stretches) : calendar.StartOf(standing.PeriodFrom)) + ladder.GraceDays;

    internal static string? IdOf(TierLadder ladder, int level) => level == 0 ? null : ladder.Levels[level - 1].Id;
}
