using System.Globalization;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.LoadTests.Replays;
using Gamification.Members;
using Gamification.Merging;
using Gamification.Programmes;
using Gamification.Rules;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Gamification.Silo.Programmes;
using Gamification.Tests.Conventions;
using Gamification.Tests.Journal;
using Gamification.Tests.Redeeming;
using Gamification.Tests.Rules;
using Gamification.Tests.Simulation;
using static Gamification.Tests.Redeeming.RedeemHost;

namespace Gamification.Tests.Merging;

/// <summary>
/// Members who shop, bring back, are merged, divided again, and asked about by each of their names, in virtual time: a journal that fails before, after and silently,
/// an engine that dies between any two steps. Afterwards every merge has happened on both sides or on none, and no point is lost or there twice.
/// </summary>
internal sealed class MergeSimulation
{
    private readonly int _seed;
    private readonly Random _random;
    private readonly SimulationScheduler _scheduler;
    private readonly FaultyJournalStorage _journal;
    private readonly InMemoryReminderTable _reminders = new();
    private readonly MemberId[] _members = [.. Enumerable.Range(1, 5).Select(Number)];
    private long _earned;
    private long _won;
    private readonly MortalEngine<RedeemHost> _mortal;

    public MergeSimulation(int seed)
    {
        _seed = seed;
        _random = new(seed);
        _scheduler = new(seed, Noon);
        _journal = new(new Random(seed + 1), _scheduler.Time);
        _mortal = new(seed, _random, _scheduler, () => new(_scheduler, _journal, _reminders, Programme));
    }

    /// <summary>The example supermarket's recognition without gifts, so that points are those of receipts alone.</summary>
    public static ProgrammeSettings Programme { get; } = WithLedger() with
    {
        Recognition = WithoutIngestion.Of(ProgrammeFile.Read(Path.Combine(SourceTree.Root, "silo/Programmes/supermarket/programme.json"))).Recognition,
    };

    public IEnumerable<AccountEntry> Entries => _journal.Stored.Select(AccountEntryJson.Read).OfType<AccountEntry>();

    public void Run() => _scheduler.Run(async () =>
    {
        await _mortal.Start();
        _journal.Faults = new() { Before = 15, After = 15, Silent = 15, Looking = 15, DelayMax = TimeSpan.FromMilliseconds(40) };
        await Task.WhenAll(_members.Select(Shop).Concat(Enumerable.Range(0, 6).Select(Merge)).Append(_mortal.Crashes(5)));
        _journal.Faults = JournalFaults.None;
        await _mortal.LastStart();

        // Reminders finish what nobody asked for again.
        await Task.Delay(TimeSpan.FromMinutes(5), _scheduler.Time);
        await Check();
        await _mortal.End();
    });

    private DateTimeOffset Now => _scheduler.Time.GetUtcNow();

    private RedeemHost Engine => _mortal.Now;

    private async Task Shop(MemberId member)
    {
        await _mortal.Insist(() => Take(member));
        for (var sale = 0; sale < 6; sale++)
        {
            await _mortal.SomeTime(60_000);
            var euros = _random.Next(1, 200);
            var receipt = Receipts.Sale(string.Create(CultureInfo.InvariantCulture, $"{member}-{sale}"), euros).At(Now);
            if (await _mortal.Insist(() => Engine.Account(member).Post(receipt, Now, held: false)) is ReceiptOutcome.Recorded or ReceiptOutcome.Replayed) _earned += euros;
            if (sale == 3) await Win(member);
            if (_random.Next(3) != 0) continue;
            await _mortal.SomeTime(30_000);
            var back = Receipts.Return($"{receipt.Key.Number}-back", receipt.Key, Receipts.Line("A", 1, euros)).At(Now);
            var holder = await _mortal.Insist(() => Engine.Grains.GetGrain<IReceiptIndexGrain>(Programme.Id).OwnerOf(receipt.Key));
            var outcome = await _mortal.Insist(() => Engine.Account(MemberId.Parse(holder!.Value.Key)).Post(back, Now, held: false));
            if (outcome is ReceiptOutcome.Recorded or ReceiptOutcome.Replayed) _earned -= euros;
        }
    }

    /// <summary>Each takes part in a challenge of its own, so that it shows whose participation is where.</summary>
    private async Task<bool> Take(MemberId member)
    {
        await Engine.Grains.GetGrain<IContestant>($"{Programme.Id}/{member}").Take(new(ChallengeOf(member), Joined: true), Now);
        return true;
    }

