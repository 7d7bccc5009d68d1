using System.Collections.Immutable;
using System.Globalization;
using Gamification.Recognition;

namespace Gamification.Rules.Streaks;

/// <summary>The streak afterwards, and what came of it. With a refusal nothing happened.</summary>
public readonly record struct StreakRuling(Streak Streak, ImmutableArray<RecognitionChange> Changes, Refusal? Refusal = null);

/// <summary>What happens to a streak. Days are the member's; <c>today</c> is the one on which it is decided.</summary>
public static class StreakRulings
{
    /// <summary>Something that counts was done. A date that comes late counts like any other.</summary>
    /// <param name="streak">The streak before.</param>
    /// <param name="rule">Its rule.</param>
    /// <param name="dates">The date it counts for; near a change of zone two of them, see <see cref="HomeZone"/>.</param>
    /// <param name="today">When it is decided.</param>
    public static StreakRuling Prove(Streak streak, StreakRule rule, ProofDates dates, DateOnly today)
    {
        var after = streak.With(dates.Date.DayNumber, dates.Other?.DayNumber, today.DayNumber);
        return after.Dates.Equals(streak.Dates) && after.Either == streak.Either ? new(after, []) : Settle(after, rule, today.DayNumber);
    }

    /// <summary>It was brought back or removed, after all. Older than <see cref="ProvenDays.RemovalDays"/>, its date stays.</summary>
    public static StreakRuling Remove(Streak streak, StreakRule rule, ProofDates dates, DateOnly today)
    {
        var after = streak.Without(dates.Date.DayNumber, dates.Other?.DayNumber, today.DayNumber);
        return after.Dates.Equals(streak.Dates) && after.Either == streak.Either ? new(after, []) : Settle(after, rule, today.DayNumber, takesBack: true);
    }

    /// <summary>
    /// Dates of [from, to) are missed by nobody: an operator's incident. Marking them twice changes nothing, and neither does it matter whether a
    /// late proof comes before or after.
    /// </summary>
    public static StreakRuling Bridge(Streak streak, StreakRule rule, DateOnly from, DateOnly to, DateOnly today)
    {
        if (to <= from || to.DayNumber - from.DayNumber > 62) return new(streak, [], new("invalid-range", "/to", "Give 1 to 62 days, the last one exclusive."));
        var bridged = streak.Bridged.Union(DateSet.Range(from.DayNumber, to.DayNumber));
        return bridged.Equals(streak.Bridged) ? new(streak, []) : Settle(streak with { Bridged = bridged }, rule, today.DayNumber);
    }

    /// <summary>Holidays on the dates of [from, to). Refused, in this order: no such range, not in advance, more days than the rule allows in one of the years.</summary>
    public static StreakRuling TakeVacation(Streak streak, StreakRule rule, DateOnly from, DateOnly to, DateOnly today)
    {
        if (to <= from || to.DayNumber - from.DayNumber > 366) return new(streak, [], new("invalid-range", "/to", "Give 1 to 366 days, the last one exclusive."));
        if (from <= today) return new(streak, [], new("not-in-advance", "/from", "Holidays begin tomorrow at the earliest."));
        var vacation = streak.Vacation.Union(DateSet.Range(from.DayNumber, to.DayNumber));
        for (var year = from.Year; year <= to.Year; year++)
        {
            if (InYear(vacation, year) > rule.VacationDays) return new(streak, [], new("too-many-days", "/to", $"At most {rule.VacationDays} days in a calendar year."));
        }

        return new(streak with { Vacation = vacation }, []);
    }

