using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Rules;
using Gamification.Tests.Rules;
using Gamification.Tests.Time;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gamification.Tests.Journal;

/// <summary>
/// One member held by two nodes at once, each writing to its own partition: what a cluster may do for a moment after a node has died.
/// </summary>
public sealed class DuplicateActivationTests
{
    private static readonly ActorId Member = ActorId.Member("test", new(Guid.Parse("6f1d1d6e-0a3b-4c57-9a44-6c1d7e2f3a4b")));

    private readonly FaultyJournalStorage _storage = new(new Random(1), new ManualTimeProvider());

    [Fact]
    public async Task The_one_that_is_behind_reloads_and_answers_as_if_it_had_been_alone()
    {
        await using var one = await Node.Start(_storage, partition: 0);
        await using var other = await Node.Start(_storage, partition: 1);
        for (var i = 1; i <= 20; i++)
        {
            var (writer, reader) = i % 3 == 0 ? (other, one) : (one, other);
            var recorded = Assert.IsType<ReceiptOutcome.Recorded>(await writer.Post(i));
            Assert.Equal((10 * i, i), (recorded.Record.Balance, recorded.Record.Version));
            if (i % 4 == 0) Assert.Equal(recorded.Record, Assert.IsType<ReceiptOutcome.Replayed>(await reader.Post(i)).Record);
        }

        Assert.Equal([0, 1], _storage.Stored.Select(entry => entry.Partition).Distinct().Order());
        Assert.Equal(Enumerable.Range(1, 20).Select(version => (long)version), _storage.Stored.Select(entry => entry.Version).Order());
    }

    [Fact]
    public async Task Both_at_once_record_everything_once()
    {
        await using var one = await Node.Start(_storage, partition: 0);
        await using var other = await Node.Start(_storage, partition: 1);
        var outcomes = await Task.WhenAll(Run(one), Run(other));
        Assert.Equal(30, outcomes.SelectMany(outcome => outcome).OfType<ReceiptOutcome.Recorded>().Count());
        Assert.Equal(30, outcomes.SelectMany(outcome => outcome).OfType<ReceiptOutcome.Replayed>().Count());
        Assert.Equal(30, _storage.Stored.Length);

        static async Task<List<ReceiptOutcome>> Run(Node node)
        {
            List<ReceiptOutcome> outcomes = [];
            for (var i = 1; i <= 30; i++) outcomes.Add(await node.Post(i));
            return outcomes;
        }
    }

    private sealed class Node : IAsyncDisposable
    {
        private readonly CancellationTokenSource _stop = new();
        private readonly JournalWriter _writer;
        private readonly AccountLedger _account;
        private readonly Task _running;

        private Node(FaultyJournalStorage storage, int partition)
        {
            _writer = new(storage, new() { Partitions = [partition] }, new ManualTimeProvider(), NullLogger<JournalWriter>.Instance);
            var programmes = new ProgrammeCatalog([Receipts.Programme()]);
            _account = new(Member, _writer, programmes, new(programmes, new ManualTimeProvider()), new(), letGo: () => { });
            _running = Task.Run(() => _writer.Run(partition, _stop.Token));
        }

        public static async Task<Node> Start(FaultyJournalStorage storage, int partition)
        {
            var node = new Node(storage, partition);
            await node._account.Load(TestContext.Current.CancellationToken);
            return node;
        }

        public Task<ReceiptOutcome> Post(int number) => _account.Post(Receipts.Sale($"{number}", 10m), Receipts.Noon, AccountKind.Member);

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await _running;
            _writer.Dispose();
            _stop.Dispose();
        }
    }
}
