using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Storage;
using Gamification.Tests.Journal;
using Microsoft.Extensions.Logging.Abstractions;
using static Gamification.Tests.Storage.Appends;

namespace Gamification.Tests.Storage;

/// <summary>What every journal storage promises. Written once, run for each database.</summary>
public abstract class JournalStorageContract : IAsyncLifetime
{
    private readonly List<IJournalStorage> _opened = [];

    protected IJournalStorage Storage { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await CreateDatabase();
        Storage = await OpenAnother();
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var storage in _opened)
            await Close(storage);
        await DropDatabase();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task An_append_is_read_back_as_it_was_written()
    {
        var head = await Storage.Acquire(3, default);
        var append = Append("a", 0, Entry("""{"points":10}""", Key("r1")), Entry("é€😀", type: "badge.granted"));

        var outcome = await Storage.CommitOne(head, append);

        Assert.Equal(new AppendOutcome.Appended(3, 1, 2, Now), outcome);
        var history = await Storage.Load(Actor("a"), default);
        Assert.Equal((0, null), (history.SnapshotVersion, history.Snapshot));
        Assert.Equal(["""{"points":10}""", "é€😀"], history.Tail.Select(entry => entry.Text()));
        Assert.Equal(
            [(Actor("a"), 1, 3, 1, "receipt.posted", Now), (Actor("a"), 2, 3, 2, "badge.granted", Now)],
            history.Tail.Select(entry => (entry.Actor, entry.Version, entry.Partition, entry.Seq, entry.Type, entry.RecordedAt)));
        Assert.Equal([new PartitionHead(3, 1, 2)], await Storage.Heads(default));
    }

    [Fact]
    public async Task What_is_unknown_is_empty()
    {
        await Storage.Acquire(0, default);

        Assert.Equal(ActorHistory.Empty.Tail, (await Storage.Load(Actor("nobody"), default)).Tail);
        Assert.Empty(await Storage.ReadForward(Actor("nobody", "other"), 0, 10, default));
        Assert.Empty(await Storage.ReadBackward(Actor("nobody"), long.MaxValue, 10, default));
        Assert.Empty(await Storage.ReadPartition(7, 0, 10, default));
        Assert.Null(await Storage.FindKey(Programme, Key("r1"), default));
    }

    [Theory]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    [InlineData(3, 2)]
    public async Task An_append_at_another_version_is_stale(long expected, long stored)
    {
        var head = await Storage.Acquire(0, default);
        await Storage.CommitOne(head, Append("a", 0, Entry("1"), Entry("2")));

        var outcome = await Storage.CommitOne(head, Append("a", expected, Entry("3"), Entry("4"), Entry("5")));

        Assert.Equal(new AppendOutcome.StaleVersion(stored), outcome);
        Assert.Equal(2, (await Storage.ReadAll(0)).Count);
    }

    [Fact]
    public async Task A_new_actor_starts_at_version_zero()
    {
        var head = await Storage.Acquire(0, default);

        Assert.Equal(new AppendOutcome.StaleVersion(0), await Storage.CommitOne(head, Append("a", 4, Entry("5"))));
        Assert.IsType<AppendOutcome.Appended>(await Storage.CommitOne(head, Append("a", 0, Entry("1"))));
    }

    [Fact]
    public async Task A_key_is_unique_across_actors_and_partitions()
    {
        var (first, second) = (await Storage.Acquire(0, default), await Storage.Acquire(1, default));
        await Storage.CommitOne(first, Append("a", 0, Entry("first", Key("r1", "content"))));

        var outcome = await Storage.CommitOne(second, Append("b", 0, Entry("second", Key("r1", "other content"))));

        var taken = Assert.IsType<AppendOutcome.KeyTaken>(outcome);
        Assert.Equal((0, Key("r1", "content").Content), (taken.Index, taken.Content));
        Assert.Equal((Actor("a"), 1, 0, 1, "first"), (taken.First.Actor, taken.First.Version, taken.First.Partition, taken.First.Seq, taken.First.Text()));
        Assert.Empty(await Storage.ReadAll(1));
    }

