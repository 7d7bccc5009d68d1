using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Activities;
using Gamification.Rules.Earning;
using Gamification.Rules.Ledger;
using Gamification.Rules.Recognition;

namespace Gamification.Rules;

/// <summary>
/// An account's past as returns need it: every sale with what is left of it, and every other event that moved points.
/// It is folded from the journal when a return comes, not carried in memory. Money is as it was rated when it was recorded.
/// <para>It may hold the entries of some sales alone (<see cref="Some"/>). Then memory's marks stand for the others, and what neither knows is asked
/// in vain: <see cref="IsShort"/> says that whatever was decided is to be decided again on the whole past.</para>
/// </summary>
public sealed class SaleHistory
{
    private readonly Dictionary<ReceiptKey, PastSale> _sales = [];
    private readonly Dictionary<(string Store, int Day), Tally> _rows = [];
    private readonly List<Deduction> _deductions = [];
    private readonly HashSet<ReceiptKey> _returns = [];
    private readonly List<Posting> _postings = [];
    private readonly Dictionary<(string Rule, CapPeriod Per, int FromDay), CapCount> _counters = [];
    private readonly List<AccountEntry> _recognised = [];
    private readonly ActivityHistory _activities = new();

    private AccountState? _memory;
    private ImmutableArray<SaleMark> _unread = [];

    private readonly record struct Deduction(string Store, int Day, long At);

    /// <summary>Whether something was asked that only the whole past knows: no answer since is to be relied on.</summary>
    public bool IsShort { get; private set; }

    /// <summary>Sales in the order they were recorded.</summary>
    public IEnumerable<PastSale> Sales => Whole(_sales.Values);

    /// <summary>The sales whose entries were read.</summary>
    public IEnumerable<PastSale> Read => _sales.Values;

    /// <summary>Everything that moved in the ledger, in order.</summary>
    public IReadOnlyList<Posting> Postings => Whole(_postings);

    /// <summary>What moved in the ledger with the sales that were read.</summary>
    public IReadOnlyList<Posting> PostingsRead => _postings;

    /// <summary>The newest value of every counter, also of those that memory has dropped.</summary>
    public IReadOnlyCollection<CapCount> Counters => Whole(_counters.Values);

    /// <summary>The keys of the stamp cards that were filled, without those that a return opened again.</summary>
    public IReadOnlySet<string> FilledCards()
    {
        HashSet<string> filled = Whole<HashSet<string>>([]);
        foreach (var change in _recognised.SelectMany(entry => entry.Recognised!.Changes))
        {
            if (change is CardFilled one) filled.Add(one.Key);
            else if (change is GiftTakenBack back) filled.Remove(back.Key);
        }

        return filled;
    }

    /// <summary>How often the gift under this key was due; 0 for never. The key names the event, which is read.</summary>
    public int TurnOf(string gift) =>
        _recognised.SelectMany(entry => entry.Recognised!.Changes).OfType<GiftDue>().LastOrDefault(due => due.Key == gift)?.Turn ?? 0;

    /// <summary>The business date of the first sale that stands once this has come back; null for none.</summary>
    public DateOnly? FirstPurchase(ImmutableArray<TakenBack> taking)
    {
        DateOnly? first = null;
        foreach (var sale in _sales.Values)
        {
            if (sale is not { Counted: true, Credited: true } || taking.Any(part => part.Whole && part.Sale == sale.Receipt.Key)) continue;
            if (first is null || sale.Receipt.Key.BusinessDate < first) first = sale.Receipt.Key.BusinessDate;
        }

        foreach (var mark in _unread)
        {
            if (mark.Is == MarkedAs.Credited && (first is null || mark.Day < first.Value.DayNumber)) first = DateOnly.FromDayNumber(mark.Day);
        }

        return _memory is { Sales.Dropped.Any: true } ? Whole(first) : first;
    }

    /// <summary>Events that are no receipts, with what became of them.</summary>
    public ActivityHistory Activities => Whole(_activities);

    public PastSale? Find(ReceiptKey key) => _sales.TryGetValue(key, out var sale) ? sale : Whole<PastSale?>(null);

