using System.Globalization;
using System.Text.RegularExpressions;
using Gamification.LoadTests.Replays;
using Gamification.Members;
using Gamification.Merging;
using Gamification.Programmes;
using Gamification.Rules;
using Gamification.Rules.Earning;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Gamification.Silo.Programmes;
using Gamification.Tests.Conventions;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules;
using Gamification.Tests.Redeeming;
using static Gamification.Tests.Redeeming.RedeemHost;

namespace Gamification.Tests.Merging;

/// <summary>What two members become (spec §12), held against one member who did all of it, and against what both were. The seed stands in every failure.</summary>
public sealed partial class MergeTests
{
    private const int Seeds = 40;
    private static readonly MemberId One = Number(1), Other = Number(2), Alone = Number(3);

    /// <summary>With gifts, some of which both members were given.</summary>
    private static readonly ProgrammeSettings WithGifts = WithLedger() with
    {
        Recognition = ProgrammeFile.Read(Path.Combine(SourceTree.Root, "silo/Programmes/supermarket/programme.json")).Recognition,
    };

    [Fact]
    public void Two_who_are_one_are_what_one_would_be_who_had_done_it_all() => EachSeed(MergeSimulation.Programme, async day =>
    {
        await day.Shop(alone: true);
        await day.Merge("m");
        await day.BringBack(alone: true);
        var (kept, alone) = (day.Picture(Other), day.Picture(Alone));

        // A tier or badge that was reached and lost again before the goods came back is another matter: only who had it all at once had it.
        foreach (var aspect in (string[])[.. MemberPicture.OrderFree[2..], "scores of points with reached_at", "balance"])
            Assert.True(kept[aspect] == alone[aspect], $"{aspect}\n{kept[aspect]}\nalone:\n{alone[aspect]}");
        Assert.Equal("0 of 0, 0 receipts", day.Picture(One)["balance"]);
    });

    [Fact]
    public void Undone_at_once_a_merge_leaves_both_as_they_were() => EachSeed(MergeSimulation.Programme, async day =>
    {
        await day.Shop(alone: false);
        var before = (day.Picture(One), day.Picture(Other));
        await day.Merge("m");
        await day.Undo("m");
        AssertSame(before.Item1, day.Picture(One));
        AssertSame(before.Item2, day.Picture(Other));
        await day.BringBack(alone: false);
    });

    [Fact]
    public void What_both_were_given_is_kept_once_and_is_both_theirs_again_when_it_is_undone() => EachSeed(WithGifts, async day =>
    {
        await day.Shop(alone: false);
        var before = (day.Picture(One)["balance"], day.Picture(Other)["balance"]);
        await day.Merge("m");
        await day.Undo("m");
        Assert.Equal(before, (day.Picture(One)["balance"], day.Picture(Other)["balance"]));
    });

    [Fact]
    public void What_happens_between_stays_where_it_happened() => EachSeed(MergeSimulation.Programme, async day =>
    {
        await day.Shop(alone: false);
        var (one, other) = (day.State(One), day.State(Other));
        await day.Merge("m");
        await day.Post(Other, 100, Noon.AddHours(1));
        await day.Post(One, 7, Noon.AddHours(2));
        await day.Undo("m", Noon.AddDays(29));
        Assert.Equal((one.Lifetime, one.Receipts), (day.State(One).Lifetime, day.State(One).Receipts));
        Assert.Equal((other.Lifetime + 107, other.Receipts + 2), (day.State(Other).Lifetime, day.State(Other).Receipts));
    });

    private static void AssertSame(IReadOnlyDictionary<string, string> before, IReadOnlyDictionary<string, string> after)
    {
        foreach (var (aspect, text) in before)
            Assert.True(Sizes().Replace(text, "") == Sizes().Replace(after[aspect], ""), $"{aspect}\n{text}\nafter:\n{after[aspect]}");
    }

    /// <summary>A lot that has moved begins with what was left of it.</summary>
    [GeneratedRegex(@" of \d+$", RegexOptions.Multiline)]
    private static partial Regex Sizes();

    private static void EachSeed(ProgrammeSettings programme, Func<Day, Task> work)
    {
        for (var seed = 1; seed <= Seeds; seed++)
        {
            var day = new Day(seed, programme);
            try
            {
                day.Run(() => work(day));
            }
            catch (Exception fault)
            {
                throw new InvalidOperationException($"seed {seed}: {fault.Message}", fault);
            }
        }
    }

    /// <summary>Real accounts in virtual time, after some weeks of two members' purchases.</summary>
    private sealed class Day(int seed, ProgrammeSettings programme)
    {
        private readonly Random _random = new(seed);
        private readonly SimulationScheduler _scheduler = new(seed, Noon);
        private readonly List<(MemberId Member, Receipt Sale)> _sales = [];
        private FaultyJournalStorage _journal = null!;
        private RedeemHost _engine = null!;
        private int _next;

