using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Ledger;
using Gamification.Programmes.Earning;
using Gamification.Rules.Badges;
using Gamification.Rules.Earning;
using Gamification.Rules.Ledger;
using Gamification.Rules.Merging;
using Gamification.Rules.Recognition;
using Gamification.Rules.StampCards;

namespace Gamification.Rules;

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
    private readonly ImmutableArray<Posting>.Builder _postings = ImmutableArray.CreateBuilder<Posting>();
    private readonly Recognising? _recognising;
    private MemberLedger _ledger;

    private Bookkeeping(AccountState state, Scheme scheme, AccountContext context)
    {
        (_scheme, _at, _ledger) = (scheme, context.At, state.Ledger ?? MemberLedger.Empty);
        Back = new(context.History, _postings, context.At);
        if (state.Ledger is null) Open(state);
        if (scheme.Recognition is not { } book) return;
        _recognising = new(this, state, book, context);
        if (context.TellsTime) _recognising.Tell();
    }

    /// <summary>The business time of the decision.</summary>
    public DateTimeOffset At => _at;

    /// <summary>What is taken back.</summary>
    public TakingBack Back { get; }

    /// <summary>A sale's award, and what the sale is recognised for.</summary>
    /// <param name="state">The account before it.</param>
    /// <param name="sale">The sale.</param>
    /// <param name="award">Its award; of a sale that was partly returned, what stands of it.</param>
    /// <param name="context">When and under what it is decided.</param>
    /// <param name="left">What is left of the sale as recognition counts it; null for all of it.</param>
    public static Booked Earn(AccountState state, Receipt sale, in Awarded award, AccountContext context, Activity? left = null)
    {
        var credit = Credit.Of(sale) with { Waits = award.Waits };
        if (Kept(context) is not { Recognition: not null } scheme) return Earn(state, credit, award.Points, award.Rule, context);
        var source = credit.Source;
        return Earn(state, credit, award.Points, award.Rule, context, new(new(null, left ?? scheme.ActivityOf(sale, award.Earned, award.Points, [])), source, source)
        {
            FirstPurchase = First(state.Recognition?.Dates.FirstPurchaseOn, sale.Key.BusinessDate),
        });
    }

    /// <summary>An award: a lot for each unit, or without points an activity that keeps rolling lots alive; and what the event is recognised for.</summary>
    public static Booked Earn(AccountState state, Credit credit, long points, string? rule, AccountContext context, Happening? happening = null)
    {
        if (Kept(context) is not { } scheme) return new(null, state.Balance + points);
        var books = new Bookkeeping(state, scheme, context);
        foreach (var terms in scheme.Units) books.Post(Crediting.Credit(books._ledger.Of(terms.Unit), credit, points, rule, books._at, terms));
        if (happening is { } happened) books._recognising?.Happen(happened);
        return books.Close();
    }

    /// <summary>An event, a removal or a return to recognition alone, where no points go with it; null without recognition.</summary>
    public static Booked? Happen(AccountState state, Happening happening, AccountContext context)
    {
        if (Kept(context) is not { Recognition: not null } scheme) return null;
        var books = new Bookkeeping(state, scheme, context);
        books._recognising!.Happen(happening);
        return books.Close();
    }

    /// <summary>What time alone brings and moves; null without recognition.</summary>
    public static Booked? Tell(AccountState state, AccountContext context)
    {
        if (Kept(context) is not { Recognition: not null } scheme) return null;
        var books = new Bookkeeping(state, scheme, context);
        books._recognising!.Tell();
        return books.Close();
    }

    /// <summary>What enrolling or a command moves; null without recognition.</summary>
    public static Booked? Recognise(AccountState state, string cause, Action<RecognitionDraft> act, AccountContext context)
    {
        if (Kept(context) is not { Recognition: not null } scheme) return null;
        var books = new Bookkeeping(state, scheme, context);
        books._recognising!.Do(act, cause);
        return books.Close();
    }

    /// <summary>What time alone has done by now.</summary>
    public static Booked Settled(AccountState state, AccountContext context)
    {
        if (Kept(context) is not { } scheme) return new(null, state.Balance);
        var books = new Bookkeeping(state, scheme, context);
        foreach (var terms in scheme.Units) books.Settle(terms);
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
            foreach (var part in taken) books.ClawBack(terms, part.Sale.ToString(), part.Sale.BusinessDate, by.ToString(), part.Points);
        }

        if (books._recognising is not null) books.Unrecognise(by, taken, context.History!, state.Recognition?.Dates.FirstPurchaseOn);
        return books.Close();
    }

    /// <summary>What the removal of one event takes, in the same order.</summary>
    public static Booked TakeBack(AccountState state, string by, Credit credit, long points, AccountContext context, Happening? happening = null)
    {
        if (Kept(context) is not { } scheme) return new(null, state.Balance - points);
        var books = new Bookkeeping(state, scheme, context);
        foreach (var terms in scheme.Units)
        {
            books.Settle(terms);
            books.ClawBack(terms, credit.Source, credit.On, by, points);
        }

        if (happening is { } happened) books._recognising?.Happen(happened);
        return books.Close();
    }

    /// <summary>What a return without a sale takes: from whatever lots there are.</summary>
    public static Booked TakeAmount(AccountState state, ReceiptKey by, long points, AccountContext context) =>
        TakeBack(state, by.ToString(), new(by.ToString(), context.At, by.BusinessDate), points, context);

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

    /// <summary>Everything leaves the account for another one of the same person, every unit; or the refusal, with which nothing moved.</summary>
    public static (Booked Booked, Refusal? Refusal) Leave(AccountState state, string cause, AccountContext context)
    {
        if (Kept(context) is not { } scheme) return (new(null, 0), null);
        var books = new Bookkeeping(state, scheme, context);
        foreach (var purse in books.Purses)
        {
            var moved = Merges.Merge(purse, Purse.Empty(purse.Unit), cause, context.At, books.TermsOf(purse.Unit));
            if (moved.Refusal is not null) return (default, moved.Refusal);
            books.Post(moved.From);
        }

        return (books.Close(), null);
    }

    /// <summary>What left the other account arrives, with all that it was recognised for. <paramref name="from"/> is the other account before it left.</summary>
    public static Booked Join(AccountState into, AccountState from, string cause, AccountContext context)
    {
        if (Kept(context) is not { } scheme) return new(null, into.Balance + from.Balance);
        var books = new Bookkeeping(into, scheme, context);
        foreach (var purse in new Bookkeeping(from, scheme, context).Purses)
            books.Post(Merges.Merge(purse, books.Of(purse.Unit), cause, context.At, books.TermsOf(purse.Unit)).Into);
        if (from.Recognition is { } other) books._recognising?.Do(draft => draft.Join(other), cause);
        return books.Close();
    }

    /// <summary>What is left of it goes back.</summary>
    public static (Booked Booked, Refusal? Refusal) Part(MergedPair pair, AccountContext context)
    {
        if (Kept(context) is not { } scheme) return (new(null, pair.Kept.State.Balance), null);
        var (books, asleep) = (new Bookkeeping(pair.Kept.State, scheme, context), pair.AsleepLedger);
        foreach (var unit in pair.Units)
        {
            var (left, arrived) = pair.Moved(unit);
            var moved = Merges.Unmerge(books.Of(unit), asleep.Of(unit), left, arrived, pair.Joined.Merge, context.At, books.TermsOf(unit));
            if (moved.Refusal is not null) return (default, moved.Refusal);
            books.Post(moved.From);
        }

        if (pair.Asleep.State.Recognition is { } other)
            books._recognising?.Do(draft => draft.Part(other, pair.Before.Recognition ?? RecognitionState.Empty, context.History!.FirstPurchase([])), pair.Joined.Merge);
        books._recognising?.Restore(pair.Joined.Merge, pair.Doubles(ofTheOther: false));
        return (books.Close(), null);
    }

    /// <summary>The same for the account that it goes back to.</summary>
    public static Booked Revive(MergedPair pair, AccountContext context)
    {
        if (Kept(context) is not { } scheme) return new(null, 0);
        var (books, kept) = (new Bookkeeping(pair.Asleep.State.Apply(pair.Left), scheme, context), new Bookkeeping(pair.Kept.State, scheme, context));
        foreach (var unit in pair.Units)
        {
            var (left, arrived) = pair.Moved(unit);
            books.Post(Merges.Unmerge(kept.Of(unit), books.Of(unit), left, arrived, pair.Joined.Merge, context.At, books.TermsOf(unit)).Into);
        }

        books._recognising?.Restore(pair.Joined.Merge, pair.Doubles(ofTheOther: true));
        return books.Close();
    }

    /// <summary>The terms of any unit that a ledger holds; of a card that no document has any more, stamps that never expire.</summary>
    private UnitTerms TermsOf(Unit unit) =>
        _scheme.Units.FirstOrDefault(terms => terms.Unit == unit) ?? _scheme.Recognition?.StampsOf(unit) ?? new() { Unit = unit, Calendar = _scheme.Points.Calendar };

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

    public ImmutableArray<Purse> Purses => _ledger.Purses;

    /// <summary>What of points and stamps becomes due to be told after a day, see <see cref="ExpiryNotices"/>.</summary>
    public IEnumerable<ExpiryReminder> Expiring(ImmutableArray<int> daysBefore, DateOnly after) =>
        from purse in _ledger.Purses
        let terms = purse.Unit == Unit.Points ? _scheme.Points : _scheme.Recognition!.StampsOf(purse.Unit)
        where terms is not null
        from reminder in ExpiryNotices.Due(purse, terms, daysBefore, after, _at)
        select reminder;

    /// <summary>The points of a gift.</summary>
    public void Give(string source, long points, DateOnly on) =>
        Post(Earnings.Earn(_ledger.Of(Unit.Points), new() { Source = source, Amount = points, OccurredAt = _at, On = on, PendingDays = 0 }, _at, _scheme.Points));

    /// <summary>The points of a gift, taken back as a return takes a sale's.</summary>
    public void TakeBack(string source, string cause, long points)
    {
        var purse = _ledger.Of(Unit.Points);
        Post(ClawBacks.Decide(purse, Back.Points(purse, _scheme.Points, source, cause, points), _at, _scheme.Points));
    }

    /// <summary>What the sales had been recognised for goes with what came back of them.</summary>
    private void Unrecognise(ReceiptKey by, ImmutableArray<TakenBack> taken, SaleHistory history, DateOnly? firstPurchase)
    {
        foreach (var part in taken)
        {
            if (history.Find(part.Sale) is not { Credited: true, Recognised: { } recognised } sale) continue;
            var before = sale.Counted ? _scheme.ActivityOf(sale.Receipt, sale.Earned, sale.Points, sale.Back, sale.Earned is null ? null : sale.Standing(_scheme)) : (Activity?)null;
            var after = sale.Counted && !part.Whole
                ? _scheme.ActivityOf(sale.Receipt, sale.Earned, sale.Points - part.Points, sale.BackWith(part), sale.Earned is null ? null : sale.StandingWithout(part, _scheme))
                : (Activity?)null;
            if (before is not null) _recognising!.Happen(new(new(before, after), part.Sale.ToString(), by.ToString()) { Of = recognised, FirstPurchase = FirstAfter(firstPurchase, taken, history) });
        }
    }

    private void Settle(UnitTerms terms) => Post(Boundaries.Settle(_ledger.Of(terms.Unit), _at, terms));

    private void ClawBack(UnitTerms terms, string source, DateOnly on, string by, long points)
    {
        if (points <= 0) return;
        var purse = _ledger.Of(terms.Unit);
        Post(ClawBacks.Decide(purse, Back.Points(purse, terms, source, by, points, on), _at, terms));
    }

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

    /// <summary>Only what was bought on the first day can make another day the first: the past is not asked about anything else.</summary>
    private static DateOnly? FirstAfter(DateOnly? known, ImmutableArray<TakenBack> taken, SaleHistory history) =>
        known is { } first && taken.All(part => !part.Whole || part.Sale.BusinessDate > first) ? first : history.FirstPurchase(taken);

    private static DateOnly First(DateOnly? known, DateOnly date) => known is { } before && before < date ? before : date;
}
