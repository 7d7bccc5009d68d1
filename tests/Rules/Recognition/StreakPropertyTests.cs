using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Recognition;
using Gamification.Rules.Ledger;
using Gamification.Rules.Streaks;

namespace Gamification.Tests.Rules.Recognition;

/// <summary>Drawn histories of a streak (spec §3) against <see cref="NaiveStreak"/>; the seed stands in every failure.</summary>
public sealed class StreakPropertyTests
{
    private const int Length = 60;

    [Fact]
    public void Whatever_happens_the_streak_is_what_its_dates_say_and_no_milestone_is_paid_twice()
    {
        var (removals, late, paid, taken, frozen) = (0, 0, 0, 0, 0);
        Drawn.EachSeed((seed, random) =>
        {
            var rule = Drawn.Streak(random);
            var (naive, streak, today) = (new NaiveStreak(rule), Streak.None, Drawn.Start);
            var open = new Dictionary<string, int>();
            var width = rule.Per switch { StreakPeriod.Day => 3, StreakPeriod.Week => 9, _ => 30 };
            for (var step = 0; step < Length; step++)
            {
                today = today.AddDays(random.Next(4) == 0 ? random.Next(width) : random.Next(2));
                var ruling = new StreakRuling(streak, []);
                switch (random.Next(16))
                {
                    case < 9:
                        Prove(today);
                        break;
                    case < 11:
                        late++;
                        Prove(today.AddDays(-random.Next(width * 3)));
                        break;
                    case < 13 when naive.Proofs.Count > 0:
                        removals++;
                        var gone = naive.Proofs[random.Next(naive.Proofs.Count)];
                        naive.Remove(gone, today);
                        ruling = StreakRulings.Remove(streak, rule, new(gone), today);
                        break;
                    case 13:
                        var from = today.AddDays(-random.Next(width));
                        ruling = StreakRulings.Bridge(streak, rule, from, from.AddDays(2), today);
                        ruling = StreakRulings.Bridge(ruling.Streak, rule, from, from.AddDays(2), today) is { Changes.IsEmpty: true } ? ruling : throw new InvalidOperationException($"seed {seed}: bridged twice");
                        naive.Excused.UnionWith([from, from.AddDays(1)]);
                        break;
                    case 14 when rule.Freezes is not null:
                        ruling = StreakRulings.Grant(streak, rule, new(today.DayNumber, 1, ByTier: false), today);
                        naive.Grants.Add((today, 1));
                        break;
                    case 15:
                        var leave = today.AddDays(1 + random.Next(width));
                        ruling = StreakRulings.TakeVacation(streak, rule, leave, leave.AddDays(3), today);
                        if (ruling.Refusal is null) naive.Excused.UnionWith([leave, leave.AddDays(1), leave.AddDays(2)]);
                        break;
                }

                streak = Drawn.Reread(ruling.Streak, RecognitionJson.Default.Streak);
                Pay(ruling.Changes);
                Compare();

                void Prove(DateOnly date)
                {
                    naive.Proofs.Add(date);
                    ruling = StreakRulings.Prove(streak, rule, new(date), today);
                }
            }

            void Pay(ImmutableArray<RecognitionChange> changes)
            {
                foreach (var change in changes)
                {
                    if (change is GiftDue due && (open[due.Key] = open.GetValueOrDefault(due.Key) + 1) is var times) Assert.True(times == 1 && paid++ >= 0, $"seed {seed}: {due} paid {times} times");
                    if (change is GiftTakenBack back && (open[back.Key] = open.GetValueOrDefault(back.Key) - 1) is var left) Assert.True(left == 0 && taken++ >= 0, $"seed {seed}: {back} taken back without being paid");
                }
            }

            void Compare()
            {
                var (view, says) = (StreakWalk.Through(streak, rule, today.DayNumber), naive.Read(today));
                Assert.True(view.Current.Length == says.Current && view.Best == says.Best && view.FreezesHeld == says.Held,
                    $"seed {seed}, {rule.Per} × {rule.Times} on {today:o}: {view.Current.Length} {view.Best} {view.FreezesHeld}, naive {says.Current} {says.Best} {says.Held}");
                Assert.True(view.View(rule.Per).Frozen.Select(naive.Name).SequenceEqual(says.Frozen), $"seed {seed}: frozen");
                frozen += says.Frozen.Count;
                var standing = streak.Awards.Where(award => !award.IsTakenBack).ToArray();
                foreach (var milestone in rule.Milestones)
                {
                    foreach (var run in says.Runs.Where(run => run.Length >= milestone.Periods))
                        Assert.True(standing.Any(award => award.Periods == milestone.Periods && award.Overlaps(run.From.DayNumber, run.Through.DayNumber)) || naive.Excused.Count > 0,
                            $"seed {seed}: {milestone.Periods} of {run} is not paid");
                }
            }
        });
        TestContext.Current.TestOutputHelper?.WriteLine($"{Drawn.Cases * Length} operations: {late} late proofs, {removals} removals, {paid} milestones paid, {taken} taken back, {frozen} frozen periods read");
        Assert.True(late > 0 && removals > 0 && taken > 0 && frozen > 0);
    }

