using System.Collections.Immutable;
using Gamification.Ledger;
using Gamification.Rules.Ledger;

namespace Gamification.Tests.Rules.Ledger;

/// <summary>Random histories of every operation with time moving, against <see cref="NaiveLedger"/>.</summary>
public sealed class LedgerModelTests
{
    private const int Histories = 3_000;
    private const int Length = 40;

    private static readonly ExpiryPolicy[] Policies =
    [
        ExpiryPolicy.Never,
        new(ExpiryKind.AfterDays, 3),
        new(ExpiryKind.AfterDays, 40),
        new(ExpiryKind.AfterMonths, 2),
        new(ExpiryKind.RollingDays, 5),
        new(ExpiryKind.RollingDays, 30),
        new(ExpiryKind.RollingMonths, 1),
        new(ExpiryKind.EndOfMonth),
        new(ExpiryKind.EndOfMonth, 1),
        new(ExpiryKind.EndOfYear),
    ];

    [Fact]
    public void Whatever_happens_the_ledger_says_what_the_naive_one_says_and_its_proof_holds()
    {
        var (operations, refusals, comparisons) = (0, 0, 0);
        Dictionary<PostingKind, int> kinds = [];
        for (var seed = 0; seed < Histories; seed++)
        {
            var run = new History(seed);
            for (var step = 0; step < Length; step++) run.Step();
            run.Finish();
            operations += Length;
            refusals += run.Refusals;
            comparisons += run.Comparisons;
            foreach (var posting in run.Book.Postings) kinds[posting.Kind] = kinds.GetValueOrDefault(posting.Kind) + 1;
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"seeds 0 to {Histories - 1}: {operations} operations, {refusals} refused, {comparisons} comparisons");
        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", kinds.OrderBy(kind => kind.Key).Select(kind => $"{kind.Key} {kind.Value}")));
        var merges = new[] { PostingKind.MergedIn, PostingKind.MergedOut, PostingKind.UnmergedIn, PostingKind.UnmergedOut };
        Assert.Empty(Enum.GetValues<PostingKind>().Except(kinds.Keys).Except(merges));
    }

    private sealed class History
    {
        private readonly int _seed;
        private readonly Random _random;
        private readonly NaiveLedger _naive;
        private readonly Book _untended;
        private readonly List<EarnFact> _earned = [];
        private readonly List<string> _holds = [];
        private readonly Dictionary<string, (ImmutableArray<Lot> Lots, long Restored)> _redeemed = [];
        private readonly List<string> _log = [];
        private readonly bool _extends;
        private DateTimeOffset _at = Book.Noon;
        private int _count;

        public History(int seed)
        {
            (_seed, _random) = (seed, new Random(seed));
            var policy = Policies[seed % Policies.Length];
            _extends = seed / Policies.Length % 2 == 0;
            var terms = UnitTerms.ForPoints(Book.Brussels, policy);
            if (seed % 3 == 0) terms = terms with { HoldFor = TimeSpan.FromDays(4) };
            (Book, _untended, _naive) = (new(terms), new(terms), new(terms));
        }

        /// <summary>The ledger that jobs tend to, and that is written and read back now and then. A second one sees only the operations.</summary>
        public Book Book { get; }

        public int Refusals { get; private set; }

        public int Comparisons { get; private set; }

        public void Step()
        {
            var ends = _holds.Count > 0 && _random.Next(4) == 0;
            var isLate = !ends && Book.Terms.Expiry.IsRolling && _random.Next(8) == 0 && Book.At(_at).NextExpiry is not null;
            _at = isLate ? AfterNextExpiry() : _at + (ends ? Pause() / 40 : Pause());
            if (_random.Next(3) == 0) Book.Post(Boundaries.Settle(Book.Purse, _at, Book.Terms));
            if (_random.Next(8) == 0) Book.Purse = Book.Reread(Book.Purse);
            var fact = ends ? End(_holds[^1]) : isLate ? new TouchFact(_at, _at.AddMinutes(-_random.Next(0, 71 * 60))) : Draw();
            _log.Add(fact.ToString());
            if (fact is ClawBackFact claw) Check(_naive.ExpiredOf(claw.Source, _at) == Book.Taking(claw.Source, 1, _at).Expired, "what expired of a source");
            var before = Book.Postings.Count;
            Apply(Book, fact);
            Apply(_untended, fact);
            var accepted = Book.LastRefusal is null;
            if (!accepted) Refusals++;
            Check(_naive.Accepts(fact, out var trace) == accepted, $"the naive ledger says otherwise than {Book.LastRefusal}");
            Check(Book.LastRefusal == _untended.LastRefusal, "a job changed an answer");
            if (accepted) Remember(fact, before, trace);
            Check(Book.Purse is { Available: >= 0, Pending: >= 0, Held: >= 0, Owed: >= 0 and <= 5000 }, "below zero");
            if (_random.Next(3) == 0) Compare(_at);
        }

