namespace Gamification.Members;

/// <summary>A till's answer to a claim: the sale, handed over to this member for good, or why not.</summary>
[GenerateSerializer, Immutable, Alias("release-outcome")]
public abstract record ReleaseOutcome
{
    [GenerateSerializer, Immutable, Alias("release-outcome.released")]
    public sealed record Released([property: Id(0)] Receipt Sale) : ReleaseOutcome;

    [GenerateSerializer, Immutable, Alias("release-outcome.refused")]
    public sealed record Refused([property: Id(0)] Refusal Refusal) : ReleaseOutcome;
}
