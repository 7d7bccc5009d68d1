using System.Collections.Immutable;
using System.Globalization;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Recognition;

/// <summary>
/// The dates that come round (spec L11), and the last year in which each was celebrated, so that a date which is corrected later does not bring
/// a second party.
/// </summary>
public sealed record PersonalDates
{
    public static PersonalDates None { get; } = new();

    public DateOnly? Birth { get; init; }

    /// <summary>The birth date was changed since it was first given: it is not changed again.</summary>
    public bool IsBirthEdited { get; init; }

    public DateOnly? EnrolledOn { get; init; }

    public DateOnly? FirstPurchaseOn { get; init; }

    public int BirthdayIn { get; init; }

    public int EnrolmentIn { get; init; }

    public int FirstPurchaseIn { get; init; }
}

/// <summary>One celebration, once for its <see cref="Key"/>, e.g. <c>birthday/2026</c>.</summary>
public readonly record struct Celebration(EarningEvent Event, DateOnly On, int Years, string Key);

/// <summary>Birthdays and anniversaries, once a calendar year. Who was born on 29 February celebrates on the 28th in other years.</summary>
public static class Anniversaries
{
    /// <summary>
    /// What falls on a day after one through another, in the order of days; at most 366 of them apart. What was missed for longer is not made up for. The
    /// dates afterwards know it as celebrated.
    /// </summary>
    public static (PersonalDates Dates, ImmutableArray<Celebration> Celebrations) Due(PersonalDates dates, DateOnly after, DateOnly through)
    {
        var due = ImmutableArray.CreateBuilder<Celebration>();
        if (through.DayNumber - after.DayNumber > 366) after = through.AddDays(-366);
        for (var year = after.Year; year <= through.Year; year++)
        {
            if (Find(EarningEvent.Birthday, dates.Birth, dates.BirthdayIn) is { } birthday)
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
                return on > after && on <= through ? new(kind, on, year - first.Year, KeyOf(kind, year)) : null;
            }
        }

        due.Sort((one, other) => (one.On, one.Event).CompareTo((other.On, other.Event)));
        return (dates, due.DrainToImmutable());
    }

    /// <summary>
    /// A birth date is given, and corrected once at most. Refused, in this order: not a day of the last 120 years, changed before. The same date again
    /// changes nothing.
    /// </summary>
    public static (PersonalDates Dates, Refusal? Refusal) GiveBirthDate(PersonalDates dates, DateOnly birth, DateOnly today)
    {
        if (birth > today || birth < today.AddYears(-120)) return (dates, new("invalid-birth-date", "/birthDate", "Send a day of the last 120 years."));
        if (dates.Birth == birth) return (dates, null);
        if (dates.IsBirthEdited) return (dates, new("already-changed", "/birthDate", "A birth date can be corrected once; ask customer service."));
        return (dates with { Birth = birth, IsBirthEdited = dates.Birth is not null }, null);
    }

    /// <summary>Two members are one: the earlier dates, the birth date of the one that stays, and no second party in a year that either had.</summary>
    public static PersonalDates Merge(PersonalDates into, PersonalDates from) => new()
    {
        Birth = into.Birth ?? from.Birth,
        IsBirthEdited = into.IsBirthEdited || from.IsBirthEdited,
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
