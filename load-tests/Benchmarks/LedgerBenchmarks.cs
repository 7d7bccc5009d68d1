using System.Diagnostics;
using System.Text.Json;
using Gamification.Journal;
using Gamification.Ledger;
using Gamification.Rules.Ledger;

namespace Gamification.LoadTests.Benchmarks;

/// <summary>
/// The points ledger alone, on one thread: what an ordinary receipt costs with few and with many live lots, and how large a member's state is
/// after years of visits. Each figure is the best of several rounds, since the machine is shared; allocation is exact.
/// </summary>
internal static class LedgerBenchmarks
{
    private const int Rounds = 7;
    private const int Operations = 200_000;

    private static readonly LedgerCalendar Brussels = LedgerCalendar.In("Europe/Brussels");
    private static readonly DateTimeOffset Start = new(2024, 1, 2, 10, 0, 0, TimeSpan.FromHours(1));

    public static void Run(string[] args)
    {
        var members = args.Length == 0 ? 2_000 : int.Parse(args[0], null);
        var monthly = UnitTerms.ForPoints(Brussels, new(ExpiryKind.EndOfMonth, 12));
        var rolling = UnitTerms.ForPoints(Brussels, new(ExpiryKind.RollingMonths, 12));
        var status = UnitTerms.ForStatus(Brussels, new(ExpiryKind.EndOfYear));
        foreach (var lots in new[] { 0, 10, 30, 100, 1_000 })
        {
            Earn($"earn, {lots} live lots", Filled(monthly, lots), monthly);
            if (lots is 30) Earn($"earn, rolling, {lots} live lots", Filled(rolling, lots), rolling);
        }

        Earn("earn, status, pooled", Filled(status, 30), status);
        var thirty = Filled(monthly, 30);
        var at = Start.AddDays(40);
        Time("redeem 100 of 30 lots", () => Redemptions.Redeem(thirty, "voucher", 100, at, monthly).Purse);
        Time("view with 30 lots", () => PurseViews.At(thirty, at, monthly).Available);
        var posting = Earnings.Earn(thirty, Sale(30, at), at, monthly).Postings[0];
        Time("fold an earning", () => thirty.Apply(posting));
        Time("write an earning", () => JsonSerializer.SerializeToUtf8Bytes(posting, DurableJson.Default.Posting));
        Time("write a purse of 30 lots", () => JsonSerializer.SerializeToUtf8Bytes(thirty, DurableJson.Default.Purse), Operations / 10);
        Console.WriteLine($"  an earning is {JsonSerializer.SerializeToUtf8Bytes(posting, DurableJson.Default.Posting).Length} B in the journal");

        Weigh("two years, end of month + 12", members, monthly, status);
        Weigh("two years, rolling 12 months", members, rolling, status);
    }

    private static void Earn(string name, Purse purse, UnitTerms terms)
    {
        var at = Start.AddDays(40);
        var sale = Sale(1_000_000, at);
        Time(name, () => Earnings.Earn(purse, sale, at, terms).Purse);
    }

    private static void Time<T>(string name, Func<T> act, int operations = Operations)
    {
        var (best, bytes) = (double.MaxValue, 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var before = GC.GetAllocatedBytesForCurrentThread();
            var start = Stopwatch.GetTimestamp();
            for (var i = 0; i < operations; i++) GC.KeepAlive(act());
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds / operations);
            bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / operations;
        }

        Console.WriteLine($"  {name,-32} {best,10:N0} ns {bytes,10:N0} B");
    }

    /// <summary>Members who come once in four days to once in four weeks, spend 500 points now and then, and bring something back after one visit in fifty.</summary>
    private static void Weigh(string name, int members, UnitTerms points, UnitTerms status)
    {
        var (sizes, lots, receipts) = (new int[members], new int[members], 0L);
        for (var member = 0; member < members; member++)
        {
            var random = new Random(member);
            var ledger = MemberLedger.Empty;
            var cadence = Math.Exp(Math.Log(4) + (random.NextDouble() * Math.Log(7)));
            var at = Start;
            for (var visit = 0; at < Start.AddDays(730); visit++)
            {
                at = at.AddHours(-Math.Log(1 - random.NextDouble()) * 24 * cadence);
                var amount = 1 + (long)Math.Exp(2.5 + random.NextDouble());
                var sale = Sale(visit, at) with { Amount = amount };
                ledger = ledger.With(Earnings.Earn(ledger.Of(Unit.Points), sale, at, points).Purse);
                ledger = ledger.With(Earnings.Earn(ledger.Of(Unit.Status), sale, at, status).Purse);
                receipts++;
                if (ledger.Of(Unit.Points).Available >= 500 && random.Next(4) == 0)
                    ledger = ledger.With(Redemptions.Redeem(ledger.Of(Unit.Points), "voucher", 500, at, points).Purse);
                if (random.Next(50) == 0)
                {
                    var back = new ClawBack { Source = sale.Source, Cause = "return", Amount = amount, IssuedInYear = 1_000 };
                    ledger = ledger.With(ClawBacks.Decide(ledger.Of(Unit.Points), back, at, points).Purse);
                }
            }

            sizes[member] = JsonSerializer.SerializeToUtf8Bytes(ledger, DurableJson.Default.MemberLedger).Length;
            lots[member] = ledger.Of(Unit.Points).Lots.Length;
        }

        Array.Sort(sizes);
        Array.Sort(lots);
        Console.WriteLine($"  {name}: {members:N0} members (seeds 0 to {members - 1}), {receipts:N0} receipts");
        Console.WriteLine($"    state of points and status: median {sizes[members / 2]:N0} B, p99 {sizes[members * 99 / 100]:N0} B, worst {sizes[^1]:N0} B");
        Console.WriteLine($"    live lots of points: median {lots[members / 2]}, p99 {lots[members * 99 / 100]}, worst {lots[^1]}");
    }

    private static Purse Filled(UnitTerms terms, int lots)
    {
        var purse = Purse.Empty(terms.Unit);
        for (var lot = 0; lot < lots; lot++)
        {
            var at = Start.AddHours(lot);
            purse = Earnings.Earn(purse, Sale(lot, at), at, terms).Purse;
        }

        return purse;
    }

    private static Accrual Sale(int number, DateTimeOffset at) => new()
    {
        Source = $"BRU/3/{at:yyyy-MM-dd}/{number:000000}",
        Amount = 12,
        OccurredAt = at,
        On = DateOnly.FromDateTime(at.DateTime),
    };
}
