using System.Collections.Immutable;

namespace Gamification.Rules.Ledger;

/// <summary>
/// Some of a unit that was earned together (spec §6). A part of a lot, as postings and holds carry it, is the lot with
/// <see cref="Remaining"/> as the amount of the part.
/// </summary>
public sealed record Lot
{
    /// <summary>The expiry of what never expires.</summary>
    public const int Never = int.MaxValue;

    /// <summary>The availability of what waits for an action instead of a date.</summary>
    public const long OnAction = long.MaxValue;

    /// <summary>Counts up within a purse and is never given again, so it is the order of arrival.</summary>
    public required long Id { get; init; }

    /// <summary>What it was earned with: a receipt's key, a post, a grant. Empty in a pooled unit.</summary>
    public required string Source { get; init; }

    /// <summary>Unix milliseconds of the event that earned it.</summary>
    public required long EarnedAt { get; init; }

    /// <summary>Unix milliseconds from when it can be spent; 0 once it can.</summary>
    public long AvailableAt { get; init; }

    /// <summary>What it waits for, as <see cref="Accrual.Awaits"/> said; null for a date, and once it can be spent.</summary>
    public string? Awaits { get; init; }

    /// <summary>Day number of the last valid local day, or <see cref="Never"/>. Of a rolling lot: the day that its own earning gave it.</summary>
    public int ExpiresOn { get; init; } = Never;

    /// <summary>Activity prolongs it; <see cref="Roll.ExpiryOf"/> tells the day that counts.</summary>
    public bool IsRolling { get; init; }

    /// <summary>The most that it held.</summary>
    public required long Initial { get; init; }

    /// <summary>Above zero: an empty lot leaves the purse.</summary>
    public required long Remaining { get; init; }

    public bool IsPending => AvailableAt != 0;
}

/// <summary>The order in which lots are spent, and taking an amount in it.</summary>
internal static class Fefo
{
    /// <summary>First the one that expires first, then the one earned first, then the one that came first; what never expires is last (spec §6).</summary>
    public static Lot[] Order(IEnumerable<Lot> lots, Roll roll)
    {
        Lot[] ordered = [.. lots];
        Array.Sort(ordered, (left, right) =>
        {
            var byExpiry = roll.ExpiryOf(left).CompareTo(roll.ExpiryOf(right));
            if (byExpiry != 0) return byExpiry;
            var byEarning = left.EarnedAt.CompareTo(right.EarnedAt);
            return byEarning != 0 ? byEarning : left.Id.CompareTo(right.Id);
        });
        return ordered;
    }

    /// <summary>The parts that make up <paramref name="amount"/>, or all there is when that is less.</summary>
    public static ImmutableArray<Lot> Take(IEnumerable<Lot> lots, Roll roll, long amount)
    {
        var parts = ImmutableArray.CreateBuilder<Lot>();
        foreach (var lot in Order(lots, roll))
        {
            if (amount == 0) break;
            var taken = Math.Min(amount, lot.Remaining);
            parts.Add(taken == lot.Remaining ? lot : lot with { Remaining = taken });
            amount -= taken;
        }

        return parts.DrainToImmutable();
    }

    public static long Sum(this ImmutableArray<Lot> parts)
    {
        var sum = 0L;
        foreach (var part in parts) sum += part.Remaining;
        return sum;
    }
}
