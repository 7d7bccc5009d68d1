using System.Collections.Immutable;

namespace Gamification.Rules.Ledger;

/// <summary>Parts that were taken from lots and come back.</summary>
internal static class GiveBack
{
    /// <summary>
    /// Each part as it comes back: into its own lot with its own expiry, also when the lot had been emptied; or, expired meanwhile, as a new lot
    /// valid for some days from today, which no activity prolongs.
    /// </summary>
    public static ImmutableArray<Lot> Parts(ref Draft draft, ImmutableArray<Lot> taken, int today, int daysIfExpired)
    {
        var parts = ImmutableArray.CreateBuilder<Lot>(taken.Length);
        foreach (var part in taken)
        {
            // A lot of this id with another source was another purse's before a merge.
            var here = Find(draft.Purse.Lots, part.Id);
            var isItsOwn = here is { IsPending: false } && here.Source == part.Source && here.EarnedAt == part.EarnedAt;
            if (isItsOwn || draft.Purse.Roll.ExpiryOf(part) >= today)
                parts.Add(part with { Id = isItsOwn || here is null ? part.Id : draft.NextId(), AvailableAt = 0 });
            else
                parts.Add(part with { Id = draft.NextId(), ExpiresOn = today + daysIfExpired, IsRolling = false, AvailableAt = 0, Initial = part.Remaining });
        }

        return parts.DrainToImmutable();
    }

    private static Lot? Find(ImmutableArray<Lot> lots, long id)
    {
        foreach (var lot in lots)
        {
            if (lot.Id == id) return lot;
        }

        return null;
    }
}
