using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Members;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Activities;

/// <summary>How often a member has done one kind of thing, removals not counted: in a store since ever (day 0, the empty store for none), or on a business date anywhere.</summary>
public readonly record struct ActivityCount(EarningEvent Type, string Store, int Day, int Times)
{
    public bool IsSame(ActivityCount other) => Day == other.Day && Type == other.Type && Store == other.Store;
}

/// <summary>A removal or a return that waits for its event.</summary>
public sealed record ParkedRevision(ActivityRevision Revision)
{
    /// <summary>How long it waits, between the instants at which the two occurred.</summary>
    private static readonly TimeSpan WaitsFor = TimeSpan.FromDays(30);

    /// <summary>Business time alone decides, so that a replay of history forgets what history forgot.</summary>
    public bool HasExpiredAt(DateTimeOffset occurredAt) => occurredAt - Revision.OccurredAt > WaitsFor;
}

/// <summary>
/// What an account remembers of events between them: the counts by which firsts are told, and what waits. Old events are not in it; the journal
/// has them.
/// </summary>
/// <param name="Counts">Totals by store, and the dates from <paramref name="CompleteFrom"/> on.</param>
/// <param name="CompleteFrom">Day number: an event from before it finds its firsts in the account's past.</param>
/// <param name="Parked">At most <see cref="ParkedMax"/>.</param>
public sealed record ActivityState(ImmutableArray<ActivityCount> Counts, int CompleteFrom, ImmutableArray<ParkedRevision> Parked)
{
    public const int ParkedMax = 64;

    private static readonly ActivityState Empty = new([], 0, []);

    /// <summary>The state after an entry; null as long as no event has come.</summary>
    public static ActivityState? After(ActivityState? before, AccountEntry entry) => entry switch
    {
        ActivityPosted posted => (before ?? Empty).With(posted.Times ?? [], posted.Activity.BusinessDate).Without(posted.Activity.Key, posted.Activity.OccurredAt),
        ActivityRevised { Treatment: ActivityTreatment.Parked } parked => (before ?? Empty).Waiting(parked.Revision),
        ActivityRevised revised => (before ?? Empty).With(revised.Times ?? [], null),
        MemberJoined { Times: { } times } => (before ?? Empty).With(times, null),
        MemberParted { Times: { } times } => (before ?? Empty).With(times, null),
        _ => before,
    };

    /// <summary>What waits for this event, had it occurred at this instant.</summary>
    public ParkedRevision? WaitingFor(ActivityKey activity, DateTimeOffset occurredAt) =>
        Parked.FirstOrDefault(parked => parked.Revision.Original == activity && !parked.HasExpiredAt(occurredAt));

    public int TimesOf(ActivityCount wanted)
    {
        foreach (var count in Counts)
        {
            if (count.IsSame(wanted)) return count.Times;
        }

        return 0;
    }

    private ActivityState With(ImmutableArray<ActivityCount> changed, DateOnly? newest)
    {
        var completeFrom = newest is { } date ? Math.Max(CompleteFrom, Firsts.FirstDayAsked(date)) : CompleteFrom;
        if (changed.IsEmpty && completeFrom == CompleteFrom) return this;
        var kept = Counts.Where(count => IsKept(count) && !changed.Any(count.IsSame));
        return this with { Counts = [.. kept, .. changed.Where(IsKept)], CompleteFrom = completeFrom };

        bool IsKept(ActivityCount count) => count.Times > 0 && (count.Day == 0 || count.Day >= completeFrom);
    }

    private ActivityState Without(ActivityKey activity, DateTimeOffset occurredAt) => Parked.IsEmpty
        ? this
        : this with { Parked = Parked.RemoveAll(parked => parked.Revision.Original == activity || parked.HasExpiredAt(occurredAt)) };

    private ActivityState Waiting(ActivityRevision revision) =>
        this with { Parked = Without(revision.Original, revision.OccurredAt).Parked.Add(new(revision)) };
}
