using Gamification.Members;

namespace Gamification.Rules;

/// <summary>What time alone does to an account (spec §6): the same entry or none, whoever asks and however often.</summary>
public static class PassingTime
{
    /// <summary>The entry that records everything due by <see cref="AccountContext.At"/>; null when nothing is.</summary>
    public static TimePassed? Decide(AccountState state, AccountContext context)
    {
        if (state.Ledger is null) return null;
        var booked = Bookkeeping.Settled(state, context);
        return booked.Postings is null ? null : new()
        {
            At = context.At,
            Points = 0,
            Balance = booked.Balance,
            Lifetime = state.Lifetime,
            Receipts = state.Receipts,
            Tallies = [],
            ReceivedAt = context.ReceivedAt,
            Postings = booked.Postings,
        };
    }
}
