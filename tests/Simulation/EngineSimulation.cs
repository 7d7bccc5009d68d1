using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Rules;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules;

namespace Gamification.Tests.Simulation;

/// <summary>
/// A bad Saturday in virtual time: tills that retry, repeat and reorder, a journal that fails before, after and silently, an engine that
/// dies at any point. Afterwards: every acknowledged receipt is stored once, balances are sums, boards are a sort of the journal.
/// </summary>
internal sealed class EngineSimulation
{
    private const int MemberCount = 12;
    private const int ReceiptCount = 90;
    private static readonly DateTimeOffset Start = new(2026, 11, 20, 22, 0, 0, TimeSpan.Zero);

    private readonly int _seed;
    private readonly Random _random;
    private readonly SimulationScheduler _scheduler;
    private readonly FaultyJournalStorage _journal;
    private readonly MemoryRollup _rollup = new();
    private readonly ProgrammeSettings _programme;
    private readonly MemberId[] _members;
    private readonly Dictionary<ReceiptKey, ReceiptRecord> _acknowledged = [];
    private SimulatedEngine _engine;

    public EngineSimulation(int seed)
    {
        _seed = seed;
        _random = new(seed);
        _scheduler = new(seed, Start);
        _journal = new(new Random(seed + 1), _scheduler.Time)
        {
            Faults = new() { Before = 15, After = 15, Silent = 15, Looking = 15, DelayMax = TimeSpan.FromMilliseconds(40) },
        };
        _programme = Receipts.Programme((UnlinkedReturns)(seed % 3));
        _members = [.. Enumerable.Range(0, MemberCount).Select(_ => new MemberId(RandomGuid()))];
        _engine = NewEngine();
    }

    public ulong TraceHash => _scheduler.TraceHash;

    public void Run()
    {
        _scheduler.Run(async () =>
        {
            var receipts = MakeReceipts();
            await Task.WhenAll(receipts.Select(Deliver).Append(Crashes()));
            _journal.Faults = JournalFaults.None;
            await CheckReplays(receipts);
            CheckJournal();
            await CheckBalances();
            await CheckBoards();
            _engine.Stop();
        });
    }

