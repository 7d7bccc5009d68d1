using Gamification.Leaderboards;
using Gamification.Projections;
using Gamification.Recognition;
using Gamification.Rules.Recognition;
using Gamification.Rules.Streaks;

namespace Gamification.Rules.Measures;

/// <summary>
/// What an entry's recognition says of measures of badges and streaks. It holds where badges and streaks stand, so no past is asked. Neither belongs
/// to a store.
/// </summary>
internal static class MeasuredRecognition
{
    /// <summary>Every award that this entry gave or revoked, as it stands.</summary>
    /// <param name="measure">Of badges.</param>
    /// <param name="made">Of the entry.</param>
    /// <param name="at">When the entry's event occurred, Unix milliseconds; 0 for what time brought, which dates from the start of its day.</param>
    public static IEnumerable<MeasureChange> Badges(BoardMeasure measure, RecognitionMade made, long at)
    {
        var moved = made.Changes.Select(change => change switch { BadgeAwarded awarded => awarded.Id, BadgeRevoked revoked => revoked.Id, _ => default })
            .Where(id => id.Badge is not null && (measure.Named ?? id.Badge) == id.Badge).ToHashSet();
        foreach (var standing in made.Badges)
        {
            foreach (var award in standing.Awards)
            {
                if (!moved.Contains(standing.IdOf(award))) continue;
                var key = MeasureKey.Of(standing.IdOf(award).ToString());
                var thing = measure.Aggregator == Aggregator.Distinct ? MeasureKey.Of(standing.Badge, key) : key;
                yield return new(measure.Code, "", award.On, thing, award.Stands ? 1 : 0, award.Stands ? at > 0 ? at : StartOf(award.On) : 0);
            }
        }
    }

    /// <summary>
    /// The length of each run, on the first day of its last period, and 0 on the others that may have been a run's last before: those from the period
    /// before <paramref name="fromDay"/> on, or all.
    /// </summary>
    public static IEnumerable<MeasureChange> Runs(BoardMeasure measure, StreakRule rule, RecognitionMade made, int? fromDay)
    {
        foreach (var (id, streak) in made.Streaks)
        {
            if (id != rule.Id) continue;
            var dates = EitherDays.Settle(streak);
            var through = dates.IsEmpty ? 0 : dates.Last;
            var lengths = StreakWalk.Through(streak, rule, through).Runs.ToDictionary(run => run.Through, run => run.Length);
            var periods = dates.ToDays().Select(day => StreakPeriods.Of(rule.Per, day)).ToHashSet();
            if (fromDay is { } changed && streak.Either.IsEmpty)
            {
                var first = StreakPeriods.Of(rule.Per, changed);
                var before = periods.Where(period => period < first).DefaultIfEmpty(first).Max();
                periods.RemoveWhere(period => period < before);
                periods.Add(first);
            }

            foreach (var period in periods)
            {
                var (day, length) = (StreakPeriods.Start(rule.Per, period), lengths.GetValueOrDefault(period));
                yield return new(measure.Code, "", day, MeasureKey.Of(id), length, length == 0 ? 0 : StartOf(day));
            }
        }
    }

    private static long StartOf(int day) => new DateTimeOffset(DateOnly.FromDayNumber(day).ToDateTime(default), TimeSpan.Zero).ToUnixTimeMilliseconds();
}
