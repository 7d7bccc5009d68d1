using System.Collections.Immutable;
using Gamification.Ledger;
using Gamification.Rules.Earning;
using Gamification.Rules.Ledger;

namespace Gamification.Rules;

/// <summary>What an entry moves in a member's ledger, and the balance that this leads to.</summary>
internal readonly record struct Booked(ImmutableArray<Posting>? Postings, long Balance);

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
    private MemberLedger _ledger;

    private Bookkeeping(AccountState state, Scheme scheme, AccountContext context)
    {
        (_scheme, _at, _history, _ledger) = (scheme, context.At, context.History, state.Ledger ?? MemberLedger.Empty);
        if (state.Ledger is null) Open(state);
    }

    /// <summary>A sale's award: a lot for each unit, or without points an activity that keeps rolling lots alive.</summary>
    public static Booked Earn(AccountState state, Receipt sale, long points, string? rule, AccountContext context)
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

        return books.Close();
    }

    /// <summary>What a return without a sale takes: from whatever lots there are.</summary>
    public static Booked TakeAmount(AccountState state, ReceiptKey by, long points, AccountContext context) =>
        TakeBack(state, by, [new(by, 0, points, Whole: false)], context);

    /// <summary>One movement of points that a rule of the ledger decides: a hold, a redemption, a gesture; or its refusal, with which nothing moved.</summary>
    /// <exception cref="ArgumentException">The account keeps no ledger.</exception>
    public static (Booked Booked, Refusal? Refusal) Of(AccountState state, AccountContext context, Func<Purse, DateTimeOffset, UnitTerms, LedgerDecision> rule)
    {
        var scheme = Kept(context) ?? throw new ArgumentException("Only an account with a ledger moves points in it.", nameof(context));
        var books = new Bookkeeping(state, scheme, context);
        var decision = rule(books._ledger.Of(Unit.Points), context.At, scheme.Points);
        if (decision.Refusal is not null) return (default, decision.Refusal);
        books.Post(decision);
        return (books.Close(), null);
    }

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

    private Posting[] Past(Unit unit) =>
        [.. (_history ?? throw new InvalidOperationException("Taking points back looks at the account's past.")).Postings.Concat(_postings).Where(posting => posting.Unit == unit)];

    private void Post(LedgerDecision decision)
    {
        if (decision.Refusal is { } refusal) throw new InvalidOperationException($"The ledger refuses what the account decided: {refusal.Code}, {refusal.Remedy}");
        if (decision.Postings.IsEmpty) return;
        _postings.AddRange(decision.Postings);
        _ledger = _ledger.With(decision.Purse);
    }

    private Booked Close() => new(_postings.Count == 0 ? null : _postings.DrainToImmutable(), _ledger.Of(Unit.Points).Available);
}
