using Gamification.Programmes.Earning;

namespace Gamification.Activities;

/// <summary>
/// Something a member did that is no purchase (spec A8), as a source reported it, checked for shape and bounds at the edge. It carries no card and
/// no public id: the edge has exchanged them for surrogates.
/// </summary>
[GenerateSerializer, Immutable, Alias("activity")]
public sealed record ReportedActivity
{
    [Id(0)] public required ActivityKey Key { get; init; }

    /// <summary>Never a sale.</summary>
    [Id(1)] public required EarningEvent Type { get; init; }

    /// <summary>With the offset of the place: its clock is the wall clock there. Never more than 5 minutes after it was received.</summary>
    [Id(2)] public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>The date of <see cref="OccurredAt"/> in the store's zone; where there is no store in the member's home zone, the programme's unless it said otherwise (spec §2). Computed once.</summary>
    [Id(3)] public required DateOnly BusinessDate { get; init; }

    /// <summary>Null for what happened in no store.</summary>
    [Id(4)] public string? Store { get; init; }

    [Id(5)] public Channel Channel { get; init; }

    /// <summary>What it is about: the id of a post, a product, a survey. At most 128 characters.</summary>
    [Id(6)] public string? Subject { get; init; }

    /// <summary>Who made it happen, where that is not the member itself: who accepted the answer, who was welcomed.</summary>
    [Id(7)] public MemberId? Actor { get; init; }

    /// <summary>
    /// What it was done to. With a target an event of one type brings its points once for each actor and target, for ever (spec §12). At most
    /// 128 characters.
    /// </summary>
    [Id(8)] public string? Target { get; init; }

    /// <summary>128 bits over the canonical content as it was stated. Equal content, equal digest.</summary>
    [Id(9)] public required Guid Content { get; init; }

    [Id(10)] public ReceiptFlags Flags { get; init; }

    /// <summary>The version of the time zone rules by which the date was computed, such as <c>2025b</c>.</summary>
    [Id(11)] public string? ZoneRules { get; init; }

    /// <summary>What rules may ask of it.</summary>
    public EventFacts Facts() => new()
    {
        Type = Type,
        OccurredAt = OccurredAt,
        BusinessDate = BusinessDate,
        LocalTime = TimeOnly.FromTimeSpan(OccurredAt.TimeOfDay),
        Store = Store,
        Channel = Channel,
    };

    /// <summary>128 bits that are the same for every event of this type by this actor on this target; null for one without a target.</summary>
    public Guid? PairDigest(MemberId member) => Target is { } target ? ActivityKey.Of("pair", Type.ToString(), (Actor ?? member).ToString(), target) : null;
}

/// <summary>Who takes something away. A moderator's removal costs no more than an author's (spec §12).</summary>
public enum Remover
{
    Author,
    Moderator,
}

/// <summary>
/// An event was removed, or is back again: the exact inverse of reporting it, and the inverse of that. Of several for one event the one that occurred
/// last holds, in whatever order they come; among equals the one that came last.
/// </summary>
[GenerateSerializer, Immutable, Alias("activity-revision")]
public sealed record ActivityRevision
{
    /// <summary>Its own key: a revision is an event too.</summary>
    [Id(0)] public required ActivityKey Key { get; init; }

    /// <summary>The event it is about.</summary>
    [Id(1)] public required ActivityKey Original { get; init; }

    /// <summary>False: the event is back.</summary>
    [Id(2)] public required bool Removes { get; init; }

    [Id(3)] public Remover By { get; init; }

    [Id(4)] public required DateTimeOffset OccurredAt { get; init; }

    /// <summary>128 bits over the canonical content as it was stated.</summary>
    [Id(5)] public required Guid Content { get; init; }

    [Id(6)] public ReceiptFlags Flags { get; init; }
}
