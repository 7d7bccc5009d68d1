using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules.Challenges;

namespace Gamification.Tests.Challenges;

/// <summary>Whoever follows deeds is told everything once and in order, whether it was held or had to be read, and however far others are.</summary>
public sealed class DeedPagesTests(ITestOutputHelper output)
{
    private static readonly Seeds Seeds = new("DEEDS", 200);

    [Fact]
    public async Task Every_follower_is_told_the_same_whatever_was_held()
    {
        await Seeds.Each(Play);
        output.WriteLine($"{Seeds}");
    }

    [Fact]
    public async Task What_was_committed_is_not_read_from_the_journal_again()
    {
        var (journal, pages) = New(1);
        Assert.False(pages.IsFollowed);
        await Commit(journal, 5);
        Assert.Equal(4, (await pages.Read(0, 0, 5)).Told.Length);
        Assert.True(pages.IsFollowed);
        pages.Add(0, 5, new([new(6, "test", null, new VisibilityChange(Member(1), true, 1))], 7));

        // The journal has none of these: they are what the feed told.
        Assert.Equal((1, 7L), await pages.Read(0, 5, 7) is var page ? (page.Told.Length, page.ToSeq) : default);
        Assert.Equal((1, 6L), await pages.Read(0, 4, 6) is var both ? (both.Told.Length - 1, both.ToSeq) : default);
        await Assert.ThrowsAsync<InvalidOperationException>(() => pages.Read(0, 7, 8).AsTask());
    }

    [Fact]
    public void What_is_held_is_bounded_by_what_it_weighs_and_the_newest_stays()
    {
        var newest = new NewestDeeds();
        var goods = Enumerable.Range(0, 99).Select(at => Contests.Line($"S{at}", 100)).ToArray();
        for (var seq = 1; seq <= 4_000; seq++)
            newest.Add(seq - 1, new([new(seq, "test", new(Member(1), seq, [new(Contests.Key(1), Contests.Deed(EarningEvent.Sale, 1, goods: goods))]), null)], seq));
        Assert.Null(newest.Find(0, 4_000));
        var held = Enumerable.Range(0, 4_000).Count(after => newest.Find(after, 4_000) is not null);
        Assert.InRange(held, NewestDeeds.WeightMin / 100, 2 * NewestDeeds.WeightMin / 100);
        Assert.Equal(held, newest.Find(4_000 - held, 4_000)!.Value.Told.Length);
    }

    private static async Task Play(int seed)
    {
        var random = new Random(seed);
        var (journal, pages) = New(seed);
        var (told, head, commits) = (new[] { new List<long>(), [], [] }, 0L, new Queue<(long From, long To)>());
        var positions = new long[told.Length];
        while (head < 60 || positions.Any(position => position < head))
        {
            if (head < 60 && random.Next(2) == 0)
            {
                var count = random.Next(1, 6);
                await Commit(journal, count);
                commits.Enqueue((head, head += count));
            }

            // The feed comes later, and of some commits never.
            if (commits.Count > 0 && random.Next(2) == 0)
            {
                var (from, to) = commits.Dequeue();
                var stored = await journal.ReadPartition(0, from, (int)(to - from), default);
                if (random.Next(4) > 0) pages.Add(0, from, new([.. stored.Select(pages.Tell).OfType<ToldEntry>()], to));
            }

            var follower = random.Next(told.Length);
            if (positions[follower] == head || random.Next(3) > 0) continue;
            var through = random.NextInt64(positions[follower] + 1, head + 1);
            var page = await pages.Read(0, positions[follower], through);
            Assert.InRange(page.ToSeq, positions[follower] + 1, through);
            Assert.All(page.Told, one => Assert.InRange(one.Seq, positions[follower] + 1, page.ToSeq));
            told[follower].AddRange(page.Told.Select(one => one.Seq));
            positions[follower] = page.ToSeq;
        }

        // One entry in three says nothing.
        var expected = (await journal.ReadPartition(0, 0, 1_000, default)).Where(stored => stored.Type == PlainDeeds.Type).Select(stored => stored.Seq).ToArray();
        Assert.All(told, seen => Assert.True(expected.SequenceEqual(seen), $"{string.Join(' ', seen)} and not {string.Join(' ', expected)}"));
    }

    private static (FaultyJournalStorage Journal, DeedPages Pages) New(int seed)
    {
        var journal = new FaultyJournalStorage(new Random(seed), TimeProvider.System);
        return (journal, new(journal, new PlainDeeds()));
    }

    /// <summary>So many entries, of which one in three says nothing of deeds.</summary>
    private static async Task Commit(FaultyJournalStorage journal, int count)
    {
        var head = await journal.Acquire(0, default);
        for (var at = 0; at < count; at++)
        {
            var number = (int)(head.LastSeq + at + 1);
            var entry = number % 3 == 0 ? new NewEntry("test.nothing", new byte[1]) : PlainDeeds.Write(new(Member(number), 1, [new(Contests.Key(number), Contests.Deed(EarningEvent.Sale, number % 9))]));
            await journal.Commit(0, head.Epoch, [new() { Actor = ActorId.Member("test", Member(number)), ExpectedVersion = 0, Entries = [entry] }], TimeProvider.System.GetUtcNow());
        }
    }

    private static MemberId Member(int number) => new(new Guid(number, 1, 0, new byte[8]));
}
