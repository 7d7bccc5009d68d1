using System.Collections.Frozen;
using System.Collections.Immutable;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>A goods selector, prepared: a line's own fields win over the catalogue's, field by field.</summary>
internal sealed class GoodsTest(Goods goods)
{
    private readonly Words _skus = new(goods.Skus);
    private readonly Words _categories = new(goods.Categories);
    private readonly Words _families = new(goods.Families);
    private readonly Words _labels = new(goods.Labels);
    private readonly GoodsTest? _except = goods.Except is null ? null : new(goods.Except);

    public bool Picks(in BasketLine line, CatalogueItem? item)
    {
        if (!_skus.IsEmpty && !_skus.Has(line.Sku)) return false;
        if (!_categories.IsEmpty && !_categories.Has(line.Own.Category ?? item?.Category)) return false;
        if (!_families.IsEmpty && !_families.Has(line.Own.Family ?? item?.Family)) return false;
        if (!_labels.IsEmpty && !_labels.HasAny(line.Own.Labels.IsDefault ? item?.Labels ?? [] : line.Own.Labels)) return false;
        return _except is null || !_except.Picks(line, item);
    }
}

/// <summary>A set of words: a few are compared one by one, many are hashed.</summary>
internal readonly struct Words
{
    private const int FewMax = 6;

    private readonly string[] _few;
    private readonly FrozenSet<string>? _many;

    public Words(ImmutableArray<string> words)
    {
        _few = words.Length <= FewMax ? [.. words] : [];
        _many = words.Length > FewMax ? words.ToFrozenSet() : null;
        IsEmpty = words.IsEmpty;
    }

    public bool IsEmpty { get; }

    public bool Has(string? word)
    {
        if (word is null) return false;
        if (_many is not null) return _many.Contains(word);
        foreach (var one in _few)
        {
            if (one == word) return true;
        }

        return false;
    }

    public bool HasAny(ImmutableArray<string> words)
    {
        foreach (var word in words)
        {
            if (Has(word)) return true;
        }

        return false;
    }
}
