using Gamification.Rules.Ledger;
using Gamification.Rules.Tiers;

namespace Gamification.Rules.Recognition;

/// <summary>When time alone will next bring a member something. A day too early costs a look in vain, never a wrong word.</summary>
internal static class RecognitionDue
{
    /// <summary>Whether time has brought something by an instant.</summary>
    public static bool IsDue(RecognitionState? state, RecognitionBook book, DateTimeOffset at) => state is { RemindOn: > 0 and var day } && book.DayOf(at).DayNumber >= day;

    /// <summary>Whether a date that comes round is among it: an event of its own, which rules may reward with entries that follow the telling.</summary>
    public static bool Celebrates(RecognitionState? state, RecognitionBook book, DateOnly? birth, DateTimeOffset at) =>
        IsDue(state, book, at) && !Anniversaries.Due(state!.Dates, birth, DateOnly.FromDayNumber(state.ToldThrough), book.DayOf(at)).Celebrations.IsEmpty;

    /// <summary>The first day after the one through which the member was told; null when nothing is to come.</summary>
    public static int? NextDay(RecognitionState state, RecognitionBook book, DateOnly? birth, IEnumerable<Purse> purses)
    {
        var (told, next) = (state.ToldThrough, int.MaxValue);
        if (book.Rules.Tiers is { } ladder && state.Tier is { } standing)
        {
            foreach (var day in TierRulings.DaysDue(standing, ladder)) At(day);
        }

        foreach (var plan in state.Plans)
        {
            At(plan.PaidUntil);
            if (plan.GraceUntil is { } grace) At(grace);
        }

        foreach (var date in new[] { birth, state.Dates.EnrolledOn, state.Dates.FirstPurchaseOn })
        {
            if (date is { } first) At(NextOf(first, told));
        }

        foreach (var purse in purses)
        {
            foreach (var lot in purse.Lots)
            {
                var last = purse.Roll.ExpiryOf(lot);
                if (last == Lot.Never) continue;
                foreach (var days in book.Rules.ExpiryNoticeDays) At(last - days);
            }
        }

        return next == int.MaxValue ? null : next;

        void At(int day)
        {
            if (day > told && day < next) next = day;
        }
    }

    private static int NextOf(DateOnly first, int told)
    {
        var today = DateOnly.FromDayNumber(told);
        var years = Math.Max(1, today.Year - first.Year);
        return (first.AddYears(years).DayNumber > told ? first.AddYears(years) : first.AddYears(years + 1)).DayNumber;
    }
}
