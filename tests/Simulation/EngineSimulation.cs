using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Members;
using Gamification.Privacy;
using Gamification.Programmes;
using Gamification.Rules;
using Gamification.Rules.Earning;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules;

namespace Gamification.Tests.Simulation;

/// <summary>
/// A bad Saturday in virtual time: tills that retry, repeat and reorder, members who claim and enrol meanwhile, a journal and a roll-up that
/// fail before, after and silently, an engine that dies at any point. Afterwards: every acknowledged receipt is stored once and counted in one
/// place, balances are sums, boards are a sort of the journal.
/// </summary>
internal sealed class EngineSimulation
{
    private readonly int _seed;
    private readonly Random _random;
    private readonly SimulationScheduler _scheduler;
    private readonly FaultyJournalStorage _journal;
    private readonly MemoryRollup _rollup;
    private readonly BadSaturday _day;
    private readonly Scheme _scheme;
    private readonly HashSet<MemberId> _enrolled;
    private readonly Dictionary<ReceiptKey, ReceiptRecord> _acknowledged = [];
    private readonly Dictionary<MemberId, PrivacyMode> _wishes = [];
    private readonly Dictionary<CodeBrought, ClaimOutcome.Credited> _credited = [];
    private SimulatedEngine _engine;

    public EngineSimulation(int seed)
    {
        _seed = seed;
        _random = new(seed);
        _scheduler = new(seed, BadSaturday.Start);
        _journal = new(new Random(seed + 1), _scheduler.Time)
        {
            Faults = new() { Before = 15, After = 15, Silent = 15, Looking = 15, DelayMax = TimeSpan.FromMilliseconds(40) },
        };
        _rollup = new() { Failing = new Random(seed + 2) };
        _day = new(seed);
        _scheme = new(_day.Programme, Catalogue.Empty);
        _enrolled = [.. _day.Members.Except(_day.Enrolling)];
        _engine = NewEngine();
    }

    /// <summary>The durable facts of the run.</summary>
    public IEnumerable<AccountEntry> Entries => _journal.Stored.Select(AccountEntryJson.Read).OfType<AccountEntry>();

    public ulong TraceHash => _scheduler.TraceHash;

    public void Run()
    {
        _scheduler.Run(async () =>
        {
            await Task.WhenAll(
            [
                .. _day.Deliveries.Select(Deliver), .. _day.Claims.Select(Claim), .. _day.Enrolling.Select(Enrol), .. _day.Members.Select(Wish), .. Boards.Select(Look), Crashes(),
            ]);
            _journal.Faults = JournalFaults.None;
            _rollup.Failing = null;
            await CheckReplays();
            await CheckClaims();
            CheckJournal();
            CheckAccounts();
            await CheckViews();
            await CheckBoards();
            _engine.Stop();
        });
    }

    private SimulatedEngine NewEngine() => new(_scheduler, _journal, _rollup, _day.Programme);