    [Fact]
    public async Task Programmes_and_months_keep_their_keys_apart()
    {
        var head = await Storage.Acquire(0, default);
        await Storage.CommitOne(head, Append("a", 0, Entry("1", Key("r1"))));

        Assert.IsType<AppendOutcome.Appended>(await Storage.CommitOne(head, Append(Actor("a", "other"), 0, Entry("2", Key("r1")))));
        Assert.IsType<AppendOutcome.Appended>(await Storage.CommitOne(head, Append("a", 1, Entry("3", Key("r1", month: 202612)))));
        Assert.Equal("2", (await Storage.FindKey("other", Key("r1"), default))!.Text());
        Assert.Equal("3", (await Storage.FindKey(Programme, Key("r1", month: 202612), default))!.Text());
        Assert.Null(await Storage.FindKey("third", Key("r1"), default));
    }

    [Fact]
    public async Task One_taken_key_refuses_the_whole_append()
    {
        var head = await Storage.Acquire(0, default);
        await Storage.CommitOne(head, Append("a", 0, Entry("1", Key("r1"))));

        var outcome = await Storage.CommitOne(head, Append("b", 0, Entry("2", Key("r2")), Entry("3"), Entry("4", Key("r1"))));

        Assert.Equal(2, Assert.IsType<AppendOutcome.KeyTaken>(outcome).Index);
        Assert.Null(await Storage.FindKey(Programme, Key("r2"), default));
        Assert.Single(await Storage.ReadAll(0));
    }

    [Fact]
    public async Task The_first_of_several_taken_keys_is_reported()
    {
        var head = await Storage.Acquire(0, default);
        await Storage.CommitOne(head, Append("a", 0, Entry("1", Key("r1")), Entry("2", Key("r2")), Entry("3", Key("r3"))));

        var outcome = await Storage.CommitOne(head, Append("b", 0, Entry("n", Key("new")), Entry("x", Key("r3")), Entry("y", Key("r1")), Entry("z", Key("r2"))));

        var taken = Assert.IsType<AppendOutcome.KeyTaken>(outcome);
        Assert.Equal((1, "3"), (taken.Index, taken.First.Text()));
    }

    [Fact]
    public async Task A_taken_key_is_reported_before_a_stale_version()
    {
        var head = await Storage.Acquire(0, default);
        await Storage.CommitOne(head, Append("a", 0, Entry("1", Key("r1"))));

        Assert.IsType<AppendOutcome.KeyTaken>(await Storage.CommitOne(head, Append("a", 0, Entry("1", Key("r1")))));
    }

    [Fact]
    public async Task What_appends_use_of_a_lease_is_counted_with_them_until_it_is_ended()
    {
        var (first, second) = (await Storage.Acquire(0, default), await Storage.Acquire(1, default));
        var lease = Guid.Parse("6f1d1d6e-0a3b-4c57-9a44-6c1d7e2f3a4b");
        await Storage.OpenLease(Programme, lease);

        Assert.All(
            await Storage.Commit(0, first.Epoch, [Append("a", 0, Entry("1", Key("r1"))) with { Uses = [new(lease, 5, 1)] }, Append("b", 0, Entry("2")) with { Uses = [new(lease, 7, 0)] }], Now),
            outcome => Assert.IsType<AppendOutcome.Appended>(outcome));
        Assert.IsType<AppendOutcome.Appended>(await Storage.CommitOne(second, Append("c", 0, Entry("3"), Entry("4")) with { Uses = [new(lease, -2, 0), new(lease, 1, 1)] }));

        // What is refused uses nothing.
        Assert.IsType<AppendOutcome.KeyTaken>(await Storage.CommitOne(first, Append("d", 0, Entry("5", Key("r1"))) with { Uses = [new(lease, 100, 0)] }));
        Assert.IsType<AppendOutcome.StaleVersion>(await Storage.CommitOne(first, Append("a", 4, Entry("6")) with { Uses = [new(lease, 100, 0)] }));

        Assert.Equal(new LeaseTally(11, 2), await Storage.EndLease(Programme, lease));
        Assert.Equal(new LeaseTally(11, 2), await Storage.EndLease(Programme, lease));
    }