    [Fact]
    public void The_order_in_which_proofs_come_does_not_matter() => Drawn.EachSeed((seed, random) =>
    {
        var rule = Drawn.Streak(random);
        var proofs = Enumerable.Range(0, 30).Select(_ => new ProofDates(Drawn.Start.AddDays(random.Next(40)))).ToArray();
        var near = Drawn.Start.AddDays(20);
        for (var at = 0; at < 3; at++) proofs[at] = random.Next(2) == 0 ? new(near, near.AddDays(1)) : new(near.AddDays(1), near);
        var today = Drawn.Start.AddDays(41);
        var (ordered, shuffled) = (Fold(proofs), Fold([.. proofs.OrderBy(_ => random.Next())]));
        Assert.True(ordered.Dates == shuffled.Dates, $"seed {seed}: dates");
        Assert.True(Told(ordered) == Told(shuffled), $"seed {seed}: {Told(ordered)} or {Told(shuffled)}");
        Assert.True(EitherDays.Settle(ordered).Count <= proofs.Length, $"seed {seed}: a proof counted for both dates");

        Streak Fold(ProofDates[] order) => order.Aggregate(Streak.None, (streak, proof) => StreakRulings.Prove(streak, rule, proof, today).Streak);
        string Told(Streak streak) => string.Join(' ', Enumerable.Range(0, 60).Select(day => StreakRulings.At(streak, rule, Drawn.Start.AddDays(day))).Select(view => $"{view.Current}/{view.Best}/{view.FreezesHeld}/{view.Frozen.Length}"));
    });

    [Fact]
    public void A_streak_of_two_members_has_the_dates_of_both_and_pays_no_run_twice() => Drawn.EachSeed((seed, random) =>
    {
        var rule = Drawn.Streak(random);
        var today = Drawn.Start.AddDays(61);
        var open = new Dictionary<string, int>();
        var (first, second) = (Draw(), Draw());
        var firstKeys = Keys(first);
        var merged = StreakRulings.Merge(first, second, rule, today);
        var naive = new NaiveStreak(rule);
        naive.Proofs.AddRange(first.Dates.ToDays().Concat(second.Dates.ToDays()).Select(DateOnly.FromDayNumber));
        Assert.True(StreakRulings.At(merged.Streak, rule, today).Best == naive.Read(today).Best, $"seed {seed}: best");
        var standing = merged.Streak.Awards.Where(award => !award.IsTakenBack).ToArray();
        var due = merged.Changes.OfType<GiftDue>().Count();
        var back = merged.Changes.OfType<GiftTakenBack>().Count();
        Assert.True(standing.Length == firstKeys + Keys(second) + due - back, $"seed {seed}: {standing.Length} stand of {firstKeys} and {Keys(second)}, {due} new, {back} back");
        var again = StreakRulings.Merge(merged.Streak, Streak.None, rule, today);
        Assert.True(again.Changes.IsEmpty, $"seed {seed}: merging nothing changed something");

        Streak Draw() => Enumerable.Range(0, 40).Aggregate(Streak.None, (streak, _) => StreakRulings.Prove(streak, rule, new(Drawn.Start.AddDays(random.Next(60))), today).Streak);
        int Keys(Streak streak) => streak.Awards.Count(award => !award.IsTakenBack);
    });

    [Fact]
    public void A_set_of_dates_is_a_set() => Drawn.EachSeed((seed, random) =>
    {
        var (set, other, model, model2) = (DateSet.Empty, DateSet.Empty, new SortedSet<int>(), new SortedSet<int>());
        for (var step = 0; step < 80; step++)
        {
            var day = 738_000 + random.Next(400);
            if (random.Next(3) > 0) (set, _) = (set.With(day), model.Add(day));
            else (set, _) = (set.Without(day), model.Remove(day));
            if (random.Next(3) == 0) (other, _) = (other.With(day + 300), model2.Add(day + 300));
            var (from, to) = (738_000 + random.Next(-10, 410), 738_000 + random.Next(-10, 410));
            Assert.True(set.CountIn(from, to) == model.Count(one => one >= from && one < to), $"seed {seed}: count");
        }

        Assert.True(set.ToDays().SequenceEqual(model) && set.Union(other).ToDays().SequenceEqual(model.Union(model2).Order()), $"seed {seed}: days");
        Assert.True(set == DateSet.Of(model.Reverse()) && set.GetHashCode() == DateSet.Of(model).GetHashCode(), $"seed {seed}: equal sets");
        Assert.True(model.Count == 0 || (set.First == model.Min && set.Last == model.Max), $"seed {seed}: ends");
    });

    /// <summary>Walks a whole year in steps of minutes in zones that change their clocks at midnight, at day starts that do not exist or exist twice.</summary>
    [Theory]
    [InlineData("Europe/Brussels", 0)]
    [InlineData("Europe/Brussels", 150)]
    [InlineData("America/Sao_Paulo", 0)]
    [InlineData("America/Havana", 0)]
    [InlineData("Australia/Lord_Howe", 120)]
    [InlineData("Pacific/Apia", 240)]
    public void Days_follow_each_other_whatever_clocks_do(string zone, int dayStartMinutes)
    {
        var calendar = LedgerCalendar.In(zone, TimeOnly.MinValue.AddMinutes(dayStartMinutes));
        var at = new DateTimeOffset(2011, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        var last = calendar.DayOf(at);
        for (var step = 0; step < 366 * 24 * 4; step++)
        {
            at += 15 * 60_000;
            var day = calendar.DayOf(at);
            Assert.True(day == last || day == last + 1 || (zone == "Pacific/Apia" && day == last + 2), $"{zone}: from {last} to {day} at {at}");
            Assert.True(at >= calendar.StartOf(day) && at < calendar.EndOf(day), $"{zone}: {at} is not in day {day}");
            last = day;
        }
    }
}
