using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Rules.Recognition;

namespace Gamification.Rules;

/// <summary>A sale, and what returns have left of it.</summary>
public sealed class PastSale
{
    private readonly SortedDictionary<string, BroughtBack> _back = new(StringComparer.Ordinal);
    private Dictionary<string, decimal>? _quantities;
    private bool _knowsGoods;
    private Rated? _stood;
    private Rated? _stands;

    private sealed record Rated(Scheme Scheme, long Spend, ImmutableArray<BroughtBack>? Goods, Earned Earned);

    internal PastSale(Receipt receipt, long spend, long points, bool credited) => (Receipt, Spend, Points, Counted, Credited) = (receipt, spend, points, true, credited);

    internal PastSale(Receipt receipt, SaleLeft left, long points, long whole)
    {
        (Receipt, Spend, Points, Counted, Credited) = (receipt, left.Spend, points, true, true);
        _quantities = left.Skus.ToDictionary(sku => sku.Sku, sku => sku.Quantity);
        _knowsGoods = left.Back is not null;
        foreach (var back in SaleHistory.BackOf(left, whole)) Add(_back, back);
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

    /// <summary>What it was recognised for, then or when a badge was filled in; null when recognition was not asked.</summary>
    public RecognitionMade? Recognised => RecognitionMade.Also(By?.Recognised, Filled);

    /// <summary>The badges that it was filled in for.</summary>
    internal ImmutableArray<string> Filled { get; private set; } = [];

    /// <summary>The entry that credited it, or without any the one that recorded it.</summary>
    internal AccountEntry? By { get; set; }

    /// <summary>What the member was when it was received.</summary>
    public MemberWas? Was => By?.Was;

    /// <summary>By stock code. Most sales of a past are never asked.</summary>
    internal Dictionary<string, decimal> Quantities => _quantities ??= Sold(Receipt);

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

    internal void Fill(string badge)
    {
        if (Credited && !Filled.Contains(badge)) Filled = Filled.Add(badge);
    }

    /// <summary>What stands of its recorded award; rated once, however many ask.</summary>
    internal Earned Standing(Scheme scheme) =>
        (_stood?.Scheme == scheme ? _stood : _stood = new(scheme, 0, null, scheme.Standing(Earned!, Receipt, Back.AsSpan()))).Earned;

    /// <summary>The same once this part has come back, too.</summary>
    internal Earned StandingWithout(TakenBack part, Scheme scheme)
    {
        if (_stands is { } known && known.Scheme == scheme && known.Spend == part.Spend && known.Goods == part.Goods) return known.Earned;
        _stands = new(scheme, part.Spend, part.Goods, scheme.Standing(Earned!, Receipt, BackWith(part).AsSpan()));
        return _stands.Earned;
    }

    internal void Take(TakenBack part)
    {
        (_stood, _stands) = (null, null);
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

    private static Dictionary<string, decimal> Sold(Receipt receipt)
    {
        Dictionary<string, decimal> sold = [];
        foreach (var line in receipt.Lines) sold[line.Sku] = sold.GetValueOrDefault(line.Sku) + Math.Max(0, line.Quantity);
        return sold;
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