    [Fact]
    public async Task Nothing_is_stored_under_a_lease_that_is_over_and_others_of_the_batch_are()
    {
        var head = await Storage.Acquire(0, default);
        var (over, open, never) = (Guid.Parse("6f1d1d6e-0a3b-4c57-9a44-6c1d7e2f3a4b"), Guid.Parse("6f1d1d6e-0a3b-4c57-9a44-6c1d7e2f3a4c"), Guid.Parse("6f1d1d6e-0a3b-4c57-9a44-6c1d7e2f3a4d"));
        foreach (var lease in new[] { over, open }) await Storage.OpenLease(Programme, lease);
        Assert.Equal(default, await Storage.EndLease(Programme, over));
        await Storage.OpenLease(Programme, over);
        await Storage.CommitOne(head, Append("a", 0, Entry("1", Key("r1"))));

        var outcomes = await Storage.Commit(
            0,
            head.Epoch,
            [
                Append("b", 0, Entry("2")) with { Uses = [new(open, 3, 0), new(over, 1, 0)] },
                Append("c", 0, Entry("3")) with { Uses = [new(open, 5, 0)] },
                Append("d", 0, Entry("4")) with { Uses = [new(never, 1, 0)] },
                Append("e", 0, Entry("5")),
                Append("f", 0, Entry("6", Key("r1"))) with { Uses = [new(over, 1, 0)] },
                Append("a", 7, Entry("7")) with { Uses = [new(over, 1, 0)] },
            ],
            Now);

        Assert.Equal(new AppendOutcome.LeaseOver(over), outcomes[0]);
        Assert.Equal(new AppendOutcome.LeaseOver(never), outcomes[2]);
        Assert.Equal([2, 3], [((AppendOutcome.Appended)outcomes[1]).FirstSeq, ((AppendOutcome.Appended)outcomes[3]).FirstSeq]);
        Assert.IsType<AppendOutcome.KeyTaken>(outcomes[4]);
        Assert.Equal(new AppendOutcome.StaleVersion(1), outcomes[5]);
        Assert.Equal(new LeaseTally(5, 0), await Storage.EndLease(Programme, open));
        Assert.Equal(default, await Storage.EndLease(Programme, over));
        Assert.Equal(default, await Storage.EndLease("nobody's", never));
    }

    [Fact]
    public async Task A_lease_that_is_ended_while_partitions_commit_under_it_has_counted_what_they_stored_and_nothing_else()
    {
        var lease = Guid.Parse("6f1d1d6e-0a3b-4c57-9a44-6c1d7e2f3a4b");
        await Storage.OpenLease(Programme, lease);
        var writers = Enumerable.Range(0, 4).Select(partition => Task.Run(async () =>
        {
            var (head, stored) = (await Storage.Acquire(partition, default), 0);
            while (stored < 200 && await Storage.CommitOne(head, Append($"p{partition}", stored, Entry("x")) with { Uses = [new(lease, 1, 0)] }) is AppendOutcome.Appended) stored++;
            return stored;
        })).ToArray();
        await Task.WhenAny(writers);
        var counted = await Storage.EndLease(Programme, lease);
        Assert.Equal(counted.Points, (await Task.WhenAll(writers)).Sum());
    }

    [Fact]
    public async Task Of_two_appends_with_one_key_in_a_batch_the_first_is_stored_and_the_second_answered_with_it()
    {
        var head = await Storage.Acquire(0, default);

        var outcomes = await Storage.Commit(
            0,
            head.Epoch,
            [
                Append("a", 0, Entry("1", Key("r1"))),
                Append("b", 0, Entry("2", Key("r1"))),
                Append("c", 0, Entry("3")),
                Append("d", 0, Entry("4", Key("r1", "other"))),
            ],
            Now);

        Assert.Equal(new AppendOutcome.Appended(0, 1, 1, Now), outcomes[0]);
        Assert.Equal("1", Assert.IsType<AppendOutcome.KeyTaken>(outcomes[1]).First.Text());
        Assert.Equal(new AppendOutcome.Appended(0, 2, 2, Now), outcomes[2]);
        Assert.Equal("1", Assert.IsType<AppendOutcome.KeyTaken>(outcomes[3]).First.Text());
        Assert.Equal(["1", "3"], (await Storage.ReadAll(0)).Select(entry => entry.Text()));
    }

