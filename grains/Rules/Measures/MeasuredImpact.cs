using Gamification.Challenges;
using Gamification.Leaderboards;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Projections;
using Gamification.Rules.Impacts;

namespace Gamification.Rules.Measures;

/// <summary>
/// What an entry says of measures of impact: of every deed that it touches, how much of each factor's basis stands, under the factor's mark. What that is worth is for whoever
/// reads it to say, by the factors of then.
/// </summary>
internal sealed class MeasuredImpact(ImpactBook book, Scheme scheme, NetSpendSettings netSpend)
{
    /// <param name="measures">Those of impact.</param>
    /// <param name="entry">Of a member's account.</param>
    /// <param name="past">Up to and with the entry, where it takes some.</param>
    public IEnumerable<MeasureChange> Of(IReadOnlyList<BoardMeasure> measures, AccountEntry entry, SaleHistory? past)
    {
        foreach (var change in EntryDeeds.Of(entry, scheme, netSpend))
        {
            if (change.Participation is not null) continue;
            var key = MeasureKey.Of(change.Key);
            foreach (var measure in measures)
            {
                var rows = change.Deed is { } deed ? Standing(measure, key, deed, change.IsRevision)
                    : PlaceOf(change.Key, entry, past) is { } place ? Nothing(measure, key, place.Store, place.Day) : [];
                foreach (var row in rows) yield return row;
            }
        }
    }

    /// <summary>Of a deed that was changed all factors are told: one may bring nothing any more.</summary>
    private IEnumerable<MeasureChange> Standing(BoardMeasure measure, string key, Deed deed, bool isRevision)
    {
        var quantities = book.Of(deed).ToDictionary(one => one.Factor, one => one.Thousandths);
        foreach (var factor in book.FactorsOf(measure.Named!))
        {
            var value = quantities.GetValueOrDefault(factor);
            if (value == 0 && !isRevision) continue;
            yield return new(measure.Code, deed.Store ?? "", deed.Date.DayNumber, MeasureKey.Of(book.MarkOf(factor), key), value, value == 0 ? 0 : deed.OccurredAt.ToUnixTimeMilliseconds());
        }
    }

    private IEnumerable<MeasureChange> Nothing(BoardMeasure measure, string key, string store, int day) =>
        book.FactorsOf(measure.Named!).Select(factor => new MeasureChange(measure.Code, store, day, MeasureKey.Of(book.MarkOf(factor), key), 0, 0));

    /// <summary>Where something was done that is no more: its rows are there.</summary>
    private static (string Store, int Day)? PlaceOf(Guid deed, AccountEntry entry, SaleHistory? past)
    {
        foreach (var sale in MeasuredSale.ChangedBy(entry))
        {
            if (sale.Digest() == deed) return (sale.Store, sale.BusinessDate.DayNumber);
        }

        return past is not null && MeasureRules.AwardOf(entry, past) is { Activity: var activity } ? (activity.Store ?? "", activity.BusinessDate.DayNumber) : null;
    }
}
