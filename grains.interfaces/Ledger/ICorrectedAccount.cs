namespace Gamification.Ledger;

/// <summary>An earlier mistake is put right (spec B1, B4): points added or taken, or everything that is live made valid for longer; never both.</summary>
[GenerateSerializer, Immutable, Alias("ledger-correction")]
public sealed record LedgerCorrection
{
    /// <summary>The caller's own, unique for the member: 1 to 100 printable characters.</summary>
    [Id(0)] public required string Id { get; init; }

    /// <summary>Below zero to take: never more than is available. Null to extend.</summary>
    [Id(1)] public long? Points { get; init; }

    /// <summary>The last day through which points that are live stay valid at least. Null to add or take.</summary>
    [Id(2)] public DateOnly? Through { get; init; }

    /// <summary>Its code: lower-case letters, digits and hyphens.</summary>
    [Id(3)] public required string Reason { get; init; }

    [Id(4)] public required string By { get; init; }
}

[GenerateSerializer, Immutable, Alias("correction-outcome")]
public abstract record CorrectionOutcome
{
    /// <summary>Durable, now or when the same correction came first. <paramref name="Balance"/> is what could be spent right after it.</summary>
    [GenerateSerializer, Immutable, Alias("correction-outcome.done")]
    public sealed record Done([property: Id(0)] long Balance, [property: Id(1)] bool Replayed) : CorrectionOutcome;

    /// <summary>The id was used for another correction.</summary>
    [GenerateSerializer, Immutable, Alias("correction-outcome.conflict")]
    public sealed record Conflict : CorrectionOutcome;

    [GenerateSerializer, Immutable, Alias("correction-outcome.refused")]
    public sealed record Refused([property: Id(0)] Refusal Refusal) : CorrectionOutcome;
}

/// <summary>A member's account as people of the programme put it right. The key is <c>programme/surrogate</c>.</summary>
[Alias("corrected-account")]
public interface ICorrectedAccount : IGrainWithStringKey
{
    /// <summary>A new entry with a reason and a name, durable on return; nothing that was written is changed. The same id again is answered with the first result.</summary>
    [Alias("correct")]
    Task<CorrectionOutcome> Correct(LedgerCorrection correction, DateTimeOffset receivedAt);
}