        public void Finish()
        {
            Compare(_at);
            for (var i = 0; i < 4; i++) Compare(_at += TimeSpan.FromHours(_random.Next(1, 1500)));
            Book.Post(Boundaries.Settle(Book.Purse, _at, Book.Terms));
            _untended.Post(Boundaries.Settle(_untended.Purse, _at, Book.Terms));
            Check(Book.Json(Book.Purse) == Book.Json(_untended.Purse), "jobs changed the state");
            Check(Book.Postings.Select(Book.Json).SequenceEqual(_untended.Postings.Select(Book.Json)), "jobs changed the postings");
            Check(Book.Postings.All(posting => Book.Json(Book.Reread(posting)) == Book.Json(posting)), "a posting reads back as another");
            Check(TrialBalance.Of(Book.Postings).Sum == 0, "accounts do not sum to zero");
            var violations = LedgerProof.Check(Book.Postings, Book.Purse);
            Check(violations.Count == 0, string.Join('\n', violations));
            Check(LedgerProof.Check([.. Book.Postings.Select(Book.Reread)], Book.Reread(Book.Purse)).Count == 0, "the proof fails on what was read back");
        }

        /// <summary>When an activity from before it may still be on its way.</summary>
        private DateTimeOffset AfterNextExpiry()
        {
            var end = DateTimeOffset.FromUnixTimeMilliseconds(Book.Brussels.EndOf(Book.At(_at).NextExpiry!.Value.On.DayNumber));
            return end.AddMinutes(_random.Next(0, 60 * 60));
        }

        private TimeSpan Pause() => _random.Next(10) switch
        {
            < 4 => TimeSpan.FromMinutes(_random.Next(0, 20)),
            < 7 => TimeSpan.FromHours(_random.Next(1, 48)),
            < 9 => TimeSpan.FromDays(_random.Next(1, 12)),
            _ => TimeSpan.FromDays(_random.Next(1, 70)),
        };

        private LedgerFact End(string hold) => _random.Next(2) == 0 ? new ConfirmFact(_at, hold) : new VoidFact(_at, hold);

        private LedgerFact Draw()
        {
            var id = $"{_count++}";
            var occurredAt = _random.Next(3) == 0 ? _at.AddMinutes(-_random.Next(0, 71 * 60)) : _at;
            switch (_random.Next(26))
            {
                case < 8:
                    return new EarnFact(_at, $"sale {id}", Amount(), occurredAt, _random.Next(4) == 0 ? _random.Next(1, 6) : 0, _random.Next(12) == 0);
                case 8 when !_extends && _earned.Count > 0:
                    return _earned[^1] with { At = _at, Amount = Amount() };
                case < 10:
                    return new TouchFact(_at, occurredAt);
                case < 13:
                    return new RedeemFact(_at, id, Math.Max(1, _random.NextInt64(Book.Purse.Available + 5)));
                case < 15:
                    return new HoldFact(_at, $"hold {id}", Math.Max(1, _random.NextInt64(Book.Purse.Available + 2)));
                case 15 when _holds.Count > 0:
                    return End(_holds[_random.Next(_holds.Count)]);
                case < 19 when _earned.Count > 0:
                    var sale = _earned[_random.Next(_earned.Count)];
                    return new ClawBackFact(_at, sale.Source, _random.Next(2) == 0 ? sale.Amount : _random.NextInt64(1, sale.Amount + 1));
                case < 21 when _redeemed.Count > 0:
                    var spent = _redeemed.ElementAt(_random.Next(_redeemed.Count));
                    return new RestoreFact(_at, spent.Key, _random.NextInt64(1, spent.Value.Lots.Sum() + 2));
                case 21:
                    return new GrantFact(_at, $"grant {id}", Amount());
                case 22:
                    return new CorrectFact(_at, $"correction {id}", _random.Next(2) == 0 ? Amount() : -Amount());
                case 23 when _extends:
                    return new ExtendFact(_at, Book.DateOf(_at).AddDays(_random.Next(0, 40)));
                case 24 when _random.Next(3) == 0:
                    return new ForgiveFact(_at);
                default:
                    return new ActivateFact(_at, _earned.Count > 0 ? _earned[_random.Next(_earned.Count)].Source : "none");
            }
        }

