using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Activities;
using Gamification.Rules.Earning;
using Gamification.Rules.Ledger;
using Gamification.Rules.Recognition;

namespace Gamification.Rules;

/// <summary>
/// An account's past as returns need it: every sale with what is left of it, and every other event that moved points.
/// It is folded from the journal when a return comes, not carried in memory. Money is as it was rated when it was recorded.
/// </summary>
public sealed class SaleHistory
{
    private readonly Dictionary<ReceiptKey, Sale> _sales = [];
    private readonly Dictionary<(string Store, int Day), Tally> _rows = [];
    private readonly List<Deduction> _deductions = [];
    private readonly HashSet<ReceiptKey> _returns = [];
    private readonly List<Posting> _postings = [];
    private readonly Dictionary<(string Rule, CapPeriod Per, int FromDay), CapCount> _counters = [];
    private readonly List<AccountEntry> _recognised = [];

    private readonly record struct Deduction(string Store, int Day, long At);

    /// <summary>A sale, and what returns have left of it.</summary>
    public sealed class Sale
    {
        private readonly SortedDictionary<string, BroughtBack> _back = new(StringComparer.Ordinal);
        private bool _knowsGoods;

        internal Sale(Receipt receipt, long spend, long points, bool credited)
        {
            (Receipt, Spend, Points, Counted, Credited) = (receipt, spend, points, true, credited);
            Quantities = [];
            foreach (var line in receipt.Lines)
            {
                Quantities[line.Sku] = Quantities.GetValueOrDefault(line.Sku) + Math.Max(0, line.Quantity);
            }
        }

        internal Sale(Receipt receipt, SaleLeft left, long points, long whole)
        {
            (Receipt, Spend, Points, Counted, Credited) = (receipt, left.Spend, points, true, true);
            Quantities = left.Skus.ToDictionary(sku => sku.Sku, sku => sku.Quantity);
            _knowsGoods = left.Back is not null;
            foreach (var back in BackOf(left, whole)) Add(_back, back);
        }

        public Receipt Receipt { get; }

        /// <summary>Net spend that is left, in minor units.</summary>
        public long Spend { get; internal set; }

        /// <summary>Points that are left of its award.</summary>
        public long Points { get; internal set; }

        /// <summary>False once the whole sale was returned or voided.</summary>
        public bool Counted { get; internal set; }

        /// <summary>False while it is held or anonymous: it is counted but has earned nothing.</summary>
        public bool Credited { get; internal set; }

        /// <summary>What rules decided of it; null for a sale that met none, or from before there were any.</summary>
        public Earned? Earned => By switch
        {
            ReceiptPosted posted => posted.Earned,
            SaleAttributed attributed => attributed.Earned,
            _ => null,
        };

        /// <summary>What it was recognised for; null when recognition was not asked.</summary>
        public RecognitionMade? Recognised => By?.Recognised;

        /// <summary>The entry that credited it, or without any the one that recorded it.</summary>
        internal AccountEntry? By { get; set; }

        /// <summary>What the member was when it was received.</summary>
        public MemberWas? Was => By?.Was;

        internal Dictionary<string, decimal> Quantities { get; }

        /// <summary>What is left of it, goods by stock code in the order of their names.</summary>
        public SaleLeft Left => new(
            Spend,
            [.. Quantities.Where(left => left.Value > 0).OrderBy(left => left.Key, StringComparer.Ordinal).Select(left => new SkuQuantity(left.Key, left.Value))])
        {
            Back = _knowsGoods ? Back : null,
        };

        /// <summary>Everything that has come back so far, summed by stock code.</summary>
        public ImmutableArray<BroughtBack> Back => [.. _back.Values];

        /// <summary>The same, with one part more.</summary>
        public ImmutableArray<BroughtBack> BackWith(TakenBack part)
        {
            var back = new SortedDictionary<string, BroughtBack>(_back, StringComparer.Ordinal);
            foreach (var one in PartsOf(part)) Add(back, one);
            return [.. back.Values];
        }

        internal void Take(TakenBack part)
        {
            foreach (var one in PartsOf(part)) Add(_back, one);
            _knowsGoods |= part.Goods is not null;
            Spend -= part.Spend;
            Points -= part.Points;
            Counted &= !part.Whole;
            foreach (var (sku, quantity) in part.Skus) Quantities[sku] = QuantityLeft(sku) - quantity;
            if (part.Whole) Quantities.Clear();
        }

