using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rewards;
using Gamification.Rules.Rewards;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Simulation;

/// <summary>
/// A budget and a quota that more members want than there is, over engines that die at any point and go on for a while after their successors
/// have begun. Nothing is overspent at any moment, and once all is calm the last of both has been given out.
/// </summary>
public sealed class CampaignSimulationTests(ITestOutputHelper output)
{
    private static readonly Seeds Seeds = new("CAMPAIGN", 60);

    [Fact]
    public void Whatever_dies_a_campaign_gives_out_exactly_what_it_has()
    {
        Seeds.Each(seed => new Saturday(seed).Run());

        output.WriteLine($"{Seeds}");
    }

    private sealed class Saturday
    {
        private static readonly DateTimeOffset Start = new(2026, 11, 21, 9, 0, 0, TimeSpan.Zero);

        private readonly Random _random;
        private readonly SimulationScheduler _scheduler;
        private readonly FaultyJournalStorage _journal;
        private readonly MemoryRollup _rollup = new();
        private readonly long _quota;
        private readonly long _budget;
        private readonly ProgrammeSettings _programme;
        private readonly MemberId[] _members;
        private SimulatedEngine _engine;
        private int _number;

        public Saturday(int seed)
        {
            _random = new(seed);
            _scheduler = new(seed, Start);
            _journal = new(new Random(seed + 1), _scheduler.Time)
            {
                Faults = new() { Before = 15, After = 15, Silent = 15, Looking = 15, DelayMax = TimeSpan.FromMilliseconds(40) },
            };
            (_quota, _budget) = (_random.Next(1, 40), _random.Next(1, 600));
            _programme = Receipts.Programme() with
            {
                Earning = Books.Document(
                    Books.Base,
                    Books.Rule("welcome", new Bonus { Points = 5 }) with { Campaign = "first-ones" },
                    Books.Times("double", 2) with { Campaign = "boost" }) with
                {
                    Campaigns = [new() { Id = "first-ones", Quota = _quota }, new() { Id = "boost", Budget = _budget }],
                },
            };
            _members = [.. Enumerable.Range(1, 12).Select(number => new MemberId(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1)))];
            _engine = NewEngine();
        }

        public void Run() => _scheduler.Run(async () =>
        {
            await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Deliver(45_000)).Append(Crashes()));
            CheckNeverMore();
            _journal.Faults = JournalFaults.None;

            // Those who come when all is calm get what is left, to the last point.
            await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Deliver(5_000)));
            await Deliver(0);
            var (awards, points) = CheckNeverMore();
            if ((_quota, _budget) != (awards, points)) throw new InvalidOperationException($"given out {awards} of {_quota} and {points} of {_budget}; {await Told("first-ones")}; {await Told("boost")}");
            Assert.Equal((_quota, _budget), (awards, points));
            _engine.Stop();
        });

        private async Task<string> Told(string campaign) => $"{campaign}: {await _engine.Grains.GetGrain<ICampaignGrain>($"{_programme.Id}/{campaign}").View()}";

        private SimulatedEngine NewEngine()
        {
            var names = new Random(_random.Next());
            return new(_scheduler, _journal, _rollup, _programme, leases: names.NextBytes);
        }

        private async Task Crashes()
        {
            for (var crash = 0; crash < _random.Next(0, 4); crash++)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(1, 25_000)), _scheduler.Time);
                var dying = _engine;
                _engine = NewEngine();
                if (_random.Next(2) == 0) dying.Stop();
            }
        }

        private async Task Deliver(int withinMs)
        {
            var receipt = Receipts.Sale($"{++_number}", _random.Next(5, 40)).At(Start);
            var member = _members[_random.Next(_members.Length)];
            await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(0, withinMs + 1)), _scheduler.Time);
            for (var copy = _random.Next(4) == 0 ? 2 : 1; copy > 0; copy--)
            {
                for (var attempt = 0; ; attempt++)
                {
                    var engine = _engine;
                    try
                    {
                        Assert.IsNotType<ReceiptOutcome.Refused>(await engine.Member(_programme, member).Post(receipt, _scheduler.Time.GetUtcNow(), held: false));
                        break;
                    }
                    catch (Exception fault) when (attempt < 200 && fault is JournalBusyException or JournalUnavailableException or CommitOutcomeUnknownException or TimeoutException or IOException)
                    {
                        if (fault.InnerException is PartitionFencedException && engine == _engine) _engine = NewEngine();
                        await Task.Delay(TimeSpan.FromMilliseconds(_random.Next(1, 2_000)), _scheduler.Time);
                    }
                }
            }
        }

        /// <summary>What the awards say, what the leases say and what the limits say.</summary>
        private (long Awards, long Points) CheckNeverMore()
        {
            var counted = _journal.Stored.Where(entry => entry.Type == TreasuryEntry.Leased.Type).Select(entry => (Campaign: entry.Actor.Key, TreasuryForm.Json.Read(entry)))
                .Select(entry => (entry.Campaign, ((TreasuryEntry.Leased)entry.Item2!).Lease)).Distinct().ToLookup(entry => entry.Campaign, entry => _journal.Leases[entry.Lease]);
            var awards = _journal.Stored.Select(AccountEntryJson.Read).OfType<ReceiptPosted>().SelectMany(posted => posted.Earned?.Campaigns ?? []).ToArray();
            var first = awards.Where(use => use.Campaign == "first-ones").Sum(use => use.Awards);
            var boost = awards.Where(use => use.Campaign == "boost").Sum(use => use.Points);
            Assert.Equal((first, boost), (counted["first-ones"].Sum(tally => tally.Awards), counted["boost"].Sum(tally => tally.Points)));
            Assert.True(first <= _quota, $"{first} awards of {_quota}");
            Assert.True(boost <= _budget, $"{boost} points of {_budget}");
            return (first, boost);
        }
    }
}
