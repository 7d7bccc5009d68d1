using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Streaks;

namespace Gamification.Tests.Rules.Recognition;

public sealed class StreakTests
{
    private static readonly DateOnly Monday = new(2026, 3, 2);

    private static readonly StreakRule Daily = new()
    {
        Id = "daily",
        Name = Drawn.Named("daily"),
        On = [EarningEvent.Visit],
        Per = StreakPeriod.Day,
        Freezes = new() { HoldMax = 2, ByTier = [new("gold", 1)] },
        VacationDays = 14,
        Repair = new(3, 1),
        Milestones = [new(3, Drawn.Points(10)), new(7, Drawn.Points(50))],
    };

    private static readonly StreakRule Weekly = Daily with { Id = "weekly", Per = StreakPeriod.Week, Freezes = null };

    [Fact]
    public void Today_is_not_lost_until_it_ends()
    {
        var streak = Proved(Daily, 0, 1);
        Assert.Equal([2, 2, 0], Enumerable.Range(1, 3).Select(day => StreakRulings.At(streak, Daily, Monday.AddDays(day)).Current));
        Assert.False(StreakRulings.At(streak, Daily, Monday.AddDays(2)).IsDone);
    }

    [Fact]
    public void A_freeze_fills_the_first_missed_day_and_comes_back_with_a_late_proof_for_a_later_one()
    {
        var streak = StreakRulings.Grant(Proved(Daily, 0, 2, 4), Daily, new(Monday.DayNumber, 1, false), Monday).Streak;
        var before = StreakRulings.At(streak, Daily, Monday.AddDays(4));
        Assert.Equal((1, 0), (before.Current, before.FreezesHeld));
        Assert.Equal([Monday.AddDays(1)], before.Frozen);
        var after = StreakRulings.At(StreakRulings.Prove(streak, Daily, new(Monday.AddDays(1)), Monday.AddDays(4)).Streak, Daily, Monday.AddDays(4));
        Assert.Equal((4, 0), (after.Current, after.FreezesHeld));
        Assert.Equal([Monday.AddDays(3)], after.Frozen);
    }

    [Fact]
    public void A_tier_gives_its_freezes_once_a_month()
    {
        var streak = StreakRulings.GrantForTier(Proved(Daily, 0), Daily, "gold", Monday).Streak;
        Assert.Equal(streak, StreakRulings.GrantForTier(streak, Daily, "gold", Monday.AddDays(20)).Streak);
        Assert.Equal(streak, StreakRulings.GrantForTier(streak, Daily, "silver", Monday.AddMonths(1)).Streak);
        Assert.Equal(2, StreakRulings.GrantForTier(streak, Daily, "gold", Monday.AddMonths(1)).Streak.Grants.Length);
    }

    [Fact]
    public void Weeks_are_iso_weeks_over_the_year_s_end()
    {
        var weeks = new[] { new DateOnly(2026, 12, 24), new DateOnly(2026, 12, 31), new DateOnly(2027, 1, 4) };
        var streak = weeks.Aggregate(Streak.None, (one, date) => StreakRulings.Prove(one, Weekly, new(date), weeks[^1]).Streak);
        Assert.Equal(3, StreakRulings.At(streak, Weekly, weeks[^1]).Current);
        Assert.Equal(1, StreakRulings.At(StreakRulings.Prove(Streak.None, Weekly, new(new(2027, 1, 1)), weeks[^1]).Streak.With(new DateOnly(2026, 12, 28).DayNumber, null, 0), Weekly, weeks[^1]).Current);
    }

    [Fact]
    public void N_of_m_counts_different_dates_of_a_week()
    {
        var five = Weekly with { Times = 5 };
        Assert.Equal(0, StreakRulings.At(Proved(five, 0, 0, 0, 0, 1, 2, 3), five, Monday.AddDays(6)).Current);
        Assert.Equal(1, StreakRulings.At(Proved(five, 0, 1, 2, 3, 6), five, Monday.AddDays(6)).Current);
    }

    [Fact]
    public void Bridging_two_runs_pays_the_milestone_of_the_whole_and_repeats_neither_s()
    {
        var streak = Proved(Daily, 0, 1, 2, 4, 5, 6);
        Assert.Equal(2, streak.Awards.Length);
        var bridged = StreakRulings.Prove(streak, Daily, new(Monday.AddDays(3)), Monday.AddDays(6));
        Assert.Equal([new GiftDue("streak/daily/7/2026-03-02", 1, Drawn.Points(50))], bridged.Changes.OfType<GiftDue>());
        Assert.Equal(3, bridged.Streak.Awards.Length);
    }

    [Fact]
    public void A_split_takes_points_back_once_and_a_late_proof_gives_them_again_as_the_same_award()
    {
        var streak = Proved(Daily, 0, 1, 2);
        var split = StreakRulings.Remove(streak, Daily, new(Monday.AddDays(1)), Monday.AddDays(3));
        Assert.Equal([new MilestoneUndone("daily", 3, Monday, Monday.AddDays(2)), new GiftTakenBack("streak/daily/3/2026-03-02", 1, Drawn.Points(10))], split.Changes);
        var healed = StreakRulings.Prove(split.Streak, Daily, new(Monday.AddDays(1)), Monday.AddDays(3));
        Assert.Equal([new GiftDue("streak/daily/3/2026-03-02", 2, Drawn.Points(10))], healed.Changes.OfType<GiftDue>());
        Assert.Empty(StreakRulings.Remove(streak, Daily with { OnSplit = SplitPolicy.Keep }, new(Monday.AddDays(1)), Monday.AddDays(3)).Changes);
    }

