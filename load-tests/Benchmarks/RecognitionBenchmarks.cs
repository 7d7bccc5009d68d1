using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules;
using Gamification.Rules.Badges;
using Gamification.Rules.Earning;
using Gamification.Rules.Streaks;
using Gamification.Rules.Tiers;
using Activity = Gamification.Rules.Badges.Activity;

namespace Gamification.LoadTests.Benchmarks;

/// <summary>
/// Streaks, tiers and badges alone, on one thread: what an event costs after years of them, and how large the standings are. Each figure is the
/// best of several rounds, since the machine is shared; allocation is exact.
/// </summary>
internal static class RecognitionBenchmarks
{
    private const int Rounds = 7;
    private const int Operations = 100_000;

    private static readonly string[] Weighed = ["weekly streak", "daily streak", "rolling tier", "three badges"];
    private static readonly DateOnly Start = new(2023, 1, 2);
    private static readonly Wording Name = new("x", "x", "x");
    private static readonly Gift Gift = new() { Points = 10 };

    private static readonly StreakRule Weekly = new()
    {
        Id = "weekly", Name = Name, On = [EarningEvent.Sale], Freezes = new() { EarnEvery = 4 }, Milestones = [new(4, Gift), new(12, Gift), new(52, Gift)],
    };

    private static readonly StreakRule Daily = Weekly with { Id = "daily", Per = StreakPeriod.Day, On = [EarningEvent.Visit], Milestones = [new(7, Gift), new(30, Gift), new(365, Gift)] };

    private static readonly TierLadder Calendar = new() { Levels = [new() { Id = "silver", Name = Name, Spend = 200 }, new() { Id = "gold", Name = Name, Spend = 1_000 }] };
    private static readonly TierLadder Rolling = Calendar with { Period = TierPeriod.Rolling };

    private static readonly ImmutableArray<BadgeRule> BadgeRules =
    [
        Badge("count", new CountOf([EarningEvent.Sale]), 10, 100, 1_000),
        Badge("week", new PeriodicCount([EarningEvent.Sale], BadgePeriod.Week), 3),
        Badge("stores", new CountOf([EarningEvent.Sale], BadgeMeasure.Stores), 3, 10),
    ];

    private static readonly BadgeBook Badges = new(BadgeRules);

    public static void Run(string[] args)
    {
        var members = args.Length == 0 ? 2_000 : int.Parse(args[0], null);
        foreach (var days in new[] { 90, 365, 1_095 })
        {
            var today = Start.AddDays(days);
            var (weekly, daily) = (Every(Weekly, days, 7), Every(Daily, days, 1));
            Time($"weekly streak, first proof of a day, {days} days", () => StreakRulings.Prove(weekly, Weekly, new(today), today).Streak);
            Time($"daily streak, first proof of a day, {days} days", () => StreakRulings.Prove(daily, Daily, new(today), today).Streak);
            if (days < 1_095) continue;
            Time("daily streak, second proof of a day", () => StreakRulings.Prove(daily, Daily, new(today.AddDays(-1)), today.AddDays(-1)).Streak);
            Time("daily streak, seen on a day", () => StreakRulings.At(daily, Daily, today));
            Time("daily streak, written", () => JsonSerializer.SerializeToUtf8Bytes(daily, RecognitionJson.Default.Streak));
        }

        foreach (var ladder in new[] { Calendar, Rolling })
        {
            var tier = Weeks(ladder, 150);
            var on = Start.AddDays(1_050);
            Time($"tier, {ladder.Period}", () => TierRulings.Count(tier, ladder, new(3, 0), on, on).Standing);
        }

        var standings = Badges.Badges.Select(badge => Enumerable.Range(0, 150).Aggregate(BadgeStanding.Of(badge), (one, week) => Bought(one, Start.AddDays(week * 7)))).ToArray();
        var (plain, full) = (Sales(recognition: null), Sales(new() { Tiers = Calendar, Streaks = [Weekly, Daily with { On = [EarningEvent.Sale, EarningEvent.Visit] }], Badges = BadgeRules }));
        Time("a sale decided and folded, plain rule", plain);
        Time("a sale decided and folded, with all this", full);
        Time("three badges", () => standings.Sum(one => Bought(one, Start.AddDays(1_052)).Level));
        Weigh(members);
    }

