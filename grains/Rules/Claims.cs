using Gamification.Members;

namespace Gamification.Rules;

/// <summary>
/// The forgotten card (spec §13): an anonymous sale handed to the member who brings its code, once, within the programme's days.
/// A partly returned sale is handed over as far as it is left. Refused, in this order: claims are off, unknown, no longer standing, too old.
/// </summary>
public static class Claims
{
    public static (SaleReleased? Entry, Refusal? Refusal) Decide(
        AccountState till, ReceiptKey key, MemberId member, DateTimeOffset? businessTime, AccountContext context)
    {
        var days = context.Settings.ClaimDays;
        if (days == 0) return (null, new("claims-off", "/receipt", "This programme does not credit receipts afterwards."));
        if (context.History!.Find(key) is not { } sale) return (null, new("unknown-receipt", "/receipt", "No anonymous sale has this key; check store, till, date and number."));
        if (!sale.Counted) return (null, new("receipt-undone", "/receipt", "This sale was returned, voided or claimed."));
        if (businessTime is { } now && now - sale.Receipt.OccurredAt > TimeSpan.FromDays(days))
            return (null, new("claim-too-late", "/receipt", $"A receipt can be claimed for {days} days."));

        var whole = new TakenBack(key, sale.Spend, sale.Points, Whole: true);
        return (new SaleReleased
        {
            Receipt = key,
            Member = member,
            Left = sale.Left,
            Points = 0,
            Balance = till.Balance,
            Lifetime = till.Lifetime,
            Receipts = till.Receipts - 1,
            Tallies = TallyChanges.Taking(context.History, [whole]),
            ReceivedAt = context.ReceivedAt,
        }, null);
    }
}
