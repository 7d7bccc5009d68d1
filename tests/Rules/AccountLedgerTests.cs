using System.Collections.Immutable;
using System.Text;
using Gamification.Tests.Time;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Rules;
using Gamification.Tests.Journal;

namespace Gamification.Tests.Rules;

public sealed class AccountLedgerTests
{
    private static readonly ActorId Till = new("test", "till", "BRU/1");

    private readonly ReadingJournal _journal = new();

    [Fact]
    public async Task A_till_reads_its_past_from_the_sale_that_comes_back_and_for_a_sale_not_at_all()
    {
        var programmes = new ProgrammeCatalog([Receipts.Programme()]);
        var till = new AccountLedger(Till, _journal, programmes, new(programmes, new ManualTimeProvider()), new(), letGo: () => { });
        await till.Load(TestContext.Current.CancellationToken);
        for (var i = 1; i <= 50; i++) await Post(till, Receipts.Sale($"{i}", 10m));
        await Post(till, Receipts.Return("typo", Receipts.Key("none"), Receipts.Line("A", -1, 10m)));
        await Post(till, Receipts.Sale("51", 10m));
        Assert.Equal(0, _journal.EntriesRead);

        await Post(till, Receipts.Return("52", Receipts.Key("48"), Receipts.Line("A", -1, 10m)));
        Assert.Equal(5, _journal.EntriesRead);
        Assert.Equal(50, till.State.Receipts);
    }

    [Fact]
    public void An_entry_from_before_what_is_left_was_recorded_still_reads()
    {
        var posted = (ReceiptPosted)new PureAccount(Receipts.Programme()).Post(Receipts.Sale("1", 10m))[0];
        var attributed = Account.Attribute(AccountState.Empty, posted.Receipt, new(400, [new("A", 1)]), heldHere: false, Receipts.Context(Receipts.Programme()));
        Assert.Equal(1000, ((ReceiptPosted)Read(AccountEntryJson.Write(posted))).Spend);
        Assert.Null(((ReceiptPosted)Read(AccountEntryJson.Write(posted with { Spend = null }))).Spend);
        Assert.Equal((400, new SkuQuantity("A", 1)), (Left(attributed)!.Spend, Assert.Single(Left(attributed)!.Skus)));

        var old = AccountEntryJson.Write(attributed with { Left = null });
        Assert.DoesNotContain("left", Encoding.UTF8.GetString(old.Payload.Span), StringComparison.Ordinal);
        Assert.Null(((SaleAttributed)Read(old)).Left);
    }

    [Fact]
    public void Unknown_fields_are_durable_with_their_receipt_and_cost_nothing_where_there_are_none()
    {
        var posted = (ReceiptPosted)new PureAccount(Receipts.Programme()).Post(Receipts.Sale("1", 10m))[0];
        Assert.DoesNotContain("unknown", Encoding.UTF8.GetString(AccountEntryJson.Write(posted).Payload.Span), StringComparison.Ordinal);
        Assert.Null(((ReceiptPosted)Read(AccountEntryJson.Write(posted))).Receipt.Unknown);

        UnknownField field = new("/lines/0/lot", """{"no":"é"}""");
        var kept = posted with { Receipt = posted.Receipt with { Unknown = [field] } };
        Assert.Equal(field, Assert.Single(((ReceiptPosted)Read(AccountEntryJson.Write(kept))).Receipt.Unknown!.Value));
    }

    private static SaleLeft? Left(SaleAttributed attributed) => ((SaleAttributed)Read(AccountEntryJson.Write(attributed))).Left;

    private static async Task Post(AccountLedger till, Receipt receipt) =>
        Assert.IsType<ReceiptOutcome.Recorded>(await till.Post(receipt, Receipts.Noon, AccountKind.Till));

    private static AccountEntry Read(NewEntry written) => AccountEntryJson.Read(new()
    {
        Actor = Till,
        Version = 1,
        Partition = 0,
        Seq = 1,
        Type = written.Type,
        Payload = written.Payload,
        RecordedAt = Receipts.Noon,
    })!;

    /// <summary>A journal of one partition, without a writer's loop, that counts what is read of an account's past.</summary>
    private sealed class ReadingJournal : IJournal
    {
        private readonly FaultyJournalStorage _storage = new(new Random(1), new ManualTimeProvider());
        private long _epoch;

        public int EntriesRead { get; private set; }

        public async ValueTask<AppendOutcome> Append(Append append)
        {
            if (_epoch == 0) _epoch = (await _storage.Acquire(0, CancellationToken.None)).Epoch;
            return (await _storage.Commit(0, _epoch, [append], Receipts.Noon))[0];
        }

        public ValueTask<ActorHistory> Load(ActorId actor, CancellationToken cancellation) => _storage.Load(actor, cancellation);

        public async ValueTask<ImmutableArray<StoredEntry>> ReadForward(ActorId actor, long afterVersion, int limit, CancellationToken cancellation)
        {
            var page = await _storage.ReadForward(actor, afterVersion, limit, cancellation);
            EntriesRead += page.Length;
            return page;
        }

        public ValueTask<ImmutableArray<StoredEntry>> ReadBackward(ActorId actor, long beforeVersion, int limit, CancellationToken cancellation) =>
            _storage.ReadBackward(actor, beforeVersion, limit, cancellation);

        public ValueTask<StoredEntry?> FindKey(string programme, BusinessKey key, CancellationToken cancellation) => _storage.FindKey(programme, key, cancellation);

        public ValueTask OpenLease(string programme, Guid lease) => _storage.OpenLease(programme, lease);

        public ValueTask<LeaseTally> EndLease(string programme, Guid lease) => _storage.EndLease(programme, lease);
    }
}
