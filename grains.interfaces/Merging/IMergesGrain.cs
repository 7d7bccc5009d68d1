namespace Gamification.Merging;

/// <summary>Two accounts of one person are to become one (spec §12): everything of <see cref="From"/> goes to <see cref="Into"/>.</summary>
[GenerateSerializer, Immutable, Alias("merge-order")]
public sealed record MergeOrder
{
    /// <summary>1 to 100 printable characters, unique in the programme: the same order again under it is answered with the first result.</summary>
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required MemberId From { get; init; }

    [Id(2)] public required MemberId Into { get; init; }

    /// <summary>1 to 200 characters.</summary>
    [Id(3)] public required string Reason { get; init; }

    [Id(4)] public required string By { get; init; }
}

[GenerateSerializer, Immutable, Alias("merge-outcome")]
public abstract record MergeOutcome
{
    /// <summary>The two are one, or two again. <see cref="UndoneThrough"/> is the last local day on which a merge can be undone.</summary>
    [GenerateSerializer, Immutable, Alias("merge-outcome.done")]
    public sealed record Done(
        [property: Id(0)] string Merge, [property: Id(1)] MemberId From, [property: Id(2)] MemberId Into, [property: Id(3)] DateTimeOffset At, [property: Id(4)] DateOnly UndoneThrough,
        [property: Id(5)] bool Replayed) : MergeOutcome;

    /// <summary>The id was used for another merge.</summary>
    [GenerateSerializer, Immutable, Alias("merge-outcome.conflict")]
    public sealed record Conflict : MergeOutcome;

    /// <summary>There is no merge with this id into this member.</summary>
    [GenerateSerializer, Immutable, Alias("merge-outcome.unknown")]
    public sealed record Unknown : MergeOutcome;

    [GenerateSerializer, Immutable, Alias("merge-outcome.refused")]
    public sealed record Refused([property: Id(0)] Refusal Refusal) : MergeOutcome;
}

/// <summary>
/// Merges members and undoes it, one at a time in a programme, so that no two merges wait for each other. What ends between the two accounts is finished by a reminder
/// within minutes; each of the two steps is durable once, whoever asks and however often. The key is the programme.
/// </summary>
[Alias("merges")]
public interface IMergesGrain : IGrainWithStringKey
{
    /// <summary>Durable on both sides on return. A refusal writes nothing, and the same order may be sent again.</summary>
    [Alias("merge")]
    Task<MergeOutcome> Merge(MergeOrder order, DateTimeOffset receivedAt);

    /// <summary>Undoes a merge into this member, for 30 local days. What was spent meanwhile stays spent. Asking again is answered with the first result.</summary>
    [Alias("undo")]
    Task<MergeOutcome> Undo(string merge, MemberId into, string by, DateTimeOffset receivedAt);
}
