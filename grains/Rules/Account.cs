using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Programmes;

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

/// <summary>What a decision may look at besides the account's state. No clock: the instants are arguments.</summary>
public sealed record AccountContext
{
    public required ProgrammeSettings Settings { get; init; }

    public required AccountKind Kind { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>Given whenever <see cref="Account.NeedsHistory"/> asks for it.</summary>
    public SaleHistory? History { get; init; }
}

/// <summary>
/// What a receipt does to an account: a pure rule over records. The answer is the entries to make durable, or a refusal.
/// </summary>
public static class Account
{
    /// <summary>Spec §1: same store and amount again within this time is suspect.</summary>
    private const long SuspectMs = 120_000;

    /// <summary>Whether deciding this receipt needs the account's past from the journal.</summary>
    public static bool NeedsHistory(AccountState state, Receipt receipt, ProgrammeSettings settings) =>
        receipt.Key.BusinessDate.DayNumber < state.Tallies.CompleteFrom
        || receipt.Type switch
        {
            ReceiptType.Sale => !state.Parked.IsEmpty,
            _ => receipt.Original is not null || settings.UnlinkedReturns == UnlinkedReturns.MatchBySku,
        };

    /// <summary>
    /// The entries that record this receipt: itself, then for a sale any parked return that was waiting for it.
    /// Refuses, in this order: another currency, a void without its original, a void of another business date.
    /// </summary>
    public static (ImmutableArray<AccountEntry> Entries, Refusal? Refusal) Decide(AccountState state, Receipt receipt, AccountContext context)
    {
        if (Refuse(receipt, context.Settings) is { } refusal) return ([], refusal);
        return receipt.Type == ReceiptType.Sale
            ? (Sell(state, receipt, context), null)
            : ([Returns.Decide(state, receipt, context)], null);
    }

    /// <summary>
    /// The entry that credits a sale which earned nothing when it came: held here until now, or brought over from a till by a claim.
    /// </summary>
    public static SaleAttributed Attribute(AccountState state, Receipt sale, bool heldHere, AccountContext context)
    {
        var net = NetSpend.Of(sale, context.Settings.NetSpend);
        var points = Award.PointsFor(net, Currency.MinorPerUnit(sale.Currency));
        var receipts = heldHere ? 0 : 1;
        return new()
        {
            Receipt = sale,
            Points = points,
            Balance = state.Balance + points,
            Lifetime = state.Lifetime + points,
            Receipts = state.Receipts + receipts,
            Tallies = TallyChanges.Adding(state, context.History, sale, points, receipts, heldHere ? 0 : net),
            ReceivedAt = context.ReceivedAt,
        };
    }

    /// <summary>What a receipt would earn an enrolled member, by the same award and the same refusals as posting it; returns show 0.</summary>
    public static ReceiptPreview Preview(Receipt receipt, ProgrammeSettings settings)
    {
        var net = NetSpend.Of(receipt, settings.NetSpend);
        var refusal = Refuse(receipt, settings);
        var points = refusal is null && receipt.Type == ReceiptType.Sale ? Award.PointsFor(net, Currency.MinorPerUnit(receipt.Currency)) : 0;
        return new(points, net, Award.Attribute(points, receipt.Lines.AsSpan(), settings.NetSpend), refusal);
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

    private static ImmutableArray<AccountEntry> Sell(AccountState state, Receipt receipt, AccountContext context)
    {
        var net = NetSpend.Of(receipt, context.Settings.NetSpend);
        var points = context.Kind == AccountKind.Member ? Award.PointsFor(net, Currency.MinorPerUnit(receipt.Currency)) : 0;
        var sale = new ReceiptPosted
        {
            Receipt = IsSuspect(state, receipt) ? receipt with { Flags = receipt.Flags | ReceiptFlags.SuspectDuplicate } : receipt,
            Treatment = context.Kind switch
            {
                AccountKind.Member => Treatment.Earned,
                AccountKind.HeldCard => Treatment.Held,
                _ => Treatment.Anonymous,
            },
            Points = points,
            Balance = state.Balance + points,
            Lifetime = state.Lifetime + points,
            Receipts = state.Receipts + 1,
            Tallies = TallyChanges.Adding(state, context.History, receipt, points, receipts: 1, net),
            ReceivedAt = context.ReceivedAt,
        };
        return state.Parked.IsEmpty ? [sale] : [sale, .. Returns.Settle(state.Apply(sale), sale, context)];
    }

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
