using Gamification.Journal;
using Gamification.Rewards;
using Gamification.Rules.Rewards;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Journal;
using Gamification.Tests.Simulation;

namespace Gamification.Tests.Rewards;

/// <summary>
/// A bad day at the counter, in virtual time: members who redeem, retry, vanish between any two steps, cancel and wait; a journal that fails
/// before, after and silently; an engine that dies at any point; holders that do not answer for a while. Afterwards: never more given than the
/// stock, none lost, every reservation ended, and the owner agrees with every holder.
/// </summary>
internal sealed class RewardSimulation
{
    private static readonly DateTimeOffset Start = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

    private readonly int _seed;
    private readonly Random _random;
    private readonly SimulationScheduler _scheduler;
    private readonly FaultyJournalStorage _journal;
    private readonly InMemoryReminderTable _reminders = new();
    private readonly HolderBook _holders = new();
    private readonly RewardTerms _terms;
    private readonly Dictionary<ReservationId, MemberId> _asked = [];
    private readonly HashSet<ReservationId> _cancelled = [];
    private readonly MortalEngine<RewardHost> _mortal;

    public RewardSimulation(int seed)
    {
        _seed = seed;
        _random = new(seed);
        _scheduler = new(seed, Start);
        _journal = new(new Random(seed + 1), _scheduler.Time)
        {
            Faults = new() { Before = 20, After = 20, Silent = 20, Looking = 20, DelayMax = TimeSpan.FromMilliseconds(40) },
        };
        _terms = new()
        {
            Stock = _random.Next(1, 12),
            PerMember = _random.Next(3) == 0 ? _random.Next(1, 3) : null,
            IsBooking = _random.Next(2) == 0,
            WaitingMax = _random.Next(2) * 5,
            OfferFor = TimeSpan.FromMinutes(15),
        };
        var answers = new Random(seed + 2);
        _holders.IsSilent = () => answers.Next(10) == 0;
        _holders.OnOffer = (ReservationFate)_random.Next(3);
        _mortal = new(seed, _random, _scheduler, () => new(_scheduler, _journal, _holders, _reminders));
    }

    public int Commits => _holders.Fates.Count(fate => fate.Value == ReservationFate.Committed);

    public ulong TraceHash => _scheduler.TraceHash;

    public IEnumerable<ShelfEntry> Entries => _journal.Stored.Select(ShelfForm.Json.Read).OfType<ShelfEntry>();

    public void Run() => _scheduler.Run(async () =>
    {
        await _mortal.Start();
        await _mortal.Insist(async () =>
        {
            await Engine.Reward().Offer(_terms, "marie", Now);
            return true;
        });
        var members = Enumerable.Range(0, 8).Select(number => new MemberId(new Guid(number + 1, 0, 0, new byte[8]))).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 24).Select(number => Redeem(members[_random.Next(members.Length)], $"cause-{number}")).Append(_mortal.Crashes(4)));
        _journal.Faults = JournalFaults.None;
        _holders.IsSilent = () => false;

        // Whatever was left open is asked about: nothing stays open for ever.
        await Task.Delay(TimeSpan.FromHours(3), _scheduler.Time);
        await Check();
        await _mortal.End();
    });

    private DateTimeOffset Now => _scheduler.Time.GetUtcNow();

    private RewardHost Engine => _mortal.Now;

    /// <summary>Reserve, commit, confirm, perhaps cancel: and at any point the member's side may vanish for good.</summary>
    private async Task Redeem(MemberId member, string cause)
    {
        await _mortal.SomeTime(40_000);
        var ask = new ReserveReward { Id = ReservationId.Of("demo", "mug", member, cause), Member = member, At = Now, MayWait = _random.Next(2) == 0 };
        _asked[ask.Id] = member;
        var outcome = await _mortal.Insist(() => Engine.Reward().Reserve(ask));
        if (_random.Next(3) == 0) outcome = Stronger(outcome, await _mortal.Insist(() => Engine.Reward().Reserve(ask)));
        if (outcome is not ReserveOutcome.Reserved || _random.Next(5) == 0) return;
        await _mortal.SomeTime(_random.Next(4) == 0 ? 2_000_000 : 2_000);
        if (_random.Next(6) == 0)
        {
            if (_holders.Take(ask.Id, ReservationFate.Abandoned) == ReservationFate.Abandoned) await _mortal.Insist(() => Engine.Reward().Release(ask.Id, Now));
            return;
        }

        if (_holders.Take(ask.Id, ReservationFate.Committed) != ReservationFate.Committed || _random.Next(5) == 0) return;
        var confirmed = await _mortal.Insist(() => Engine.Reward().Confirm(ask.Id, Now));
        Assert.True(confirmed is ReservationOutcome.Now { State: ReservationState.Confirmed }, $"seed {_seed}: {ask.Id} was committed and answered {confirmed}");
        if (_random.Next(4) != 0) return;
        await _mortal.SomeTime(10_000);
        _cancelled.Add(ask.Id);
        var cancelled = await _mortal.Insist(() => Engine.Reward().Cancel(ask.Id, Now));
        Assert.True(cancelled is ReservationOutcome.Now { State: ReservationState.Returned }, $"seed {_seed}: {ask.Id} was cancelled and answered {cancelled}");
    }

    /// <summary>What was granted once is never answered with a refusal.</summary>
    private ReserveOutcome Stronger(ReserveOutcome first, ReserveOutcome second)
    {
        Assert.True(first is ReserveOutcome.Refused || second is not ReserveOutcome.Refused, $"seed {_seed}: answered {first}, then {second}");
        return second;
    }

    private async Task Check()
    {
        var view = await _mortal.Insist(() => Engine.Reward().View());
        var shelf = Entries.Aggregate(Shelf.Empty, FoldWithinStock);
        var committed = _holders.Fates.Where(fate => fate.Value == ReservationFate.Committed).Select(fate => fate.Key).Except(_cancelled).Count();
        Assert.True(view.Open == 0, $"seed {_seed}: {view.Open} reservations are still open");
        Assert.True(view.Taken == committed, $"seed {_seed}: {view.Taken} taken, {committed} held by members");
        Assert.True(view.Taken == shelf.Taken && view.Waiting == shelf.Waiting.Count, $"seed {_seed}: memory and journal differ");
        Assert.True(view.Left == _terms.Stock - committed, $"seed {_seed}: {view.Left} left of {_terms.Stock} with {committed} held");
        Assert.True(view.Waiting == 0 || view.Left == 0, $"seed {_seed}: {view.Waiting} wait while {view.Left} are left");
        foreach (var (id, member) in _asked.Where(asked => _holders.Fates.GetValueOrDefault(asked.Key) != ReservationFate.Undecided))
        {
            var late = await _mortal.Insist(() => Engine.Reward().Reserve(new() { Id = id, Member = member, At = Now }));
            var expected = _cancelled.Contains(id) ? ReservationState.Returned : _holders.Fates[id] == ReservationFate.Committed ? ReservationState.Confirmed : ReservationState.Released;
            Assert.True(late == new ReserveOutcome.Ended(expected), $"seed {_seed}: a late retry of {id} was answered {late}, not {expected}");
        }
    }

    private Shelf FoldWithinStock(Shelf shelf, ShelfEntry entry)
    {
        var next = shelf.Apply(entry);
        Assert.True(next.Taken + next.Open.Count <= _terms.Stock, $"seed {_seed}: more than the stock after {entry}");
        Assert.True(_terms.PerMember is not { } most || next.ByMember.Values.All(count => count <= most), $"seed {_seed}: more than a member may have after {entry}");
        return next;
    }
}
