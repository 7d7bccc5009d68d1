using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;
using Gamification.Rules.Recognition;
using Gamification.Rules.Streaks;

namespace Gamification.Rules;

/// <summary>Whose account a receipt meets: that decides whether it earns.</summary>
public enum AccountKind
{
    Member,

    /// <summary>A card that is not enrolled, under a programme that holds.</summary>
    HeldCard,

    /// <summary>A till's receipts without a member.</summary>
    Till,
}

/// <summary>How much of an account's past a decision looks at.</summary>
public enum Past
{
    None,

    /// <summary>From the receipt that is returned onward: what touched it came later. Enough for a till, which never ranks and so needs no reached-at.</summary>
    SinceSale,

    /// <summary>The sales that a return takes from, with what touched them: <see cref="Lookback"/> tells which.</summary>
    Touched,

    Whole,
}

/// <summary>What a decision may look at besides the account's state. No clock: the instants are arguments.</summary>
public sealed record AccountContext
{
    public required ProgrammeSettings Settings { get; init; }

    public required AccountKind Kind { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The business time of the decision, by which lots expire and debts are forgiven.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>By what the account is rated; null when it is one point for each whole unit, without a ledger.</summary>
    public Scheme? Scheme { get; init; }

    /// <summary>The member's birth date, where time is asked what it brings; null where it is not known or not asked for.</summary>
    public DateOnly? Birth { get; init; }

    /// <summary>For which days no member is to blame.</summary>
    public IncidentList Incidents { get; init; } = IncidentList.Empty;

    /// <summary>What campaigns leave to this decision.</summary>
    public Grants Grants { get; init; } = Grants.None;

    /// <summary>
    /// What rules make of the sale given these grants, where that was asked to learn what it takes of campaigns; null when it is still to be rated.
    /// </summary>
    public Earned? Rated { get; init; }

    /// <summary>Whether the receipt's entry also tells what time has brought before it, see <see cref="RecognitionDue"/>.</summary>
    public bool TellsTime { get; init; }

    /// <summary>Whose card this receipt has made known; null for whoever was known before, and for a till.</summary>
    public Newcomer? Newcomer { get; init; }

    /// <summary>As much as <see cref="Account.Needs"/> asks for; null for <see cref="Past.None"/>.</summary>
    public SaleHistory? History { get; init; }
}

/// <summary>
/// What a receipt does to an account: a pure rule over records. The answer is the entries to make durable, or a refusal.
/// </summary>
public static class Account
{
    /// <summary>Spec §1: same store and amount again within this time is suspect.</summary>
    private const long SuspectMs = 120_000;

    /// <summary>
    /// How much of the account's past deciding this receipt takes from the journal. Where it is not the whole, a decision may still find that
    /// it was too little: <see cref="SaleHistory.IsShort"/>.
    /// </summary>
    public static Past Needs(AccountState state, Receipt receipt, AccountKind kind, ProgrammeSettings settings, Scheme? scheme = null)
    {
        if (receipt.Key.BusinessDate.DayNumber < state.Tallies.CompleteFrom) return Past.Whole;
        if (scheme is not null && kind == AccountKind.Member && receipt.Type == ReceiptType.Sale && Awards.NeedPast(state, receipt, scheme)) return Past.Whole;
        var looksBack = receipt.Type == ReceiptType.Sale
            ? Returns.Await(state, receipt)
            : receipt.Original is not null || (kind != AccountKind.Till && settings.UnlinkedReturns switch
            {
                UnlinkedReturns.MatchBySku => true,
                UnlinkedReturns.ByAmount => scheme is not null,
                _ => false,
            });
        return (looksBack, kind) switch
        {
            (false, _) => Past.None,
            (true, AccountKind.Till) => Past.SinceSale,
            _ when receipt.Type != ReceiptType.Sale && state.Sales is not null => Past.Touched,
            _ => Past.Whole,
        };
    }

    /// <summary>
    /// The entries that record this receipt: itself, then for a sale any parked return that was waiting for it, then what a newcomer's joining brings.
    /// Refuses, in this order: another currency, a void without its original, of another business date, of something that is not a sale, and a
    /// sale that would earn more than a ledger holds.
    /// </summary>
    public static (ImmutableArray<AccountEntry> Entries, Refusal? Refusal) Decide(AccountState state, Receipt receipt, AccountContext context)
    {
        if ((Refuse(receipt, context.Settings) ?? Returns.Refuse(receipt, context)) is { } refusal) return ([], refusal);
        if (receipt.Type != ReceiptType.Sale) return (Enrolment.After([Returns.Decide(state, receipt, context)], state, context), null);
        var award = context.Kind == AccountKind.Member ? Awards.Of(state, receipt, context) : Awarded.Nothing;
        return award.Refusal is { } tooMuch ? ([], tooMuch) : (Enrolment.After(Sell(state, receipt, award, context), state, context), null);
    }

    /// <summary>What deciding this receipt would take of campaigns at the most, given what the context leaves.</summary>
    /// <param name="state">The account.</param>
    /// <param name="receipt">The receipt.</param>
    /// <param name="context">When and under what.</param>
    /// <param name="rated">What rules make of a sale given that, see <see cref="AccountContext.Rated"/>.</param>
    public static ImmutableArray<CampaignUse> Wants(AccountState state, Receipt receipt, AccountContext context, out Earned? rated)
    {
        rated = receipt.Type == ReceiptType.Sale && context.Kind == AccountKind.Member ? Awards.Rate(state, receipt, context) : null;
        var own = rated?.Campaigns ?? [];
        return context.Newcomer is { } newcomer ? Enrolment.Sum(own.Concat(Enrolment.Wants(state, newcomer.Member, context))) : own;
    }

