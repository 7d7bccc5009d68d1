using System.Collections.Immutable;
using Gamification.Recognition;

namespace Gamification.Rules.Streaks;

/// <summary>Periods that follow each other without a miss, as period numbers: the first, the last in which it was done, and in how many it was.</summary>
public readonly record struct Run(int From, int Through, int Length);

/// <summary>A period as the reading passed it: how many of its days count, what it came to, and the run that it ended.</summary>
internal readonly record struct WalkedPeriod(int Period, int Days, PeriodFate Fate, Run Ended = default);

/// <summary>
/// Reads a streak in date order, as of a day: each missed period that is over is excused, or takes a freeze if one is held by then, or ends the
/// run. A late proof changes the sets and the reading is done anew, which is how it returns a freeze and lets it cover a later miss (spec §3).
/// </summary>
public readonly struct StreakWalk
{
    private StreakWalk(ImmutableArray<Run> runs, Run current, int best, int held, bool isDone, ImmutableArray<int> frozen) =>
        (Runs, Current, Best, FreezesHeld, IsDone, Frozen) = (runs, current, best, held, isDone, frozen);

    /// <summary>Of at least the length asked for, in order; the current one too.</summary>
    public ImmutableArray<Run> Runs { get; }

    /// <summary>Length 0 for none.</summary>
    public Run Current { get; }

    public int Best { get; }

    public int FreezesHeld { get; }

    /// <summary>Whether today's period counts already.</summary>
    public bool IsDone { get; }

    /// <summary>Period numbers.</summary>
    public ImmutableArray<int> Frozen { get; }

    /// <param name="streak">The streak.</param>
    /// <param name="rule">Its rule.</param>
    /// <param name="today">The member's day number; what is dated later counts already.</param>
    /// <param name="lengthMin">Shorter runs are left out of <see cref="Runs"/>.</param>
    public static StreakWalk Through(Streak streak, StreakRule rule, int today, int lengthMin = 1) => Through(streak, rule, today, lengthMin, told: null);

    /// <summary>The same, telling of each period that it passes, in order.</summary>
    internal static StreakWalk Through(Streak streak, StreakRule rule, int today, int lengthMin, List<WalkedPeriod>? told)
    {
        var dates = EitherDays.Settle(streak);
        if (dates.IsEmpty) return new([], default, 0, HeldOf(streak, rule, today), false, []);
        var (per, times) = (rule.Per, rule.Times);
        var now = StreakPeriods.Of(per, today);
        var end = Math.Max(now, StreakPeriods.Of(per, dates.Last));
        var runs = ImmutableArray.CreateBuilder<Run>();
        var frozen = ImmutableArray.CreateBuilder<int>();
        var (run, best, held, grant) = (default(Run), 0, 0, 0);
        var holdMax = rule.Freezes?.HoldMax ?? 0;
        var earnEvery = rule.Freezes?.EarnEvery ?? 0;
        var from = StreakPeriods.Of(per, dates.First);
        var next = StreakPeriods.Start(per, from);
        for (var period = from; period <= end; period++)
        {
            var start = next;
            next = StreakPeriods.Start(per, period + 1);
            while (grant < streak.Grants.Length && streak.Grants[grant].Day < next) held = Math.Min(holdMax, held + streak.Grants[grant++].Count);
            if (times == 1 && next - start == 1 ? dates.Contains(start) : dates.CountIn(start, next) >= times)
            {
                run = run.Length == 0 ? new(period, period, 1) : new(run.From, period, run.Length + 1);
                if (earnEvery > 0 && run.Length % earnEvery == 0) held = Math.Min(holdMax, held + 1);
                told?.Add(new(period, dates.CountIn(start, next), PeriodFate.Done));
            }
            else if (run.Length == 0 || period >= now || IsExcused(streak, start, next))
            {
                told?.Add(new(period, dates.CountIn(start, next), ExcuseOf(streak, start, next) ?? (period >= now ? PeriodFate.Open : PeriodFate.Idle)));
            }
            else if (held > 0)
            {
                held--;
                frozen.Add(period);
                told?.Add(new(period, dates.CountIn(start, next), PeriodFate.Frozen));
            }
            else
            {
                told?.Add(new(period, dates.CountIn(start, next), PeriodFate.Missed, run));
                if (run.Length >= lengthMin) runs.Add(run);
                best = Math.Max(best, run.Length);
                run = default;
            }
        }

        if (run.Length >= lengthMin && run.Length > 0) runs.Add(run);
        var isDone = run.Length > 0 && run.Through >= now;
        return new(runs.DrainToImmutable(), run, Math.Max(best, run.Length), held, isDone, frozen.DrainToImmutable());
    }

    public StreakView View(StreakPeriod per) => new()
    {
        Current = Current.Length,
        Since = Current.Length == 0 ? null : DateOnly.FromDayNumber(StreakPeriods.Start(per, Current.From)),
        Best = Best,
        IsDone = IsDone,
        FreezesHeld = FreezesHeld,
        Frozen = [.. Frozen.Select(period => DateOnly.FromDayNumber(StreakPeriods.Start(per, period)))],
    };

    internal static bool IsExcused(Streak streak, int start, int next) =>
        streak.Vacation.AnyIn(start, next) || streak.Bridged.AnyIn(start, next) || streak.Repaired.AnyIn(start, next);

    private static PeriodFate? ExcuseOf(Streak streak, int start, int next) =>
        streak.Bridged.AnyIn(start, next) ? PeriodFate.Incident
        : streak.Vacation.AnyIn(start, next) ? PeriodFate.Vacation
        : streak.Repaired.AnyIn(start, next) ? PeriodFate.Repaired
        : null;

    private static int HeldOf(Streak streak, StreakRule rule, int today) =>
        Math.Min(rule.Freezes?.HoldMax ?? 0, streak.Grants.Where(grant => grant.Day <= today).Sum(grant => grant.Count));
}