    /// <summary>
    /// Fills the missed period of a date. Refused, in this order: repairs are not offered, the date's period did not end a run, the window has
    /// passed, as often as allowed this year.
    /// </summary>
    public static StreakRuling Repair(Streak streak, StreakRule rule, DateOnly missed, DateOnly today)
    {
        if (rule.Repair is not { } repair) return new(streak, [], new("no-repair", "/streak", "This streak is not repaired."));
        var period = StreakPeriods.Of(rule.Per, missed.DayNumber);
        var (start, next) = (StreakPeriods.Start(rule.Per, period), StreakPeriods.Start(rule.Per, period + 1));
        if (next > today.DayNumber || !EndsRun(streak, rule, start, next))
            return new(streak, [], new("not-missed", "/date", "Name a date of the period that ended the run."));
        if (today.DayNumber - next >= repair.Days) return new(streak, [], new("too-late", "/date", $"A missed period can be repaired for {repair.Days} days."));
        var year = DateOnly.FromDayNumber(start).Year;
        if (InYear(streak.Repaired, year) >= repair.PerYear) return new(streak, [], new("too-many-repairs", "/date", $"At most {repair.PerYear} repairs in a calendar year."));
        return Settle(streak with { Repaired = streak.Repaired.With(start) }, rule, today.DayNumber);
    }

    /// <summary>What a member's tier gives in a month; again in the same month nothing, whatever the tier.</summary>
    public static StreakRuling GrantForTier(Streak streak, StreakRule rule, string tier, DateOnly on)
    {
        var count = rule.Freezes?.ByTier.FirstOrDefault(one => one.Tier == tier)?.Count ?? 0;
        var month = StreakPeriods.Of(StreakPeriod.Month, on.DayNumber);
        if (count == 0 || streak.Grants.Any(grant => grant.ByTier && StreakPeriods.Of(StreakPeriod.Month, grant.Day) == month)) return new(streak, []);
        return Grant(streak, rule, new(on.DayNumber, count, ByTier: true), on);
    }

    /// <summary>So many freezes from a date on, given by people or earned elsewhere; what goes beyond the rule's limit is lost.</summary>
    public static StreakRuling Grant(Streak streak, StreakRule rule, FreezeGrant grant, DateOnly today)
    {
        if (rule.Freezes is null || grant.Count is < 1 or > 10) return new(streak, [], new("no-freezes", "/count", "This streak takes 1 to 10 freezes at once, or none at all."));
        return Settle(streak with { Grants = [.. streak.Grants.Add(grant).OrderBy(one => one.Day)] }, rule, today.DayNumber);
    }

    /// <summary>
    /// Two members are one: dates are united, and what both were paid for the same run is taken back once (spec §12).
    /// </summary>
    public static StreakRuling Merge(Streak into, Streak from, StreakRule rule, DateOnly today)
    {
        var united = into.Union(from, today.DayNumber);
        var changes = ImmutableArray.CreateBuilder<RecognitionChange>();
        var awards = into.Awards.ToBuilder();
        foreach (var award in from.Awards)
        {
            if (!awards.Any(kept => kept.Periods == award.Periods && kept.Overlaps(award.From, award.Through)))
                awards.Add(award);
            else if (!award.IsTakenBack && MilestoneOf(rule, award.Periods)?.Gift is { } gift)
                changes.Add(new GiftTakenBack(KeyOf(rule, award), award.Turn, gift));
        }

        var settled = Settle(united with { Awards = awards.DrainToImmutable() }, rule, today.DayNumber, takesBack: true);
        return settled with { Changes = [.. changes, .. settled.Changes] };
    }

    /// <summary>A merge is undone: the other's dates go, unless this one has a proof of its own, and with them what they were paid for together.</summary>
    public static StreakRuling Part(Streak both, Streak from, Streak before, StreakRule rule, DateOnly today)
    {
        var less = both.Less(from, before, today.DayNumber);
        return Settle(less with { Awards = less.Awards.RemoveAll(award => from.Awards.Contains(award) && !before.Awards.Contains(award)) }, rule, today.DayNumber, takesBack: true);
    }

    public static StreakView At(Streak streak, StreakRule rule, DateOnly today) => StreakWalk.Through(streak, rule, today.DayNumber, int.MaxValue).View(rule.Per);

