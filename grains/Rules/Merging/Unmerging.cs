using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Ledger;
using Gamification.Members;
using Gamification.Rules.Earning;
using Gamification.Rules.Ledger;
using Gamification.Rules.Redeeming;

namespace Gamification.Rules.Merging;

/// <summary>A merge as both sides recorded it, and the two accounts as its undoing finds them.</summary>
/// <param name="Kept">The account that took the other, just before they part.</param>
/// <param name="Before">The same, just before they joined.</param>
/// <param name="Asleep">The other one, as it was before it left.</param>
/// <param name="Left">What that one left with.</param>
/// <param name="Joined">What this one took.</param>
internal sealed record MergedPair(MergeSide Kept, AccountState Before, MergeSide Asleep, MemberLeft Left, MemberJoined Joined)
{
    /// <summary>The units that were moved.</summary>
    public IEnumerable<Unit> Units => (Left.Postings ?? []).Where(posting => posting.Kind == PostingKind.MergedOut).Select(posting => posting.Unit).Distinct();

    /// <summary>What the other account has while it is part of this one.</summary>
    public MemberLedger AsleepLedger => Asleep.State.Apply(Left).Ledger ?? MemberLedger.Empty;

    /// <summary>What returns have taken of the other's sales since.</summary>
    public ImmutableArray<TakenBack> TakenSince(SaleHistory asleep) =>
        [.. Kept.Entries.SkipWhile(entry => (entry as MemberJoined)?.Merge != Joined.Merge).SelectMany(entry => TakenBy(entry)).Where(part => asleep.Find(part.Sale) is not null)];

    /// <summary>What the merge took back because both had been given it, from lots of the other (true) or of the one that was kept.</summary>
    public long Doubles(bool ofTheOther)
    {
        var arrived = (Joined.Postings ?? []).Where(posting => posting.Unit == Unit.Points && posting.Kind == PostingKind.MergedIn).SelectMany(posting => posting.Lots).Select(lot => lot.Id).ToHashSet();
        return (Joined.Postings ?? [])
            .Where(posting => posting.Unit == Unit.Points && posting.Kind == PostingKind.ClawedBack && posting.From.HasLots())
            .SelectMany(posting => posting.Lots)
            .Where(lot => arrived.Contains(lot.Id) == ofTheOther)
            .Sum(lot => lot.Remaining);
    }

    /// <summary>The merge's own postings of one unit on both sides, in the same order.</summary>
    public (ImmutableArray<Posting> Left, ImmutableArray<Posting> Arrived) Moved(Unit unit) =>
        ([.. (Left.Postings ?? []).Where(posting => posting.Unit == unit && posting.Kind == PostingKind.MergedOut)],
            [.. (Joined.Postings ?? []).Where(posting => posting.Unit == unit && posting.Kind == PostingKind.MergedIn)]);

    private static ImmutableArray<TakenBack> TakenBy(AccountEntry entry) => entry switch
    {
        ReceiptPosted posted => posted.Taken,
        ReturnSettled settled => settled.Taken,
        _ => [],
    };
}

/// <summary>
/// A merge is undone (spec §12): what is left of what came goes back, less what was brought back or spent meanwhile; what happened since stays where it happened.
/// </summary>
internal static class Unmerging
{
    /// <summary>Local days within which a merge can be undone.</summary>
    public const int Days = 30;