    private SimulatedEngine NewEngine() => new(_scheduler, _journal, _rollup, _programme);

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
    private async Task Deliver((Receipt Receipt, MemberId? Member) delivery)
    {
        await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(0, 40_000)), _scheduler.Time);
        var copies = _random.Next(4) == 0 ? 2 : 1;
        await Task.WhenAll(Enumerable.Range(0, copies).Select(_ => DeliverOnce(delivery.Receipt, delivery.Member)));
    }

    private async Task DeliverOnce(Receipt receipt, MemberId? member)
    {
        Exception? last = null;
        for (var attempt = 0; attempt < 200; attempt++)
        {
            var engine = _engine;
            try
            {
                var record = await Post(receipt, member) switch
                {
                    ReceiptOutcome.Recorded recorded => recorded.Record,
                    ReceiptOutcome.Replayed replayed => replayed.Record,
                    var other => throw new InvalidOperationException($"seed {_seed}: {receipt.Key} was answered {other}"),
                };
                if (_acknowledged.TryGetValue(receipt.Key, out var first)) AssertSame(first, record);
                else _acknowledged.Add(receipt.Key, record);
                return;
            }
            catch (Exception fault) when (fault is JournalBusyException or JournalUnavailableException or CommitOutcomeUnknownException or TimeoutException or IOException)
            {
                last = fault;

                // A dying engine that was slow to start can fence off its successor. A fenced engine ends, and is started again.
                if (fault.InnerException is PartitionFencedException && engine == _engine) _engine = NewEngine();
                await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(1, 2_000)), _scheduler.Time);
            }
        }

        Assert.Fail($"seed {_seed}: {receipt.Key} was never acknowledged: {last}");
    }

    private Task<ReceiptOutcome> Post(Receipt receipt, MemberId? member) =>
        member is { } known
            ? _engine.Member(_programme, known).Post(receipt, _scheduler.Time.GetUtcNow(), held: false)
            : _engine.Grains.GetGrain<ITillGrain>($"{_programme.Id}/{receipt.Key.Store}/{receipt.Key.Till}").Post(receipt, _scheduler.Time.GetUtcNow(), held: false);

    private List<(Receipt Receipt, MemberId? Member)> MakeReceipts()
    {
        var made = new List<(Receipt Receipt, MemberId? Member)>();
        for (var i = 0; i < ReceiptCount; i++)
        {
            var at = Start.AddHours(_random.Next(-60, 1)).AddMinutes(_random.Next(60));
            var store = _random.Next(2) == 0 ? "BRU" : "GNT";
            MemberId? member = _random.Next(10) == 0 ? null : _members[_random.Next(_members.Length)];
            if (_random.Next(5) == 0 && made.Count > 0 && made[_random.Next(made.Count)] is { Receipt.Type: ReceiptType.Sale } sold)
            {
                var line = Receipts.Line("A", -1, sold.Receipt.Total / (100m * _random.Next(1, 4)));
                var original = _random.Next(3) == 0 ? (ReceiptKey?)null : sold.Receipt.Key;
                made.Add((Receipts.Return($"{i}", original, line).In(sold.Receipt.Key.Store).At(at), sold.Member));
            }
            else
            {
                made.Add((Receipts.Sale($"{i}", _random.Next(0, 30) * 1.25m).In(store).At(at), member));
            }
        }

        return made;
    }

    private async Task CheckReplays(List<(Receipt Receipt, MemberId? Member)> receipts)
    {
        Assert.True(_acknowledged.Count == receipts.Count, $"seed {_seed}: {_acknowledged.Count} of {receipts.Count} acknowledged");
        foreach (var (receipt, member) in receipts)
        {
            var outcome = await Post(receipt, member);
            var replayed = outcome as ReceiptOutcome.Replayed;
            Assert.True(replayed is not null, $"seed {_seed}: {receipt.Key} replayed as {outcome}");
            AssertSame(_acknowledged[receipt.Key], replayed.Record);
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

    private async Task CheckBalances()
    {
        foreach (var (member, entries) in EntriesByMember())
        {
            var view = await _engine.Member(_programme, member).View();
            Assert.True(view.Balance == entries.Sum(entry => entry.Points), $"seed {_seed}: {member} has {view.Balance}, the journal says {entries.Sum(entry => entry.Points)}");
        }
    }

    private async Task CheckBoards()
    {
        foreach (var period in Enum.GetValues<BoardPeriod>())
        {
            foreach (var store in new[] { null, "BRU", "GNT" })
            {
                var board = new BoardId(_programme.Id, store, BoardMetric.Points, BoardWindow.Containing(period, new(2026, 11, 20)));
                await CheckBoard(board);
            }
        }
    }

    private async Task CheckBoard(BoardId board)
    {
        var expected = EntriesByMember()
            .Select(member => (member.Key, Score: BoardOracle.ScoreOf(member.Value, board)))
            .Where(row => row.Score.Points > 0)
            .OrderByDescending(row => row.Score.Points).ThenBy(row => row.Score.ReachedAt)
            .ToArray();
        var page = await _engine.Board(board).Top(0, 500);
        Assert.True(
            expected.Select(row => (row.Score.Points, row.Score.ReachedAt)).SequenceEqual(page.Rows.Select(row => (row.Score, row.ReachedAt.ToUnixTimeMilliseconds()))),
            $"seed {_seed}: {board}\nexpected {string.Join(' ', expected.Select(row => row.Score))}\nshown    {string.Join(' ', page.Rows.Select(row => (row.Score, row.ReachedAt.ToUnixTimeMilliseconds())))}");
        foreach (var row in page.Rows)
        {
            Assert.True(expected.Single(other => other.Key == row.Member).Score.Points == row.Score, $"seed {_seed}: {board} {row.Member}");
            Assert.True(row.Rank == 1 + expected.Count(other => other.Score.Points > row.Score), $"seed {_seed}: {board} rank of {row.Member}");
        }
    }

    private Dictionary<MemberId, ImmutableArray<AccountEntry>> EntriesByMember() => _journal.Stored
        .Where(entry => entry.Actor.Kind == "member")
        .GroupBy(entry => entry.Actor)
        .ToDictionary(
            group => MemberId.Parse(group.Key.Key),
            group => group.OrderBy(entry => entry.Version).Select(AccountEntryJson.Read).OfType<AccountEntry>().ToImmutableArray());

    private void AssertSame(ReceiptRecord first, ReceiptRecord second) =>
        Assert.True(
            (first.Key, first.Treatment, first.Points, first.Balance, first.Version, first.RecordedAt) == (second.Key, second.Treatment, second.Points, second.Balance, second.Version, second.RecordedAt),
            $"seed {_seed}: {first} was answered first, then {second}");

    private Guid RandomGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new(bytes);
    }
}
