using System.Collections.Immutable;
using Gamification.Ledger;
using Gamification.Recognition;
using Gamification.Rules.Ledger;

namespace Gamification.Rules.StampCards;

/// <summary>A card that was filled: the redemption of its stamps, which names them, and whether its gift has been used since.</summary>
public readonly record struct FilledCard(string Key, ImmutableArray<Lot> Stamps, bool IsUsed);

/// <summary>The purse afterwards, the postings that lead to it, and what came of it. With a refusal nothing happened.</summary>
public readonly record struct StampRuling(Purse Purse, ImmutableArray<Posting> Postings, ImmutableArray<RecognitionChange> Changes, Refusal? Refusal = null);

/// <summary>
/// Stamps on a card (spec A7) are lots of the card's own unit: they expire, come back and are merged as all that the ledger holds. A full card
/// is a redemption of its stamps, those that expire first first.
/// </summary>
public static class Stamping
{
    public static UnitTerms TermsOf(StampCard card, LedgerCalendar calendar)
    {
        var after = card.ExpiresAfter ?? 0;
        return UnitTerms.ForStamps(calendar, card.Id, card.Expiry switch
        {
            StampExpiry.Days => new(ExpiryKind.AfterDays, after),
            StampExpiry.Months => new(ExpiryKind.AfterMonths, after),
            StampExpiry.RollingDays => new(ExpiryKind.RollingDays, after),
            StampExpiry.RollingMonths => new(ExpiryKind.RollingMonths, after),
            _ => ExpiryPolicy.Never,
        });
    }

    /// <summary>
    /// Stamps come, and fill as many cards as they do; of a card that is not renewed the first only, and what comes after it counts for nothing.
    /// Refused when the ledger refuses the earning.
    /// </summary>
    /// <param name="purse">The card's purse.</param>
    /// <param name="card">The card.</param>
    /// <param name="stamps">The earning of them.</param>
    /// <param name="filled">How many cards the member has filled before.</param>
    /// <param name="at">When it is decided.</param>
    /// <param name="terms"><see cref="TermsOf"/>.</param>
    public static StampRuling Stamp(Purse purse, StampCard card, in Accrual stamps, int filled, DateTimeOffset at, UnitTerms terms)
    {
        if (filled > 0 && !card.AutoRenew) return new(purse, [], []);
        var earned = Earnings.Earn(purse, stamps, at, terms);
        return earned.Refusal is { } refusal ? new(purse, [], [], refusal) : Fill(earned.Purse, earned.Postings, card, stamps.Source, at, terms, []);
    }

    /// <summary>
    /// A return takes stamps back: the sale's own first, then others of the card, as the ledger takes back. By <see cref="StampReturn.Reopen"/> the
    /// newest filled card whose gift was not used is opened first when too few are on the card; stamps that expired meanwhile come back for the
    /// ledger's usual days.
    /// </summary>
    /// <param name="purse">The card's purse.</param>
    /// <param name="card">The card.</param>
    /// <param name="back">What the return takes back.</param>
    /// <param name="filled">The member's filled cards, oldest first, without those that were opened again.</param>
    /// <param name="at">When it is decided.</param>
    /// <param name="terms"><see cref="TermsOf"/>.</param>
    public static StampRuling Return(Purse purse, StampCard card, in ClawBack back, ImmutableArray<FilledCard> filled, DateTimeOffset at, UnitTerms terms)
    {
        var postings = ImmutableArray<Posting>.Empty;
        var changes = ImmutableArray.CreateBuilder<RecognitionChange>();
        var current = Boundaries.Settle(purse, at, terms);
        (var now, postings) = (current.Purse, current.Postings);
        for (var open = filled.Length - 1; card.OnReturn == StampReturn.Reopen && open >= 0 && now.Available + now.Pending < back.Amount; open--)
        {
            var last = filled[open];
            if (last.IsUsed) continue;
            var restored = Redemptions.Restore(now, last.Stamps, 0, last.Stamps.Sum(lot => lot.Remaining), back.Cause, at, terms);
            if (restored.Refusal is not null) continue;
            (now, postings) = (restored.Purse, postings.AddRange(restored.Postings));
            changes.Add(new GiftTakenBack(last.Key, 1, card.Gift));
        }

        var taken = ClawBacks.Decide(now, back, at, terms);
        return taken.Refusal is { } refusal
            ? new(purse, [], [], refusal)
            : Fill(taken.Purse, postings.AddRange(taken.Postings), card, back.Cause, at, terms, changes.DrainToImmutable());
    }

    private static StampRuling Fill(
        Purse purse, ImmutableArray<Posting> postings, StampCard card, string cause, DateTimeOffset at, UnitTerms terms, ImmutableArray<RecognitionChange> changes)
    {
        for (var number = 1; purse.Available >= card.Stamps && (card.AutoRenew || number == 1); number++)
        {
            var key = FormattableString.Invariant($"card/{card.Id}/{number}/{cause}");
            if (key.Length > 200) key = key[..200];
            var full = Redemptions.Redeem(purse, key, card.Stamps, at, terms);
            (purse, postings) = (full.Purse, postings.AddRange(full.Postings));
            changes = [.. changes, new CardFilled(card.Id, key), new GiftDue(key, 1, card.Gift)];
        }

        return new(purse, postings, changes);
    }
}
