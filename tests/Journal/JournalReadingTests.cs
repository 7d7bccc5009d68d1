using Gamification.Journal;
using Gamification.Members;
using Gamification.Rules.Challenges;
using Gamification.Tests.Storage;
using static Gamification.Tests.Storage.Appends;

namespace Gamification.Tests.Journal;

/// <summary>What reads a whole journal meets everything once, wherever pages end.</summary>
public sealed class JournalReadingTests
{
    private const int Members = 7;
    private readonly FaultyJournalStorage _storage = new(new Random(1), TimeProvider.System);

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(100)]
    public async Task An_actor_is_read_from_a_version_to_its_end(int page)
    {
        var head = await _storage.Acquire(0, default);
        for (var version = 0; version < 8; version++) await _storage.CommitOne(head, Append("a", version, Entry($"{version + 1}")));
        await _storage.CommitOne(head, Append("b", 0, Entry("other")));
        Assert.Equal(["4", "5", "6", "7", "8"], await _storage.ReadAll(Actor("a"), after: 3, page).Select(stored => stored.Text()).ToArrayAsync());
        Assert.Equal(8, await _storage.ReadAll(Actor("a"), page: page).CountAsync());
        Assert.Empty(await _storage.ReadAll(Actor("nobody"), page: page).ToArrayAsync());
    }

    [Fact]
    public async Task A_journal_is_read_partition_after_partition()
    {
        // A whole page, so that there is one more to ask for; a partition of nothing; and a few.
        var heads = new[] { await _storage.Acquire(0, default), await _storage.Acquire(1, default), await _storage.Acquire(2, default) };
        for (var number = 0; number < 1_000; number++) await _storage.CommitOne(heads[0], Append($"a{number}", 0, Entry("0")));
        for (var number = 0; number < 3; number++) await _storage.CommitOne(heads[2], Append($"c{number}", 0, Entry("2")));
        var read = await _storage.ReadAll(CancellationToken.None).Select(stored => (stored.Partition, stored.Seq)).ToArrayAsync();
        Assert.Equal([.. Enumerable.Range(1, 1_000).Select(seq => (0, (long)seq)), (2, 1L), (2, 2L), (2, 3L)], read);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(50)]
    public async Task A_walk_meets_every_member_of_its_programme_once_and_can_be_gone_on_with_from_its_text(int entries)
    {
        var heads = new[] { await _storage.Acquire(0, default), await _storage.Acquire(1, default), await _storage.Acquire(2, default) };
        for (var number = 0; number < Members; number++)
        {
            var head = heads[number % 2 * 2];
            await _storage.CommitOne(head, Append($"m{number}", 0, Entry("first")));
            await _storage.CommitOne(head, Append($"m{number}", 1, Entry("second")));
            await _storage.CommitOne(head, Append(Actor($"m{number}", "other"), 0, Entry("elsewhere")));
            await _storage.CommitOne(head, Append(new ActorId(Programme, "till", $"t{number}"), 0, Entry("no member")));
        }

        var (met, after) = (new List<string>(), (string?)null);
        while (await _storage.NextMembers(Programme, MembersWalk.PlaceIn(after)!.Value, entries) is var (members, next))
        {
            met.AddRange(members.Select(member => member.Key));
            after = next.ToString();
        }

        Assert.Equal(["m0", "m2", "m4", "m6", "m1", "m3", "m5"], met);
        Assert.Equal("2:12", after);
    }

    [Fact]
    public void A_walk_begins_with_nothing_and_not_with_what_is_no_place()
    {
        Assert.Equal(default(Position), MembersWalk.PlaceIn(null));
        Assert.Equal(new Position(2, 12), MembersWalk.PlaceIn("2:12"));
        Assert.All(["", "a:b", "12", "-1:4"], after => Assert.Null(MembersWalk.PlaceIn(after)));
    }
}