    [Fact]
    public async Task A_key_of_a_refused_append_is_free_for_the_next_in_the_batch()
    {
        var head = await Storage.Acquire(0, default);

        var outcomes = await Storage.Commit(0, head.Epoch, [Append("a", 9, Entry("1", Key("r1"))), Append("b", 0, Entry("2", Key("r1")))], Now);

        Assert.Equal(new AppendOutcome.StaleVersion(0), outcomes[0]);
        Assert.Equal(new AppendOutcome.Appended(0, 1, 1, Now), outcomes[1]);
    }

    [Fact]
    public async Task Refusals_leave_no_gap_and_do_not_disturb_the_others()
    {
        var head = await Storage.Acquire(0, default);
        await Storage.CommitOne(head, Append("a", 0, Entry("1", Key("r1"))));

        var outcomes = await Storage.Commit(
            0,
            head.Epoch,
            [
                Append("b", 0, Entry("2"), Entry("3")),
                Append("a", 0, Entry("stale")),
                Append("c", 0, Entry("4", Key("r4"))),
                Append("d", 0, Entry("taken", Key("r1"))),
                Append("e", 0, Entry("5")),
            ],
            Now);

        Assert.Equal(
            [(2, 3), (4, 4), (5, 5)],
            outcomes.OfType<AppendOutcome.Appended>().Select(appended => (appended.FirstSeq, appended.LastSeq)));
        var stored = await Storage.ReadAll(0);
        Assert.Equal(["1", "2", "3", "4", "5"], stored.Select(entry => entry.Text()));
        Assert.Equal([1L, 2, 3, 4, 5], stored.Select(entry => entry.Seq));
    }

    [Fact]
    public async Task An_older_writer_is_fenced_off()
    {
        var old = await Storage.Acquire(0, default);
        await Storage.CommitOne(old, Append("a", 0, Entry("1")));
        var other = await OpenAnother();
        var newer = await other.Acquire(0, default);

        await Assert.ThrowsAsync<PartitionFencedException>(async () => await Storage.CommitOne(old, Append("a", 1, Entry("2"))));

        Assert.Equal((old.Epoch + 1, 1), (newer.Epoch, newer.LastSeq));
        Assert.IsType<AppendOutcome.Appended>(await other.CommitOne(newer, Append("a", 1, Entry("3"))));
        Assert.Equal(["1", "3"], (await Storage.ReadAll(0)).Select(entry => entry.Text()));
    }

    [Fact]
    public async Task A_writer_takes_its_own_partition_again_but_not_one_that_was_taken_from_it()
    {
        var first = await Storage.Acquire(0, default);
        await Storage.CommitOne(first, Append("a", 0, Entry("1")));

        var again = await Storage.Reacquire(0, default);

        Assert.Equal(new PartitionHead(0, first.Epoch + 1, 1), again);
        await Assert.ThrowsAsync<PartitionFencedException>(async () => await Storage.CommitOne(first, Append("a", 1, Entry("2"))));
        await StealPartition(0);
        await Assert.ThrowsAsync<PartitionFencedException>(async () => await Storage.Reacquire(0, default));
    }