    /// <summary>The engine dies a few times. Sometimes its last acts still reach the disk after the next one has started.</summary>
    private async Task Crashes()
    {
        for (var crash = 0; crash < _random.Next(0, 4); crash++)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(1, 30_000)), _scheduler.Time);
            var dying = _engine;
            _engine = NewEngine();
            if (_random.Next(2) == 0) dying.Stop();
        }
    }

    /// <summary>A till does not stop before it has an answer, and sometimes asks again although it has one.</summary>
    private async Task Deliver(Delivery delivery)
    {
        await SomeTime(40_000);
        var copies = _random.Next(4) == 0 ? 2 : 1;
        await Task.WhenAll(Enumerable.Range(0, copies).Select(_ => DeliverOnce(delivery)));
    }

    private async Task DeliverOnce(Delivery delivery)
    {
        var record = await Insist(() => Post(delivery)) switch
        {
            ReceiptOutcome.Recorded recorded => recorded.Record,
            ReceiptOutcome.Replayed replayed => replayed.Record,
            var other => throw new InvalidOperationException($"seed {_seed}: {delivery.Receipt.Key} was answered {other}"),
        };
        if (_acknowledged.TryGetValue(record.Key, out var first)) AssertSame(first, record);
        else _acknowledged.Add(record.Key, record);
    }

    /// <summary>A code may come before its receipt, after a return, or after somebody else's claim: then it is refused.</summary>
    private async Task Claim(CodeBrought code)
    {
        await SomeTime(60_000);
        if (await Insist(() => Member(code.Member).Claim(code.Sale, Now)) is ClaimOutcome.Credited credited) _credited[code] = credited;
    }

    /// <summary>The vault knows of an enrolment before the account does.</summary>
    private async Task Enrol(MemberId member)
    {
        await SomeTime(60_000);
        _enrolled.Add(member);
        await Insist(() => Member(member).Enrol(Now));
    }

    /// <summary>Some members do not wish to be seen, and some of those change their mind.</summary>
    private async Task Wish(MemberId member)
    {
        for (var wishes = _random.Next(6) == 0 ? _random.Next(1, 4) : 0; wishes > 0; wishes--)
        {
            await SomeTime(30_000);
            var wish = (PrivacyMode)_random.Next(3);
            var view = await Insist(() => _engine.Grains.GetGrain<IPrivacyGrain>($"{_day.Programme.Id}/{member}").Set(wish, Now));
            _wishes[member] = view.Mode;
        }
    }

    /// <summary>Somebody looks at a board, so that it lives through what comes after.</summary>
    private async Task Look(BoardId board)
    {
        await SomeTime(60_000);
        try
        {
            await _engine.Board(board).View();
        }
        catch (Exception)
        {
            // A dying engine's boards are nobody's concern.
        }
    }

    private Task SomeTime(int millisecondsMax) => Task.Delay(TimeSpan.FromMilliseconds(_random.Next(0, millisecondsMax)), _scheduler.Time);

    private async Task<T> Insist<T>(Func<Task<T>> ask)
    {
        Exception? last = null;
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var engine = _engine;
            try
            {
                return await ask();
            }
            catch (Exception fault) when (fault is JournalBusyException or JournalUnavailableException or CommitOutcomeUnknownException or TimeoutException or IOException)
            {
                last = fault;

                // A dying engine that was slow to start can fence off its successor. A fenced engine ends, and is started again.
                if (fault.InnerException is PartitionFencedException && engine == _engine) _engine = NewEngine();
                await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(1, 2_000)), _scheduler.Time);
            }
        }

        throw new TimeoutException($"seed {_seed}: no answer after many attempts", last);
    }

    /// <summary>As the edge does it: to whoever answers for the sale that comes back, else to the card, else to the till.</summary>
    private async Task<ReceiptOutcome> Post(Delivery delivery)
    {
        var receipt = delivery.Receipt;
        var till = new ActorId(_day.Programme.Id, "till", $"{receipt.Key.Store}/{receipt.Key.Till}");
        var carded = delivery.Card is { } card ? ActorId.Member(_day.Programme.Id, card) : till;
        var owner = receipt.Original is { } original ? await _engine.Grains.GetGrain<IReceiptIndexGrain>(_day.Programme.Id).OwnerOf(original) : null;
        var actor = owner ?? carded;
        if (actor.Kind == "till")
        {
            var outcome = await _engine.Grains.GetGrain<ITillGrain>($"{actor.Programme}/{actor.Key}").Post(receipt, Now, held: false);
            return outcome is ReceiptOutcome.Moved ? await Post(delivery) : outcome;
        }

        var member = MemberId.Parse(actor.Key);
        return await Member(member).Post(receipt, Now, held: !_enrolled.Contains(member));
    }

    private DateTimeOffset Now => _scheduler.Time.GetUtcNow();

    private IMemberGrain Member(MemberId member) => _engine.Member(_day.Programme, member);

    private async Task CheckReplays()
    {
        Assert.True(_acknowledged.Count == _day.Deliveries.Length, $"seed {_seed}: {_acknowledged.Count} of {_day.Deliveries.Length} acknowledged");
        foreach (var delivery in _day.Deliveries)
        {
            var outcome = await Post(delivery);
            var replayed = outcome as ReceiptOutcome.Replayed;
            Assert.True(replayed is not null, $"seed {_seed}: {delivery.Receipt.Key} replayed as {outcome}");
            AssertSame(_acknowledged[delivery.Receipt.Key], replayed.Record);
        }
    }

    private async Task CheckClaims()
    {
        foreach (var (code, first) in _credited)
        {
            var again = await Member(code.Member).Claim(code.Sale, Now);
            Assert.True(again == first with { Replayed = true }, $"seed {_seed}: the claim of {code.Sale} was {first}, then {again}");
        }
    }

    private void CheckJournal()
    {
        var stored = _journal.Stored;
        var keys = stored.Select(AccountEntryJson.Read).OfType<ReceiptPosted>().GroupBy(posted => posted.Receipt.Key).ToDictionary(group => group.Key, group => group.Count());
        foreach (var key in _acknowledged.Keys)
            Assert.True(keys.GetValueOrDefault(key) == 1, $"seed {_seed}: {key} is stored {keys.GetValueOrDefault(key)} times");
        foreach (var actor in stored.GroupBy(entry => entry.Actor))
            Assert.True(actor.Select(entry => entry.Version).Order().SequenceEqual(Enumerable.Range(1, actor.Count()).Select(version => (long)version)), $"seed {_seed}: versions of {actor.Key} have gaps");
    }

    private void CheckAccounts()
    {
        var accounts = _journal.Stored.GroupBy(entry => entry.Actor).ToDictionary(group => group.Key, InOrder);
        foreach (var (actor, entries) in accounts)
            Assert.True(AccountOracle.FaultIn(entries) is null, $"seed {_seed}: {actor}: {AccountOracle.FaultIn(entries)}");
        var misrated = AccountOracle.Misrated([.. Entries], _scheme);
        Assert.True(misrated.IsEmpty, $"seed {_seed}: not worth what is left of them: {string.Join(' ', misrated)}");
        foreach (var sale in accounts.Values.SelectMany(entries => AccountOracle.StandingSales(entries)).CountBy(sale => sale))
            Assert.True(sale.Value == 1, $"seed {_seed}: {sale.Key} is counted in {sale.Value} accounts");
    }

    private async Task CheckViews()
    {
        foreach (var (member, entries) in EntriesByMember())
        {
            var view = await Member(member).View();
            Assert.True(view.Lifetime == entries.Sum(entry => entry.Points), $"seed {_seed}: {member} has {view.Lifetime}, the journal says {entries.Sum(entry => entry.Points)}");
            var state = entries.Aggregate(AccountState.Empty, (folded, entry) => folded.Apply(entry));
            var balance = state.Ledger is null ? state.Balance : PurseList.At(state, _scheme, Now)[0].Available;
            Assert.True(view.Balance == balance, $"seed {_seed}: {member} has {view.Balance} to spend, the journal says {balance}");
        }
    }

    private async Task CheckBoards()
    {
        // What changes a board as a whole may gather for 15 s; a look at who belongs comes every five.
        await Task.Delay(TimeSpan.FromSeconds(25), _scheduler.Time);
        foreach (var board in Boards) await CheckBoard(board);
    }

    private IEnumerable<BoardId> Boards =>
        from window in ((BoardPeriod[])[BoardPeriod.All, BoardPeriod.Month, BoardPeriod.Week, BoardPeriod.Day])
            .Select(period => BoardWindow.Containing(period, new(2026, 11, 20)))
            .Concat(_day.Programme.Boards.Seasons.Select(BoardWindow.Of))
        from scope in (BoardScope[])[BoardScope.Programme, new("BRU"), new("GNT"), new(null, new(BoardGroupKind.Region, "flanders"))]
        from metric in (BoardMetric[])[BoardMetric.Points, BoardMetric.Receipts, BoardMetric.Spend]
        where scope.Group is null || _day.Programme.Earning is not null
        select BoardId.Of(_day.Programme.Id, scope, new(metric), window);

    private async Task CheckBoard(BoardId board)
    {
        var expected = EntriesByMember()
            .Select(member => (member.Key, Score: BoardOracle.ScoreOf(member.Value, board, _day.Programme)))
            .Where(row => row.Score.Score > 0 && _wishes.GetValueOrDefault(row.Key) == PrivacyMode.Shown)
            .OrderByDescending(row => row.Score.Score).ThenBy(row => row.Score.ReachedAt)
            .ToArray();
        var page = await _engine.Board(board).Top(0, 500);
        Assert.True(
            expected.Select(row => (row.Score.Score, row.Score.ReachedAt)).SequenceEqual(page.Rows.Select(row => (row.Score, row.ReachedAt.ToUnixTimeMilliseconds()))),
            $"seed {_seed}: {board}\nexpected {string.Join(' ', expected.Select(row => row.Score))}\nshown    {string.Join(' ', page.Rows.Select(row => (row.Score, row.ReachedAt.ToUnixTimeMilliseconds())))}");
        foreach (var row in page.Rows)
        {
            Assert.True(expected.Single(other => other.Key == row.Member).Score.Score == row.Score, $"seed {_seed}: {board} {row.Member}");
            Assert.True(row.Rank == 1 + expected.Count(other => other.Score.Score > row.Score), $"seed {_seed}: {board} rank of {row.Member}");
        }
    }

    private Dictionary<MemberId, ImmutableArray<AccountEntry>> EntriesByMember() => _journal.Stored
        .Where(entry => entry.Actor.Kind == "member")
        .GroupBy(entry => entry.Actor)
        .ToDictionary(
            group => MemberId.Parse(group.Key.Key),
            InOrder);

    private static ImmutableArray<AccountEntry> InOrder(IEnumerable<StoredEntry> entries) =>
        [.. entries.OrderBy(entry => entry.Version).Select(AccountEntryJson.Read).OfType<AccountEntry>()];

    private void AssertSame(ReceiptRecord first, ReceiptRecord second) =>
        Assert.True(
            (first.Key, first.Treatment, first.Points, first.Balance, first.Version, first.RecordedAt) == (second.Key, second.Treatment, second.Points, second.Balance, second.Version, second.RecordedAt),
            $"seed {_seed}: {first} was answered first, then {second}");
}
