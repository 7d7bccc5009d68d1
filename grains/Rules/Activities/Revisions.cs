using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Activities;

/// <summary>
/// Removals and returns of events (spec §12). What an award brought in points, under caps and on boards goes and comes in exactly these amounts.
/// What it took of a campaign stays taken while it is away, so that its return needs nobody's leave.
/// </summary>
public static class Revisions
{
    /// <summary>The entry that records this revision. Looks at the account's whole past.</summary>
    public static ActivityRevised Decide(AccountState state, ActivityRevision revision, AccountContext context)
    {
        if (context.History!.Activities.Find(revision.Original) is not { } award) return Park(state, revision, context);
        return award.StandsAfter(revision) is not { } stands || stands == award.Stands
            ? Entry(state, revision, ActivityTreatment.Unchanged, Moved.Nothing(state), context)
            : stands
                ? Entry(state, revision, ActivityTreatment.Regranted, Give(state, award, revision.Key, context), context) with { Deeds = award.Counts ? Standing.Of(award, stands: true) : null }
                : Entry(state, revision, ActivityTreatment.TakenBack, Take(state, revision, award, context), context) with { Deeds = award.Counts ? Standing.Of(award, stands: false) : null };
    }

    /// <param name="state">The account without the award.</param>
    /// <param name="award">What comes back.</param>
    /// <param name="by">The event or revision that brings it back.</param>
    /// <param name="context">When and under what it is decided.</param>
    internal static Moved Give(AccountState state, ActivityAward award, ActivityKey by, AccountContext context) => new()
    {
        Points = award.Points,
        Booked = Given(state, award, by, context) ?? new(null, state.Balance),
        Tallies = ActivityTallies.Adding(state, context.History, award.Activity, award.Points),
        Counters = award.Freed.IsEmpty ? null : RuleCounters.After([.. context.History!.Counters], award.Freed, 1),
        Times = award.Counts ? ActivityFirsts.Counted(state, award.Activity, 1) : null,
    };

    /// <summary>An event that recognition counts, now or again.</summary>
    internal static Happening Comes(ReportedActivity activity, Earned? earned, long points, ActivityKey by) =>
        new(new(null, Scheme.ActivityOf(activity, earned, points)), activity.Key.ToString(), by.ToString());

    private static Booked? Given(AccountState state, ActivityAward award, ActivityKey by, AccountContext context)
    {
        Happening? happening = award.Recognised is null ? null : Comes(award.Activity, award.Earned, award.Points, by);
        if (award.Points > 0) return Bookkeeping.Earn(state, ActivityRulings.CreditOf(award.Activity, award.Earned, award.Points, context), award.Points, rule: null, context, happening);
        return happening is { } comes ? Bookkeeping.Happen(state, comes, context) : null;
    }

    private static Booked? Taken(AccountState state, ActivityAward award, ActivityKey by, AccountContext context)
    {
        var credit = Credit.Of(award.Activity);
        Happening? happening = award.Recognised is { } of
            ? new(new(Scheme.ActivityOf(award.Activity, award.Earned, award.Points), null), credit.Source, by.ToString()) { Of = of }
            : null;
        if (award.Points > 0) return Bookkeeping.TakeBack(state, by.ToString(), credit, award.Points, context, happening);
        return happening is { } goes ? Bookkeeping.Happen(state, goes, context) : null;
    }

    private static Moved Take(AccountState state, ActivityRevision revision, ActivityAward award, AccountContext context)
    {
        ImmutableArray<CapCount> freed = context.Scheme is { } scheme && award.Earned is { } earned ? [.. earned.Counts.Where(count => CapRoom.IsOpen(count, scheme, context.At))] : [];
        return new()
        {
            Points = -award.Points,
            Booked = Taken(state, award, revision.Key, context) ?? new(null, state.Balance),
            Tallies = ActivityTallies.Taking(context.History!, award),
            Counters = freed.IsEmpty ? null : RuleCounters.After([.. context.History!.Counters], freed, -1),
            Freed = freed.IsEmpty ? null : freed,
            Times = award.Counts ? ActivityFirsts.Counted(state, award.Activity, -1) : null,
        };
    }

    /// <summary>Of two that wait for one event only the later one matters.</summary>
    private static ActivityRevised Park(AccountState state, ActivityRevision revision, AccountContext context)
    {
        var waiting = state.Activities?.WaitingFor(revision.Original, revision.OccurredAt)?.Revision;
        var isFull = waiting is null && state.Activities?.Parked.Count(parked => !parked.HasExpiredAt(revision.OccurredAt)) >= ActivityState.ParkedMax;
        var treatment = isFull || waiting?.OccurredAt > revision.OccurredAt ? ActivityTreatment.Unchanged : ActivityTreatment.Parked;
        return Entry(state, revision, treatment, Moved.Nothing(state), context);
    }

    private static ActivityRevised Entry(AccountState state, ActivityRevision revision, ActivityTreatment treatment, in Moved moved, AccountContext context) => new()
    {
        Revision = revision,
        Treatment = treatment,
        Points = moved.Points,
        Balance = moved.Booked.Balance,
        Lifetime = state.Lifetime + moved.Points + moved.Booked.Gifts,
        Receipts = state.Receipts,
        Tallies = moved.Tallies,
        ReceivedAt = context.ReceivedAt,
        Postings = moved.Booked.Postings,
        Counters = moved.Counters,
        Freed = moved.Freed,
        Times = moved.Times,
        Recognised = moved.Booked.Recognised,
    };
}

/// <summary>What an award moves when it goes or comes back.</summary>
internal readonly record struct Moved
{
    public required long Points { get; init; }

    public required Booked Booked { get; init; }

    public required ImmutableArray<TallyRow> Tallies { get; init; }

    public ImmutableArray<CapCount>? Counters { get; init; }

    public ImmutableArray<CapCount>? Freed { get; init; }

    public ImmutableArray<ActivityCount>? Times { get; init; }

    public static Moved Nothing(AccountState state) => new() { Points = 0, Booked = new(null, state.Balance), Tallies = [] };
}