    [Fact]
    public async Task A_row_that_is_too_large_is_bad_and_takes_no_numbers()
    {
        var head = await Storage.Acquire(0, default);
        var large = new NewEntry("receipt.posted", new byte[1_048_577]);

        await Assert.ThrowsAsync<BadAppendException>(
            async () => await Storage.Commit(0, head.Epoch, [Append("a", 0, Entry("1")), Append("b", 0, large)], Now));

        Assert.Equal(new AppendOutcome.Appended(0, 1, 1, Now), await Storage.CommitOne(head, Append("a", 0, Entry("1"))));
        Assert.IsType<AppendOutcome.Appended>(await Storage.CommitOne(head, Append("b", 0, new NewEntry("large", new byte[1_048_576]))));
    }

    [Theory]
    [InlineData("a\0b", "type")]
    [InlineData("a", "ty\0pe")]
    [InlineData("a{half}", "type")]
    [InlineData("a", "")]
    public async Task Text_that_not_every_database_can_keep_is_bad(string key, string type)
    {
        var head = await Storage.Acquire(0, default);

        await Assert.ThrowsAsync<BadAppendException>(async () => await Storage.CommitOne(
            head, Append(key.Replace("{half}", "\ud800", StringComparison.Ordinal), 0, Entry("1", type: type))));

        Assert.Empty(await Storage.ReadAll(0));
    }

    [Fact]
    public async Task A_key_twice_in_one_append_is_bad()
    {
        var head = await Storage.Acquire(0, default);

        await Assert.ThrowsAsync<BadAppendException>(
            async () => await Storage.CommitOne(head, Append("a", 0, Entry("1", Key("r1")), Entry("2", Key("r1")))));
    }

    [Fact]
    public async Task Activation_reads_the_newest_snapshot_and_what_came_after()
    {
        var head = await Storage.Acquire(0, default);
        await Storage.CommitOne(head, Append("a", 0, Entry("1"), Entry("2")) with { Snapshot = "at 2"u8.ToArray() });
        await Storage.CommitOne(head, Append("a", 2, Entry("3")));
        await Storage.CommitOne(head, Append("a", 3, Entry("4")) with { Snapshot = "at 4"u8.ToArray() });
        await Storage.CommitOne(head, Append("a", 4, Entry("5"), Entry("6")));
        await Storage.CommitOne(head, Append("a", 4, Entry("stale")) with { Snapshot = "at 5"u8.ToArray() });

        var history = await Storage.Load(Actor("a"), default);

        Assert.Equal((4, "at 4"), (history.SnapshotVersion, System.Text.Encoding.UTF8.GetString(history.Snapshot!.Value.Span)));
        Assert.Equal(["5", "6"], history.Tail.Select(entry => entry.Text()));
    }

    [Fact]
    public async Task An_actor_is_read_forward_and_backward_in_pages()
    {
        var head = await Storage.Acquire(0, default);
        await Storage.CommitOne(head, Append("a", 0, [.. Enumerable.Range(1, 7).Select(i => Entry($"{i}"))]));
        await Storage.CommitOne(head, Append("b", 0, Entry("other")));

        Assert.Equal(["3", "4", "5"], (await Storage.ReadForward(Actor("a"), 2, 3, default)).Select(entry => entry.Text()));
        Assert.Equal(["7"], (await Storage.ReadForward(Actor("a"), 6, 3, default)).Select(entry => entry.Text()));
        Assert.Equal(["4", "3", "2"], (await Storage.ReadBackward(Actor("a"), 5, 3, default)).Select(entry => entry.Text()));
        Assert.Equal(["7", "6"], (await Storage.ReadBackward(Actor("a"), long.MaxValue, 2, default)).Select(entry => entry.Text()));
    }

    [Fact]
    public async Task Recorded_time_never_goes_back()
    {
        var head = await Storage.Acquire(0, default);
        await Storage.Commit(0, head.Epoch, [Append("a", 0, Entry("1"))], Now);

        var earlier = (await Storage.Commit(0, head.Epoch, [Append("a", 1, Entry("2"))], Now.AddHours(-1))).Single();
        var later = (await Storage.Commit(0, head.Epoch, [Append("a", 2, Entry("3"))], Now.AddTicks(25))).Single();

        Assert.Equal(Now, ((AppendOutcome.Appended)earlier).RecordedAt);
        Assert.Equal(Now.AddTicks(20), ((AppendOutcome.Appended)later).RecordedAt);
        Assert.Equal([Now, Now, Now.AddTicks(20)], (await Storage.ReadAll(0)).Select(entry => entry.RecordedAt));
    }

