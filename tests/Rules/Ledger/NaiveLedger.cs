using Gamification.Rules.Ledger;

namespace Gamification.Tests.Rules.Ledger;

/// <summary>
/// The obvious slow ledger, written from spec §5, §6 and §8 without a look at the real one: it remembers what was asked and works out what
/// follows from the beginning each time. Nothing expires or activates in it: each lot is asked whether it counts. It shares with the real one
/// the terms and the policy's arithmetic only; zones are .NET's own.
/// </summary>
internal sealed class NaiveLedger(UnitTerms terms)
{
    private static readonly TimeZoneInfo Zone = TimeZoneInfo.FindSystemTimeZoneById("Europe/Brussels");

    private readonly List<LedgerFact> _facts = [];

    /// <summary>Whether the fact is accepted; if so it is remembered.</summary>
    public bool Accepts(LedgerFact fact, out string trace)
    {
        var world = Replay();
        world.PassTo(fact.At);
        trace = "";
        if (!world.Do(fact)) return false;
        _facts.Add(fact);
        if (fact is RedeemFact redeemed) trace = Trace(world.Redeemed[redeemed.Id].Select(part => (part.Lot.Source, part.Amount)));
        return true;
    }

    /// <summary>What of a source had expired by an instant and was not taken from there.</summary>
    public long ExpiredOf(string source, DateTimeOffset at)
    {
        var world = Replay();
        world.PassTo(at);
        return world.Lots.Where(lot => lot.Source == source && !world.IsAlive(lot, at)).Sum(lot => lot.Remaining);
    }

    public LedgerPicture At(DateTimeOffset at)
    {
        var world = Replay();
        world.PassTo(at);
        var alive = world.Lots.Where(lot => lot.Remaining > 0 && world.IsAlive(lot, at)).ToArray();
        return new(
            alive.Where(lot => lot.AvailableAt <= at).Sum(lot => lot.Remaining),
            alive.Where(lot => lot.AvailableAt > at).Sum(lot => lot.Remaining),
            world.Holds.Sum(hold => hold.Parts.Sum(part => part.Amount)),
            world.Debts.Where(debt => Day(at) <= debt.ForgivenOn).Sum(debt => debt.Amount),
            Describe(alive.Select(lot => (lot.Source, world.Expiry(lot), lot.AvailableAt > at, lot.Remaining))));
    }

    public static string Describe(IEnumerable<(string Source, int Expiry, bool IsPending, long Amount)> lots) => string.Join(
        "; ",
        lots.GroupBy(lot => (lot.Source, lot.Expiry, lot.IsPending))
            .Select(group => $"{group.Key.Source} {group.Key.Expiry} {group.Key.IsPending} {group.Sum(lot => lot.Amount)}")
            .Order(StringComparer.Ordinal));

    /// <summary>Neighbours from one source as one.</summary>
    public static string Trace(IEnumerable<(string Source, long Amount)> parts)
    {
        List<(string Source, long Amount)> joined = [];
        foreach (var (source, amount) in parts)
        {
            if (joined.Count > 0 && joined[^1].Source == source) joined[^1] = (source, joined[^1].Amount + amount);
            else joined.Add((source, amount));
        }

        return string.Join(", ", joined);
    }

    private World Replay()
    {
        var world = new World(terms);
        foreach (var fact in _facts)
        {
            world.PassTo(fact.At);
            world.Do(fact);
        }

        return world;
    }