    [Fact]
    public void A_date_with_two_proofs_outlives_one_and_an_old_date_outlives_all()
    {
        var twice = Proved(Daily, 0, 0);
        var once = StreakRulings.Remove(twice, Daily, new(Monday), Monday).Streak;
        Assert.True(once.Dates.Contains(Monday.DayNumber));
        Assert.True(StreakRulings.Remove(once, Daily, new(Monday), Monday.AddDays(35)).Streak.Dates.IsEmpty);
        Assert.False(StreakRulings.Remove(once, Daily, new(Monday), Monday.AddDays(36)).Streak.Dates.IsEmpty);
    }

    [Fact]
    public void Holidays_are_announced_within_their_number_and_repairs_within_their_window()
    {
        var streak = Proved(Daily, 0, 1);
        Assert.Equal("not-in-advance", StreakRulings.TakeVacation(streak, Daily, Monday.AddDays(1), Monday.AddDays(3), Monday.AddDays(1)).Refusal?.Code);
        Assert.Equal("too-many-days", StreakRulings.TakeVacation(streak, Daily, Monday.AddDays(2), Monday.AddDays(17), Monday.AddDays(1)).Refusal?.Code);
        var away = StreakRulings.TakeVacation(streak, Daily, Monday.AddDays(2), Monday.AddDays(10), Monday.AddDays(1)).Streak;
        Assert.Equal([2, 0], Enumerable.Range(10, 2).Select(day => StreakRulings.At(away, Daily, Monday.AddDays(day)).Current));
        Assert.Equal("not-missed", StreakRulings.Repair(streak, Daily, Monday.AddDays(1), Monday.AddDays(3)).Refusal?.Code);
        Assert.Equal("not-missed", StreakRulings.Repair(streak, Daily, Monday.AddDays(2), Monday.AddDays(2)).Refusal?.Code);
        Assert.Equal("too-late", StreakRulings.Repair(streak, Daily, Monday.AddDays(2), Monday.AddDays(6)).Refusal?.Code);
        Assert.Equal("no-repair", StreakRulings.Repair(streak, Daily with { Repair = null }, Monday.AddDays(2), Monday.AddDays(3)).Refusal?.Code);
        var repaired = StreakRulings.Repair(streak, Daily, Monday.AddDays(2), Monday.AddDays(5)).Streak;
        Assert.Equal("too-many-repairs", StreakRulings.Repair(repaired, Daily, Monday.AddDays(3), Monday.AddDays(5)).Refusal?.Code);
        Assert.Equal(3, StreakRulings.At(StreakRulings.Prove(Proved(Daily, 0, 1, 3), Daily, new(Monday), Monday.AddDays(3)).Streak with { Repaired = repaired.Repaired }, Daily, Monday.AddDays(3)).Current);
    }

    [Fact]
    public void Moving_home_is_from_the_next_midnight_on_and_once_in_thirty_days()
    {
        var noon = new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.FromHours(1));
        var (home, refusal) = new HomeZone("Europe/Brussels").Move("America/New_York", noon);
        Assert.Null(refusal);
        Assert.Equal(new DateTimeOffset(2026, 3, 11, 0, 0, 0, TimeSpan.FromHours(1)).ToUnixTimeMilliseconds(), home.ChangedAt);
        Assert.Equal("too-soon", home.Move("Asia/Tokyo", noon.AddDays(29)).Refusal?.Code);
        Assert.Null(home.Move("Asia/Tokyo", noon.AddDays(31)).Refusal);
        Assert.Equal("unknown-zone", home.Move("Mars/Base", noon).Refusal?.Code);
        var night = new DateTimeOffset(2026, 3, 11, 1, 0, 0, TimeSpan.FromHours(1));
        Assert.Equal(new ProofDates(new(2026, 3, 10), new(2026, 3, 11)), home.DatesOf(night));
        Assert.Equal(new ProofDates(new(2026, 3, 19)), home.DatesOf(new(2026, 3, 20, 1, 0, 0, TimeSpan.FromHours(1))));
        Assert.Equal(new ProofDates(new(2026, 3, 1)), home.DatesOf(new(2026, 3, 1, 1, 0, 0, TimeSpan.FromHours(1))));
    }

    [Fact]
    public void A_proof_between_two_zones_counts_for_the_date_that_keeps_the_streak_and_never_for_both()
    {
        var (tuesday, wednesday) = (Monday.AddDays(1), Monday.AddDays(2));
        (int[] Known, int Current)[] cases = [([0, 2], 3), ([0, 1], 3), ([0], 2)];
        foreach (var (known, current) in cases)
        {
            var streak = StreakRulings.Prove(Proved(Daily, known), Daily, new(wednesday, tuesday), wednesday).Streak;
            Assert.Equal(current, StreakRulings.At(streak, Daily, wednesday).Current);
            Assert.Equal(known.Length + 1, EitherDays.Settle(streak).Count);
            var back = StreakRulings.Remove(streak, Daily, new(wednesday, tuesday), wednesday).Streak;
            Assert.Equal(known.Length, EitherDays.Settle(back).Count);
        }
    }

    private static Streak Proved(StreakRule rule, params int[] days) =>
        days.Aggregate(Streak.None, (streak, day) => StreakRulings.Prove(streak, rule, new(Monday.AddDays(day)), Monday.AddDays(days.Max())).Streak);
}