    /// <summary>Members who come once in two days to once in four weeks for three years, and bring something back after one visit in thirty.</summary>
    private static void Weigh(int members)
    {
        var (sizes, visits) = (new int[4][], 0L);
        for (var kind = 0; kind < 4; kind++) sizes[kind] = new int[members];
        var clock = Stopwatch.GetTimestamp();
        for (var member = 0; member < members; member++)
        {
            var random = new Random(member);
            var (weekly, daily, tier) = (Streak.None, Streak.None, TierRulings.Enrol(Rolling, Start));
            var badges = Badges.Badges.Select(BadgeStanding.Of).ToArray();
            var cadence = Math.Exp(Math.Log(2) + (random.NextDouble() * Math.Log(14)));
            for (var at = 0.0; at < 1_095; at += -Math.Log(1 - random.NextDouble()) * cadence)
            {
                visits++;
                var day = Start.AddDays((int)at);
                weekly = StreakRulings.Prove(weekly, Weekly, new(day), day).Streak;
                daily = StreakRulings.Prove(daily, Daily, new(day), day).Streak;
                tier = TierRulings.Count(tier, Rolling, new(random.Next(60), 0), day, day).Standing;
                for (var badge = 0; badge < badges.Length; badge++) badges[badge] = BadgeRulings.Forget(Bought(badges[badge], day), Badges, day);
                if (random.Next(30) == 0) weekly = StreakRulings.Remove(weekly, Weekly, new(day), day).Streak;
            }

            sizes[0][member] = JsonSerializer.SerializeToUtf8Bytes(weekly, RecognitionJson.Default.Streak).Length;
            sizes[1][member] = JsonSerializer.SerializeToUtf8Bytes(daily, RecognitionJson.Default.Streak).Length;
            sizes[2][member] = JsonSerializer.SerializeToUtf8Bytes(tier, RecognitionJson.Default.TierStanding).Length;
            sizes[3][member] = badges.Sum(badge => JsonSerializer.SerializeToUtf8Bytes(badge, RecognitionJson.Default.BadgeStanding).Length);
        }

        var each = Stopwatch.GetElapsedTime(clock).TotalNanoseconds / visits;
        Console.WriteLine($"  three years: {members:N0} members (seeds 0 to {members - 1}), {visits:N0} visits, {each:N0} ns for two streaks, a tier and three badges");
        foreach (var (name, all) in Weighed.Zip(sizes))
        {
            Array.Sort(all);
            Console.WriteLine($"    {name}: median {all[members / 2]:N0} B, p99 {all[members * 99 / 100]:N0} B, worst {all[^1]:N0} B");
        }
    }

    /// <summary>One sale after 150 weekly ones, as an account decides it.</summary>
    private static Func<AccountState> Sales(RecognitionRules? recognition)
    {
        var settings = new ProgrammeSettings { Id = "bench", Name = "Bench", Currency = "EUR", TimeZone = "Europe/Brussels", Stores = [], Earning = EarningRules.OnePointAUnit(100), Recognition = recognition };
        var scheme = new Scheme(settings, Catalogue.Empty);
        var state = Enumerable.Range(0, 150).Aggregate(AccountState.Empty, (account, week) => Sell(account, week * 7));
        return () => Sell(state, 1_052);

        AccountState Sell(AccountState account, int day)
        {
            var at = new DateTimeOffset(Start.AddDays(day).ToDateTime(new(12, 0)), TimeSpan.Zero);
            var sale = new Receipt
            {
                Key = new("BRU", "1", Start.AddDays(day), "1"),
                Type = ReceiptType.Sale,
                OccurredAt = at,
                Currency = "EUR",
                Total = 2_000,
                Lines = [new() { Sku = "A", Quantity = 1, UnitPrice = 20, Amount = 2_000 }],
                Content = default,
            };
            var context = new AccountContext { Settings = settings, Kind = AccountKind.Member, ReceivedAt = at, At = at, Scheme = scheme };
            return Account.Decide(account, sale, context).Entries.Aggregate(account, (folded, entry) => folded.Apply(entry));
        }
    }

    private static Streak Every(StreakRule rule, int days, int step)
    {
        var streak = Streak.None;
        for (var day = 0; day < days; day += step) streak = StreakRulings.Prove(streak, rule, new(Start.AddDays(day)), Start.AddDays(day)).Streak;
        return streak;
    }

    private static TierStanding Weeks(TierLadder ladder, int weeks)
    {
        var standing = TierRulings.Enrol(ladder, Start);
        for (var week = 0; week < weeks; week++) standing = TierRulings.Count(standing, ladder, new(25, 2), Start.AddDays(week * 7), Start.AddDays(week * 7)).Standing;
        return standing;
    }

    private static BadgeStanding Bought(BadgeStanding standing, DateOnly on) =>
        BadgeRulings.Count(standing, Badges, new(null, new Activity { Type = EarningEvent.Sale, Date = on, Store = on.DayNumber % 5 == 0 ? "GNT" : "BRU", Spend = 2_000, Items = 3 }), on).Standing;

    private static BadgeRule Badge(string id, BadgeKind kind, params long[] levels) =>
        new() { Id = id, Version = 1, Name = Name, For = kind, Levels = [.. levels.Select(at => new BadgeLevel { At = at, Gift = Gift })] };

    private static void Time<T>(string name, Func<T> act)
    {
        var (best, bytes) = (double.MaxValue, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < Operations; i++) GC.KeepAlive(act());
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / Operations);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Operations;
        }

        Console.WriteLine($"  {name,-48} {best,8:N0} ns {bytes,8:N0} B");
    }
}
