using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Members;
using Gamification.Vault;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Serialization;

namespace Gamification.Tests.Cluster;

/// <summary>Messages as bytes between two nodes, which need not be of one version.</summary>
public sealed class WireTests : IDisposable
{
    private static readonly DateTimeOffset At = new(2026, 11, 21, 17, 4, 5, TimeSpan.FromHours(1));

    private static readonly ReceiptKey Key = new("BRU", "3", new(2026, 11, 21), "000123");

    private readonly ServiceProvider _services = new ServiceCollection().AddSerializer().BuildServiceProvider();

    private Serializer Wire => _services.GetRequiredService<Serializer>();

    [Fact]
    public void A_receipt_arrives_as_it_was_sent()
    {
        var sent = new Receipt
        {
            Key = Key, Type = ReceiptType.Return, OccurredAt = At, Currency = "EUR", Total = -1_040, Original = Key with { Number = "000122" }, Content = Guid.NewGuid(),
            Lines = [new() { Sku = "A", Quantity = 0.345m, UnitPrice = 12.5m, Amount = -1_040, Kind = LineKind.Deposit, Vat = -60 }],
            Flags = ReceiptFlags.SuspectDuplicate,
        };
        var arrived = Sent(sent);
        Assert.Equal(sent with { Lines = [] }, arrived with { Lines = [] });
        Assert.Equal<ReceiptLine>(sent.Lines, arrived.Lines);
    }

    [Fact]
    public void What_kind_of_answer_it_is_arrives_too()
    {
        Assert.Equal(new ReceiptOutcome.Conflict(Key, At), Sent<ReceiptOutcome>(new ReceiptOutcome.Conflict(Key, At)));
        var recorded = Assert.IsType<ReceiptOutcome.Recorded>(Sent<ReceiptOutcome>(new ReceiptOutcome.Recorded(Record)));
        Assert.Equal(Record with { Taken = [] }, recorded.Record with { Taken = [] });
        Assert.Equal("A", recorded.Record.Taken.Single().Skus.Single().Sku);
        Assert.Equal(new ReleaseOutcome.Refused(new("a", "/b", "c")), Sent<ReleaseOutcome>(new ReleaseOutcome.Refused(new("a", "/b", "c"))));
    }

    [Fact]
    public void Boards_and_vault_bodies_arrive()
    {
        var board = BoardId.Parse("demo|store:BRU|points|week|2011-W19");
        var member = new MemberId(Guid.NewGuid());
        var changes = new BoardChanges(3, BoardChanges.Missed, 9, [new(member, 5, 6, 7)], 8);
        Assert.Equal(changes with { Changes = [] }, Sent(changes) with { Changes = [] });
        Assert.Equal(changes.Changes[0], Sent(changes).Changes[0]);
        var view = new BoardView(board, "1-2", 3, 4, [new(member, 1, 1, 2, 3, At, OrderReason.Draw)], null);
        Assert.Equal(view.Rows[0], Sent(view).Rows[0]);
        Assert.Equal(board, Sent(view).Board);
        var body = new Quarantined { Store = "BRU", Reason = "r", Detail = "d", Body = new byte[] { 1, 2, 3 }, ReceivedAt = At };
        Assert.Equal(body.Body.ToArray(), Sent(body).Body.ToArray());
        ImmutableArray<Membership?> memberships = [new(member, "p", Enrolled: true), null];
        Assert.Equal<Membership?>(memberships, Sent(memberships));
    }

    [Fact]
    public void Faults_arrive_with_what_they_know()
    {
        Assert.Equal(TimeSpan.FromSeconds(2.5), Assert.IsType<JournalBusyException>(Sent<Exception>(new JournalBusyException(TimeSpan.FromSeconds(2.5)))).RetryAfter);
        Assert.Equal("away", Assert.IsType<JournalUnavailableException>(Sent<Exception>(new JournalUnavailableException("away"))).Message);
        Assert.Equal("lost", Assert.IsType<CommitOutcomeUnknownException>(Sent<Exception>(new CommitOutcomeUnknownException("lost"))).Message);
        Assert.IsType<TooManyBoardsException>(Sent<Exception>(new TooManyBoardsException(5)));
    }

    /// <summary>The bytes stand here for ever; what is added to the type later comes with its default.</summary>
    [Fact]
    public void A_record_written_by_the_first_version_is_read()
    {
        var read = Assert.IsType<ReceiptOutcome.Recorded>(Wire.Deserialize<ReceiptOutcome>(Convert.FromBase64String(FirstVersion)));
        Assert.Equal(Record with { Taken = [] }, read.Record with { Taken = [] });
        Assert.Equal(new("A", 2.5m), read.Record.Taken.Single().Skus.Single());
    }

    [Fact]
    public void What_an_older_node_does_not_send_has_its_default_and_what_a_newer_one_adds_is_skipped()
    {
        var read = Wire.Deserialize<TakenBack>(Wire.SerializeToArray(new OlderTakenBack(Key, 5)))!;
        Assert.Equal((Key, 5, 0, false), (read.Sale, read.Spend, read.Points, read.Whole));
        Assert.Empty(read.Skus);

        var added = Wire.Deserialize<OlderTakenBack>(Wire.SerializeToArray(new TakenBack(Key, 5, 6, Whole: true) { Skus = [new("A", 1)] }));
        Assert.Equal(new OlderTakenBack(Key, 5), added);
    }

    public void Dispose() => _services.Dispose();

    private const string FirstVersion =
        "MAE1MMp3MXJlY2VpcHQtb3V0Y29tZS5yZWNvcmRlZOjo6CDoIOhAB0JSVUEDM2FkSgsAQQ0wMDAxMjPgIehAIW4dHW87CldMmkRsHX4vOkvgCQMZARMBlQExISAAAyHoIOjA"
        + "CcELYWRKCwBBDTAwMDEwMOABog8BFQEBISAAAyHoQANBQSEAAAEAAAAAABkAAAAAAAAA4ODg4ODgCQMBIYCA8OFy8UffCIEAaMRhCAAAAODg4A==";

    private static ReceiptRecord Record => new()
    {
        Key = Key, Member = new(Guid.Parse("6f1d1d6e-0a3b-4c57-9a44-6c1d7e2f3a4b")), Treatment = Treatment.TakenBySku, Points = -5, Balance = 37, Version = 12,
        Taken = [new(Key with { Number = "000100" }, 500, 5, Whole: false) { Skus = [new("A", 2.5m)] }], RecordedAt = At,
    };

    private T Sent<T>(T message) => Wire.Deserialize<T>(Wire.SerializeToArray(message))!;
}

/// <summary><see cref="TakenBack"/> as a version might have had it that knew less.</summary>
[GenerateSerializer, Immutable, Alias("older-taken-back")]
public sealed record OlderTakenBack([property: Id(0)] ReceiptKey Sale, [property: Id(1)] long Spend);