    /// <summary>Whether this is the key of a return or void that the account recorded.</summary>
    public bool HasReturn(ReceiptKey key) => !_sales.ContainsKey(key) && Whole(_returns.Contains(key));

    /// <summary>Folds the account's entries; they must come in version order, from the first or from the sale that is asked for.</summary>
    public static SaleHistory Of(IEnumerable<AccountEntry> entries, NetSpendSettings settings)
    {
        var history = new SaleHistory();
        foreach (var entry in entries) history.Fold(entry, settings);
        return history;
    }

    /// <summary>The past of which these entries alone are read: for each sale in it every entry that its mark names.</summary>
    /// <param name="memory">The account.</param>
    /// <param name="entries">By their versions, in order.</param>
    /// <param name="settings">The programme's.</param>
    public static SaleHistory Some(AccountState memory, IReadOnlyDictionary<long, AccountEntry> entries, NetSpendSettings settings)
    {
        var history = Of(entries.Values, settings);
        foreach (var badge in memory.Recognition?.Badges ?? [])
        {
            if (badge.FilledThrough > 0) history.Fill(badge.Badge, entries.Where(one => one.Key <= badge.FilledThrough).Select(one => one.Value).ToHashSet<AccountEntry>(ReferenceEqualityComparer.Instance));
        }

        var marks = memory.Sales ?? throw new ArgumentException("Memory has no marks of sales.", nameof(memory));
        var read = history._sales.Keys.Select(SaleMark.HashOf).ToHashSet();
        (history._memory, history._unread) = (memory, marks.Rows.RemoveAll(mark => read.Contains(mark.Sale)));
        return history;
    }

    /// <summary>A sale that nothing was taken from.</summary>
    public static SaleLeft WholeOf(Receipt sale, NetSpendSettings settings) => new PastSale(sale, NetSpend.Of(sale, settings), points: 0, credited: false).Left;

    /// <summary>What came back of a sale that was worth <paramref name="whole"/> before some of it was handed over; as money alone when the goods are not known.</summary>
    internal static ImmutableArray<BroughtBack> BackOf(SaleLeft left, long whole) =>
        left.Back ?? (whole > left.Spend ? [new("", 0, whole - left.Spend)] : []);

    /// <summary>The latest instant of an event in the store, on the day or on any, that still contributes points (or still counts as a receipt).</summary>
    public (long PointsAt, long ReceiptsAt) ReachedAt(string store, int day, ImmutableArray<TakenBack> taking, ActivityAward? without = null)
    {
        var (pointsAt, receiptsAt) = (_activities.PointsAt(store, day, without), 0L);
        foreach (var sale in _sales.Values)
        {
            if (!Within(sale.Receipt.Key, store, day)) continue;
            var taken = taking.FirstOrDefault(part => part.Sale == sale.Receipt.Key);
            var at = sale.Receipt.OccurredAt.ToUnixTimeMilliseconds();
            if (sale.Points - (taken?.Points ?? 0) != 0) pointsAt = Math.Max(pointsAt, at);
            if (sale.Counted && taken is not { Whole: true }) receiptsAt = Math.Max(receiptsAt, at);
        }

        foreach (var deduction in _deductions)
        {
            if (deduction.Store == store && (day == TallyRow.AllDays || day == deduction.Day)) pointsAt = Math.Max(pointsAt, deduction.At);
        }

        if (_memory is not { Sales: { } marks }) return (pointsAt, receiptsAt);
        foreach (var mark in _unread)
        {
            if (mark.Store != store || (day != TallyRow.AllDays && day != mark.Day)) continue;
            if (mark.Points != 0) pointsAt = Math.Max(pointsAt, mark.At);
            if (mark.Stands) receiptsAt = Math.Max(receiptsAt, mark.At);
        }

        return (Math.Min(pointsAt, receiptsAt) < marks.Dropped.Until && marks.Dropped.MayHave(day)) || marks.Elsewhere.Contains(store) ? Whole((pointsAt, receiptsAt)) : (pointsAt, receiptsAt);
    }

