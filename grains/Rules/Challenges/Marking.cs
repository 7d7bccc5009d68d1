using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Challenges;

/// <summary>A version of a challenge, prepared for looking at deeds.</summary>
public sealed class Marking
{
    private const decimal Thousandths = 1_000;

    private readonly ImmutableArray<Test> _tests;
    private readonly FrozenSet<string> _stores;
    private readonly FrozenSet<string> _segments;
    private readonly FrozenSet<string> _tiers;
    private readonly FrozenDictionary<string, short>? _groups;
    private readonly ChallengeTimes _times;

    private sealed record Test(GoalPart Part, GoodsTest? Goods, FrozenSet<string> Subjects);

    public Marking(Challenge challenge, ChallengeTimes times)
    {
        _times = times;
        _tests = [.. GoalParts.Of(challenge.Goal).Select(part => new Test(part, part.Of.Goods is { } goods ? new(goods) : null, part.Of.Subjects.ToFrozenSet()))];
        _stores = challenge.Audience.Stores.ToFrozenSet();
        _segments = challenge.Audience.Segments.ToFrozenSet();
        _tiers = challenge.Audience.Tiers.ToFrozenSet();
        if (challenge.By is StoreAgainstStore contest) _groups = contest.Stores.Select((store, at) => (store, (short)at)).ToFrozenDictionary(pair => pair.store, pair => pair.Item2);
    }

    /// <summary>64 bits of a deed's key: 2^-64 is how likely two deeds of a member are taken for one.</summary>
    public static ulong DigestOf(Guid key)
    {
        Span<byte> bytes = stackalloc byte[16];
        key.TryWriteBytes(bytes, bigEndian: true, out _);
        return BinaryPrimitives.ReadUInt64BigEndian(bytes);
    }

    /// <summary>What the deed counts for; nothing when it is outside the window, the audience or every part of the goal.</summary>
    public ImmutableArray<Mark> Of(Guid key, Deed deed)
    {
        var at = deed.OccurredAt.ToUnixTimeMilliseconds();
        if (!_times.Holds(at, deed.Store) || !IsOfAudience(deed)) return [];
        short group = 0;
        if (_groups is not null && (deed.Store is null || !_groups.TryGetValue(deed.Store, out group))) return [];
        var marks = ImmutableArray.CreateBuilder<Mark>();
        var blank = new Mark(DigestOf(key), at, deed.Date.DayNumber, 0, group, 1);
        for (var part = 0; part < _tests.Length; part++) Add(marks, _tests[part], deed, blank with { Part = (byte)part });
        return marks.DrainToImmutable();
    }

    private bool IsOfAudience(Deed deed) =>
        (_stores.Count == 0 || deed.Store is null || _stores.Contains(deed.Store))
        && (_tiers.Count == 0 || (deed.Tier is { } tier && _tiers.Contains(tier)))
        && (_segments.Count == 0 || deed.Segments.Any(_segments.Contains));

    private static void Add(ImmutableArray<Mark>.Builder marks, Test test, Deed deed, Mark mark)
    {
        var (of, isSale) = (test.Part.Of, deed.Type == EarningEvent.Sale);
        if (!of.On.Contains(deed.Type)) return;
        if (!isSale)
        {
            if (test.Part.Sums is not null || (test.Subjects.Count > 0 && (deed.Subject is null || !test.Subjects.Contains(deed.Subject)))) return;
        }
        else
        {
            var (spend, quantity, any) = Picked(test.Goods, deed);
            if (!any || spend < of.MinSpend) return;
            if (test.Part.Sums is { } sums) mark = mark with { Value = sums == SumOf.Spend ? spend : (long)decimal.Floor(quantity * Thousandths) };
            if (mark.Value <= 0) return;
        }

        foreach (var seen in Told(test, deed)) marks.Add(mark with { Seen = seen });
    }

    /// <summary>What of a sale the goods selector picks. A sale of which nothing is left is none.</summary>
    private static (long Spend, decimal Quantity, bool Any) Picked(GoodsTest? goods, Deed deed)
    {
        if (goods is null) return (deed.Spend, deed.Goods.Sum(line => line.Quantity), deed.Spend > 0);
        var (spend, quantity, any) = (0L, 0m, false);
        foreach (var line in deed.Goods)
        {
            if (!IsPicked(goods, line)) continue;
            (spend, quantity, any) = (spend + line.Spend, quantity + line.Quantity, true);
        }

        return (spend, quantity, any);
    }

    /// <summary>Lines without net spend are no goods, as in earning rules.</summary>
    private static bool IsPicked(GoodsTest? goods, DeedGoods line) =>
        line.Spend > 0 && (goods is null || goods.Picks(new(line.Sku, line.Spend, line.Quantity, new(line.Category, line.Family, line.Labels)), null));

    private static IEnumerable<string?> Told(Test test, Deed deed) => test.Part.Tells switch
    {
        DistinctOf.Stores => deed.Store is { } store ? [store] : [],
        DistinctOf.Subjects => deed.Subject is { } subject ? [subject] : [],
        DistinctOf.Skus => deed.Goods.Where(line => IsPicked(test.Goods, line)).Select(line => line.Sku).Distinct(),
        DistinctOf.Categories => deed.Goods.Where(line => IsPicked(test.Goods, line) && line.Category is not null).Select(line => line.Category).Distinct(),
        _ => [null],
    };
}
