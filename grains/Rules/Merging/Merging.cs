using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Members;
using Gamification.Merging;
using Gamification.Rewards;
using Gamification.Rules.Activities;
using Gamification.Rules.Earning;
using Gamification.Rules.Redeeming;

namespace Gamification.Rules.Merging;

/// <summary>
/// Two accounts of one person become one (spec §12): lots move with their dates, what both were given for the same thing is kept once, and sales go on being
/// known by the account that they came to, so that goods can still be brought back. Each side's entry is decided from durable entries alone, so that the second one is
/// the same whenever it is made.
/// </summary>
internal static class Merging
{
    /// <summary>What takes everything out of an account, which has its history in the context.</summary>
    public static (MemberLeft? Entry, Refusal? Refusal) Leave(AccountState state, MergeOrder order, AccountContext context)
    {
        if (state.LeftFor is not null) return (null, new("already-merged", "/from", "It is part of another account; merge that one."));
        if (context.History!.Sales.Any(sale => sale is { Counted: true, Credited: false })) return (null, new("card-held", "/from", "Its receipts wait for the card to be enrolled; enrol it first."));
        if (state.Wallet?.Open.Any(one => one.State is not (EntitlementState.Ready or EntitlementState.Booked)) == true)
            return (null, new("rewards-open", "/from", "A reward is held or waited for; let it be taken or called off, or wait until its time is over."));
        var (booked, refusal) = Bookkeeping.Leave(state, order.Id, context);
        return refusal is not null ? (null, refusal) : (new()
        {
            Merge = order.Id,
            Other = order.Into,
            By = order.By,
            Reason = order.Reason,
            At = context.At,
            Points = -state.Lifetime,
            Balance = booked.Balance,
            Lifetime = 0,
            Receipts = 0,
            Tallies = [.. context.History.Rows.Select(row => row with { Tally = default })],
            ReceivedAt = context.ReceivedAt,
            Postings = booked.Postings,
        }, null);
    }

    /// <summary>What brings it to the other one. Nothing refuses it any more.</summary>
    /// <param name="into">The account that is kept.</param>
    /// <param name="from">The other one, as it was before it left.</param>
    /// <param name="left">What it left with.</param>
    /// <param name="accounts">The other one and what was part of it.</param>
    /// <param name="isHad">Whether this account was given something for the same cause before.</param>
    /// <param name="context">Decided at the time of leaving; the history is not looked at.</param>
    public static MemberJoined Join(
        MergeSide into, MergeSide from, MemberLeft left, ImmutableArray<MergedAccount> accounts, Func<string, bool> isHad, AccountContext context)
    {
        var (ours, theirs) = (into.History(context), from.History(context));
        var booked = Bookkeeping.Join(into.State, from.State, left.Merge, context with { History = SaleHistory.Of([.. from.Entries, .. into.Entries], context.Settings.NetSpend) });
        var wallet = from.State.Wallet ?? Wallet.Empty;
        return new()
        {
            Merge = left.Merge,
            Other = accounts[^1].From,
            By = left.By,
            At = left.At,
            Accounts = accounts,
            Parked = from.State.Parked,
            Rewards = wallet.Open.RemoveAll(one => one.Cause is { } cause && isHad(cause)),
            Owed = wallet.Owed.RemoveAll(owed => isHad(owed.Cause)),
            Segments = from.State.Segments is { IsEmpty: false } theirSegments
                ? [.. (into.State.Segments ?? []).Union(theirSegments, StringComparer.Ordinal).Order(StringComparer.Ordinal)]
                : null,
            Times = from.State.Activities is { } done ? [.. done.Counts.Select(count => count with { Times = count.Times + (into.State.Activities?.TimesOf(count) ?? 0) })] : null,
            Challenges = Joining(into.State, from.State),
            JoinedAt = from.State.JoinedAt < into.State.JoinedAt ? from.State.JoinedAt : null,
            Points = from.State.Lifetime,
            Balance = booked.Balance,
            Lifetime = into.State.Lifetime + from.State.Lifetime + booked.Gifts,
            Receipts = into.State.Receipts + from.State.Receipts,
            Tallies = [.. theirs.Rows.Where(row => row.Tally != default).Select(row => row with { Tally = Sum(ours.Row(row.Store, row.Day), row.Tally) })],
            ReceivedAt = context.ReceivedAt,
            Postings = booked.Postings,
            Counters = theirs.Counters.Count == 0 ? null : RuleCounters.After([.. ours.Counters], [.. theirs.Counters], 1),
            Recognised = booked.Recognised,
        };
    }

    /// <summary>In what both take part, the kept account's own team and wish to be hidden stand.</summary>
    private static ImmutableArray<Participation>? Joining(AccountState into, AccountState from)
    {
        ImmutableArray<Participation> more = [.. (from.Challenges ?? []).Where(theirs => into.Challenges?.Any(ours => ours.Challenge == theirs.Challenge) != true)];
        return more.IsEmpty ? null : more;
    }

    private static Tally Sum(Tally left, Tally right) => new(
        left.Points + right.Points, left.Receipts + right.Receipts, left.Spend + right.Spend, Math.Max(left.PointsAt, right.PointsAt), Math.Max(left.ReceiptsAt, right.ReceiptsAt));
}
