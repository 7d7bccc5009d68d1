using System.Collections.Immutable;
using Gamification.Programmes.Earning;

namespace Gamification.Activities;

/// <summary>What became of an event's points.</summary>
public enum ActivityTreatment
{
    /// <summary>Rules decided: points were earned, perhaps 0.</summary>
    Earned,

    /// <summary>This actor and target have brought their points before, and bring no second ones.</summary>
    Repeated,

    /// <summary>The member itself is named as the actor: what one does to oneself earns nothing.</summary>
    OwnDeed,

    /// <summary>It was removed: exactly what it had brought was taken back.</summary>
    TakenBack,

    /// <summary>It is back, or the same actor and target are: exactly what was taken is granted again, under the same award.</summary>
    Regranted,

    /// <summary>The event it is about is not here yet. It is applied when that comes within 30 days.</summary>
    Parked,

    /// <summary>It changes nothing: the event stands as it says already, or a later word on it is known.</summary>
    Unchanged,
}

/// <summary>The recorded result of one event or revision: what a first answer and every replay of it say.</summary>
[GenerateSerializer, Immutable, Alias("activity-record")]
public sealed record ActivityRecord
{
    [Id(0)] public required ActivityKey Key { get; init; }

    /// <summary>Whose points they are.</summary>
    [Id(1)] public required MemberId Member { get; init; }

    [Id(2)] public required ActivityTreatment Treatment { get; init; }

    /// <summary>Points added; negative when taken.</summary>
    [Id(3)] public required long Points { get; init; }

    /// <summary>The member's balance and version right after it.</summary>
    [Id(4)] public required long Balance { get; init; }

    [Id(5)] public required long Version { get; init; }

    [Id(6)] public ReceiptFlags Flags { get; init; }

    [Id(7)] public required DateTimeOffset RecordedAt { get; init; }
}

/// <summary>The answer to a reported event or revision, in order of precedence.</summary>
[GenerateSerializer, Immutable, Alias("activity-outcome")]
public abstract record ActivityOutcome
{
    /// <summary>Same key, same content as before: nothing happened, this is the first result again.</summary>
    [GenerateSerializer, Immutable, Alias("activity-outcome.replayed")]
    public sealed record Replayed([property: Id(0)] ActivityRecord Record) : ActivityOutcome;

    /// <summary>Same key, other content: nothing happened.</summary>
    [GenerateSerializer, Immutable, Alias("activity-outcome.conflict")]
    public sealed record Conflict([property: Id(0)] ActivityKey Key, [property: Id(1)] DateTimeOffset FirstRecordedAt) : ActivityOutcome;

    /// <summary>The rules cannot accept it; nothing was recorded.</summary>
    [GenerateSerializer, Immutable, Alias("activity-outcome.refused")]
    public sealed record Refused([property: Id(0)] Refusal Refusal) : ActivityOutcome;

    /// <summary>Durable, counted once.</summary>
    [GenerateSerializer, Immutable, Alias("activity-outcome.recorded")]
    public sealed record Recorded([property: Id(0)] ActivityRecord Record) : ActivityOutcome;
}

/// <summary>What an event would earn, decided by the same pure rule as the award (spec A9).</summary>
[GenerateSerializer, Immutable, Alias("activity-preview")]
public sealed record ActivityPreview([property: Id(0)] long Points, [property: Id(1)] ActivityTreatment Treatment, [property: Id(2)] Refusal? Refusal)
{
    [Id(3)] public ImmutableArray<AwardSentence> Why { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>An entry of the statement that is about an event. <see cref="Of"/> is the event whose award moved, when that is another one.</summary>
[GenerateSerializer, Immutable, Alias("activity-line")]
public sealed record ActivityLine(
    [property: Id(0)] ActivityKey Key,
    [property: Id(1)] EarningEvent? Type,
    [property: Id(2)] string? Subject,
    [property: Id(3)] ActivityTreatment Treatment,
    [property: Id(4)] ActivityKey? Of,
    [property: Id(5)] Remover? RemovedBy);
