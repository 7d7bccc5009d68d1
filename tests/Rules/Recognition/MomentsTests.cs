using Gamification.Journal;
using Gamification.Ledger;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Ledger;
using Gamification.Rules.Recognition;

namespace Gamification.Tests.Rules.Recognition;

/// <summary>Birthdays, anniversaries, expiry notices, and being almost there.</summary>
public sealed class MomentsTests
{
    [Fact]
    public void Born_on_29_february_one_celebrates_on_the_28th_once_a_year()
    {
        DateOnly birth = new(2000, 2, 29);
        var (after, due) = Anniversaries.Due(PersonalDates.None, birth, new(2026, 2, 27), new(2026, 3, 5));
        Assert.Equal([new Celebration(EarningEvent.Birthday, new(2026, 2, 28), 0, "birthday/2026")], due);
        Assert.Equal(new DateOnly(2028, 2, 29), Assert.Single(Anniversaries.Due(after, birth, new(2028, 2, 1), new(2028, 3, 5)).Celebrations).On);
        Assert.Empty(Anniversaries.Due(after, birth, new(2026, 2, 1), new(2026, 12, 31)).Celebrations);
    }

    [Fact]
    public void A_birth_date_is_corrected_once_and_brings_no_second_party()
    {
        var today = new DateOnly(2026, 6, 1);
        var given = default(BirthDate).Give(new(1990, 3, 1), today).After;
        var celebrated = Anniversaries.Due(PersonalDates.None, given.On, new(2026, 2, 28), new(2026, 3, 1)).Dates;
        var corrected = given.Give(new(1990, 9, 1), today).After;
        Assert.Equal((new DateOnly(1990, 9, 1), false), (corrected.On, corrected.MayChange));
        Assert.Empty(Anniversaries.Due(celebrated, corrected.On, new(2026, 8, 1), new(2026, 10, 1)).Celebrations);
        Assert.Equal("birthday/2027", Assert.Single(Anniversaries.Due(celebrated, corrected.On, new(2027, 8, 1), new(2027, 10, 1)).Celebrations).Key);
        Assert.Equal("already-changed", corrected.Give(new(1990, 10, 1), today).Refusal?.Code);
        Assert.Null(corrected.Give(new(1990, 9, 1), today).Refusal);
        Assert.Equal("invalid-birth-date", corrected.Give(today.AddDays(1), today).Refusal?.Code);
        Assert.Equal("invalid-birth-date", corrected.Give(today.AddYears(-121), today).Refusal?.Code);
        Assert.Equal("already-changed", corrected.Forget().Give(new(1990, 9, 1), today).Refusal?.Code);
        Assert.Equal(2, given.Forget().Give(new(1990, 3, 1), today).After.Given);
    }

    [Fact]
    public void However_days_are_asked_about_each_year_is_celebrated_once() => Drawn.EachSeed((seed, random) =>
    {
        var first = new DateOnly(2020, 1, 1).AddDays(random.Next(800));
        var (dates, day, end) = (PersonalDates.None with { EnrolledOn = first.AddDays(random.Next(400)), FirstPurchaseOn = first.AddDays(random.Next(400)) }, first.AddDays(400), new DateOnly(2030, 1, 1));
        var keys = new List<string>();
        while (day < end)
        {
            var next = day.AddDays(random.Next(1, 300));
            (dates, var due) = Anniversaries.Due(Drawn.Reread(dates, RecognitionJson.Default.PersonalDates), first, day, next);
            keys.AddRange(due.Select(one => one.Key));
            day = next;
        }

        Assert.True(keys.Distinct().Count() == keys.Count, $"seed {seed}: {string.Join(' ', keys)}");
        foreach (var (name, from) in new[] { ("birthday", (DateOnly?)first), ("enrolment-anniversary", dates.EnrolledOn), ("first-purchase-anniversary", dates.FirstPurchaseOn) })
            Assert.True(Enumerable.Range(first.AddDays(400).Year + 1, 5).All(year => keys.Contains($"{name}/{year}")), $"seed {seed}: {name} from {from:o}: {string.Join(' ', keys)}");
    });

    [Fact]
    public void An_expiry_is_told_at_each_of_its_days_once_however_late_one_asks()
    {
        var terms = UnitTerms.ForPoints(LedgerCalendar.In("Europe/Brussels"), new(ExpiryKind.AfterDays, 60));
        var noon = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.FromHours(1));
        var purse = Earnings.Earn(Purse.Empty(Unit.Points), new() { Source = "sale", Amount = 10, OccurredAt = noon, On = new(2026, 3, 1) }, noon, terms).Purse;
        List<string> told = [];
        var after = new DateOnly(2026, 3, 1);
        for (var day = 1; day < 70; day++)
        {
            told.AddRange(ExpiryNotices.Due(purse, terms, [30, 7, 1], after, noon.AddDays(day)).Select(one => one.Key));
            after = after.AddDays(1);
        }

        Assert.Equal(["expiry/points/2026-04-30/30", "expiry/points/2026-04-30/7", "expiry/points/2026-04-30/1"], told);
        Assert.Equal(7, Assert.Single(ExpiryNotices.Due(purse, terms, [30, 7, 1], new(2026, 3, 1), noon.AddDays(56))).DaysBefore);
        Assert.Empty(ExpiryNotices.Due(purse, terms, [30, 7, 1], new(2026, 4, 29), noon.AddDays(61)));
    }

    [Theory]
    [InlineData(0, 2, 1, false)]
    [InlineData(3, 5, 1, true)]
    [InlineData(2, 5, 1, false)]
    [InlineData(5, 5, 1, false)]
    [InlineData(899, 1000, 0, false)]
    [InlineData(900, 1000, 0, true)]
    [InlineData(880, 1000, 60, true)]
    public void One_is_almost_there_at_two_actions_or_ten_percent(long done, long needed, long perAction, bool isNear) =>
        Assert.Equal(isNear, !Goals.Near(ToldGoals.None, [new("g", done, needed, perAction == 0 ? null : perAction)], new()).Changes.IsEmpty);

    [Fact]
    public void Each_goal_is_told_once()
    {
        var goals = new[] { new Goal("b", 4, 5), new("a", 9, 10) };
        var (told, changes) = Goals.Near(ToldGoals.None, goals, new());
        Assert.Equal([new AlmostThere("b", 1, 5), new AlmostThere("a", 1, 10)], changes);
        told = Drawn.Reread(told, RecognitionJson.Default.ToldGoals);
        Assert.Empty(Goals.Near(told, goals, new()).Changes);
        Assert.Single(Goals.Near(Goals.Forget(told, key => key == "a"), goals, new()).Changes);
    }
}
