using System.Collections.Immutable;
using Gamification.Ledger;
using Gamification.Rules.Ledger;
using Gamification.Rules.Recognition;
using Gamification.Rules.StampCards;

namespace Gamification.Rules;

/// <summary>
/// What is taken back, with as much of the ledger's past as decides it. Where the sale's own lots still hold the amount nothing expired or was
/// spent, and no past is asked.
/// </summary>
/// <param name="history">The account's past.</param>
/// <param name="posted">What this decision has posted so far.</param>
/// <param name="at">When it is decided.</param>
internal sealed class TakingBack(SaleHistory? history, IReadOnlyList<Posting> posted, DateTimeOffset at)
{
    private SaleHistory History => history ?? throw new InvalidOperationException("Taking points back looks at the account's past.");

    /// <summary>How often a gift was due before; 0 for never. What happens for the first time has no past to look at.</summary>
    public int TurnOf(string gift) => history?.TurnOf(gift) ?? 0;

    /// <summary>Points that a source brought.</summary>
    /// <param name="purse">The purse by now.</param>
    /// <param name="terms">Its unit's.</param>
    /// <param name="source">What brought them.</param>
    /// <param name="cause">What takes them.</param>
    /// <param name="points">How many.</param>
    /// <param name="on">The source's business date; null where it does not tell what of it is over.</param>
    public ClawBack Points(Purse purse, UnitTerms terms, string source, string cause, long points, DateOnly? on = null)
    {
        var back = new ClawBack { Source = source, Cause = cause, Amount = points, IssuedInYear = 0 };
        var now = Boundaries.Settle(purse, at, terms).Purse;
        var own = now.Lots.Where(lot => lot.Source == source || lot.Source.Length == 0).Sum(lot => lot.Remaining);
        if (own >= points) return back;
        back = back with { Expired = on is { } date && !terms.IsTraced ? LostIn(terms, date, points) : Issuance.ExpiredOf(Past(terms.Unit), source) };
        var others = now.Lots.Where(lot => !lot.IsPending && lot.Source != source && lot.Source.Length > 0).Sum(lot => lot.Remaining);
        return own + Math.Max(0, back.Expired) + others >= points ? back : back with { IssuedInYear = Issuance.InYear(Past(terms.Unit), at, terms.Calendar) };
    }

    /// <summary>Stamps that a source brought, and the filled cards that may have to be opened for them; null when it brought none.</summary>
    public (ClawBack Back, ImmutableArray<FilledCard> Filled)? Stamps(Purse purse, CardTerms terms, string source, string cause, long stamps)
    {
        var unit = terms.Stamps.Unit;
        if (!History.PostingsRead.Concat(posted).Any(posting => posting.Unit == unit && posting.Kind == PostingKind.Earned && posting.Lots.Any(lot => lot.Source == source))) return null;
        var back = new ClawBack { Source = source, Cause = cause, Amount = stamps, IssuedInYear = 0 };
        var now = Boundaries.Settle(purse, at, terms.Stamps).Purse;
        if (now.Lots.Where(lot => lot.Source == source).Sum(lot => lot.Remaining) >= stamps) return (back, []);
        return (back with { Expired = Issuance.ExpiredOf(Past(unit), source) }, now.Available + now.Pending >= stamps ? [] : FilledCards(unit));
    }

    /// <summary>The cards that were filled and stand, oldest first, with the stamps that filled them.</summary>
    private ImmutableArray<FilledCard> FilledCards(Unit unit)
    {
        var keys = History.FilledCards();
        return [.. Past(unit)
            .Where(posting => posting.Kind == PostingKind.Redeemed && posting.Cause is { } cause && keys.Contains(cause))
            .Select(posting => new FilledCard(posting.Cause!, posting.Lots, IsUsed: false))];
    }

    /// <summary>Everything that ever moved in the unit, this decision included.</summary>
    private IEnumerable<Posting> Past(Unit unit) => History.Postings.Concat(posted).Where(posting => posting.Unit == unit);

    /// <summary>Pooled units name no source: once the sale's last valid day is over, all that it brought is gone. Under a rolling policy nobody can tell.</summary>
    private long LostIn(UnitTerms terms, DateOnly on, long points) =>
        !terms.Expiry.IsRolling && terms.Expiry.LastDayFor(on) < terms.Calendar.DayOf(at.ToUnixTimeMilliseconds()) ? points : 0;
}