        private long Amount() => _random.Next(20) == 0 ? _random.NextInt64(1, 60_000) : _random.NextInt64(1, 200);

        private void Apply(Book book, LedgerFact fact)
        {
            var (purse, terms) = (book.Purse, book.Terms);
            book.Post(fact switch
            {
                EarnFact earn => Earnings.Earn(purse, Book.Accrual(earn.Source, earn.Amount, earn.OccurredAt, earn.PendingDays, earn.AwaitsAction), earn.At, terms),
                ActivateFact activate => Earnings.Activate(purse, activate.Source, activate.Source, activate.At, terms),
                TouchFact touch => Earnings.Touch(purse, "visit", touch.OccurredAt, Book.DateOf(touch.OccurredAt), touch.At, terms),
                RedeemFact redeem => Redemptions.Redeem(purse, redeem.Id, redeem.Amount, redeem.At, terms),
                HoldFact hold => Holds.Hold(purse, hold.Id, hold.Amount, hold.At, terms),
                ConfirmFact confirm => Holds.Confirm(purse, confirm.Id, confirm.At, terms),
                VoidFact release => Holds.Void(purse, release.Id, release.At, terms),
                ClawBackFact claw => ClawBacks.Decide(purse, book.Taking(claw.Source, claw.Amount, claw.At), claw.At, terms),
                RestoreFact restore => Redemptions.Restore(purse, _redeemed[restore.Redemption].Lots, _redeemed[restore.Redemption].Restored, restore.Amount, "return", restore.At, terms),
                GrantFact grant => Gestures.Grant(purse, grant.Id, grant.Amount, "late-delivery", "agent", grant.At, terms),
                CorrectFact correct => Gestures.Correct(purse, correct.Id, correct.Amount, "typing-error", "agent", correct.At, terms),
                ExtendFact extend => Gestures.Extend(purse, extend.Through, "strike", "agent", extend.At, terms),
                ForgiveFact forgive => Debts.Forgive(purse, "gesture", "agent", forgive.At, terms),
                _ => throw new NotSupportedException($"{fact}"),
            });
        }

        private void Remember(LedgerFact fact, int before, string trace)
        {
            switch (fact)
            {
                case EarnFact earn:
                    _earned.Add(earn);
                    break;
                case HoldFact hold:
                    _holds.Add(hold.Id);
                    break;
                case RedeemFact redeem:
                    var lots = Book.Postings.Skip(before).Single(posting => posting.Kind == PostingKind.Redeemed).Lots;
                    Check(NaiveLedger.Trace(lots.Select(lot => (lot.Source, lot.Remaining))) == trace, $"the trace should be {trace}");
                    _redeemed[redeem.Id] = (lots, 0);
                    break;
                case RestoreFact restore:
                    _redeemed[restore.Redemption] = (_redeemed[restore.Redemption].Lots, _redeemed[restore.Redemption].Restored + restore.Amount);
                    break;
            }
        }

        private void Compare(DateTimeOffset at)
        {
            Comparisons++;
            var expected = _naive.At(at);
            var view = Book.At(at);
            var settled = Boundaries.Settle(Book.Purse, at, Book.Terms).Purse;
            var lots = NaiveLedger.Describe(settled.Lots.Select(lot => (lot.Source, settled.Roll.ExpiryOf(lot), lot.IsPending, lot.Remaining)));
            var actual = new LedgerPicture(view.Available, view.Pending, view.Held, view.Owed, lots);
            Check(actual == expected, $"at {at:O}\nexpected {expected}\nfound    {actual}");
            Check(_untended.At(at) == view, "a job changed what is shown");
        }

        private void Check(bool holds, string otherwise)
        {
            if (!holds) Assert.Fail($"seed {_seed}, {Book.Terms.Expiry}: {otherwise}\n{string.Join('\n', _log)}");
        }
    }
}
