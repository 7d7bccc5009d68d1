using Gamification.Challenges;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Challenges;

/// <summary>Whether a goal makes sense, can be reached inside its window, and asks nobody to spend every day.</summary>
internal static class GoalValidation
{
    /// <summary>Of seven days, beyond which buying on each is "every day".</summary>
    private const int SpendingDaysInSeven = 5;

    public static void Check(ChallengeGoal goal, ChallengeWindow window, string pointer, ChallengeErrors errors)
    {
        var days = Math.Max(1, window.Until.DayNumber - window.From.DayNumber + (window.EndsAt > default(TimeOnly) ? 1 : 0));
        switch (goal)
        {
            case CountGoal count:
                CheckDeeds(count.Of, $"{pointer}/of", errors);
                break;
            case SumGoal sum:
                CheckDeeds(sum.Of, $"{pointer}/of", errors);
                if (sum.Of.On is not [EarningEvent.Sale]) errors.Add($"{pointer}/of/on", "no-spend", "Only sales have goods and spend: let the sum be on sale alone, or count deeds.");
                break;
            case DistinctGoal distinct:
                CheckDistinct(distinct, days, pointer, errors);
                break;
            case SomeOf some:
                CheckChoice(some, window, pointer, errors);
                break;
            case InSequence sequence:
                for (var at = 0; at < sequence.Steps.Length; at++) CheckDeeds(sequence.Steps[at], FormattableString.Invariant($"{pointer}/steps/{at}"), errors);
                break;
            case RunOf run:
                CheckRun(run, window, days, pointer, errors);
                break;
        }
    }

    private static void CheckDeeds(Deeds deeds, string pointer, ChallengeErrors errors)
    {
        var hasSale = deeds.On.Contains(EarningEvent.Sale);
        errors.Twice(deeds.On, $"{pointer}/on", "event-twice", "Name each event once.");
        if (deeds.Goods is not null && !hasSale) errors.Add($"{pointer}/goods", "no-goods", "Only a sale has goods: leave them out.");
        if (deeds.MinSpend > 0 && !hasSale) errors.Add($"{pointer}/minSpend", "no-spend", "Only a sale has spend: leave it out.");
        if (!deeds.Subjects.IsEmpty && deeds.On is [EarningEvent.Sale]) errors.Add($"{pointer}/subjects", "no-subject", "A sale is about no subject: select goods instead.");
    }

    private static void CheckDistinct(DistinctGoal distinct, int days, string pointer, ChallengeErrors errors)
    {
        CheckDeeds(distinct.Of, $"{pointer}/of", errors);
        var isSaleOnly = distinct.Of.On is [EarningEvent.Sale];
        if (distinct.What is DistinctOf.Skus or DistinctOf.Categories && !isSaleOnly)
            errors.Add($"{pointer}/what", "no-goods", "Only sales have goods: let it be on sale alone.");
        if (distinct.What == DistinctOf.Subjects && distinct.Of.On.Contains(EarningEvent.Sale))
            errors.Add($"{pointer}/what", "no-subject", "A sale is about no subject: leave it out of on.");
        if (distinct.What == DistinctOf.Subjects && !distinct.Of.Subjects.IsEmpty && distinct.Target > distinct.Of.Subjects.Length)
            errors.Add($"{pointer}/target", "goal-out-of-reach", "There are not so many subjects.");
        if (distinct.What != DistinctOf.Days) return;
        if (distinct.Target > days) errors.Add($"{pointer}/target", "goal-out-of-reach", FormattableString.Invariant($"The window has {days} days."));
        else if (isSaleOnly && days > 1 && distinct.Target * 7 > days * SpendingDaysInSeven) DailySpending($"{pointer}/of/on", errors);
    }

    private static void CheckChoice(SomeOf some, ChallengeWindow window, string pointer, ChallengeErrors errors)
    {
        if (some.Target > some.Goals.Length) errors.Add($"{pointer}/target", "goal-out-of-reach", "There are not so many goals.");
        for (var at = 0; at < some.Goals.Length; at++)
        {
            var here = FormattableString.Invariant($"{pointer}/goals/{at}");
            if (some.Goals[at] is SomeOf) errors.Add(here, "nested-choice", "Put its goals into this choice.");
            else Check(some.Goals[at], window, here, errors);
        }
    }

    private static void CheckRun(RunOf run, ChallengeWindow window, int days, string pointer, ChallengeErrors errors)
    {
        CheckDeeds(run.Of, $"{pointer}/of", errors);
        var weeks = ((window.From.DayNumber + days - 1) / 7) - (window.From.DayNumber / 7) + 1;
        var most = run.Per == RunPer.Day ? days : weeks;
        if (run.Target > most) errors.Add($"{pointer}/target", "goal-out-of-reach", FormattableString.Invariant($"The window has {most} of them."));
        if (run.Per == RunPer.Day && run.Times > 1) errors.Add($"{pointer}/times", "one-date-a-day", "A day is one business date: leave it out.");
        if (run.Of.On is [EarningEvent.Sale] && (run.Per == RunPer.Day || run.Times > SpendingDaysInSeven)) DailySpending($"{pointer}/of/on", errors);
    }

    private static void DailySpending(string pointer, ChallengeErrors errors) => errors.Add(
        pointer, "daily-spending", "Nobody should have to buy every day: ask for fewer days, or let an event without a purchase do as well, such as visit.");
}
