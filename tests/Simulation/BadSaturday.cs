using System.Collections.Immutable;
using Gamification.Ledger;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Simulation;

/// <summary>A receipt as a till sends it, with the card that was shown, if any.</summary>
internal sealed record Delivery(Receipt Receipt, MemberId? Card);

/// <summary>A member who brings the code of a receipt without a card. Sometimes two bring the same.</summary>
internal sealed record CodeBrought(ReceiptKey Sale, MemberId Member);

/// <summary>What happens in the shops of one seed: sales, what comes back of them, forgotten cards, and cards that enrol during the day.</summary>
internal sealed class BadSaturday
{
    private const int MemberCount = 12;
    private const int ReceiptCount = 90;

    public static readonly DateTimeOffset Start = new(2026, 11, 20, 22, 0, 0, TimeSpan.Zero);

    private readonly Random _random;

    public BadSaturday(int seed)
    {
        _random = new(seed);
        Programme = Receipts.Programme((UnlinkedReturns)(seed % 3), seed / 3 % 2 == 0 ? UnknownCard.AutoCreate : UnknownCard.Hold);
        if (seed % 4 == 1) Programme = WithRules(Programme, pendingDays: seed / 4 % 2);
        Programme = Programme with
        {
            Boards = new()
            {
                Spend = true,
                Seasons =
                [
                    // One that members remember from its first day, and one that began before their memory and in which old sales lie.
                    new() { Id = "autumn", From = new(2026, 11, 1), To = new(2026, 12, 1), NameFr = "Automne", NameNl = "Herfst", NameEn = "Autumn" },
                    new() { Id = "year", From = new(2026, 1, 1), To = new(2027, 1, 1), NameFr = "Année", NameNl = "Jaar", NameEn = "Year" },
                ],
            },
        };
        Members = [.. Enumerable.Range(0, MemberCount).Select(_ => new MemberId(RandomGuid()))];
        Enrolling = Programme.UnknownCard == UnknownCard.Hold ? [.. Members.Where(_ => _random.Next(2) == 0)] : [];
        Deliveries = MakeReceipts();
        Claims = [.. Deliveries.Where(delivery => delivery is { Card: null, Receipt.Type: ReceiptType.Sale }).SelectMany(CodesOf)];
    }

    public ProgrammeSettings Programme { get; }

    public ImmutableArray<MemberId> Members { get; }

    /// <summary>Cards that are not enrolled in the morning, under a programme that holds.</summary>
    public ImmutableArray<MemberId> Enrolling { get; }

    public ImmutableArray<Delivery> Deliveries { get; }

    public ImmutableArray<CodeBrought> Claims { get; }

    /// <summary>Rules that look at goods, stores, money, firsts and caps, and a ledger that keeps status beside points.</summary>
    private static ProgrammeSettings WithRules(ProgrammeSettings plain, int pendingDays) => plain with
    {
        Earning = Books.Document(
            Books.Base,
            Books.Times("double-a", 2, new StoreIs(["GNT"]), new() { Skus = ["A"] }) with { Cap = new() { Per = CapPeriod.Day, Points = 40 } },
            Books.Rule("big", new Bonus { Points = 5 }) with { When = new SpendIs(1_000), Cap = new() { Per = CapPeriod.Week, Times = 3 } },
            Books.Rule("first", new Bonus { Points = 3 }) with { When = new FirstTimeOf(FirstTime.OfDay) }) with { Zones = [new() { Id = "flanders", Stores = ["GNT"] }] },
        Ledger = new() { Points = new() { PendingDays = pendingDays, Expiry = new() { Kind = ExpiryKind.RollingMonths, Count = 12 } }, Status = new() },
    };

    private ImmutableArray<Delivery> MakeReceipts()
    {
        var made = ImmutableArray.CreateBuilder<Delivery>();
        for (var i = 0; i < ReceiptCount; i++)
        {
            var at = Start.AddHours(_random.Next(-60, 1)).AddMinutes(_random.Next(60));
            made.Add(_random.Next(4) == 0 && made.Count > 0 && made[_random.Next(made.Count)] is { Receipt.Type: ReceiptType.Sale } sold
                ? ComingBack($"{i}", sold, at)
                : Sold($"{i}", at));
        }

        return made.DrainToImmutable();
    }

    private Delivery Sold(string number, DateTimeOffset at)
    {
        var sale = Receipts.Sale(number, Receipts.Line("A", _random.Next(1, 4), _random.Next(0, 30) * 1.25m)).In(_random.Next(2) == 0 ? "BRU" : "GNT").At(at);
        if (_random.Next(8) == 0) sale = sale with { PaidWithPoints = sale.Total };
        return new(sale, _random.Next(5) == 0 ? null : Members[_random.Next(Members.Length)]);
    }

    /// <summary>A card is not always shown when goods come back; a return that names nothing has only its card.</summary>
    private Delivery ComingBack(string number, Delivery sold, DateTimeOffset at)
    {
        var sale = sold.Receipt;
        if (_random.Next(4) == 0) return new(Receipts.Void(number, sale.Key).In(sale.Key.Store).At(sale.OccurredAt), Shown(sold));
        var line = Receipts.Line("A", -_random.Next(1, 3), sale.Lines[0].UnitPrice);
        return _random.Next(3) == 0
            ? new(Receipts.Return(number, null, line).In(sale.Key.Store).At(at), sold.Card)
            : new(Receipts.Return(number, sale.Key, line).In(sale.Key.Store).At(at), Shown(sold));
    }

    private MemberId? Shown(Delivery sold) => _random.Next(2) == 0 ? sold.Card : null;

    private IEnumerable<CodeBrought> CodesOf(Delivery delivery) => Enumerable.Range(0, _random.Next(0, 3))
        .Select(_ => new CodeBrought(delivery.Receipt.Key, Members[_random.Next(Members.Length)]))
        .ToArray();

    private Guid RandomGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        _random.NextBytes(bytes);
        return new(bytes);
    }
}
