using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Rules.Challenges;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules.Challenges;

namespace Gamification.Tests.Challenges;

/// <summary>
/// A cluster's members move between nodes, and each node writes its own partition: what a challenge has counted must not depend on which partition it read first, on how it was told, or on
/// what was kept before somebody died.
/// </summary>
public sealed class TrackingTests
{
    private const int Partitions = 3;
    private const int Members = 5;
    private const int Deeds = 6;
    private static readonly ChallengeRunId Id = new("test", "c", 1);

    [Fact]
    public async Task Entries_of_a_member_count_the_same_in_whatever_order_its_partitions_are_read()
    {
        for (var seed = 1; seed <= 300; seed++) await Play(seed);
    }

    private static async Task Play(int seed)
    {
        var random = new Random(seed);
        var journal = new FaultyJournalStorage(new Random(seed), TimeProvider.System);
        var (storage, run) = (new MemoryChallengeStorage(), NewRun());
        var tracking = await Loaded();
        var standing = new HashSet<(int Member, int Deed)>();
        var versions = new long[Members];
        for (var step = 0; step < 30; step++)
        {
            var (member, deed) = (random.Next(Members), random.Next(Deeds));
            var stands = standing.Contains((member, deed));
            if (!stands || random.Next(3) == 0)
            {
                await Write(member, ++versions[member], new DeedChange(Contests.Key(deed), stands ? null : Contests.Deed(EarningEvent.Sale, deed, spend: 100)) { IsRevision = stands || random.Next(4) == 0 });
                if (!(stands ? standing.Remove((member, deed)) : standing.Add((member, deed)))) throw new InvalidOperationException();
            }

            if (random.Next(3) == 0) await Tell(random.Next(Partitions));
            if (random.Next(8) == 0) await tracking.Keep(now: true);
            if (random.Next(12) == 0) tracking = await Loaded();
        }

        await tracking.CatchUp();
        Check(tracking);
        await tracking.Keep(now: true);
        Check(await Loaded());

        void Check(Tracking counted)
        {
            for (var member = 0; member < Members; member++)
            {
                var expected = standing.Where(one => one.Member == member).Select(one => Marking.DigestOf(Contests.Key(one.Deed))).Order();
                var marks = counted.Find(Of(member))?.Marks.Select(mark => mark.Deed).Order() ?? Enumerable.Empty<ulong>();
                Assert.True(expected.SequenceEqual(marks), $"seed {seed}, member {member}: {string.Join(' ', marks)} and not {string.Join(' ', expected)}");
            }
        }

        async Task<Tracking> Loaded()
        {
            var begun = new Tracking(Id, storage, journal, new(journal, new PlainDeeds()));
            await begun.Load(run, CancellationToken.None);
            return begun;
        }

        async Task Write(int member, long version, DeedChange change)
        {
            var partition = random.Next(Partitions);
            var head = await journal.Acquire(partition, CancellationToken.None);
            var append = new Append { Actor = ActorId.Member(Id.Programme, Of(member)), ExpectedVersion = version - 1, Entries = [PlainDeeds.Write(new(Of(member), version, [change]))] };
            Assert.IsType<AppendOutcome.Appended>(Assert.Single(await journal.Commit(partition, head.Epoch, [append], TimeProvider.System.GetUtcNow())));
        }

        // As the feed tells what a node commits, with a gap now and then.
        async Task Tell(int partition)
        {
            var position = tracking.Positions.FirstOrDefault(known => known.Partition == partition).Seq;
            var stored = await journal.ReadPartition(partition, position, 100, CancellationToken.None);
            if (stored.IsEmpty) return;
            var from = random.Next(stored.Length);
            var told = stored[from..].Select(entry => JsonSerializer.Deserialize<MemberDeeds>(entry.Payload.Span)!).ToImmutableArray();
            await tracking.Apply(new(partition, position + from, stored[^1].Seq, told));
        }
    }

    private static ChallengeRun NewRun()
    {
        var challenge = Contests.Of(new CountGoal(Contests.On(EarningEvent.Sale), Deeds)) with { Beyond = true };
        return ChallengeRun.Empty with { Challenge = challenge, Zone = Contests.Zone, ScheduledAt = 1, From = [.. Enumerable.Range(0, Partitions).Select(partition => new Position(partition, 0))] };
    }

    private static MemberId Of(int member) => new(new Guid(member + 1, 0, 0, new byte[8]));
}