        public void Run(Func<Task> work) => _scheduler.Run(async () =>
        {
            _journal = new(new Random(seed), _scheduler.Time);
            _engine = new(_scheduler, _journal, new InMemoryReminderTable(), programme);
            await _engine.Host.StartAsync(default);
            await work();
            await Prove();
            _engine.Stop();
            await _engine.Host.StopAsync(default);
        });

        public async Task Shop(bool alone)
        {
            for (var (at, sales) = (Noon.AddDays(-60), _random.Next(2, 25)); sales > 0; sales--)
            {
                at = at.AddHours(_random.Next(1, 60));
                if (at >= Noon) return;
                var member = _random.Next(2) == 0 ? One : Other;
                var store = _random.Next(3) switch { 0 => "GNT", _ => "BRU" };
                var sale = await Post(member, _random.Next(1, 900), at, store);
                if (alone) await Post(Alone, sale, at);
                if (_random.Next(5) == 0) await BringBack(sale, at.AddMinutes(30), alone, _random.Next(2) == 0);
            }
        }

        /// <summary>Some of what was bought is brought back now, to whoever holds the sale.</summary>
        public async Task BringBack(bool alone)
        {
            foreach (var (_, sale) in _sales.Where(_ => _random.Next(4) == 0).ToArray()) await BringBack(sale, Noon.AddHours(1), alone, isWhole: true);
        }

        public async Task Merge(string id)
        {
            var order = new MergeOrder { Id = id, From = One, Into = Other, Reason = "one person", By = "marie" };
            var merges = _engine.Grains.GetGrain<IMergesGrain>(programme.Id);
            Assert.False(Assert.IsType<MergeOutcome.Done>(await merges.Merge(order, Noon)).Replayed);
            Assert.True(Assert.IsType<MergeOutcome.Done>(await merges.Merge(order, Noon)).Replayed);
            Assert.Equal(Other, (await _engine.Account(One).View()).Member);
        }

        public async Task Undo(string id, DateTimeOffset? at = null)
        {
            var merges = _engine.Grains.GetGrain<IMergesGrain>(programme.Id);
            Assert.IsType<MergeOutcome.Unknown>(await merges.Undo(id, One, "marie", at ?? Noon));
            Assert.False(Assert.IsType<MergeOutcome.Done>(await merges.Undo(id, Other, "marie", at ?? Noon)).Replayed);
            Assert.True(Assert.IsType<MergeOutcome.Done>(await merges.Undo(id, Other, "marie", at ?? Noon)).Replayed);
            Assert.Equal(One, (await _engine.Account(One).View()).Member);
        }

        public async Task<Receipt> Post(MemberId member, int euros, DateTimeOffset at, string store = "BRU")
        {
            var number = string.Create(CultureInfo.InvariantCulture, $"s{++_next}");
            var sale = Receipts.Sale(number, euros).At(at).In(store);
            sale = sale with { Key = sale.Key with { BusinessDate = DateOnly.FromDateTime(at.DateTime) } };
            await Post(member, sale, at);
            _sales.Add((member, sale));
            return sale;
        }

        public AccountState State(MemberId member) => Entries(member).Aggregate(AccountState.Empty, (state, entry) => state.Apply(entry));

        public IReadOnlyDictionary<string, string> Picture(MemberId member) =>
            new MemberPicture(programme, new Scheme(programme, Catalogue.Empty), Noon.AddHours(3)).Of(Entries(member));

        private async Task BringBack(Receipt sale, DateTimeOffset at, bool alone, bool isWhole)
        {
            var euros = isWhole ? sale.Total / 100m : Math.Max(1, decimal.Floor(sale.Total / 250m));
            var back = Receipts.Return($"r{++_next}", sale.Key, Receipts.Line("A", isWhole ? 1 : 0.25m, euros)).At(at);
            back = back with { Key = back.Key with { BusinessDate = DateOnly.FromDateTime(at.DateTime) } };
            var holder = (await _engine.Grains.GetGrain<IReceiptIndexGrain>(programme.Id).OwnerOf(sale.Key))!.Value;
            await Post(MemberId.Parse(holder.Key), back, at);
            if (alone) await Post(Alone, back with { Original = sale.Key with { Number = $"{sale.Key.Number}-alone" } }, at);
        }

        private async Task Post(MemberId member, Receipt receipt, DateTimeOffset at)
        {
            if (member == Alone) receipt = receipt with { Key = receipt.Key with { Number = $"{receipt.Key.Number}-alone" } };
            Assert.IsType<ReceiptOutcome.Recorded>(await _engine.Account(member).Post(receipt, at, held: false));
        }

        private List<AccountEntry> Entries(MemberId member) =>
            [.. _journal.Stored.Where(stored => stored.Actor == ActorId.Member(programme.Id, member)).OrderBy(stored => stored.Version).Select(AccountEntryJson.Read).OfType<AccountEntry>()];

        private async Task Prove()
        {
            var check = await LedgerCheck.Run(_journal, CancellationToken.None);
            Assert.True(check.IsSound, string.Join('\n', check.Findings.Take(5)));
            Assert.All(check.Balances.Values, balance => Assert.Equal(0, balance[Gamification.Ledger.LedgerAccount.Merged]));
        }
    }
}