        /// <summary>The part's goods, and what its money exceeds theirs by as money for no goods.</summary>
        private static IEnumerable<BroughtBack> PartsOf(TakenBack part)
        {
            var goods = part.Goods ?? [];
            return part.Spend - goods.Sum(one => one.Spend) is var money and > 0 ? goods.Append(new("", 0, money)) : goods;
        }

        private static void Add(SortedDictionary<string, BroughtBack> back, BroughtBack more)
        {
            var sum = back.GetValueOrDefault(more.Sku);
            back[more.Sku] = new(more.Sku, sum.Quantity + more.Quantity, sum.Spend + more.Spend);
        }

        public decimal QuantityLeft(string sku) => Quantities.GetValueOrDefault(sku);

        /// <summary>Whether nothing of its goods stays out once these have come back.</summary>
        public bool IsEmptiedBy(ImmutableArray<SkuQuantity> skus) =>
            Quantities.All(left => left.Value <= skus.Where(sku => sku.Sku == left.Key).Sum(sku => sku.Quantity));
    }

    /// <summary>Sales in the order they were recorded.</summary>
    public IEnumerable<Sale> Sales => _sales.Values;

    /// <summary>Everything that moved in the ledger, in order.</summary>
    public IReadOnlyList<Posting> Postings => _postings;

    /// <summary>The newest value of every counter, also of those that memory has dropped.</summary>
    public IReadOnlyCollection<CapCount> Counters => _counters.Values;

    /// <summary>The keys of the stamp cards that were filled, without those that a return opened again.</summary>
    public IReadOnlySet<string> FilledCards()
    {
        HashSet<string> filled = [];
        foreach (var change in _recognised.SelectMany(entry => entry.Recognised!.Changes))
        {
            if (change is CardFilled one) filled.Add(one.Key);
            else if (change is GiftTakenBack back) filled.Remove(back.Key);
        }

        return filled;
    }

    /// <summary>How often the gift under this key was due; 0 for never.</summary>
    public int TurnOf(string gift) =>
        _recognised.SelectMany(entry => entry.Recognised!.Changes).OfType<GiftDue>().LastOrDefault(due => due.Key == gift)?.Turn ?? 0;

    /// <summary>The business date of the first sale that stands once this has come back; null for none.</summary>
    public DateOnly? FirstPurchase(ImmutableArray<TakenBack> taking)
    {
        DateOnly? first = null;
        foreach (var sale in _sales.Values)
        {
            if (sale is not { Counted: true, Credited: true } || taking.Any(part => part.Whole && part.Sale == sale.Receipt.Key)) continue;
            if (first is null || sale.Receipt.Key.BusinessDate < first) first = sale.Receipt.Key.BusinessDate;
        }

        return first;
    }

    /// <summary>Events that are no receipts, with what became of them.</summary>
    public ActivityHistory Activities { get; } = new();

    public Sale? Find(ReceiptKey key) => _sales.GetValueOrDefault(key);

    /// <summary>Whether this is the key of a return or void that the account recorded.</summary>
    public bool HasReturn(ReceiptKey key) => _returns.Contains(key);

    /// <summary>Folds the account's entries; they must come in version order, from the first or from the sale that is asked for.</summary>
    public static SaleHistory Of(IEnumerable<AccountEntry> entries, NetSpendSettings settings)
    {
        var history = new SaleHistory();
        foreach (var entry in entries) history.Fold(entry, settings);
        return history;
    }

    /// <summary>A sale that nothing was taken from.</summary>
    public static SaleLeft WholeOf(Receipt sale, NetSpendSettings settings) => new Sale(sale, NetSpend.Of(sale, settings), points: 0, credited: false).Left;

    /// <summary>What came back of a sale that was worth <paramref name="whole"/> before some of it was handed over; as money alone when the goods are not known.</summary>
    internal static ImmutableArray<BroughtBack> BackOf(SaleLeft left, long whole) =>
        left.Back ?? (whole > left.Spend ? [new("", 0, whole - left.Spend)] : []);

