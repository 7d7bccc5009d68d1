using Gamification.Members;
using Gamification.Rewards;
using Gamification.Rules.Ledger;

namespace Gamification.Rules.Redeeming;

/// <summary>An agent's gesture arrives (spec B11, and B7 for debt): with its reason and names, or a refusal that is as final.</summary>
public static class GestureRule
{
    private const string Cause = "gesture/";

    /// <summary>Of a reward given by an agent, <c>gesture/damaged/5d8f…</c>: its reason stands in it.</summary>
    public static string CauseOf(Gesture gesture) => $"{Cause}{gesture.Reason}/{gesture.Id:N}";

    /// <summary>The reason in such a cause; null in any other.</summary>
    public static string? ReasonIn(string? cause) => cause?.StartsWith(Cause, StringComparison.Ordinal) == true ? cause[Cause.Length..cause.LastIndexOf('/')] : null;

    public static GestureTaken Take(AccountState state, Gesture gesture, string by, AccountContext context)
    {
        var (booked, refusal) = context.Scheme is null
            ? (default, new("no-ledger", "/member", "This programme keeps no ledger of points to give to."))
            : Bookkeeping.Of(state, context, (purse, at, terms) => gesture.Forgives
                ? Debts.Forgive(purse, gesture.Reason, by, at, terms, gesture.Points)
                : Gestures.Grant(purse, gesture.Id.ToString("N"), gesture.Points, gesture.Reason, by, at, terms));
        return new()
        {
            Gesture = gesture,
            By = by,
            Refusal = refusal,
            Points = 0,
            Balance = booked.Postings is null ? state.Balance : booked.Balance,
            Lifetime = state.Lifetime,
            Receipts = state.Receipts,
            Tallies = [],
            ReceivedAt = context.ReceivedAt,
            Postings = booked.Postings,
        };
    }
}
