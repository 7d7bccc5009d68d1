using System.Collections.Concurrent;
using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Tests.Storage;
using Gamification.Tests.Time;
using Microsoft.Extensions.Logging.Abstractions;
using static Gamification.Tests.Storage.Appends;

namespace Gamification.Tests.Journal;

public sealed class JournalWriterTests : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ManualTimeProvider _clock = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly FaultyJournalStorage _storage;
    private readonly Observer _observer = new();
    private JournalWriter? _journal;
    private Task _running = Task.CompletedTask;

    public JournalWriterTests() => _storage = new(new Random(1), _clock);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _storage.Gate?.TrySetResult();
        _journal?.Dispose();
        _stop.Dispose();
    }

    [Fact]
    public async Task Appends_that_wait_share_a_commit_and_an_actor_is_in_it_once()
    {
        _storage.Gate = new();
        var journal = Start();

        var outcomes = Enumerable.Range(0, 100).Select(i => journal.Append(Append($"m{i}", 0, Entry("1"))).AsTask()).ToList();
        outcomes.Add(journal.Append(Append("m7", 1, Entry("2"))).AsTask());
        outcomes.Add(journal.Append(Append("m7", 2, Entry("3"))).AsTask());
        _storage.Gate.SetResult();

        Assert.All(await Task.WhenAll(outcomes).WaitAsync(Patience), outcome => Assert.IsType<AppendOutcome.Appended>(outcome));
        Assert.Equal(3, _storage.Commits);
        Assert.Equal(102, _storage.Stored.Length);
    }

    [Fact]
    public async Task Observers_hear_every_commit_in_order_and_without_gaps()
    {
        var journal = Start();
        for (var i = 0; i < 5; i++)
            await journal.Append(Append($"m{i}", 0, Entry("1"), Entry("2")));
        await journal.Append(Append("m0", 0, Entry("stale")));
        await Stop();

        Assert.Equal([(0, 2), (2, 4), (4, 6), (6, 8), (8, 10)], _observer.Heard.Select(heard => (heard.Previous, heard.To)));
        Assert.All(_observer.Heard, heard => Assert.Single(heard.Appends));
    }

    [Fact]
    public async Task An_observer_that_throws_disturbs_nobody_and_shows_in_health()
    {
        _observer.Bug = new InvalidOperationException("A bug.");
        var journal = Start();

        Assert.IsType<AppendOutcome.Appended>(await journal.Append(Append("a", 0, Entry("1"))));
        Assert.IsType<AppendOutcome.Appended>(await journal.Append(Append("a", 1, Entry("2"))));
        await Stop();

        Assert.Same(_observer.Bug, journal.Health.Single().LastError);
    }

    [Fact]
    public async Task A_bad_append_is_refused_alone()
    {
        _storage.PayloadMax = 10;
        _storage.Gate = new();
        var journal = Start();

        var outcomes = Enumerable.Range(0, 50)
            .Select(i => journal.Append(Append($"m{i}", 0, Entry(i is 13 or 31 ? "far too large" : "small"))).AsTask()).ToArray();
        _storage.Gate.SetResult();
        await Task.WhenAll(outcomes).WaitAsync(Patience).ContinueWith(_ => { }, TaskScheduler.Default);

        foreach (var (i, outcome) in outcomes.Index())
        {
            if (i is 13 or 31)
                Assert.IsType<BadAppendException>((await Assert.ThrowsAsync<AppendRefusedException>(() => outcome)).InnerException);
            else
                Assert.IsType<AppendOutcome.Appended>(await outcome);
        }

        Assert.Equal(48, _storage.Stored.Length);
    }

    [Fact]
    public async Task While_storage_refuses_callers_wait_and_the_commit_is_tried_again()
    {
        var journal = Start();
        await journal.Append(Append("a", 0, Entry("1")));
        _storage.Outage = new JournalUnavailableException("Away.");

        var outcome = journal.Append(Append("a", 1, Entry("2"))).AsTask();
        _clock.Advance(await _clock.TimerSet());
        _clock.Advance(await _clock.TimerSet());
        await _clock.TimerSet();
        Assert.Equal(JournalState.Retrying, journal.Health.Single().State);
        Assert.False(outcome.IsCompleted);
        _storage.Outage = null;
        _clock.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(2, Assert.IsType<AppendOutcome.Appended>(await outcome.WaitAsync(Patience)).LastSeq);
        Assert.Equal(JournalState.Running, journal.Health.Single().State);
    }

    [Fact]
    public async Task When_storage_stays_away_appends_are_refused_at_once_until_it_is_back()
    {
        var journal = Start();
        await journal.Append(Append("a", 0, Entry("1")));
        _storage.Outage = new JournalUnavailableException("Away.");

        var outcome = journal.Append(Append("a", 1, Entry("2"))).AsTask();
        while (!outcome.IsCompleted)
            _clock.Advance(await _clock.TimerSet());
        await Assert.ThrowsAsync<JournalUnavailableException>(() => outcome);
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await journal.Append(Append("b", 0, Entry("1"))));
        Assert.Equal(JournalState.Unavailable, journal.Health.Single().State);

        _storage.Outage = null;
        await AdvanceUntilRunning(journal);
        Assert.IsType<AppendOutcome.Appended>(await journal.Append(Append("a", 1, Entry("2"))).AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task An_outcome_that_stays_unknown_is_said_to_be_unknown()
    {
        var journal = Start();
        await journal.Append(Append("a", 0, Entry("1")));
        _storage.Outage = new IOException("The line is dead.");

        var outcome = journal.Append(Append("a", 1, Entry("2"))).AsTask();
        while (!outcome.IsCompleted)
            _clock.Advance(await _clock.TimerSet());

        await Assert.ThrowsAsync<CommitOutcomeUnknownException>(() => outcome);
        _storage.Outage = null;
        await AdvanceUntilRunning(journal);
        Assert.IsType<AppendOutcome.Appended>(await journal.Append(Append("a", 1, Entry("3"))).AsTask().WaitAsync(Patience));
    }

    [Fact]
    public async Task A_fenced_writer_never_writes_again()
    {
        var journal = Start();
        await journal.Append(Append("a", 0, Entry("1")));
        _storage.Steal(0);

        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await journal.Append(Append("a", 1, Entry("2"))));
        await _running.WaitAsync(Patience);
        await Assert.ThrowsAsync<JournalUnavailableException>(async () => await journal.Append(Append("a", 1, Entry("3"))));

        var health = journal.Health.Single();
        Assert.Equal(JournalState.Fenced, health.State);
        Assert.IsType<PartitionFencedException>(health.LastError);
        Assert.Single(_storage.Stored);
    }

    [Fact]
    public async Task A_commit_whose_answer_was_lost_is_found_even_by_a_writer_that_was_fenced_off_meanwhile()
    {
        var journal = Start();
        await journal.Append(Append("a", 0, Entry("1")));
        _storage.Faults = new() { After = 1_000 };
        _storage.Written = () => _storage.Steal(0);

        var outcome = await journal.Append(Append("a", 1, Entry("2")));

        Assert.Equal(2, Assert.IsType<AppendOutcome.Appended>(outcome).LastSeq);
        await _running.WaitAsync(Patience);
        Assert.Equal(JournalState.Fenced, journal.Health.Single().State);
        Assert.Equal([(0, 1), (1, 2)], _observer.Heard.Select(heard => (heard.Previous, heard.To)));
    }

    [Fact]
    public async Task A_full_queue_makes_callers_wait_and_then_says_busy()
    {
        _storage.Gate = new();
        var journal = Start(new() { QueueCapacity = 4 });

        var queued = Enumerable.Range(0, 4).Select(i => journal.Append(Append($"m{i}", 0, Entry("1"))).AsTask()).ToArray();
        var late = journal.Append(Append("late", 0, Entry("1"))).AsTask();
        Assert.Equal(TimeSpan.FromSeconds(2), await _clock.TimerSet());
        _clock.Advance(TimeSpan.FromSeconds(2) - TimeSpan.FromTicks(1));
        Assert.False(late.IsCompleted);
        _clock.Advance(TimeSpan.FromTicks(1));

        Assert.Equal(TimeSpan.FromSeconds(1), (await Assert.ThrowsAsync<JournalBusyException>(() => late.WaitAsync(Patience))).RetryAfter);
        var patient = journal.Append(Append("patient", 0, Entry("1"))).AsTask();
        _storage.Gate.SetResult();
        Assert.IsType<AppendOutcome.Appended>(await patient.WaitAsync(Patience));
        await Task.WhenAll(queued).WaitAsync(Patience);
        Assert.DoesNotContain(_storage.Stored, entry => entry.Actor == Actor("late"));
    }

    [Fact]
    public async Task Stopping_commits_what_is_queued_and_leaves_nobody_hanging()
    {
        _storage.Gate = new();
        var journal = Start(new() { QueueCapacity = 64 });
        var queued = Enumerable.Range(0, 64).Select(i => journal.Append(Append($"m{i % 8}", i / 8, Entry("1"))).AsTask()).ToArray();
        var waiting = journal.Append(Append("late", 0, Entry("1"))).AsTask();

        await _stop.CancelAsync();
        _storage.Gate.SetResult();
        await _running.WaitAsync(Patience);

        Assert.All(await Task.WhenAll(queued).WaitAsync(Patience), outcome => Assert.IsType<AppendOutcome.Appended>(outcome));
        Assert.IsType<JournalBusyException>(await Record.ExceptionAsync(() => waiting.WaitAsync(Patience)));
        await Assert.ThrowsAsync<JournalBusyException>(async () => await journal.Append(Append("later", 0, Entry("1"))));
        Assert.Equal(JournalState.Stopped, journal.Health.Single().State);
    }

    [Fact]
    public async Task The_caller_never_runs_inside_the_writer()
    {
        var journal = Start();
        var outcome = journal.Append(Append("a", 0, Entry("1")));
        var blocked = outcome.AsTask().ContinueWith(
            _ => journal.Append(Append("b", 0, Entry("1"))).AsTask().Wait(Patience), TaskContinuationOptions.ExecuteSynchronously);

        Assert.True(await blocked.WaitAsync(Patience));
    }

    [Fact]
    public void The_partition_of_an_actor_is_the_same_in_every_process()
    {
        using var journal = new JournalWriter(_storage, new() { Partitions = [3, 5, 8, 9] }, _clock, NullLogger<JournalWriter>.Instance);

        Assert.Equal([3, 5, 3, 9], Enumerable.Range(0, 4).Select(i => journal.PartitionOf(Actor($"{i}"))));
        var counts = Enumerable.Range(0, 10_000).CountBy(i => journal.PartitionOf(Actor($"{i:x32}"))).ToDictionary();
        Assert.All(counts.Values, count => Assert.InRange(count, 2_300, 2_700));
    }

    /// <summary>
    /// Actors that behave: on busy or unavailable they try the same append again, on an unknown outcome they reload first. Whatever the storage does,
    /// each acknowledged key is stored once, with its content, in version order, and observers plus journal agree.
    /// </summary>
    [Fact]
    public async Task Every_acknowledged_key_is_stored_exactly_once_whatever_fails()
    {
        for (var seed = 1; seed <= 200; seed++)
        {
            var clock = new ManualTimeProvider();
            var storage = new FaultyJournalStorage(new Random(seed), clock)
            {
                PayloadMax = 20,
                Faults = new() { Before = 100, After = 100, Silent = 100, Looking = 150 },
            };
            var observer = new Observer();
            using var journal = new JournalWriter(
                storage, new() { Partitions = [0, 1], QueueCapacity = 16, BatchSizeMax = 8 }, clock, NullLogger<JournalWriter>.Instance, observer);
            using var stop = new CancellationTokenSource();
            var loops = journal.Partitions.Select(partition => journal.Run(partition, stop.Token)).ToArray();

            ConcurrentDictionary<string, (int Actor, AppendOutcome.Appended? Outcome)> acknowledged = [];
            var actors = Task.WhenAll(Enumerable.Range(0, 12).Select(actor => Task.Run(() => Behave(seed, actor, clock, journal, acknowledged))));
            while (!actors.IsCompleted)
            {
                if (await Task.WhenAny(actors, clock.TimerSet()) != actors)
                    clock.Advance(TimeSpan.FromMilliseconds(500));
            }

            await actors;
            await stop.CancelAsync();
            var stopping = Task.WhenAll(loops);
            while (!stopping.IsCompleted && await Task.WhenAny(stopping, clock.TimerSet()) != stopping)
                clock.Advance(TimeSpan.FromMilliseconds(500));
            await stopping;
            Check(seed, storage, acknowledged, observer);
        }
    }

    private static async Task Behave(
        int seed, int actor, TimeProvider clock, JournalWriter journal, ConcurrentDictionary<string, (int, AppendOutcome.Appended?)> acknowledged)
    {
        var random = new Random((seed * 1_000) + actor);
        var version = 0L;
        for (var step = 0; step < 15; step++)
        {
            // Now and then a key that another actor may have used, or a payload that can never be stored.
            var key = random.Next(4) == 0 ? $"shared {random.Next(20)}" : $"{actor}/{step}";
            var bad = random.Next(12) == 0;
            for (var attempt = 0; ; attempt++)
            {
                Assert.True(attempt < 1_000, $"seed {seed}: actor {actor} gets no answer at step {step}");
                try
                {
                    var outcome = await journal.Append(Append($"m{actor}", version, Entry(bad ? new string('x', 21) : key, Key(key)), Entry("and more")));
                    switch (outcome)
                    {
                        case AppendOutcome.Appended appended:
                            Assert.True(acknowledged.TryAdd(key, (actor, appended)), $"seed {seed}: {key} was stored twice");
                            version += 2;
                            break;
                        case AppendOutcome.KeyTaken { First: var first } when first.Actor == Actor($"m{actor}"):
                            acknowledged.TryAdd(key, (actor, null));
                            break;
                        case AppendOutcome.StaleVersion stale:
                            Assert.Fail($"seed {seed}: actor {actor} is alone, yet its version {version} is stale at {stale.StoredVersion}");
                            break;
                    }

                    break;
                }
                catch (AppendRefusedException refused)
                {
                    Assert.True(bad, $"seed {seed}: {refused.Message}");
                    break;
                }
                catch (Exception again) when (again is JournalUnavailableException or JournalBusyException)
                {
                    await Task.Delay(TimeSpan.FromMilliseconds(100), clock);
                }
                catch (CommitOutcomeUnknownException)
                {
                    version = await Reload(clock, journal, actor);
                }
            }
        }
    }

    private static async Task<long> Reload(TimeProvider clock, JournalWriter journal, int actor)
    {
        while (true)
        {
            try
            {
                return (await journal.Load(Actor($"m{actor}"), default)).Tail is [.., var newest] ? newest.Version : 0;
            }
            catch (JournalUnavailableException)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(100), clock);
            }
        }
    }

    private static void Check(
        int seed, FaultyJournalStorage storage, ConcurrentDictionary<string, (int Actor, AppendOutcome.Appended? Outcome)> acknowledged, Observer observer)
    {
        var stored = storage.Stored.ToLookup(entry => entry.Text());
        foreach (var (key, (actor, outcome)) in acknowledged)
        {
            var entry = Assert.Single(stored[key]);
            Assert.Equal(Actor($"m{actor}"), entry.Actor);
            if (outcome is not null)
                Assert.True((entry.Partition, entry.Seq, entry.RecordedAt) == (outcome.Partition, outcome.FirstSeq, outcome.RecordedAt), $"seed {seed}: {key}");
        }

        Assert.Equal(storage.Stored.Length / 2, storage.Stored.Select(entry => entry.Text()).Count(text => text != "and more"));
        foreach (var heard in observer.Heard)
        {
            Assert.Equal(heard.To - heard.Previous, heard.Appends.Sum(append => append.Append.Entries.Length));
            Assert.All(heard.Appends, append => Assert.Equal(
                append.Append.Entries[0].Payload, storage.Stored.Single(entry => entry.Partition == heard.Partition && entry.Seq == append.Outcome.FirstSeq).Payload));
        }
    }

    private JournalWriter Start(JournalWriterOptions? options = null)
    {
        _journal = new(_storage, options ?? new(), _clock, NullLogger<JournalWriter>.Instance, _observer);
        _running = Task.Run(() => _journal.Run(0, _stop.Token));
        return _journal;
    }

    private async Task AdvanceUntilRunning(JournalWriter journal)
    {
        while (journal.Health.Single().State != JournalState.Running)
        {
            _clock.Advance(TimeSpan.FromSeconds(1));
            await Task.Yield();
        }
    }

    private async Task Stop()
    {
        await _stop.CancelAsync();
        await _running.WaitAsync(Patience);
    }

    private sealed class Observer : ICommitObserver
    {
        public ConcurrentQueue<(int Partition, long Previous, long To, IReadOnlyList<CommittedAppend> Appends)> Heard { get; } = [];

        public Exception? Bug { get; set; }

        public void Committed(int partition, long previousSeq, long toSeq, IReadOnlyList<CommittedAppend> appends)
        {
            if (Bug is { } bug)
                throw bug;
            Heard.Enqueue((partition, previousSeq, toSeq, appends));
        }
    }
}
