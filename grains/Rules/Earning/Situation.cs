using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>The lines of a basket that a goods selector picks, and what they come to.</summary>
internal sealed class Scope(Basket basket, bool[]? picked, long spend)
{
    private decimal? _quantity;

    public long Spend => spend;

    public decimal Quantity => _quantity ??= Sum();

    public bool Has(int line) => picked is null || picked[line];

    private decimal Sum()
    {
        var lines = basket.Lines;
        decimal quantity = 0;
        for (var at = 0; at < lines.Length; at++)
        {
            if (Has(at)) quantity += lines[at].Quantity;
        }

        return quantity;
    }
}

/// <summary>What conditions look at: an event, its member, and the basket; for a re-rating also the basket as it was sold.</summary>
internal sealed class Situation(EventFacts facts, MemberFacts member, Basket basket, Catalogue catalogue, Situation? sale = null)
{
    private readonly List<(GoodsTest Goods, Scope Scope)> _scopes = new(8);
    private CatalogueItem?[]? _items;
    private Scope? _whole;

    public EventFacts Event => facts;

    public MemberFacts Member => member;

    public Basket Basket => basket;

    /// <summary>The same before anything came back; itself when nothing did.</summary>
    public Situation Sale => sale ?? this;

    /// <summary>The lines that count for a rule; each selector is put to the lines once a decision, however many rules share it.</summary>
    public Scope Of(GoodsTest? goods)
    {
        if (goods is null) return _whole ??= new(basket, null, basket.Spend);
        foreach (var (known, scope) in _scopes)
        {
            if (ReferenceEquals(known, goods)) return scope;
        }

        var picked = Pick(goods);
        _scopes.Add((goods, picked));
        return picked;
    }

    private Scope Pick(GoodsTest goods)
    {
        var lines = basket.Lines;
        _items ??= Look(lines);
        var picked = new bool[lines.Length];
        long spend = 0;
        for (var at = 0; at < lines.Length; at++)
        {
            ref readonly var line = ref lines[at];
            if (line.Spend == 0 || !goods.Picks(line, _items[at])) continue;
            picked[at] = true;
            spend += line.Spend;
        }

        return new(basket, picked, spend);
    }

    private CatalogueItem?[] Look(ReadOnlySpan<BasketLine> lines)
    {
        var items = new CatalogueItem?[lines.Length];
        for (var at = 0; at < lines.Length; at++) items[at] = catalogue.Find(lines[at].Sku, facts.BusinessDate);
        return items;
    }
}
