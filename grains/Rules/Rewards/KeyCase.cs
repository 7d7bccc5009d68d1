using System.Collections.Immutable;
using Gamification.Rewards;

namespace Gamification.Rules.Rewards;

/// <summary>Facts of a programme's voucher keys, kept for ever.</summary>
public abstract record KeyCaseEntry
{
    /// <summary>Key <paramref name="Number"/> signs from now on, and no voucher of the one before it outlives <paramref name="RetiredThrough"/>.</summary>
    public sealed record Begun(byte Number, DateOnly? RetiredThrough, string By, long At) : KeyCaseEntry
    {
        public const string Type = "voucher-key.begun";
    }

    public sealed record Revoked(EntitlementId Id, DateOnly Through, string By, long At) : KeyCaseEntry
    {
        public const string Type = "voucher.revoked";
    }
}

/// <summary>The keys that sign vouchers, by number, and what was taken back before its day: a fold, and its snapshot.</summary>
public sealed record KeyCase
{
    /// <summary>Signs what is held and may time out. No till is told of it, so that such a voucher needs a network.</summary>
    public const byte Online = 0;

    /// <summary>What till lists hold at most; the ones that would have ended first go first.</summary>
    public const int RevokedMax = 10_000;

    public static KeyCase Empty { get; } = new();

    public ImmutableArray<VoucherKeyLine> Keys { get; init; } = [];

    public ImmutableSortedDictionary<Guid, DateOnly> Revoked { get; init; } = ImmutableSortedDictionary<Guid, DateOnly>.Empty;

    /// <summary>The first key, when there is none yet.</summary>
    public ImmutableArray<KeyCaseEntry> Begin(DateTimeOffset at) => Keys.IsEmpty ? [new KeyCaseEntry.Begun(1, null, "programme", at.ToUnixTimeMilliseconds())] : [];

    /// <summary>The next one, unless that was done already. After 255 of them numbers have run out, and it is a mistake to ask.</summary>
    public ImmutableArray<KeyCaseEntry> Rotate(byte current, DateOnly retiredThrough, string by, DateTimeOffset at)
    {
        if (Keys.IsEmpty || Keys[^1].Number != current) return [];
        if (current == byte.MaxValue) throw new InvalidOperationException("A programme has 255 voucher keys, and this is the last one.");
        return [new KeyCaseEntry.Begun((byte)(current + 1), retiredThrough, by, at.ToUnixTimeMilliseconds())];
    }

    public KeyCase Apply(KeyCaseEntry entry) => entry switch
    {
        KeyCaseEntry.Begun begun => this with
        {
            Keys = [
                .. Keys.Select(key => key.ValidThrough is null ? key with { ValidThrough = begun.RetiredThrough } : key),
                new(begun.Number, DateTimeOffset.FromUnixTimeMilliseconds(begun.At), null, begun.By)],
        },
        KeyCaseEntry.Revoked revoked => this with { Revoked = Kept(DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(revoked.At).UtcDateTime)).SetItem(revoked.Id.Value, revoked.Through) },
        _ => this,
    };

    private ImmutableSortedDictionary<Guid, DateOnly> Kept(DateOnly today)
    {
        var kept = Revoked.RemoveRange(Revoked.Where(one => one.Value < today.AddDays(-1)).Select(one => one.Key));
        return kept.Count < RevokedMax ? kept : kept.Remove(kept.MinBy(one => one.Value).Key);
    }
}
