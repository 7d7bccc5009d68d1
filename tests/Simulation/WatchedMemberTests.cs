using Gamification.Journal;
using Gamification.Live;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules;

namespace Gamification.Tests.Simulation;

public sealed class WatchedMemberTests
{
    [Fact]
    public void Whoever_watches_is_told_that_the_account_was_let_go_and_watches_the_next()
    {
        using var scheduler = new SimulationScheduler(1, BadSaturday.Start);
        var journal = new FaultyJournalStorage(new Random(1), scheduler.Time);
        var programme = Receipts.Programme();
        var engine = new SimulatedEngine(scheduler, journal, new MemoryRollup(), programme);
        scheduler.Run(async () =>
        {
            var member = new MemberId(Guid.Parse("0123456789abcdef0123456789abcdef"));
            var watched = engine.Grains.GetGrain<IWatchedMember>($"{programme.Id}/{member}");
            var watcher = new Watcher();
            var reference = engine.Grains.CreateObjectReference<IMemberObserver>(watcher);
            Assert.Equal(0, (await watched.Watch(reference)).Version);

            // Written, but nobody can say so: the actor no longer trusts what it remembers.
            journal.Written = () =>
            {
                journal.Outage = new IOException("away");
                throw new IOException("lost");
            };
            await Assert.ThrowsAsync<CommitOutcomeUnknownException>(() => engine.Member(programme, member).Post(Receipts.Sale("1", 10m), Receipts.Noon, held: false));
            (journal.Written, journal.Outage) = (null, null);
            await Task.Delay(TimeSpan.FromSeconds(1), scheduler.Time);

            Assert.Equal(1, watcher.Lefts);
            Assert.Equal(new(1, 10, 10, 1), await watched.Watch(reference));
            engine.Stop();
        });
    }

    private sealed class Watcher : IMemberObserver
    {
        public int Lefts { get; private set; }

        public Task Changed(AccountNumbers account) => Task.CompletedTask;

        public Task Left()
        {
            Lefts++;
            return Task.CompletedTask;
        }
    }
}
