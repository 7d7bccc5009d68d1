using System.Collections.Immutable;
using System.Globalization;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Recognition;

/// <summary>
/// The dates that come round (spec L11), and the last year in which each was celebrated, so that a date which is corrected later does not bring
/// a second party. The birth date is not among them: it is the vault's, see <see cref="BirthDate"/>.
/// </summary>
public sealed record PersonalDates
{
    public static PersonalDates None { get; } = new();

    /// <summary>Whether the vault holds a birth date: whoever tells what time brings asks for it.</summary>
    public bool IsBirthKnown { get; init; }

    public DateOnly? EnrolledOn { get; init; }

    public DateOnly? FirstPurchaseOn { get; init; }

    public int BirthdayIn { get; init; }

    public int EnrolmentIn { get; init; }

    public int FirstPurchaseIn { get; init; }
}

/// <summary>One celebration, once for its <see cref="Key"/>, e.g. <c>birthday/2026</c>. Of a birthday <see cref="Years"/> is 0: nobody's age is written down.</summary>
public readonly record struct Celebration(EarningEvent Event, DateOnly On, int Years, string Key);

/// <summary>Birthdays and anniversaries, once a calendar year. Who was born on 29 February celebrates on the 28th in other years.</summary>
public static class Anniversaries
{
    /// <summary>
    /// What falls on a day after one through another, in the order of days; at most 366 of them apart. What was missed for longer is not made up for. The
    /// dates afterwards know it as celebrated.
    /// </summary>
    public static (PersonalDates Dates, ImmutableArray<Celebration> Celebrations) Due(PersonalDates dates, DateOnly? birth, DateOnly after, DateOnly through)
    {
        var due = ImmutableArray.CreateBuilder<Celebration>();
        if (through.DayNumber - after.DayNumber > 366) after = through.AddDays(-366);
        for (var year = after.Year; year <= through.Year; year++)
        {
            if (Find(EarningEvent.Birthday, birth, dates.BirthdayIn) is { } birthday)
            {
                due.Add(birthday);
                dates = dates with { BirthdayIn = year };
            }

            if (Find(EarningEvent.EnrolmentAnniversary, dates.EnrolledOn, dates.EnrolmentIn) is { } enrolment)
            {
                due.Add(enrolment);
                dates = dates with { EnrolmentIn = year };
            }

            if (Find(EarningEvent.FirstPurchaseAnniversary, dates.FirstPurchaseOn, dates.FirstPurchaseIn) is { } purchase)
            {
                due.Add(purchase);
                dates = dates with { FirstPurchaseIn = year };
            }

            Celebration? Find(EarningEvent kind, DateOnly? from, int celebratedIn)
            {
                if (from is not { } first || year <= first.Year || year <= celebratedIn) return null;
                var on = first.AddYears(year - first.Year);
                return on > after && on <= through ? new(kind, on, kind == EarningEvent.Birthday ? 0 : year - first.Year, KeyOf(kind, year)) : null;
            }
        }

        due.Sort((one, other) => (one.On, one.Event).CompareTo((other.On, other.Event)));
        return (dates, due.DrainToImmutable());
    }

    /// <summary>Two members are one: the earlier dates, and no second party in a year that either had.</summary>
    public static PersonalDates Merge(PersonalDates into, PersonalDates from) => new()
    {
        IsBirthKnown = into.IsBirthKnown || from.IsBirthKnown,
        EnrolledOn = Earlier(into.EnrolledOn, from.EnrolledOn),
        FirstPurchaseOn = Earlier(into.FirstPurchaseOn, from.FirstPurchaseOn),
        BirthdayIn = Math.Max(into.BirthdayIn, from.BirthdayIn),
        EnrolmentIn = Math.Max(into.EnrolmentIn, from.EnrolmentIn),
        FirstPurchaseIn = Math.Max(into.FirstPurchaseIn, from.FirstPurchaseIn),
    };

    private static DateOnly? Earlier(DateOnly? one, DateOnly? other) => one is null || other < one ? other ?? one : one;

    private static string KeyOf(EarningEvent kind, int year) => string.Create(CultureInfo.InvariantCulture, $"{kind switch
    {
        EarningEvent.Birthday => "birthday",
        EarningEvent.EnrolmentAnniversary => "enrolment-anniversary",
        _ => "first-purchase-anniversary",
    }}/{year}");
}