    [Fact]
    public async Task What_was_acknowledged_is_there_after_opening_anew()
    {
        var head = await Storage.Acquire(0, default);
        var batch = Enumerable.Range(0, 1_024).Select(i => Append($"m{i}", 0, Entry($"{i}", Key($"r{i}")))).ToArray();
        await Storage.Commit(0, head.Epoch, batch, Now);
        var underWay = Storage.Commit(0, head.Epoch, [.. batch.Select(append => append with { ExpectedVersion = 1, Entries = [Entry("again")] })], Now).AsTask();
        await Close(Storage);
        var stored = await Record.ExceptionAsync(() => underWay) is null ? 2_048 : 1_024;

        var reopened = await OpenAnother();

        var entries = await reopened.ReadAll(0);
        Assert.True(entries.Count == stored || entries.Count == 2_048, $"{entries.Count} entries, {stored} acknowledged");
        Assert.Equal(Enumerable.Range(1, entries.Count), entries.Select(entry => (int)entry.Seq));
        Assert.Equal(2, (await reopened.Acquire(0, default)).Epoch);
        await AssertSound(reopened);
    }

    [Fact]
    public async Task Racing_for_the_same_keys_on_four_partitions_stores_each_key_once()
    {
        using var journal = new JournalWriter(
            Storage, new() { Partitions = [0, 1, 2, 3] }, TimeProvider.System, NullLogger<JournalWriter>.Instance);
        using var stop = new CancellationTokenSource();
        var loops = journal.Partitions.Select(partition => journal.Run(partition, stop.Token)).ToArray();

        // Four actors race for each of 250 keys, and each actor races for four keys.
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 1_000).Select(i => Task.Run(async () =>
            (Key: $"r{i % 250}", Outcome: await journal.Append(Append($"m{i}", 0, Entry($"{i}", Key($"r{i % 250}")), Entry("points", Key($"p{i / 4 * 7 % 250}"))))))));
        await stop.CancelAsync();
        await Task.WhenAll(loops);

        var entries = (await Task.WhenAll(journal.Partitions.Select(partition => Storage.ReadAll(partition)))).SelectMany(entries => entries).ToList();
        var appended = outcomes.Count(each => each.Outcome is AppendOutcome.Appended);
        Assert.Equal(2 * appended, entries.Count);
        Assert.All(outcomes, each => Assert.True(each.Outcome is AppendOutcome.Appended or AppendOutcome.KeyTaken));
        foreach (var (key, outcome) in outcomes)
        {
            var first = await Storage.FindKey(Programme, Key(key), default);
            if (outcome is AppendOutcome.KeyTaken { Index: 0, First: var named })
                Assert.Equal((first!.Partition, first.Seq), (named.Partition, named.Seq));
            if (outcome is AppendOutcome.Appended own)
                Assert.Equal((own.Partition, own.FirstSeq), (first!.Partition, first.Seq));
        }

        await AssertSound(Storage);
    }

    [Fact]
    public async Task A_reader_that_follows_the_sequence_never_misses_an_entry()
    {
        using var journal = new JournalWriter(Storage, new() { Partitions = [0, 1], BatchSizeMax = 16 }, TimeProvider.System, NullLogger<JournalWriter>.Instance);
        using var stop = new CancellationTokenSource();
        var loops = journal.Partitions.Select(partition => journal.Run(partition, stop.Token)).ToArray();
        var writing = Task.WhenAll(Enumerable.Range(0, 16).Select(actor => Task.Run(async () =>
        {
            for (var version = 0; version < 40; version++)
                Assert.IsType<AppendOutcome.Appended>(await journal.Append(Append($"m{actor}", version, Entry($"{version}", Key($"{actor}/{version}")))));
        })));

        Dictionary<int, long> offsets = new() { [0] = 0, [1] = 0 };
        while (offsets.Values.Sum() < 640)
        {
            Assert.False(writing.IsFaulted, writing.Exception?.ToString());
            foreach (var partition in journal.Partitions)
            {
                foreach (var entry in await Storage.ReadPartition(partition, offsets[partition], 50, default))
                    Assert.Equal(++offsets[partition], entry.Seq);
            }
        }

        await writing;
        await stop.CancelAsync();
        await Task.WhenAll(loops);
        Assert.Equal(640, (await Storage.Heads(default)).Sum(head => head.LastSeq));
    }

    [Fact]
    public async Task Random_batches_end_as_they_do_in_memory()
    {
        var model = new FaultyJournalStorage(new Random(0), TimeProvider.System);
        for (var seed = 1; seed <= 20; seed++)
        {
            var random = new Random(seed);
            var partition = seed % 3;
            var (head, modelHead) = (await Storage.Acquire(partition, default), await model.Acquire(partition, default));
            for (var round = 0; round < 12; round++)
            {
                var actors = Enumerable.Range(0, 8).OrderBy(_ => random.Next()).Take(random.Next(1, 8)).ToArray();
                List<Append> batch = [];
                foreach (var actor in actors)
                {
                    var id = Actor($"{seed}-{actor}");
                    var version = (await model.ReadBackward(id, long.MaxValue, 1, default)) is [var newest] ? newest.Version : 0;
                    var expected = random.Next(6) == 0 ? Math.Max(0, version + random.Next(-1, 2)) : version;
                    var keys = Enumerable.Range(0, 30).OrderBy(_ => random.Next()).ToArray();
                    var entries = Enumerable.Range(0, random.Next(1, 4))
                        .Select(i => Entry($"{round}.{i}", random.Next(3) > 0 ? Key($"{seed}-{keys[i]}", $"{random.Next(2)}") : null)).ToArray();
                    batch.Add(Append(id, expected, entries));
                }

                var at = Now.AddSeconds(round);
                var (actual, wanted) = (await Storage.Commit(partition, head.Epoch, batch, at), await model.Commit(partition, modelHead.Epoch, batch, at));
                for (var i = 0; i < batch.Count; i++)
                    Assert.True(Similar(actual[i], wanted[i]), $"seed {seed}, round {round}, append {i}: {actual[i]}, wanted {wanted[i]}");
            }

            Assert.Equal(
                (await model.ReadAll(partition)).Select(entry => (entry.Actor.Path, entry.Version, entry.Text())).Order(),
                (await Storage.ReadAll(partition)).Select(entry => (entry.Actor.Path, entry.Version, entry.Text())).Order());
        }

        await AssertSound(Storage);

        // Numbers inside a batch may differ where a key repeats in it: that append is stored after the others.
        static bool Similar(AppendOutcome one, AppendOutcome other) => (one, other) switch
        {
            (AppendOutcome.Appended a, AppendOutcome.Appended b) => a.LastSeq - a.FirstSeq == b.LastSeq - b.FirstSeq,
            (AppendOutcome.KeyTaken a, AppendOutcome.KeyTaken b) =>
                a.Index == b.Index && a.Content == b.Content && (a.First.Actor, a.First.Version) == (b.First.Actor, b.First.Version),
            _ => one == other,
        };
    }

    protected abstract Task CreateDatabase();

    protected abstract Task DropDatabase();

    /// <summary>A second program on the same database.</summary>
    protected abstract Task<IJournalStorage> Open();

    protected abstract Task StealPartition(int partition);

    protected async Task<IJournalStorage> OpenAnother()
    {
        var storage = await Open();
        _opened.Add(storage);
        return storage;
    }

    private static async ValueTask Close(IJournalStorage storage)
    {
        if (storage is IAsyncDisposable disposable)
            await disposable.DisposeAsync();
    }

    private static async Task AssertSound(IJournalStorage storage)
    {
        if (storage is ISelfChecking checking)
            Assert.Empty((await checking.Verify(default)).Findings);
    }
}
