using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Impacts;
using Gamification.Leaderboards;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Projections;
using Gamification.Recognition;
using Gamification.Rules.Activities;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Measures;

/// <summary>
/// What an account's entries say of the measures of its programme (spec G1, G4): of every event that an entry touches, what stands of it. Each
/// event has rows of its own, absolute, so that returns and removals take exactly what they should, whatever order they are read in.
/// Immutable; one serves all threads.
/// </summary>
public sealed class MeasureRules
{
    private readonly ImmutableArray<Prepared> _measures;
    private readonly NetSpendSettings _netSpend;
    private readonly Catalogue _goods;
    private readonly MeasuredImpact? _impact;
    private readonly BoardMeasure[] _ofImpact;

    private sealed record Prepared(BoardMeasure Is, GoodsTest? Goods, StreakRule? Streak)
    {
        public bool Takes(EarningEvent type) => Is.Of switch
        {
            MeasureOf.Events or MeasureOf.Points => Is.On.Contains(type),
            MeasureOf.Goods or MeasureOf.Spend => type == EarningEvent.Sale,
            _ => false,
        };
    }

    private MeasureRules(ProgrammeSettings settings, Scheme scheme, ImpactFactors? factors)
    {
        (_netSpend, _goods) = (settings.NetSpend, scheme.Goods);
        _ofImpact = [.. settings.Boards.Measures.Where(measure => measure.Of == MeasureOf.Impact)];
        if (factors is not null && _ofImpact.Length > 0) _impact = new(new(factors), scheme, settings.NetSpend);
        _measures =
        [
            .. settings.Boards.Measures.Select(measure => new Prepared(
                measure,
                measure.Goods is { } which ? new(which) : null,
                measure.Of == MeasureOf.Streak ? settings.Recognition?.Streaks.FirstOrDefault(streak => streak.Id == measure.Named) : null)),
        ];
    }

    /// <summary>Null for a programme that defines no measures, so that asking costs nothing.</summary>
    /// <param name="settings">The programme's.</param>
    /// <param name="scheme">Made of them.</param>
    /// <param name="factors">By which measures of impact count; null where there are none.</param>
    public static MeasureRules? Of(ProgrammeSettings settings, Scheme scheme, ImpactFactors? factors = null) => settings.Boards.Measures.IsEmpty ? null : new(settings, scheme, factors);

    /// <summary>Whether what the entry says takes the account's past, up to and with the entry.</summary>
    public bool NeedPast(AccountEntry entry) => entry switch
    {
        ActivityRevised revised => revised.Treatment is ActivityTreatment.TakenBack or ActivityTreatment.Regranted,
        ActivityPosted posted => posted.Treatment == ActivityTreatment.Regranted,
        _ => !MeasuredSale.ChangedBy(entry).IsEmpty,
    };

    /// <summary>The rows that the entry changes, each at most once.</summary>
    /// <param name="entry">Of a member's account.</param>
    /// <param name="past">Up to and with the entry; null when <see cref="NeedPast"/> asks for none.</param>
    public ImmutableArray<MeasureChange> Of(AccountEntry entry, SaleHistory? past)
    {
        var rows = new Dictionary<(string, string, int, string), MeasureChange>();
        switch (entry)
        {
            case ReceiptPosted { Treatment: Treatment.Earned, Receipt.Type: ReceiptType.Sale } sale:
                AddSale(MeasuredSale.Of(sale, _netSpend), rows, isNew: true);
                break;
            case ReceiptPosted { Treatment: Treatment.TakenByAmount } taken:
                AddTaken(taken, rows);
                break;
            case ActivityPosted { Treatment: ActivityTreatment.Earned } posted:
                AddActivity(posted.Activity, posted.Points, stands: true, rows);
                break;
        }

        if (past is not null)
        {
            foreach (var key in MeasuredSale.ChangedBy(entry))
            {
                if (past.Find(key) is { } sale) AddSale(MeasuredSale.Of(sale, _netSpend), rows, isNew: false);
            }

            if (AwardOf(entry, past) is { Counts: true } award) AddActivity(award.Activity, award.Points, award.Stands, rows);
        }

        if (entry.Recognised is { } made)
        {
            foreach (var measure in _measures)
            {
                if (measure.Is.Of == MeasureOf.Badges) Add(MeasuredRecognition.Badges(measure.Is, made, AccountNotice.OccurredAtOf(entry)), rows);
                else if (measure.Streak is { } streak) Add(MeasuredRecognition.Runs(measure.Is, streak, made, FirstDayOf(entry, past)), rows);
            }
        }

        if (_impact is not null) Add(_impact.Of(_ofImpact, entry, past), rows);
        return [.. rows.Values];
    }

    internal static ActivityAward? AwardOf(AccountEntry entry, SaleHistory past) => entry switch
    {
        ActivityRevised revised => past.Activities.Find(revised.Revision.Original),
        ActivityPosted posted => past.Activities.Find(posted.Activity.Key),
        _ => null,
    };

    /// <summary>The first business date that the entry speaks of; null when it may be any.</summary>
    private static int? FirstDayOf(AccountEntry entry, SaleHistory? past) => entry switch
    {
        ReceiptPosted { Receipt.Type: ReceiptType.Sale } posted => posted.Receipt.Key.BusinessDate.DayNumber,
        ActivityPosted posted when past is null => posted.Activity.BusinessDate.DayNumber,
        _ => past is not null && AwardOf(entry, past) is { } award ? award.Activity.BusinessDate.DayNumber : null,
    };