    /// <summary>The newest value of a tally row, also of one that memory has dropped; zero when there never was one.</summary>
    public Tally Row(string store, int day) => _memory switch
    {
        null => _rows.GetValueOrDefault((store, day)),
        { Tallies: var kept } when day == TallyRow.AllDays || day >= kept.CompleteFrom => kept.Of(store, day),
        { Sales: { } marks } when !marks.Dropped.MayHave(day) && !marks.Elsewhere.Contains(store) && !_unread.Any(mark => mark.Day == day && mark.Store == store) => _rows.GetValueOrDefault((store, day)),
        _ => Whole(default(Tally)),
    };

    /// <summary>The newest value of every tally row.</summary>
    public IEnumerable<TallyRow> Rows => Whole(_rows).Select(row => new TallyRow(row.Key.Store, row.Key.Day, row.Value));

    /// <summary>Adds the next entry.</summary>
    public void Fold(AccountEntry entry, NetSpendSettings settings)
    {
        if (entry.Postings is { } postings) _postings.AddRange(postings);
        foreach (var counter in entry.Counters ?? []) _counters[(counter.Rule, counter.Per, counter.FromDay)] = counter;
        if (entry.RecognisedLater is not null) _recognised.Add(entry);
        _activities.Fold(entry);
        foreach (var row in entry.Tallies) _rows[(row.Store, row.Day)] = row.Tally;
        if (entry is ReceiptPosted { Receipt: { Type: not ReceiptType.Sale, Key: var recorded } }) _returns.Add(recorded);
        switch (entry)
        {
            case ReceiptPosted { Receipt: { Type: ReceiptType.Sale } receipt } posted:
                _sales[receipt.Key] = new(receipt, posted.Spend ?? NetSpend.Of(receipt, settings), posted.Points, posted.Treatment is Treatment.Earned)
                {
                    By = posted,
                };
                break;
            case ReceiptPosted { Treatment: Treatment.TakenByAmount, Points: not 0 } posted:
                var key = posted.Receipt.Key;
                _deductions.Add(new(key.Store, key.BusinessDate.DayNumber, posted.Receipt.OccurredAt.ToUnixTimeMilliseconds()));
                break;
            case ReceiptPosted posted:
                Take(posted.Taken);
                break;
            case ReturnSettled settled:
                Take(settled.Taken);
                break;
            case MemberRevived revived:
                Take(revived.Taken);
                break;
            case SaleAttributed attributed:
                Attribute(attributed, settings);
                break;
            case RecognitionPosted { Command: FillBadge filled }:
                foreach (var sale in _sales.Values) sale.Fill(filled.Badge);
                break;
            case SaleReleased released when _sales.TryGetValue(released.Receipt, out var sale):
                (sale.Spend, sale.Counted) = (0, false);
                break;
        }
    }

    /// <summary>The sales that these entries credited were filled in for the badge.</summary>
    private void Fill(string badge, HashSet<AccountEntry> through)
    {
        foreach (var sale in _sales.Values)
        {
            if (sale.By is { } by && through.Contains(by)) sale.Fill(badge);
        }
    }

    private void Attribute(SaleAttributed attributed, NetSpendSettings settings)
    {
        if (_sales.TryGetValue(attributed.Receipt.Key, out var held))
        {
            (held.Points, held.Credited, held.By) = (attributed.Points, true, attributed);
        }
        else
        {
            var whole = NetSpend.Of(attributed.Receipt, settings);
            var sale = attributed.Left is { } left ? new PastSale(attributed.Receipt, left, attributed.Points, whole) : new(attributed.Receipt, whole, attributed.Points, credited: true);
            sale.By = attributed;
            _sales[attributed.Receipt.Key] = sale;
        }
    }

    private void Take(ImmutableArray<TakenBack> taken)
    {
        foreach (var part in taken)
        {
            if (_sales.TryGetValue(part.Sale, out var sale)) sale.Take(part);
        }
    }

    private T Whole<T>(T answer)
    {
        IsShort |= _memory is not null;
        return answer;
    }

    private static bool Within(ReceiptKey key, string store, int day) =>
        key.Store == store && (day == TallyRow.AllDays || day == key.BusinessDate.DayNumber);
}