    /// <summary>A challenge knows a winner by the name under which it took part, whatever became of it.</summary>
    private async Task Win(MemberId member)
    {
        var prize = new Prize(new(new(Programme.Id, ChallengeOf(member), 1), member, "completion"), new() { Points = 1_000 }, "certificate");
        await _mortal.Insist(() => Engine.Grains.GetGrain<IPrizeReceiver>($"{Programme.Id}/{member}").Receive(prize));
        _won += 1_000;
    }

    private static string ChallengeOf(MemberId member) => $"c-{member}"[..20];

    private async Task Merge(int number)
    {
        await _mortal.SomeTime(60_000);
        var order = new MergeOrder
        {
            Id = FormattableString.Invariant($"m-{number}"), From = _members[_random.Next(_members.Length)], Into = _members[_random.Next(_members.Length)], Reason = "one person", By = "marie",
        };

        // Somebody who asks once, is told nothing, and never asks again.
        if (_random.Next(4) == 0) await MortalEngine<RedeemHost>.Try(() => Merges.Merge(order, Now));
        else if (await _mortal.Insist(() => Merges.Merge(order, Now)) is MergeOutcome.Done && _random.Next(2) == 0)
        {
            Assert.IsType<MergeOutcome.Done>(await _mortal.Insist(() => Merges.Merge(order, Now)));
            await _mortal.SomeTime(60_000);
            if (_random.Next(3) == 0) await MortalEngine<RedeemHost>.Try(() => Merges.Undo(order.Id, order.Into, "marie", Now));
            else await _mortal.Insist(() => Merges.Undo(order.Id, order.Into, "marie", Now));
        }
    }

    private IMergesGrain Merges => Engine.Grains.GetGrain<IMergesGrain>(Programme.Id);

    private async Task Check()
    {
        long lifetime = 0, sum = 0;
        var keptBy = new Dictionary<MemberId, HashSet<string>>();
        foreach (var member in _members)
        {
            AccountEntry[] entries = [.. _journal.Stored.Where(stored => stored.Actor.Key == member.ToString() && stored.Actor.Kind == "member").OrderBy(stored => stored.Version).Select(AccountEntryJson.Read).OfType<AccountEntry>()];
            var state = entries.Aggregate(AccountState.Empty, (folded, entry) => folded.Apply(entry));
            var fault = AccountProof.FaultsIn(entries, state).FirstOrDefault();
            Assert.True(fault is null, $"seed {_seed}: {member}: {fault}");
            lifetime += state.Lifetime;
            sum += state.Tallies.Rows.Where(row => row.Day == TallyRow.AllDays).Sum(row => row.Tally.Points);
            if (state.LeftFor is not null) Assert.True(state is { Balance: 0, Lifetime: 0, Receipts: 0 }, $"seed {_seed}: {member} has left with something behind");
            var view = await _mortal.Insist(() => Engine.Account(member).View());
            var kept = await _mortal.Insist(() => Engine.Grains.GetGrain<IMergingAccount>($"{Programme.Id}/{member}").Kept());
            Assert.True(view.Member == kept, $"seed {_seed}: {member} answers as {view.Member}, not {kept}");
            if (!keptBy.TryGetValue(kept, out var parts)) keptBy[kept] = parts = [];
            parts.Add(ChallengeOf(member));
        }

        foreach (var (kept, challenges) in keptBy)
        {
            var taken = await _mortal.Insist(() => Engine.Grains.GetGrain<IContestant>($"{Programme.Id}/{kept}").Takes());
            Assert.True(challenges.SetEquals(taken.Select(part => part.Challenge)), $"seed {_seed}: {kept} takes part in {string.Join(' ', taken)}, not {string.Join(' ', challenges)}");
        }

        Assert.True((lifetime, sum) == (_earned + _won, _earned), $"seed {_seed}: members have {lifetime} and boards {sum}, receipts brought {_earned} and challenges {_won}");
        var all = Entries.OfType<MergeEntry>().ToLookup(entry => entry.Merge);
        foreach (var merge in all)
        {
            var kinds = string.Join(' ', merge.Select(entry => entry.GetType().Name).Order(StringComparer.Ordinal));
            Assert.True(kinds is "MemberJoined MemberLeft" or "MemberJoined MemberLeft MemberParted MemberRevived", $"seed {_seed}: {merge.Key} is {kinds}");
        }

        var unfinished = (await _reminders.ReadAll(default)).Where(reminder => reminder.ReminderName.Contains("merge/", StringComparison.Ordinal)).ToArray();
        Assert.True(unfinished.Length == 0, $"seed {_seed}: {string.Join(", ", unfinished.Select(reminder => reminder.ReminderName))} is left");
    }
}
