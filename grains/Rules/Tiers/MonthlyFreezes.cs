using Gamification.Recognition;
using Gamification.Rules.Recognition;
using Gamification.Rules.Streaks;

namespace Gamification.Rules.Tiers;

/// <summary>What a tier gives at the start of each month that has begun; only to a streak that runs.</summary>
internal static class MonthlyFreezes
{
    public static void Give(RecognitionDraft draft, TierStanding standing, TierLadder ladder, DateOnly since)
    {
        var first = new DateOnly(since.Year, since.Month, 1).AddMonths(1);
        if (draft.Today.DayNumber - since.DayNumber > 366) first = new DateOnly(draft.Today.Year, draft.Today.Month, 1).AddMonths(-11);
        for (var month = first; month <= draft.Today; month = month.AddMonths(1))
        {
            if (TierRulings.At(standing, ladder, month) is not { } tier) continue;
            foreach (var rule in draft.Book.Rules.Streaks)
            {
                var streak = draft.State.StreakOf(rule.Id);
                if (!streak.Dates.IsEmpty) draft.Take(rule.Id, StreakRulings.GrantForTier(streak, rule, tier.Id, month));
            }
        }
    }
}
