using System.Collections.Immutable;
using Gamification.Ledger;
using Gamification.Programmes.Earning;
using Gamification.Rules.Badges;
using Gamification.Rules.Earning;
using Gamification.Rules.Ledger;
using Gamification.Rules.Recognition;
using Gamification.Rules.StampCards;

namespace Gamification.Rules;

/// <summary>What an entry moves in a member's ledger, the balance that this leads to, and what it made of the member's recognition.</summary>
internal readonly record struct Booked(ImmutableArray<Posting>? Postings, long Balance, RecognitionMade? Recognised = null)
{
    /// <summary>Points of gifts, less those taken back.</summary>
    public long Gifts => Recognised?.Points ?? 0;
}

/// <summary>
/// Points of an entry as double-entry postings. Only members have a ledger, and only under a programme with an earning document: elsewhere the
/// balance is the running sum that it was before there were ledgers.
/// <para>An account from before the document opens its ledger with the balance it has, as one posting of the first entry that is decided under
/// the document. Folding the old entries into lots instead would ask the fold for terms, which it must not need, and could not be done from a
/// snapshot, which no longer knows the receipts. What earlier returns could have taken from a receipt's own lot they take from the opening one.</para>
/// </summary>
internal sealed class Bookkeeping
{
    /// <summary>The source of an opening lot, its reason code, and who says so.</summary>
    private const string Opening = "opening";
    private const string OpeningReason = "opening-balance";
    private const string Programme = "programme";

    private readonly Scheme _scheme;
    private readonly DateTimeOffset _at;
    private readonly SaleHistory? _history;
    private readonly ImmutableArray<Posting>.Builder _postings = ImmutableArray.CreateBuilder<Posting>();
    private readonly Recognising? _recognising;
    private MemberLedger _ledger;

    private Bookkeeping(AccountState state, Scheme scheme, AccountContext context)
    {
        (_scheme, _at, _history, _ledger) = (scheme, context.At, context.History, state.Ledger ?? MemberLedger.Empty);
        if (state.Ledger is null) Open(state);
        if (scheme.Recognition is { } book) _recognising = new(this, book, state.Recognition ?? RecognitionState.Empty);
    }

    /// <summary>The business time of the decision.</summary>
    public DateTimeOffset At => _at;

    /// <summary>A sale's award: a lot for each unit, or without points an activity that keeps rolling lots alive; and what the sale is recognised for.</summary>
    /// <param name="state">The account before it.</param>
    /// <param name="sale">The sale.</param>
    /// <param name="points">Its award.</param>
    /// <param name="rule">The rule version that brought all of it; null when several did.</param>
    /// <param name="earned">What rules decided of the whole sale.</param>
    /// <param name="context">When and under what it is decided.</param>
    /// <param name="activity">What is left of the sale; null for all of it.</param>
    public static Booked Earn(AccountState state, Receipt sale, long points, string? rule, Earned? earned, AccountContext context, Activity? activity = null)
    {
        if (Kept(context) is not { } scheme) return new(null, state.Balance + points);
        var books = new Bookkeeping(state, scheme, context);
        var source = sale.Key.ToString();
        foreach (var terms in scheme.Units)
        {
            var purse = books._ledger.Of(terms.Unit);
            books.Post(points > 0
                ? Earnings.Earn(purse, new() { Source = source, Amount = points, OccurredAt = sale.OccurredAt, On = sale.Key.BusinessDate, Rule = rule }, books._at, terms)
                : Earnings.Touch(purse, source, sale.OccurredAt, sale.Key.BusinessDate, books._at, terms));
        }

        books._recognising?.Happen(new(null, activity ?? scheme.ActivityOf(sale, earned, points, [])), source, source);
        books._recognising?.Do(draft => draft.FirstPurchase(First(state.Recognition?.Dates.FirstPurchaseOn, sale.Key.BusinessDate)), source);
        return books.Close();
    }

    /// <summary>What enrolling, a command or time alone moves; null without recognition.</summary>
    public static Booked? Recognise(AccountState state, string cause, Action<RecognitionDraft> act, AccountContext context)
    {
        if (Kept(context) is not { Recognition: not null } scheme) return null;
        var books = new Bookkeeping(state, scheme, context);
        books._recognising!.Do(act, cause);
        return books.Close();
    }

    /// <summary>What a return takes from each sale, in the order of spec §5.</summary>
    public static Booked TakeBack(AccountState state, ReceiptKey by, ImmutableArray<TakenBack> taken, AccountContext context)
    {
        if (Kept(context) is not { } scheme) return new(null, state.Balance - taken.Sum(part => part.Points));
        var books = new Bookkeeping(state, scheme, context);
        foreach (var terms in scheme.Units)
        {
            books.Settle(terms);
            foreach (var part in taken) books.ClawBack(terms, part.Sale, by, part.Points);
        }

        if (books._recognising is not null) books.Unrecognise(by, taken);
        return books.Close();
    }

    /// <summary>What a return without a sale takes: from whatever lots there are.</summary>
    public static Booked TakeAmount(AccountState state, ReceiptKey by, long points, AccountContext context) =>
        TakeBack(state, by, [new(by, 0, points, Whole: false)], context);