    /// <summary>The latest instant of an event in the store, on the day or on any, that still contributes points (or still counts as a receipt).</summary>
    public (long PointsAt, long ReceiptsAt) ReachedAt(string store, int day, ImmutableArray<TakenBack> taking, ActivityAward? without = null)
    {
        var (pointsAt, receiptsAt) = (Activities.PointsAt(store, day, without), 0L);
        foreach (var sale in _sales.Values)
        {
            if (!Within(sale.Receipt.Key, store, day)) continue;
            var taken = taking.FirstOrDefault(part => part.Sale == sale.Receipt.Key);
            var at = sale.Receipt.OccurredAt.ToUnixTimeMilliseconds();
            if (sale.Points - (taken?.Points ?? 0) != 0) pointsAt = Math.Max(pointsAt, at);
            if (sale.Counted && taken is not { Whole: true }) receiptsAt = Math.Max(receiptsAt, at);
        }

        foreach (var deduction in _deductions)
        {
            if (deduction.Store == store && (day == TallyRow.AllDays || day == deduction.Day)) pointsAt = Math.Max(pointsAt, deduction.At);
        }

        return (pointsAt, receiptsAt);
    }

    /// <summary>The newest value of a tally row, also of one that memory has dropped; zero when there never was one.</summary>
    public Tally Row(string store, int day) => _rows.GetValueOrDefault((store, day));

    /// <summary>The newest value of every tally row.</summary>
    public IEnumerable<TallyRow> Rows => _rows.Select(row => new TallyRow(row.Key.Store, row.Key.Day, row.Value));

    /// <summary>Adds the next entry.</summary>
    public void Fold(AccountEntry entry, NetSpendSettings settings)
    {
        if (entry.Postings is { } postings) _postings.AddRange(postings);
        foreach (var counter in entry.Counters ?? []) _counters[(counter.Rule, counter.Per, counter.FromDay)] = counter;
        if (entry.RecognisedLater is not null) _recognised.Add(entry);
        Activities.Fold(entry);
        foreach (var row in entry.Tallies) _rows[(row.Store, row.Day)] = row.Tally;
        if (entry is ReceiptPosted { Receipt: { Type: not ReceiptType.Sale, Key: var recorded } }) _returns.Add(recorded);
        switch (entry)
        {
            case ReceiptPosted { Receipt: { Type: ReceiptType.Sale } receipt } posted:
                _sales[receipt.Key] = new(receipt, posted.Spend ?? NetSpend.Of(receipt, settings), posted.Points, posted.Treatment is Treatment.Earned)
                {
                    By = posted,
                };
                break;
            case ReceiptPosted { Treatment: Treatment.TakenByAmount, Points: not 0 } posted:
                var key = posted.Receipt.Key;
                _deductions.Add(new(key.Store, key.BusinessDate.DayNumber, posted.Receipt.OccurredAt.ToUnixTimeMilliseconds()));
                break;
            case ReceiptPosted posted:
                Take(posted.Taken);
                break;
            case ReturnSettled settled:
                Take(settled.Taken);
                break;
            case MemberRevived revived:
                Take(revived.Taken);
                break;
            case SaleAttributed attributed:
                Attribute(attributed, settings);
                break;
            case SaleReleased released when _sales.TryGetValue(released.Receipt, out var sale):
                (sale.Spend, sale.Counted) = (0, false);
                break;
        }
    }

    private void Attribute(SaleAttributed attributed, NetSpendSettings settings)
    {
        if (_sales.TryGetValue(attributed.Receipt.Key, out var held))
        {
            (held.Points, held.Credited, held.By) = (attributed.Points, true, attributed);
        }
        else
        {
            var whole = NetSpend.Of(attributed.Receipt, settings);
            var sale = attributed.Left is { } left ? new Sale(attributed.Receipt, left, attributed.Points, whole) : new(attributed.Receipt, whole, attributed.Points, credited: true);
            sale.By = attributed;
            _sales[attributed.Receipt.Key] = sale;
        }
    }

    private void Take(ImmutableArray<TakenBack> taken)
    {
        foreach (var part in taken)
        {
            if (_sales.TryGetValue(part.Sale, out var sale)) sale.Take(part);
        }
    }

    private static bool Within(ReceiptKey key, string store, int day) =>
        key.Store == store && (day == TallyRow.AllDays || day == key.BusinessDate.DayNumber);
}
