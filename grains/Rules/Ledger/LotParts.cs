using System.Collections.Immutable;

namespace Gamification.Rules.Ledger;

/// <summary>Lots in the order of their ids, and parts that leave or enter them.</summary>
internal static class LotParts
{
    /// <summary>The lots without the parts. A lot that is empty then is gone.</summary>
    public static ImmutableArray<Lot> Without(this ImmutableArray<Lot> lots, ImmutableArray<Lot> parts)
    {
        var byId = ById(parts);
        var kept = ImmutableArray.CreateBuilder<Lot>(lots.Length);
        var next = 0;
        foreach (var lot in lots)
        {
            if (next == byId.Length || byId[next].Id != lot.Id)
            {
                kept.Add(lot);
                continue;
            }

            var remaining = lot.Remaining - byId[next++].Remaining;
            if (remaining < 0) throw new InvalidOperationException($"Lot {lot.Id} holds {lot.Remaining}, and more was to leave it.");
            if (remaining > 0) kept.Add(lot with { Remaining = remaining });
        }

        if (next < byId.Length) throw new InvalidOperationException($"There is no lot {byId[next].Id} for its part to leave.");
        return kept.DrainToImmutable();
    }

    /// <summary>The lots with the parts: a part of a lot that is here goes back into it, any other becomes a lot of its size.</summary>
    public static ImmutableArray<Lot> With(this ImmutableArray<Lot> lots, ImmutableArray<Lot> parts)
    {
        if (parts.Length == 1 && (lots.IsEmpty || lots[^1].Id < parts[0].Id)) return lots.Add(parts[0]);
        var byId = ById(parts);
        var joined = ImmutableArray.CreateBuilder<Lot>(lots.Length + parts.Length);
        var next = 0;
        foreach (var lot in lots)
        {
            while (next < byId.Length && byId[next].Id < lot.Id) joined.Add(byId[next++]);
            if (next < byId.Length && byId[next].Id == lot.Id)
            {
                var remaining = lot.Remaining + byId[next++].Remaining;
                joined.Add(lot with { Remaining = remaining, Initial = Math.Max(lot.Initial, remaining) });
            }
            else
            {
                joined.Add(lot);
            }
        }

        while (next < byId.Length) joined.Add(byId[next++]);
        return joined.DrainToImmutable();
    }

    /// <summary>The lots, with those that are named valid until the days that they now say.</summary>
    public static ImmutableArray<Lot> Redated(this ImmutableArray<Lot> lots, ImmutableArray<Lot> named)
    {
        var dates = named.ToDictionary(lot => lot.Id, lot => lot.ExpiresOn);
        return [.. lots.Select(lot => dates.TryGetValue(lot.Id, out var day) ? lot with { ExpiresOn = day } : lot)];
    }

    private static Lot[] ById(ImmutableArray<Lot> parts)
    {
        Lot[] sorted = [.. parts];
        if (sorted.Length > 1) Array.Sort(sorted, (left, right) => left.Id.CompareTo(right.Id));
        return sorted;
    }
}
