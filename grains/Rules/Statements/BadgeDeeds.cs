using Gamification.Activities;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Badges;

namespace Gamification.Rules.Statements;

/// <summary>The events of an account that a badge counts in one scope, those that it would count and did not, and those that are gone again.</summary>
internal sealed class BadgeDeeds(Scheme scheme, BadgeRule rule, string scope, DateOnly today)
{
    private readonly List<CountedDeed> _counted = [];

    /// <summary>In no order.</summary>
    public IReadOnlyList<CountedDeed> Counted => _counted;

    public int TakenBack { get; private set; }

    public int Uncounted { get; private set; }

    public BadgeDeeds In(SaleHistory history)
    {
        foreach (var sale in history.Sales)
        {
            if (!sale.Credited) continue;
            var isTouched = sale.Recognised?.Touched(rule.Id) == true;
            var whole = scheme.ActivityOf(sale.Receipt, sale.Earned, sale.Points, []);
            Add(whole, sale.Counted ? scheme.ActivityOf(sale.Receipt, sale.Earned, sale.Points, sale.Back) : null, isTouched, sale.Receipt.Key, activity: null);
        }

        foreach (var award in history.Activities.All)
        {
            var activity = Scheme.ActivityOf(award.Activity, award.Earned, award.Points);
            if (award.Counts) Add(activity, award.Stands ? activity : null, award.Recognised?.Touched(rule.Id) == true, receipt: null, award.Activity.Key);
        }

        return this;
    }

    private void Add(in Activity whole, Activity? left, bool isTouched, ReceiptKey? receipt, ActivityKey? activity)
    {
        if (BadgeScopes.Of(rule.For, whole.Date)?.Scope != scope || QuantityOf(whole) == 0) return;
        if (!isTouched) Uncounted += left is null ? 0 : 1;
        else if (left is { } stands && QuantityOf(stands) is var quantity and not 0) _counted.Add(new(receipt, activity, whole.Date, quantity));
        else TakenBack++;
    }

    /// <summary>What the event adds to nothing: 1 for a day or a store, although a second one there adds no more.</summary>
    private decimal QuantityOf(in Activity activity) => BadgeCounting.With(new() { Scope = scope }, rule, activity, 1, today.DayNumber).Value;
}