    /// <summary>The entries that credit an anonymous sale brought over from its till: itself, then any parked return that was waiting for it.</summary>
    public static ImmutableArray<AccountEntry> Claim(AccountState state, Receipt sale, SaleLeft left, AccountContext context)
    {
        var credited = Attribute(state, sale, left, heldHere: false, context);
        return [credited, .. Returns.Settle(state.Apply(credited), credited, sale, context)];
    }

    /// <summary>
    /// The entry that credits what is left of a sale which earned nothing when it came: held here until now, or brought over from a till by a claim.
    /// </summary>
    internal static SaleAttributed Attribute(AccountState state, Receipt sale, SaleLeft left, bool heldHere, AccountContext context)
    {
        var award = Awards.OfLeft(state, sale, left, context);
        var points = award.Points;
        var booked = Bookkeeping.Earn(state, sale, award, context, Awards.ActivityOf(sale, left, award, context));
        var receipts = heldHere ? 0 : 1;
        return new()
        {
            Receipt = sale,
            Left = left,
            Earned = award.Earned,
            Points = points,
            Balance = booked.Balance,
            Lifetime = state.Lifetime + points + booked.Gifts,
            Receipts = state.Receipts + receipts,
            Tallies = TallyChanges.Adding(state, context.History, sale, points, receipts, heldHere ? 0 : left.Spend),
            ReceivedAt = context.ReceivedAt,
            Postings = booked.Postings,
            Counters = award.Counters,
            Recognised = booked.Recognised,
            Was = MemberWas.Of(state, context),
        };
    }

    /// <summary>What a receipt would earn this member, by the same award and the same refusals as posting it; returns show 0.</summary>
    public static ReceiptPreview Preview(AccountState state, Receipt receipt, AccountContext context)
    {
        var net = NetSpend.Of(receipt, context.Settings.NetSpend);
        var refusal = Refuse(receipt, context.Settings);
        if (refusal is not null || receipt.Type != ReceiptType.Sale) return new(0, net, [.. new long[receipt.Lines.Length]], refusal);
        var award = Awards.Of(state, receipt, context, EarningDetail.Lines);
        if (award.Refusal is not null) return new(0, net, [.. new long[receipt.Lines.Length]], award.Refusal);
        return new(award.Points, net, award.ByLine(receipt, context.Settings.NetSpend), null) { Why = context.Scheme?.Why(award.Earned) ?? [], Multiplier = award.Earned?.Multiplier ?? 1 };
    }

    private static Refusal? Refuse(Receipt receipt, ProgrammeSettings settings) => receipt switch
    {
        { Currency: var currency } when currency != settings.Currency =>
            new("wrong-currency", "/currency", $"Send amounts in {settings.Currency}, the programme's currency."),
        { Type: ReceiptType.Void, Original: null } =>
            new("void-without-original", "/original", "Name the receipt that is voided: store, till, businessDate, number."),
        { Type: ReceiptType.Void, Original: { } original } when original.BusinessDate != receipt.Key.BusinessDate =>
            new("void-of-another-day", "/original/businessDate", "A void undoes a receipt of its own business date; send a return for an older one."),
        _ => null,
    };

    private static ImmutableArray<AccountEntry> Sell(AccountState state, Receipt receipt, in Awarded award, AccountContext context)
    {
        var net = NetSpend.Of(receipt, context.Settings.NetSpend);
        var points = award.Points;
        var booked = Bookkeeping.Earn(state, receipt, award, context);
        var sale = new ReceiptPosted
        {
            Receipt = context.Kind != AccountKind.Till && IsSuspect(state, receipt) ? receipt with { Flags = receipt.Flags | ReceiptFlags.SuspectDuplicate } : receipt,
            Treatment = context.Kind switch
            {
                AccountKind.Member => Treatment.Earned,
                AccountKind.HeldCard => Treatment.Held,
                _ => Treatment.Anonymous,
            },
            Spend = net,
            Earned = award.Earned,
            Points = points,
            Balance = booked.Balance,
            Lifetime = state.Lifetime + points + booked.Gifts,
            Receipts = state.Receipts + 1,
            Tallies = TallyChanges.Adding(state, context.History, receipt, points, receipts: 1, net),
            ReceivedAt = context.ReceivedAt,
            Postings = booked.Postings,
            Counters = award.Counters,
            Recognised = booked.Recognised,
            Was = MemberWas.Of(state, context),
        };
        return Returns.Await(state, receipt) ? [sale, .. Returns.Settle(state.Apply(sale), sale, receipt, context)] : [sale];
    }

    /// <summary>Asked of cards only: at a till, two strangers may well spend the same within two minutes.</summary>
    private static bool IsSuspect(AccountState state, Receipt receipt)
    {
        var at = receipt.OccurredAt.ToUnixTimeMilliseconds();
        foreach (var recent in state.Recent)
        {
            if (recent.Store == receipt.Key.Store && recent.Total == receipt.Total && Math.Abs(recent.At - at) <= SuspectMs) return true;
        }

        return false;
    }
}
