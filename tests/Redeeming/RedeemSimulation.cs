using Gamification.Journal;
using Gamification.Ledger;
using Gamification.Members;
using Gamification.Rewards;
using Gamification.Rules;
using Gamification.Rules.Rewards;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Journal;
using Gamification.Tests.Simulation;
using static Gamification.Tests.Redeeming.RedeemHost;

namespace Gamification.Tests.Redeeming;

/// <summary>
/// A bad day between real members and real stocks, in virtual time: members who redeem, retry, vanish between any two steps, wait for seats and
/// give them back; tills that take one voucher twice, and give back; an agent who gives; a journal that fails before, after and silently; an
/// engine that dies at any point. Afterwards stock and points tell the same story, to the point.
/// </summary>
internal sealed class RedeemSimulation
{
    private const int Start = 1_000;
    private static readonly string[] Goods = ["mug", "talk", "pay", "gift"];

    private readonly int _seed;
    private readonly Random _random;
    private readonly SimulationScheduler _scheduler;
    private readonly FaultyJournalStorage _journal;
    private readonly InMemoryReminderTable _reminders = new();
    private readonly MemberId[] _members = [.. Enumerable.Range(1, 6).Select(Number)];
    private readonly CatalogueReward[] _catalogue;
    private readonly Dictionary<EntitlementId, List<string>> _taken = [];
    private readonly MortalEngine<RedeemHost> _mortal;

    public RedeemSimulation(int seed)
    {
        _seed = seed;
        _random = new(seed);
        _scheduler = new(seed, Noon);
        _journal = new(new Random(seed + 1), _scheduler.Time);
        _catalogue =
        [
            Mug(_random.Next(50, 400), _random.Next(1, 6), _random.Next(1, 4)),
            Reward("talk", new WorkshopReward { StartsAt = Noon.AddDays(20), WaitingMax = 4, CancelHours = 24 }, _random.Next(0, 2) * 150) with { Stock = _random.Next(1, 4) },
            Reward("pay", new PayReward { Amount = 100, Steps = 5 }, 60),
            Reward("gift", new DonationReward { Cause = "Restos", Amount = 300 }, 90),
        ];
        _mortal = new(seed, _random, _scheduler, () => new(_scheduler, _journal, _reminders));
    }

    public IEnumerable<AccountEntry> Entries => _journal.Stored.Select(AccountEntryJson.Read).OfType<AccountEntry>();

    public ulong TraceHash => _scheduler.TraceHash;

    public void Run() => _scheduler.Run(async () =>
    {
        await _mortal.Start();
        foreach (var member in _members) await Engine.Earn(member, Start);
        await Engine.Publish(_catalogue);
        await Agent().Set(new() { Quota = 2_000, AloneMax = 500, Reasons = ["damaged"] }, "marie", Noon);
        _journal.Faults = new() { Before = 15, After = 15, Silent = 15, Looking = 15, DelayMax = TimeSpan.FromMilliseconds(40) };

        await Task.WhenAll(Enumerable.Range(0, 24).Select(number => Redeem(_members[_random.Next(_members.Length)], $"cause-{number}"))
            .Concat(Enumerable.Range(0, 4).Select(Gesture)).Append(_mortal.Crashes(4)));
        _journal.Faults = JournalFaults.None;

        // Whatever was left open is asked about: nothing stays open for ever. An offered seat waits a day for its member, then the next has a day.
        await Task.Delay(TimeSpan.FromHours(2), _scheduler.Time);
        for (var days = 0; days < 6 && (await Engine.Stock("talk").View()).Open > 0; days++) await Task.Delay(TimeSpan.FromHours(25), _scheduler.Time);

        // The last start finds also what an engine that did not know of its death has left behind.
        await _mortal.LastStart();
        await Task.Delay(TimeSpan.FromMinutes(3), _scheduler.Time);
        await Check();
        await _mortal.End();
    });

    private DateTimeOffset Now => _scheduler.Time.GetUtcNow();

    private RedeemHost Engine => _mortal.Now;

    private IAgentGrain Agent() => Engine.Grains.GetGrain<IAgentGrain>($"{Engine.Programme.Id}/sofie");

    private async Task Gesture(int number)
    {
        await _mortal.SomeTime(40_000);
        var gesture = new Gesture { Id = new Guid(number + 1, 0, 0, new byte[8]), Member = _members[number], Points = 50 + number, Reason = "damaged", Date = new(2026, 11, 21) };
        await _mortal.Insist(() => Agent().Give(gesture, Now));
        if (_random.Next(2) == 0) await _mortal.Insist(() => Agent().Give(gesture, Now));
    }