    private void AddSale(in MeasuredSale sale, Dictionary<(string, string, int, string), MeasureChange> rows, bool isNew)
    {
        var (receipt, key) = (sale.Receipt, MeasureKey.Of(sale.Receipt.Key.Digest()));
        foreach (var measure in _measures)
        {
            if (!measure.Takes(EarningEvent.Sale)) continue;
            var picked = Picked(measure, sale);
            if (measure.Is.Aggregator == Aggregator.Distinct)
            {
                foreach (var thing in picked.SelectMany(line => ThingsOf(measure.Is.Thing, line, receipt)).GroupBy(one => one.Thing))
                    AddRow(measure.Is, MeasureKey.Of(thing.Key, key), sale.Counts && thing.Any(one => one.IsLeft) ? 1 : 0, sale);
                continue;
            }

            var isThere = sale.Counts && (measure.Goods is null || picked.Any(line => line.Left.Spend > 0));
            AddRow(measure.Is, key, !isThere ? 0 : measure.Is.Of switch
            {
                MeasureOf.Events => 1,
                MeasureOf.Points => sale.Points,
                MeasureOf.Goods => (long)decimal.Floor(picked.Sum(line => line.Left.Quantity)),
                _ => measure.Goods is null ? sale.Left.Spend : picked.Sum(line => line.Left.Spend),
            }, sale);
        }

        void AddRow(BoardMeasure measure, string thing, long value, in MeasuredSale of)
        {
            if (value == 0 && isNew) return;
            Add(measure, of.Receipt.Key.Store, of.Receipt.Key.BusinessDate.DayNumber, thing, value, of.Receipt.OccurredAt, rows);
        }
    }

    /// <summary>A return that names no sale takes money and points on its own date.</summary>
    private void AddTaken(ReceiptPosted taken, Dictionary<(string, string, int, string), MeasureChange> rows)
    {
        var (receipt, key) = (taken.Receipt, MeasureKey.Of(taken.Receipt.Key.Digest()));
        foreach (var measure in _measures)
        {
            if (!measure.Takes(EarningEvent.Sale) || measure is not { Goods: null, Is.Aggregator: Aggregator.Sum }) continue;
            var value = measure.Is.Of switch { MeasureOf.Points => taken.Points, MeasureOf.Spend => -Math.Abs(NetSpend.Of(receipt, _netSpend)), _ => 0 };
            if (value != 0) Add(measure.Is, receipt.Key.Store, receipt.Key.BusinessDate.DayNumber, key, value, receipt.OccurredAt, rows);
        }
    }

    private void AddActivity(ReportedActivity activity, long points, bool stands, Dictionary<(string, string, int, string), MeasureChange> rows)
    {
        var key = MeasureKey.Of(activity.Key.Digest());
        foreach (var measure in _measures)
        {
            if (!measure.Takes(activity.Type)) continue;
            var thing = measure.Is.Aggregator != Aggregator.Distinct ? key : ThingOf(measure.Is.Thing, activity) is { } one ? MeasureKey.Of(one, key) : null;
            var value = !stands ? 0 : measure.Is is { Of: MeasureOf.Points, Aggregator: not Aggregator.Distinct } ? points : 1;
            if (thing is not null) Add(measure.Is, activity.Store ?? "", activity.BusinessDate.DayNumber, thing, value, activity.OccurredAt, rows);
        }
    }

    private ImmutableArray<(BasketLine Sold, BasketLine Left, CatalogueItem? Item)> Picked(Prepared measure, in MeasuredSale sale)
    {
        if (measure is { Goods: null, Is: { Of: not MeasureOf.Goods, Aggregator: not Aggregator.Distinct } }) return [];
        var sold = Basket.Of(sale.Receipt, _netSpend).Lines;
        var left = sale.Left.Lines;
        var picked = ImmutableArray.CreateBuilder<(BasketLine, BasketLine, CatalogueItem?)>();
        for (var at = 0; at < sold.Length; at++)
        {
            // What was free counts for nothing, as with rules.
            var item = _goods.Find(sold[at].Sku, sale.Receipt.Key.BusinessDate);
            if (sold[at].Spend > 0 && (measure.Goods?.Picks(sold[at], item) ?? true)) picked.Add((sold[at], left[at], item));
        }

        return picked.DrainToImmutable();
    }

    private static IEnumerable<(string Thing, bool IsLeft)> ThingsOf(MeasureThing thing, (BasketLine Sold, BasketLine Left, CatalogueItem? Item) line, Receipt receipt)
    {
        var name = thing switch
        {
            MeasureThing.Sku => line.Sold.Sku,
            MeasureThing.Category => line.Sold.Own.Category ?? line.Item?.Category,
            MeasureThing.Store => receipt.Key.Store,
            MeasureThing.Day => DayOf(receipt.Key.BusinessDate),
            _ => null,
        };
        if (name is not null) yield return (name, line.Left.Spend > 0);
    }

    private static string? ThingOf(MeasureThing thing, ReportedActivity activity) => thing switch
    {
        MeasureThing.Subject => activity.Subject,
        MeasureThing.Target => activity.Target,
        MeasureThing.Store => activity.Store,
        MeasureThing.Day => DayOf(activity.BusinessDate),
        _ => null,
    };

    private static string DayOf(DateOnly date) => date.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

    private static void Add(
        BoardMeasure measure, string store, int day, string thing, long value, DateTimeOffset at, Dictionary<(string, string, int, string), MeasureChange> rows) =>
        rows[(measure.Code, store, day, thing)] = new(measure.Code, store, day, thing, value, value == 0 ? 0 : at.ToUnixTimeMilliseconds());

    private static void Add(IEnumerable<MeasureChange> changes, Dictionary<(string, string, int, string), MeasureChange> rows)
    {
        foreach (var change in changes) rows[(change.Measure, change.Store, change.Day, change.Thing)] = change;
    }
}