    private static int Day(DateTimeOffset at) => DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(at, Zone).DateTime).DayNumber;

    private sealed class NaiveLot
    {
        public required string Source;
        public required DateTimeOffset EarnedAt;
        public required DateTimeOffset AvailableAt;
        public required int Own;
        public required bool IsRolling;
        public required long Remaining;
    }

    private sealed record Part(NaiveLot Lot, long Amount, int Own);

    private sealed record NaiveHold(string Id, DateTimeOffset Until, List<Part> Parts);

    private sealed class NaiveDebt
    {
        public required int ForgivenOn;
        public required long Amount;
    }

    private sealed class World(UnitTerms terms)
    {
        public readonly List<NaiveLot> Lots = [];
        public readonly List<NaiveHold> Holds = [];
        public readonly List<NaiveDebt> Debts = [];
        public readonly Dictionary<string, List<Part>> Redeemed = [];
        private readonly Dictionary<string, long> _restored = [];
        private readonly List<DateOnly> _activities = [];
        private readonly List<(DateTimeOffset At, long Amount)> _issued = [];

        public int Expiry(NaiveLot lot) => Expiry(lot.Own, lot.IsRolling);

        public bool IsAlive(NaiveLot lot, DateTimeOffset at) => Day(at) <= Expiry(lot);

        public void PassTo(DateTimeOffset at)
        {
            foreach (var hold in Holds.Where(hold => hold.Until <= at).OrderBy(hold => hold.Until).ToArray()) Release(hold, hold.Until);
        }

        public bool Do(LedgerFact fact)
        {
            var at = fact.At;
            switch (fact)
            {
                case EarnFact earn:
                    Earn(earn);
                    return true;
                case ActivateFact activate:
                    var ripe = Lots.Where(lot => lot.Source == activate.Source && lot.Remaining > 0 && lot.AvailableAt == DateTimeOffset.MaxValue && IsAlive(lot, at)).ToArray();
                    foreach (var lot in ripe) lot.AvailableAt = at;
                    return true;
                case TouchFact touch:
                    if (terms.Expiry.IsRolling) _activities.Add(DateOnly.FromDayNumber(Day(touch.OccurredAt)));
                    return true;
                case RedeemFact redeem:
                    if (Spendable(at).Sum(lot => lot.Remaining) < redeem.Amount) return false;
                    Redeemed[redeem.Id] = Take(Spendable(at), redeem.Amount);
                    return true;
                case HoldFact hold:
                    if (Spendable(at).Sum(lot => lot.Remaining) < hold.Amount) return false;
                    Holds.Add(new(hold.Id, at + terms.HoldFor, Take(Spendable(at), hold.Amount)));
                    return true;
                case ConfirmFact confirm:
                    return Holds.RemoveAll(hold => hold.Id == confirm.Id) > 0;
                case VoidFact release:
                    if (Holds.Find(hold => hold.Id == release.Id) is not { } held) return false;
                    Release(held, at);
                    return true;
                case ClawBackFact claw:
                    ClawBack(claw);
                    return true;
                case RestoreFact restore:
                    return Restore(restore);
                case GrantFact grant:
                    Grant(grant.Id, grant.Amount, at);
                    return true;
                case CorrectFact { Amount: > 0 } correct:
                    Grant(correct.Id, correct.Amount, at);
                    _issued.RemoveAt(_issued.Count - 1);
                    return true;
                case CorrectFact correct:
                    if (Spendable(at).Sum(lot => lot.Remaining) < -correct.Amount) return false;
                    Take(Spendable(at), -correct.Amount);
                    return true;
                case ExtendFact extend:
                    var shorter = Lots.Where(lot => lot.Remaining > 0 && IsAlive(lot, at) && Expiry(lot) < extend.Through.DayNumber).ToArray();
                    foreach (var lot in shorter) lot.Own = extend.Through.DayNumber;
                    return shorter.Length > 0;
                case ForgiveFact:
                    var owed = Debts.RemoveAll(debt => Day(at) <= debt.ForgivenOn && debt.Amount > 0);
                    return owed > 0;
                default:
                    throw new NotSupportedException($"{fact}");
            }
        }

        /// <summary>Spec §6, word for word: every activity within a lot's validity sets its end to the later of the old one and the activity's.</summary>
        private int Expiry(int own, bool isRolling)
        {
            if (!isRolling) return own;
            foreach (var day in _activities.Order())
            {
                if (day.DayNumber <= own) own = Math.Max(own, terms.Expiry.LastDayFor(day));
            }

            return own;
        }

        private void Earn(EarnFact earn)
        {
            var on = DateOnly.FromDayNumber(Day(earn.OccurredAt));
            if (terms.Expiry.IsRolling) _activities.Add(on);
            var pay = Math.Min(LiveDebts(earn.At).Sum(debt => debt.Amount), earn.Amount / 2);
            var rest = earn.Amount - pay;
            foreach (var debt in LiveDebts(earn.At).OrderBy(debt => debt.ForgivenOn).ToArray())
            {
                var paid = Math.Min(pay, debt.Amount);
                debt.Amount -= paid;
                pay -= paid;
            }

            var midnight = on.AddDays(earn.PendingDays).ToDateTime(default);
            var availableAt = earn.AwaitsAction ? DateTimeOffset.MaxValue
                : earn.PendingDays > 0 ? new(midnight, Zone.GetUtcOffset(midnight))
                : DateTimeOffset.MinValue;
            _issued.Add((earn.At, earn.Amount));
            Lots.Add(new()
            {
                Source = earn.Source,
                EarnedAt = earn.OccurredAt,
                AvailableAt = availableAt,
                Own = terms.Expiry.LastDayFor(on),
                IsRolling = terms.Expiry.IsRolling,
                Remaining = rest,
            });
        }

        private void Grant(string id, long amount, DateTimeOffset at)
        {
            _issued.Add((at, amount));
            Lots.Add(new()
            {
                Source = id,
                EarnedAt = at,
                AvailableAt = DateTimeOffset.MinValue,
                Own = terms.Expiry.LastDayFor(DateOnly.FromDayNumber(Day(at))),
                IsRolling = terms.Expiry.IsRolling,
                Remaining = amount,
            });
        }

        private void ClawBack(ClawBackFact claw)
        {
            var (at, left) = (claw.At, claw.Amount);
            var own = Lots.Where(lot => lot.Source == claw.Source && lot.Remaining > 0).ToArray();
            foreach (var wait in own.Where(lot => IsAlive(lot, at) && lot.AvailableAt > at).GroupBy(lot => terms.IsTraced ? lot.AvailableAt : default).OrderByDescending(wait => wait.Key).ToArray())
                left -= Take(wait, left).Sum(part => part.Amount);
            left -= Take(own.Where(lot => IsAlive(lot, at) && lot.AvailableAt <= at), left).Sum(part => part.Amount);
            var recentlyExpired = own.Where(lot => !IsAlive(lot, at)).OrderByDescending(lot => lot.IsRolling);
            foreach (var lot in recentlyExpired)
            {
                var taken = Math.Min(left, lot.Remaining);
                lot.Remaining -= taken;
                left -= taken;
            }

            left -= Take(Spendable(at), left).Sum(part => part.Amount);
            var yearAgo = DateOnly.FromDayNumber(Day(at)).AddMonths(-12).DayNumber;
            var issued = _issued.Where(issue => Day(issue.At) > yearAgo).Sum(issue => issue.Amount);
            var room = Math.Min(5000, issued / 10) - LiveDebts(at).Sum(debt => debt.Amount);
            var owed = Math.Min(left, Math.Max(0, room));
            if (owed > 0) Debts.Add(new() { ForgivenOn = Day(at) + 180, Amount = owed });
        }

        private bool Restore(RestoreFact restore)
        {
            if (!Redeemed.TryGetValue(restore.Redemption, out var parts)) return false;
            var before = _restored.GetValueOrDefault(restore.Redemption);
            if (before + restore.Amount > parts.Sum(part => part.Amount)) return false;
            _restored[restore.Redemption] = before + restore.Amount;
            var (skip, left) = (before, restore.Amount);
            foreach (var part in parts.AsEnumerable().Reverse())
            {
                var skipped = Math.Min(skip, part.Amount);
                skip -= skipped;
                var back = Math.Min(left, part.Amount - skipped);
                left -= back;
                if (back > 0) GiveBack(part with { Amount = back }, restore.At, days: 30);
            }

            return true;
        }

        private void Release(NaiveHold hold, DateTimeOffset at)
        {
            Holds.Remove(hold);
            foreach (var part in hold.Parts) GiveBack(part, at, days: 7);
        }

        private void GiveBack(Part part, DateTimeOffset at, int days)
        {
            var lot = part.Lot;
            var wasEmptied = lot.Remaining == 0 || !IsAlive(lot, at);
            if (!wasEmptied)
            {
                lot.Remaining += part.Amount;
            }
            else if (Expiry(part.Own, lot.IsRolling) >= Day(at))
            {
                lot.Own = part.Own;
                lot.Remaining += part.Amount;
            }
            else
            {
                Lots.Add(new()
                {
                    Source = lot.Source,
                    EarnedAt = lot.EarnedAt,
                    AvailableAt = DateTimeOffset.MinValue,
                    Own = Day(at) + days,
                    IsRolling = false,
                    Remaining = part.Amount,
                });
            }
        }

        private List<Part> Take(IEnumerable<NaiveLot> lots, long amount)
        {
            List<Part> parts = [];
            foreach (var lot in lots.OrderBy(Expiry).ThenBy(lot => lot.EarnedAt).ThenBy(Lots.IndexOf).ToArray())
            {
                var taken = Math.Min(amount, lot.Remaining);
                if (taken == 0) continue;
                lot.Remaining -= taken;
                amount -= taken;
                parts.Add(new(lot, taken, lot.Own));
            }

            return parts;
        }

        private IEnumerable<NaiveLot> Spendable(DateTimeOffset at) => Lots.Where(lot => lot.Remaining > 0 && lot.AvailableAt <= at && IsAlive(lot, at));

        private IEnumerable<NaiveDebt> LiveDebts(DateTimeOffset at) => Debts.Where(debt => Day(at) <= debt.ForgivenOn);
    }
}