    public static (MemberParted? Entry, Refusal? Refusal) Part(MergedPair pair, string by, AccountContext context)
    {
        var (kept, asleep) = (pair.Kept.State, pair.Asleep.State);
        if (kept.LeftFor is not null) return (null, new("merged-on", "/merge", "The account was merged into another one since; undo that first."));
        if (kept.Merged?.Any(one => one.Merge != pair.Joined.Merge && one.Via == pair.Joined.Other) == true)
            return (null, new("merged-on", "/merge", "Another account came through this one since; undo that merge first."));
        var calendar = LedgerCalendar.In(context.Settings.TimeZone);
        if (calendar.DayOf(pair.Joined.At.ToUnixTimeMilliseconds()) + Days < calendar.DayOf(context.At.ToUnixTimeMilliseconds()))
            return (null, new("unmerge-too-late", "/merge", "A merge can be undone for 30 days; correct by hand."));
        var (ours, theirs) = (pair.Kept.History(context), pair.Asleep.History(context));
        var taken = pair.TakenSince(theirs);
        var (booked, refusal) = Bookkeeping.Part(pair, context with { History = ours });
        if (refusal is not null) return (null, refusal);
        var (points, receipts) = Share(pair, taken);
        var wallet = kept.Wallet ?? Wallet.Empty;
        return (new()
        {
            Merge = pair.Joined.Merge,
            Other = pair.Joined.Other,
            By = by,
            At = context.At,
            Parked = [.. pair.Joined.Parked.Select(parked => parked.Return).Where(key => kept.Parked.Any(waits => waits.Return == key))],
            Rewards = [.. pair.Joined.Rewards.Select(one => one.Id).Where(id => wallet.Find(id) is not null)],
            Owed = [.. pair.Joined.Owed.Select(owed => owed.Cause).Where(cause => wallet.Owed.Any(owed => owed.Cause == cause))],
            Times = asleep.Activities is { } done ? [.. done.Counts.Select(count => count with { Times = Math.Max(0, (kept.Activities?.TimesOf(count) ?? 0) - count.Times) })] : null,
            Challenges = Leaving(pair.Joined, kept),
            JoinedAt = pair.Joined.JoinedAt is null ? null : pair.Before.JoinedAt,
            Points = -points,
            Balance = context.Scheme is null ? kept.Balance - points : booked.Balance,
            Lifetime = kept.Lifetime - points + booked.Gifts,
            Receipts = kept.Receipts - receipts,
            Tallies = [.. Rows(theirs, taken).Select(row => row with { Tally = Less(row, ours) })],
            ReceivedAt = context.ReceivedAt,
            Postings = booked.Postings,
            Counters = theirs.Counters.Count == 0 ? null : RuleCounters.After([.. kept.Counters?.Rows ?? []], [.. theirs.Counters], -1),
            Recognised = booked.Recognised,
        }, null);
    }

    /// <param name="pair">As the parting found it.</param>
    /// <param name="parted">What the other side recorded.</param>
    /// <param name="context">Decided at the time of parting.</param>
    public static MemberRevived Revive(MergedPair pair, MemberParted parted, AccountContext context)
    {
        var theirs = pair.Asleep.History(context);
        var taken = pair.TakenSince(theirs);
        var (points, receipts) = Share(pair, taken);
        var booked = Bookkeeping.Revive(pair, context);
        var wallet = pair.Kept.State.Wallet ?? Wallet.Empty;
        return new()
        {
            Merge = parted.Merge,
            Other = pair.Left.Other,
            By = parted.By,
            At = parted.At,
            Taken = taken,
            Parked = [.. pair.Kept.State.Parked.Where(parked => parted.Parked.Contains(parked.Return))],
            Rewards = [.. wallet.Open.Where(one => parted.Rewards.Contains(one.Id))],
            Owed = [.. wallet.Owed.Where(owed => parted.Owed.Contains(owed.Cause))],
            Points = points,
            Balance = context.Scheme is null ? points : booked.Balance,
            Lifetime = points + booked.Gifts,
            Receipts = receipts,
            Tallies = Rows(theirs, taken),
            ReceivedAt = context.ReceivedAt,
            Postings = booked.Postings,
            Recognised = booked.Recognised,
        };
    }

    /// <summary>What came with the merge and was not chosen otherwise since.</summary>
    private static ImmutableArray<Participation>? Leaving(MemberJoined joined, AccountState kept)
    {
        ImmutableArray<Participation> back = [.. (joined.Challenges ?? []).Where(part => kept.Challenges?.Contains(part) == true).Select(part => part with { Joined = false })];
        return back.IsEmpty ? null : back;
    }

    /// <summary>Lifetime points and standing receipts that go back, without what the merge itself had taken.</summary>
    private static (long Points, long Receipts) Share(MergedPair pair, ImmutableArray<TakenBack> taken) =>
        (-pair.Left.Points - taken.Sum(part => part.Points) - pair.Doubles(ofTheOther: true), pair.Asleep.State.Receipts - taken.Count(part => part.Whole));

    /// <summary>The other's tallies with what returns have taken since.</summary>
    private static ImmutableArray<TallyRow> Rows(SaleHistory theirs, ImmutableArray<TakenBack> taken)
    {
        var rows = theirs.Rows.Where(row => row.Tally != default).ToDictionary(row => (row.Store, row.Day));
        foreach (var row in TallyChanges.Taking(theirs, taken)) rows[(row.Store, row.Day)] = row;
        return [.. rows.Values];
    }

    private static Tally Less(TallyRow theirs, SaleHistory ours)
    {
        var (both, own) = (ours.Row(theirs.Store, theirs.Day), ours.ReachedAt(theirs.Store, theirs.Day, []));
        return new(both.Points - theirs.Tally.Points, both.Receipts - theirs.Tally.Receipts, both.Spend - theirs.Tally.Spend, own.PointsAt, own.ReceiptsAt);
    }
}
