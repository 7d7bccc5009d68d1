using System.Collections.Immutable;
using System.Globalization;
using Gamification.Ledger;
using Gamification.Rules.Ledger;

namespace Gamification.Rules.Recognition;

/// <summary>What expires at the end of a day, told so many days before; once for its <see cref="Key"/>.</summary>
public readonly record struct ExpiryReminder(ExpiryNotice Notice, int DaysBefore)
{
    /// <summary><c>expiry/points/2026-12-31/30</c></summary>
    public string Key => string.Create(CultureInfo.InvariantCulture, $"expiry/{Notice.Unit}/{Notice.On:yyyy-MM-dd}/{DaysBefore}");
}

/// <summary>Expiry notices (spec L14): a pure function of the purse and two days, so that whoever asks late or twice gets each once.</summary>
public static class ExpiryNotices
{
    /// <summary>
    /// What becomes due after one local day through another, the earliest expiry first. Of one expiry only the newest notice when several are
    /// due, and none when it has expired by then.
    /// </summary>
    /// <param name="purse">The purse.</param>
    /// <param name="terms">Its unit's terms.</param>
    /// <param name="daysBefore">When to tell, e.g. 30, 7 and 1.</param>
    /// <param name="after">Up to and including this day all was told.</param>
    /// <param name="at">Now; its local day is the last one asked about.</param>
    public static ImmutableArray<ExpiryReminder> Due(Purse purse, UnitTerms terms, ImmutableArray<int> daysBefore, DateOnly after, DateTimeOffset at)
    {
        if (daysBefore.IsEmpty) return [];
        var today = terms.Calendar.DayOf(at.ToUnixTimeMilliseconds());
        var due = ImmutableArray.CreateBuilder<ExpiryReminder>();
        foreach (var notice in PurseViews.ExpiringThrough(purse, DateOnly.FromDayNumber(today + daysBefore.Max()), at, terms))
        {
            var expiresOn = notice.On.DayNumber;
            var days = daysBefore.Where(days => expiresOn - days > after.DayNumber && expiresOn - days <= today).DefaultIfEmpty(-1).Min();
            if (days >= 0) due.Add(new(notice, days));
        }

        return due.DrainToImmutable();
    }
}
