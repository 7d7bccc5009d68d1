using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Rules.Recognition;

namespace Gamification.Rules.Activities;

/// <summary>An account's past events, as removals, returns and firsts need them. Folded from the journal, not carried in memory.</summary>
public sealed class ActivityHistory
{
    private readonly Dictionary<ActivityKey, ActivityAward> _awards = [];

    /// <summary>All awards, also those that were taken back, in no order.</summary>
    public IEnumerable<ActivityAward> All => _awards.Values.Distinct();

    /// <summary>The awards that stand, in no order.</summary>
    public IEnumerable<ActivityAward> Standing => All.Where(award => award.Stands);

    /// <summary>The award that an event stands for, its own or that of the same actor and target; null for an unknown event.</summary>
    public ActivityAward? Find(ActivityKey activity) => _awards.GetValueOrDefault(activity);

    /// <summary>The latest instant of an event in the store, on the day or on any, that still contributes points; 0 for none.</summary>
    public long PointsAt(string store, int day, ActivityAward? except = null) => Standing
        .Where(award => award != except && award.Points != 0 && (award.Activity.Store ?? "") == store)
        .Where(award => day == TallyRow.AllDays || award.Activity.BusinessDate.DayNumber == day)
        .Select(award => award.Activity.OccurredAt.ToUnixTimeMilliseconds())
        .DefaultIfEmpty(0)
        .Max();

    internal void Fold(AccountEntry entry)
    {
        switch (entry)
        {
            case ActivityPosted { Award: { } first } again:
                _awards[again.Activity.Key] = _awards[first];
                _awards[first].Take(again);
                break;
            case ActivityPosted posted:
                _awards[posted.Activity.Key] = new(posted);
                break;
            case ActivityRevised revised when _awards.TryGetValue(revised.Revision.Original, out var award):
                award.Take(revised);
                break;
        }
    }
}

/// <summary>
/// What an event brought, and whether it stands: as long as any event with its actor and target does. Of several words on one event the one
/// that occurred last holds.
/// </summary>
public sealed class ActivityAward
{
    private readonly Dictionary<ActivityKey, (bool Stands, DateTimeOffset Since)> _events = [];

    internal ActivityAward(ActivityPosted posted)
    {
        (Activity, Earned, Points, Counts, Recognised, Was) = (posted.Activity, posted.Earned, posted.Points, posted.Treatment == ActivityTreatment.Earned, posted.Recognised, posted.Was);
        _events[posted.Activity.Key] = (true, DateTimeOffset.MinValue);
    }

    /// <summary>The event that brought it.</summary>
    public ReportedActivity Activity { get; }

    public Earned? Earned { get; }

    /// <summary>What it was recognised for when it came last; null when recognition was not asked.</summary>
    public RecognitionMade? Recognised { get; private set; }

    /// <summary>What the member was when it came.</summary>
    public MemberWas? Was { get; }

    /// <summary>What it brings while it stands.</summary>
    public long Points { get; }

    /// <summary>Whether it is one of the member's deeds, by which firsts are told.</summary>
    public bool Counts { get; }

    /// <summary>What its removal gave back of caps.</summary>
    public ImmutableArray<CapCount> Freed { get; private set; } = [];

    public bool Stands => _events.Values.Any(word => word.Stands);

    /// <summary>Whether the award would stand after this word; null when the word is not news.</summary>
    public bool? StandsAfter(ActivityRevision revision)
    {
        var (stands, since) = _events[revision.Original];
        if (revision.OccurredAt < since || stands != revision.Removes) return null;
        return !revision.Removes || _events.Any(other => other.Key != revision.Original && other.Value.Stands);
    }

    internal void Take(ActivityPosted another)
    {
        _events[another.Activity.Key] = (true, DateTimeOffset.MinValue);
        Recognised = another.Recognised ?? Recognised;
    }

    internal void Take(ActivityRevised revised)
    {
        var revision = revised.Revision;
        if (revision.OccurredAt >= _events[revision.Original].Since) _events[revision.Original] = (!revision.Removes, revision.OccurredAt);
        if (revised.Treatment == ActivityTreatment.Regranted) Recognised = revised.Recognised ?? Recognised;
        if (revised.Treatment == ActivityTreatment.TakenBack) Freed = revised.Freed ?? [];
    }
}