    private async Task Redeem(MemberId member, string cause)
    {
        await _mortal.SomeTime(40_000);
        var ask = Ask(cause, Goods[_random.Next(Goods.Length)], keep: _random.Next(3) == 0, mayWait: _random.Next(2) == 0);
        if (ask.Reward == "pay") ask = ask with { Steps = _random.Next(1, 6) };
        var outcome = await _mortal.Insist(() => Engine.Rewards(member).Redeem(ask));
        if (_random.Next(3) == 0) outcome = await _mortal.Insist(() => Engine.Rewards(member).Redeem(ask));
        if (outcome is not RedeemOutcome.Stands { Entitlement: var one } || _random.Next(5) == 0) return;
        await _mortal.SomeTime(_random.Next(4) == 0 ? 2_000_000 : 2_000);
        switch (_random.Next(5))
        {
            case 0:
                await _mortal.Insist(() => Engine.Rewards(member).Keep(one.Id, "member"));
                break;
            case 1:
                await _mortal.Insist(() => Engine.Rewards(member).Cancel(one.Id, "member"));
                break;
            default:
                await Task.WhenAll(TakeAtTill(member, one.Id, "left"), TakeAtTill(member, one.Id, "right"));
                break;
        }

        if (_random.Next(3) != 0) return;
        await _mortal.SomeTime(5_000);
        await _mortal.Insist(() => _random.Next(2) == 0 ? Engine.Rewards(member).Void(one.Id, AtTill("undo")) : Engine.Rewards(member).Cancel(one.Id, "member"));
    }

    /// <summary>Two tills, one voucher: at most one takes it, and a repeat of that one says so again.</summary>
    private async Task TakeAtTill(MemberId member, EntitlementId id, string till)
    {
        var use = AtTill(till);
        if (await _mortal.Insist(() => Engine.Rewards(member).Use(id, use)) is not RedeemOutcome.Stands) return;
        if (!_taken.TryGetValue(id, out var tills)) _taken[id] = tills = [];
        tills.Add(till);
    }

    private async Task Check()
    {
        Assert.All(_taken, taken => Assert.True(taken.Value.Count == 1, $"seed {_seed}: {taken.Key} was taken by {string.Join(" and ", taken.Value)}"));
        var committed = _catalogue.ToDictionary(reward => reward.Id, _ => 0L);
        foreach (var member in _members)
        {
            AccountEntry[] entries = [.. _journal.Stored.Where(stored => stored.Actor.Key == member.ToString() && stored.Actor.Kind == "member").OrderBy(stored => stored.Version).Select(AccountEntryJson.Read).OfType<AccountEntry>()];
            var state = entries.Aggregate(AccountState.Empty, (folded, entry) => folded.Apply(entry));
            Assert.True(AccountProof.FaultsIn(entries, state).FirstOrDefault() is null, $"seed {_seed}: {AccountProof.FaultsIn(entries, state).FirstOrDefault()}");
            Assert.True(entries.All(entry => entry.Balance >= 0), $"seed {_seed}: a balance fell below zero");
            Count(entries, committed);
            var expected = Start + entries.OfType<GestureTaken>().Sum(taken => taken.Gesture.Points) - Spent(entries);
            var view = await _mortal.Insist(() => Engine.Account(member).View());
            Assert.True(view.Balance == expected && view.Purses[0].Held == 0, $"seed {_seed}: {member} has {view.Balance} and {view.Purses[0].Held} held, not {expected}");
        }

        foreach (var reward in _catalogue.Where(RewardList.HasStock))
        {
            var view = await _mortal.Insist(() => Engine.Stock(reward.Id).View());
            Assert.True(view.Open == 0, $"seed {_seed}: {view.Open} of {reward.Id} are still open");
            Assert.True(view.Taken == committed[reward.Id], $"seed {_seed}: {view.Taken} of {reward.Id} taken, {committed[reward.Id]} held by members");
            Assert.True(view.Left == reward.Stock - committed[reward.Id] && view.Left >= 0, $"seed {_seed}: {view.Left} of {reward.Id} left");
        }

        var gestures = Entries.OfType<GestureTaken>().ToArray();
        Assert.True(gestures.Length == 4, $"seed {_seed}: {gestures.Length} gestures arrived of 4");
        var unfinished = (await _reminders.ReadAll(default)).Where(reminder => reminder.ReminderName.StartsWith("reward-", StringComparison.Ordinal)).ToArray();
        Assert.True(unfinished.Length == 0, $"seed {_seed}: {string.Join(", ", unfinished.Select(reminder => reminder.ReminderName))} is left, of {string.Join(", ", Entries.OfType<RewardEntry>().Where(entry => unfinished.Any(one => one.ReminderName.EndsWith(entry.Entitlement.ToString(), StringComparison.Ordinal))).Select(entry => entry.GetType().Name))}");
    }

    private static void Count(AccountEntry[] entries, Dictionary<string, long> committed)
    {
        foreach (var entry in entries.OfType<RewardEntry>())
        {
            if (entry is RewardCommitted) committed[entry.Name!.Id]++;
            if (entry is RewardReturned) committed[entry.Name!.Id]--;
        }
    }

    /// <summary>Each price once for what is committed and not given back.</summary>
    private static long Spent(AccountEntry[] entries)
    {
        var prices = entries.OfType<RewardHeld>().ToDictionary(held => held.Entitlement, held => held.Price);
        return entries.OfType<RewardCommitted>().Sum(committed => prices[committed.Entitlement]) - entries.OfType<RewardReturned>().Sum(returned => prices[returned.Entitlement]);
    }
}
