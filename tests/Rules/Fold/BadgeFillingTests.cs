using System.Collections.Immutable;
using Gamification.Ledger;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules;
using Gamification.Rules.Badges;
using Gamification.Rules.Recognition;
using Gamification.Tests.Rules.Earning;
using Gamification.Tests.Rules.Recognition;

namespace Gamification.Tests.Rules.Fold;

/// <summary>A badge that was there from the first receipt on, and the same badge that came later and was filled in (spec D1): <c>FILL_SEEDS=100000</c> for a long night.</summary>
public sealed class BadgeFillingTests(ITestOutputHelper output)
{
    private static readonly Seeds Seeds = new("FILL", 250);
    private static readonly string[] Counted = ["regular", "explorer", "days", "patron", "baker", "local"];

    /// <summary>Sales, late ones, returns and voids before the badge comes, between that and its filling in, and after it.</summary>
    [Fact]
    public void A_badge_that_is_filled_in_is_what_it_would_be_had_it_been_there_all_along() =>
        EachSeed("with recognition", seed => Lived(new(seed, knowsRecognition: true), meanwhile: 6));

    /// <summary>Nothing of the past was recognised, so that nothing in it is marked.</summary>
    [Fact]
    public void A_badge_is_filled_in_for_a_past_that_knew_no_recognition_at_all() =>
        EachSeed("without recognition before", seed => Lived(new(seed, knowsRecognition: false), meanwhile: 0));

    [Fact]
    public void Filling_in_twice_or_what_was_always_there_records_nothing() => EachSeed("twice", seed =>
    {
        var pair = new Pair(seed, knowsRecognition: true);
        pair.Live(12);
        pair.Create();
        pair.Live(pair.IsForGood ? 0 : 4);
        pair.Fill();
        pair.Live(4);
        Assert.Equal(0, pair.Fill());
        Assert.Null(pair.FillAlways());
        return pair;
    });

    /// <summary>The badge comes, some time passes, and it is filled in: then the two accounts are alike, and stay so.</summary>
    private static Pair Lived(Pair pair, int meanwhile)
    {
        pair.Live(15);
        pair.Create();
        pair.Live(pair.IsForGood ? 0 : meanwhile);
        pair.Fill();
        pair.Compare();
        pair.Live(12);
        pair.Compare();
        return pair;
    }

    private void EachSeed(string what, Func<int, Pair> live)
    {
        var (filled, gifts, returns, touched) = (0, 0L, 0, 0);
        Seeds.Each(seed =>
        {
            var pair = live(seed);
            (filled, gifts, returns, touched) = (filled + pair.Filled, gifts + pair.Gifts, returns + pair.Returns, touched + pair.Touched);
        });

        output.WriteLine($"{Seeds}, {what}: {filled} entries filled in, {gifts} points given by them, {returns} returns, {touched} of them decided on marks");
        Assert.True(filled > 0 && gifts > 0 && returns > 0 && touched > 0);
    }

    /// <summary>Two accounts with one life: the badges are always there in one, and come to the other.</summary>
    private sealed class Pair
    {
        private static readonly string[] Skus = ["BREAD", "MILK", "WINE", "SOAP"];
        private readonly Random _random;
        private readonly PureAccount _always;
        private readonly PureAccount _later;
        private readonly Scheme _full;
        private readonly ProgrammeSettings _settings;
        private readonly ImmutableArray<string> _badges;
        private readonly List<Receipt> _open = [];
        private DateTimeOffset _at = Receipts.Noon;
        private int _number;

        public Pair(int seed, bool knowsRecognition)
        {
            _random = new(seed);
            var policy = (RevokePolicy)_random.Next(3);
            IsForGood = policy == RevokePolicy.Revoke;
            var drawn = new RecognisedLife(seed).Settings;
            var rules = drawn.Recognition! with { Badges = [.. drawn.Recognition!.Badges.Select(badge => badge with { OnReturn = policy })], Tiers = knowsRecognition ? drawn.Recognition.Tiers : null };
            _settings = drawn with { Recognition = rules };
            string[] come = knowsRecognition ? _random.Next(3) == 0 ? [.. rules.Badges.Select(badge => badge.Id)] : [rules.Badges[_random.Next(rules.Badges.Length)].Id] : Counted;

            // A badge on conditions is never older than what it asks for.
            _badges = come.Contains("all") || come.Contains("regular") || come.Contains("local") ? [.. come.Except(["all"]), .. knowsRecognition ? (string[])["all"] : []] : [.. come];
            _full = new(_settings, Books.Goods, isChecked: true);
            _always = new(_settings) { Scheme = _full };
            var without = knowsRecognition ? rules with { Badges = rules.Badges.RemoveAll(badge => _badges.Contains(badge.Id)) } : null;
            _later = new(_settings) { Scheme = new(_settings with { Recognition = without }, Books.Goods, isChecked: true) };
        }