    /// <summary>The scheme under which this account's points are kept as lots; null when they are a running sum.</summary>
    private static Scheme? Kept(AccountContext context) => context.Kind == AccountKind.Member ? context.Scheme : null;

    private void Open(AccountState state)
    {
        if (state.Balance == 0) return;
        var purse = Purse.Empty(Unit.Points);
        Post(state.Balance > 0
            ? Gestures.Correct(purse, Opening, state.Balance, OpeningReason, Programme, _at, _scheme.Points)
            : ClawBacks.Decide(purse, new() { Source = Opening, Cause = Opening, Amount = -state.Balance, IssuedInYear = state.Lifetime }, _at, _scheme.Points));
    }

    /// <summary>The unit's purse as it is by now.</summary>
    public Purse Of(Unit unit) => _ledger.Of(unit);

    /// <summary>The points of a gift.</summary>
    public void Give(string source, long points, DateOnly on) =>
        Post(Earnings.Earn(_ledger.Of(Unit.Points), new() { Source = source, Amount = points, OccurredAt = _at, On = on, PendingDays = 0 }, _at, _scheme.Points));

    /// <summary>The points of a gift, taken back as a return takes a sale's.</summary>
    public void TakeBack(string source, string cause, long points)
    {
        var past = Past(Unit.Points);
        Post(ClawBacks.Decide(
            _ledger.Of(Unit.Points),
            new() { Source = source, Cause = cause, Amount = points, IssuedInYear = Issuance.InYear(past, _at, _scheme.Points.Calendar), Expired = Issuance.ExpiredOf(past, source) },
            _at,
            _scheme.Points));
    }

    /// <summary>The cards that were filled and stand, oldest first, with the stamps that filled them.</summary>
    public ImmutableArray<FilledCard> FilledCards(CardTerms terms)
    {
        var keys = _history!.FilledCards;
        return [.. Past(terms.Stamps.Unit)
            .Where(posting => posting.Kind == PostingKind.Redeemed && posting.Cause is { } cause && keys.Contains(cause))
            .Select(posting => new FilledCard(posting.Cause!, posting.Lots, IsUsed: false))];
    }

    /// <summary>What the sales had been recognised for goes with what came back of them.</summary>
    private void Unrecognise(ReceiptKey by, ImmutableArray<TakenBack> taken)
    {
        foreach (var part in taken)
        {
            if (_history!.Find(part.Sale) is not { Credited: true, Recognised: { } recognised } sale) continue;
            var before = sale.Counted ? _scheme.ActivityOf(sale.Receipt, sale.Earned, sale.Points, sale.Back) : (Activity?)null;
            var after = sale.Counted && !part.Whole ? _scheme.ActivityOf(sale.Receipt, sale.Earned, sale.Points - part.Points, sale.BackWith(part)) : (Activity?)null;
            if (before is not null) _recognising!.Happen(new(before, after), part.Sale.ToString(), by.ToString(), recognised);
        }

        var first = _history!.FirstPurchase(taken);
        _recognising!.Do(draft => draft.FirstPurchase(first), by.ToString());
    }

    private void Settle(UnitTerms terms) => Post(Boundaries.Settle(_ledger.Of(terms.Unit), _at, terms));

    private void ClawBack(UnitTerms terms, ReceiptKey sale, ReceiptKey by, long points)
    {
        if (points <= 0) return;
        var source = sale.ToString();
        var past = Past(terms.Unit);
        Post(ClawBacks.Decide(
            _ledger.Of(terms.Unit),
            new()
            {
                Source = source,
                Cause = by.ToString(),
                Amount = points,
                IssuedInYear = Issuance.InYear(past, _at, terms.Calendar),
                Expired = terms.IsTraced ? Issuance.ExpiredOf(past, source) : LostIn(terms, sale, points),
            },
            _at,
            terms));
    }

    /// <summary>Pooled units name no source: once the sale's last valid day is over, all that it brought is gone. Under a rolling policy nobody can tell.</summary>
    private long LostIn(UnitTerms terms, ReceiptKey sale, long points) =>
        !terms.Expiry.IsRolling && terms.Expiry.LastDayFor(sale.BusinessDate) < terms.Calendar.DayOf(_at.ToUnixTimeMilliseconds()) ? points : 0;

    /// <summary>Everything that ever moved in the unit, this decision included.</summary>
    public Posting[] Past(Unit unit) =>
        [.. (_history ?? throw new InvalidOperationException("Taking points back looks at the account's past.")).Postings.Concat(_postings).Where(posting => posting.Unit == unit)];

    public void Post(LedgerDecision decision)
    {
        if (decision.Refusal is { } refusal) throw new InvalidOperationException($"The ledger refuses what the account decided: {refusal.Code}, {refusal.Remedy}");
        if (decision.Postings.IsEmpty) return;
        _postings.AddRange(decision.Postings);
        _ledger = _ledger.With(decision.Purse);
    }

    private Booked Close()
    {
        var recognised = _recognising?.Close();
        return new(_postings.Count == 0 ? null : _postings.DrainToImmutable(), _ledger.Of(Unit.Points).Available, recognised);
    }

    private static DateOnly First(DateOnly? known, DateOnly date) => known is { } before && before < date ? before : date;
}
