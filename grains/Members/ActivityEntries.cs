using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Programmes.Earning;
using Gamification.Rules.Activities;

namespace Gamification.Members;

/// <summary>An event that is no receipt was accepted and treated.</summary>
public sealed record ActivityPosted : AccountEntry
{
    public const string Type = "activity.posted";

    public required ReportedActivity Activity { get; init; }

    public required ActivityTreatment Treatment { get; init; }

    /// <summary>The event whose award this one stands for too, because actor and target are the same; null when the award is its own.</summary>
    public ActivityKey? Award { get; init; }

    /// <summary>What rules decided, none of it ever decided again; null when no rule applied.</summary>
    public Earned? Earned { get; init; }

    /// <summary>How often the member has done such things, as new absolute values.</summary>
    public ImmutableArray<ActivityCount>? Times { get; init; }
}

/// <summary>An event was removed or is back: its award is taken back or granted again, exactly.</summary>
public sealed record ActivityRevised : AccountEntry
{
    public const string ReversedType = "activity.reversed";
    public const string RestoredType = "activity.restored";

    public required ActivityRevision Revision { get; init; }

    public required ActivityTreatment Treatment { get; init; }

    /// <summary>What this gave back of the counters of capped rules, to be taken again when the event comes back.</summary>
    public ImmutableArray<CapCount>? Freed { get; init; }

    public ImmutableArray<ActivityCount>? Times { get; init; }
}

/// <summary>Takes the key of an actor and a target for the event that brings their one award. It folds to nothing.</summary>
public sealed record ActivityPaired(ActivityKey Activity)
{
    public const string Type = "activity.paired";
}
