namespace Gamification.Sandboxes;

/// <summary>Where a tester wants the time of a sandbox: at an instant, or so much later. Exactly one of the two.</summary>
[GenerateSerializer, Immutable, Alias("sandbox-advance")]
public sealed record SandboxAdvance
{
    [Id(0)] public DateTimeOffset? To { get; init; }

    /// <summary>An ISO 8601 period (<c>P30D</c>, <c>P1M</c>, <c>PT36H</c>), counted on the calendar and the clocks of the programme's zone.</summary>
    [Id(1)] public string? By { get; init; }

    /// <summary>Who asks, for the record.</summary>
    [Id(2)] public required string Who { get; init; }

    /// <summary>Makes asking again safe: the same key and the same wish move the time once. Null for none.</summary>
    [Id(3)] public string? Key { get; init; }
}

/// <summary>What became of it.</summary>
[GenerateSerializer, Immutable, Alias("sandbox-outcome")]
public abstract record SandboxOutcome
{
    /// <summary>Durable. The time stands at <paramref name="Now"/>; before it stood at <paramref name="Before"/>, null when this placed it first.</summary>
    [GenerateSerializer, Immutable, Alias("sandbox-outcome.moved")]
    public sealed record Moved([property: Id(0)] DateTimeOffset? Before, [property: Id(1)] DateTimeOffset Now, [property: Id(2)] bool Replayed) : SandboxOutcome;

    /// <summary>The key moved the time to somewhere else before.</summary>
    [GenerateSerializer, Immutable, Alias("sandbox-outcome.key-reused")]
    public sealed record KeyReused([property: Id(0)] DateTimeOffset FirstRecordedAt) : SandboxOutcome;

    [GenerateSerializer, Immutable, Alias("sandbox-outcome.refused")]
    public sealed record Refused([property: Id(0)] Refusal Refusal) : SandboxOutcome;
}

/// <summary>Some members were woken: how many, how many of them had something to do, and where to go on; null when all were.</summary>
[GenerateSerializer, Immutable, Alias("sandbox-waking")]
public sealed record SandboxWaking([property: Id(0)] int Woken, [property: Id(1)] int Changed, [property: Id(2)] string? Next);

/// <summary>
/// The clock of a programme for testers (spec R3): it stands where it was put, and moves forward only. The key is the programme; only programmes whose clock
/// is a sandbox have one, and everything else is refused.
/// </summary>
[Alias("sandbox")]
public interface ISandboxGrain : IGrainWithStringKey
{
    /// <summary>Where the time stands; null when nobody has placed it yet, and for a programme that is no sandbox.</summary>
    [Alias("now")]
    Task<DateTimeOffset?> Now();

    /// <summary>
    /// Moves the time. Refused, in this order: the programme is no sandbox, the wish cannot be understood, the time was not placed yet, backwards, more than
    /// 3,660 days at once. Other nodes of a cluster follow within a second or two.
    /// </summary>
    [Alias("advance")]
    Task<SandboxOutcome> Advance(SandboxAdvance wish);

    /// <summary>
    /// Wakes the next members for what has become due, <paramref name="after"/> what the call before answered, null to begin. May be repeated, and begun anew, which is also
    /// what follows from anything that no call has answered: what is done is not done twice.
    /// </summary>
    [Alias("wake")]
    Task<SandboxWaking> Wake(string? after);
}