        /// <summary>What is revoked is gone: then only a badge that nothing was counted for yet is filled in.</summary>
        public bool IsForGood { get; }

        public int Filled { get; private set; }

        public long Gifts { get; private set; }

        public int Returns { get; private set; }

        public int Touched => _later.Looks.Touched;

        public void Create() => _later.Scheme = _full;

        public void Live(int steps)
        {
            for (var step = 0; step < steps; step++)
            {
                if (_random.Next(3) == 0) _at = _at.AddHours(_random.Next(1, _random.Next(8) == 0 ? 1_500 : 150));
                _always.At = _later.At = _at;
                if (_open.Count > 0 && _random.Next(3) == 0) Take();
                else Sell();
            }
        }

        /// <summary>How many badges something was recorded for.</summary>
        public int Fill()
        {
            var before = Filled;
            foreach (var badge in _badges)
            {
                if (Decide(_later, badge) is not { } entry) continue;
                _later.Apply(Reread(entry));
                (Filled, Gifts) = (Filled + 1, Gifts + entry.Recognised!.Points);
            }

            return Filled - before;
        }

        public RecognitionPosted? FillAlways() => _badges.Select(badge => Decide(_always, badge)).FirstOrDefault(entry => entry is not null);

        public void Compare()
        {
            foreach (var badge in _badges)
            {
                var (always, later) = (Of(_always, badge), Of(_later, badge));
                Assert.Equal(always.Progress.Select(one => $"{one.Scope} {one.Value:0.##} {string.Join(' ', one.Seen)} {string.Join(' ', one.Days.ToDays())}"), later.Progress.Select(one => $"{one.Scope} {one.Value:0.##} {string.Join(' ', one.Seen)} {string.Join(' ', one.Days.ToDays())}"));
                Assert.Equal(always.Awards.Select(award => (award.Level, award.Scope, award.Stands)).Order(), later.Awards.Select(award => (award.Level, award.Scope, award.Stands)).Order());
                Assert.Equal(always.Past, later.Past);
                Assert.Equal(OpenGifts(_always, badge), OpenGifts(_later, badge));
            }

            Assert.Empty(AccountProof.FaultsIn(_later.Entries, _later.State));
            _later.Restart();
        }

        private static BadgeStanding Of(PureAccount account, string badge) => (account.State.Recognition ?? RecognitionState.Empty).BadgeOf(badge);

        private static IEnumerable<string> OpenGifts(PureAccount account, string badge)
        {
            Dictionary<string, int> open = [];
            foreach (var change in account.Entries.SelectMany(entry => entry.Recognised?.Changes ?? []))
            {
                if (change is GiftDue due && due.Key.StartsWith($"badge/{badge}/", StringComparison.Ordinal)) Assert.Equal(1, open[due.Key] = open.GetValueOrDefault(due.Key) + 1);
                if (change is GiftTakenBack back && back.Key.StartsWith($"badge/{badge}/", StringComparison.Ordinal)) Assert.Equal(0, open[back.Key] = open.GetValueOrDefault(back.Key) - 1);
            }

            return open.Where(one => one.Value > 0).Select(one => one.Key).Order(StringComparer.Ordinal);
        }

        private void Sell()
        {
            var lines = Enumerable.Range(0, _random.Next(1, 4)).Select(_ => Receipts.Line(Skus[_random.Next(Skus.Length)], _random.Next(1, 4), _random.Next(50, 3_000) / 100m));
            var sale = Receipts.Sale($"{++_number}", [.. lines]).At(_at.AddDays(-_random.Next(_random.Next(4) == 0 ? 30 : 1))).In(_random.Next(3) == 0 ? "GNT" : "BRU");
            _open.Add(sale);
            Post(sale);
        }

        private void Take()
        {
            var sale = _open[_random.Next(_open.Count)];
            Returns++;
            if (_random.Next(2) == 0)
            {
                _open.Remove(sale);
                Post(Receipts.Void($"v{++_number}", sale.Key).In(sale.Key.Store).At(sale.OccurredAt));
                return;
            }

            var line = sale.Lines[_random.Next(sale.Lines.Length)];
            Post(Receipts.Return($"r{++_number}", sale.Key, line with { Quantity = -1, Amount = -(long)(line.Amount / line.Quantity) }).In(sale.Key.Store).At(_at));
        }

        private void Post(Receipt receipt)
        {
            _always.Post(receipt);
            _later.Post(receipt);
        }

        private RecognitionPosted? Decide(PureAccount account, string badge) => BadgeFilling.Decide(
            account.State, account.Entries.Count, badge, new([.. account.Entries], []), "anna", Receipts.Context(_settings, null, scheme: _full, at: _at));

        private static AccountEntry Reread(RecognitionPosted entry)
        {
            var written = AccountEntryJson.Write(entry);
            return AccountEntryJson.Read(new() { Actor = default, Version = 1, Partition = 0, Seq = 1, Type = written.Type, Payload = written.Payload, RecordedAt = Receipts.Noon })!;
        }
    }
}