    /// <summary>
    /// A milestone is paid when no award of it overlaps the run; one whose run fell apart is taken back, if the rule says so (spec §3). A proof never
    /// takes back, though a freeze that it moves may end another run: nobody pays for having come.
    /// </summary>
    private static StreakRuling Settle(Streak streak, StreakRule rule, int today, bool takesBack = false)
    {
        if (rule.Milestones.IsEmpty) return new(streak, []);
        var runs = StreakWalk.Through(streak, rule, today, rule.Milestones[0].Periods).Runs;
        if (runs.IsEmpty && streak.Awards.IsEmpty) return new(streak, []);
        var changes = ImmutableArray.CreateBuilder<RecognitionChange>();
        var awards = streak.Awards;
        for (var at = 0; takesBack && rule.OnSplit == SplitPolicy.TakeBack && at < awards.Length; at++)
        {
            var award = awards[at];
            if (award.IsTakenBack || MilestoneOf(rule, award.Periods) is not { } milestone || IsCarried(runs, rule.Per, award)) continue;
            awards = awards.SetItem(at, award with { IsTakenBack = true });
            changes.Add(new MilestoneUndone(rule.Id, award.Periods, DateOnly.FromDayNumber(award.From), DateOnly.FromDayNumber(award.Through)));
            changes.Add(new GiftTakenBack(KeyOf(rule, award), award.Turn, milestone.Gift));
        }

        foreach (var run in runs)
        {
            foreach (var milestone in rule.Milestones)
            {
                if (run.Length >= milestone.Periods) awards = Award(awards, rule, milestone, run, changes);
            }
        }

        return new(streak with { Awards = awards }, changes.DrainToImmutable());
    }

    private static ImmutableArray<MilestoneAward> Award(
        ImmutableArray<MilestoneAward> awards, StreakRule rule, StreakMilestone milestone, Run run, ImmutableArray<RecognitionChange>.Builder changes)
    {
        var (from, through) = DaysOf(rule.Per, run);
        var back = -1;
        for (var at = 0; at < awards.Length; at++)
        {
            if (awards[at].Periods != milestone.Periods || !awards[at].Overlaps(from, through)) continue;
            if (!awards[at].IsTakenBack) return awards;
            back = back < 0 ? at : back;
        }

        var award = back < 0
            ? new MilestoneAward { Periods = milestone.Periods, From = from, Through = through, Turn = 1 }
            : awards[back] with { Turn = awards[back].Turn + 1, IsTakenBack = false };
        changes.Add(new MilestoneReached(rule.Id, award.Periods, DateOnly.FromDayNumber(award.From), DateOnly.FromDayNumber(award.Through)));
        changes.Add(new GiftDue(KeyOf(rule, award), award.Turn, milestone.Gift));
        return back < 0 ? awards.Add(award) : awards.SetItem(back, award);
    }

    private static bool IsCarried(ImmutableArray<Run> runs, StreakPeriod per, MilestoneAward award)
    {
        foreach (var run in runs)
        {
            var (from, through) = DaysOf(per, run);
            if (run.Length >= award.Periods && award.Overlaps(from, through)) return true;
        }

        return false;
    }

    private static (int From, int Through) DaysOf(StreakPeriod per, Run run) =>
        (StreakPeriods.Start(per, run.From), StreakPeriods.Start(per, run.Through + 1) - 1);

    /// <summary>While the period was open the run was current, and once it was over it was not.</summary>
    private static bool EndsRun(Streak streak, StreakRule rule, int start, int next)
    {
        var known = streak with { Dates = DateSet.Of(EitherDays.Settle(streak).ToDays().Where(day => day < next)), Either = [] };
        return StreakWalk.Through(known, rule, start, int.MaxValue).Current.Length > 0 && StreakWalk.Through(known, rule, next, int.MaxValue).Current.Length == 0;
    }

    private static StreakMilestone? MilestoneOf(StreakRule rule, int periods) => rule.Milestones.FirstOrDefault(milestone => milestone.Periods == periods);

    private static string KeyOf(StreakRule rule, MilestoneAward award) =>
        string.Create(CultureInfo.InvariantCulture, $"streak/{rule.Id}/{award.Periods}/{DateOnly.FromDayNumber(award.From):yyyy-MM-dd}");

    private static int InYear(DateSet days, int year) => days.CountIn(new DateOnly(year, 1, 1).DayNumber, new DateOnly(year + 1, 1, 1).DayNumber);
}
