using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Activities;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules;
using Gamification.Rules.Earning;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Activities;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Challenges;

/// <summary>What challenges read of an account's entries is what stands in it.</summary>
public sealed class AccountDeedsTests
{
    private static readonly ProgrammeSettings Settings = Events.Programme with { UnlinkedReturns = UnlinkedReturns.MatchBySku };

    private static readonly ProgrammeCatalog Catalog = new([Settings], new Dictionary<string, Catalogue> { [Settings.Id] = Books.Goods });

    private readonly AccountDeeds _reader = new(Catalog);
    private readonly Dictionary<Guid, Deed> _standing = [];
    private long _version;

    [Fact]
    public void A_sale_is_told_with_its_goods_and_what_the_member_was_and_a_return_tells_the_rest()
    {
        var account = Account();
        account.Apply(new MemberSegmented { Segments = ["organic"], By = "marie", Points = 0, Balance = 0, Lifetime = 0, Receipts = 0, Tallies = [], ReceivedAt = Receipts.Noon });
        Read(account.Post(Receipts.Sale("1", Receipts.Line("MILK", 3, 1), Receipts.Line("SOAP", 1, 4))));
        var sold = Assert.Single(_standing.Values);
        Assert.Equal((EarningEvent.Sale, "BRU", 700, "organic"), (sold.Type, sold.Store, sold.Spend, Assert.Single(sold.Segments)));
        Assert.Equal(("MILK", "food", "dairy", 3m, 300L), sold.Goods[0] is var milk ? (milk.Sku, milk.Category, milk.Family, milk.Quantity, milk.Spend) : default);
        Assert.Contains("local", sold.Goods[0].Labels);

        account.Apply(new MemberSegmented { Segments = [], By = "marie", Points = 0, Balance = account.State.Balance, Lifetime = account.State.Lifetime, Receipts = 1, Tallies = [], ReceivedAt = Receipts.Noon });
        Read(account.Post(Receipts.Return("2", Receipts.Key("1"), Receipts.Line("MILK", -2, 1))));
        var left = Assert.Single(_standing.Values);
        Assert.Equal((500L, 1m, "organic"), (left.Spend, left.Goods[0].Quantity, Assert.Single(left.Segments)));
        Read(account.Post(Receipts.Void("3", Receipts.Key("1"))));
        Assert.Empty(_standing);
    }

    /// <summary>Sales, returns of them before and after, voids, events with targets, removals and restorations, in any order.</summary>
    [Fact]
    public void Whatever_happens_in_whatever_order_what_is_read_is_what_stands()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            _standing.Clear();
            _version = 0;
            var random = new Random(seed);
            var account = Account();
            for (var step = 0; step < 40; step++) Read(Next(account, random, step));
            foreach (var sale in account.History.Sales)
            {
                var stands = sale is { Counted: true, Credited: true };
                Assert.True(stands == _standing.TryGetValue(sale.Receipt.Key.Digest(), out var deed), $"seed {seed}: {sale.Receipt.Key} stands {stands}");
                if (stands) Assert.True(sale.Spend == deed!.Spend && deed.Spend == deed.Goods.Sum(line => line.Spend), $"seed {seed}: {sale.Receipt.Key} has {sale.Spend}, read {deed!.Spend}");
            }

            var events = account.History.Activities.Standing.Where(award => award.Counts).Select(award => award.Activity.Key.Digest()).Order();
            Assert.True(events.SequenceEqual(_standing.Where(deed => deed.Value.Type != EarningEvent.Sale).Select(deed => deed.Key).Order()), $"seed {seed}: other events stand than are read");
        }
    }

    [Fact]
    public void Unclaimed_and_held_receipts_are_nobodys_deeds()
    {
        var till = new PureAccount(Settings, AccountKind.Till);
        Assert.Null(_reader.Read(Stored(till.Post(Receipts.Sale("1", 5))[0], new ActorId(Settings.Id, "till", "BRU/1"))));
        var held = new PureAccount(Settings, AccountKind.HeldCard);
        Read(held.Post(Receipts.Sale("1", 5)));
        Read(held.Post(Receipts.Return("2", Receipts.Key("1"), Receipts.Line("A", -1, 5))));
        Assert.Empty(_standing);
    }

    private static PureAccount Account() => new(Settings) { Scheme = new(Settings, Books.Goods) };

    private static ImmutableArray<AccountEntry> Next(PureAccount account, Random random, int step)
    {
        string[] skus = ["BREAD", "MILK", "WINE"];
        ReceiptLine Line(int sign) => Receipts.Line(skus[random.Next(3)], sign * random.Next(1, 4), random.Next(1, 5));
        var number = $"{step}";
        switch (random.Next(8))
        {
            case 0 or 1 or 2:
                return account.Post(Receipts.Sale(number, Line(1), Line(1)));
            case 3:
                return account.Post(Receipts.Return(number, Receipts.Key($"{random.Next(40)}"), Line(-1)));
            case 4:
                return random.Next(2) == 0 ? account.Post(Receipts.Return(number, null, Line(-1))) : account.Post(Receipts.Void(number, Receipts.Key($"{random.Next(40)}")));
            case 5:
                return account.Report(Events.Of(random.Next(2) == 0 ? EarningEvent.Post : EarningEvent.Comment, $"e{step}", target: random.Next(2) == 0 ? $"t{random.Next(3)}" : null));
            default:
                var original = $"e{random.Next(40)}";
                return [account.Revise(random.Next(2) == 0 ? Events.Removal(original, step, $"w{step}") : Events.Restoration(original, step, $"w{step}"))];
        }
    }

    private void Read(ImmutableArray<AccountEntry> entries)
    {
        var written = AccountDeeds.Of(entries, PureAccount.Self, _version, Settings.Id, Catalog);
        var read = new List<MemberDeeds>();
        foreach (var entry in entries)
        {
            if (_reader.Read(Stored(entry, ActorId.Member(Settings.Id, PureAccount.Self))) is not { } told) continue;
            Assert.Equal(_version, told.Version);
            read.Add(told);
            foreach (var change in told.Changes)
            {
                if (change.Deed is { } deed) _standing[change.Key] = deed;
                else _standing.Remove(change.Key);
            }
        }

        // What is told as it is written is what reads.
        Assert.Equal(JsonSerializer.Serialize(read), JsonSerializer.Serialize(written));
    }

    /// <summary>By way of durable bytes.</summary>
    private StoredEntry Stored(AccountEntry entry, ActorId actor) => AccountEntryJson.Write(entry) is var written ? new()
    {
        Actor = actor,
        Version = ++_version,
        Partition = 0,
        Seq = _version,
        Type = written.Type,
        Payload = written.Payload,
        RecordedAt = Receipts.Noon,
    } : null!;
}
