using System.Collections.Immutable;

namespace Gamification.Members;

/// <summary>What became of a member's segments.</summary>
[GenerateSerializer, Immutable, Alias("segments-outcome")]
public abstract record SegmentsOutcome
{
    /// <summary>These are the member's segments now, in the order of their names.</summary>
    [GenerateSerializer, Immutable, Alias("segments-outcome.now")]
    public sealed record Now([property: Id(0)] ImmutableArray<string> Segments) : SegmentsOutcome;

    [GenerateSerializer, Immutable, Alias("segments-outcome.refused")]
    public sealed record Refused([property: Id(0)] Refusal Refusal) : SegmentsOutcome;
}

/// <summary>The groups that others put a member in, as rules ask for them. The key is <c>programme/surrogate</c>.</summary>
[Alias("segmented-member")]
public interface ISegmentedMember : IGrainWithStringKey
{
    /// <summary>
    /// Replaces the member's segments: 50 at most, each of 1 to 40 lower-case letters, digits and hyphens, repeats once. Durable on return, and for what is
    /// received afterwards: awards keep the segments that they were decided by. The same set again changes nothing.
    /// </summary>
    /// <param name="segments">All of them.</param>
    /// <param name="by">Whose credential set them.</param>
    /// <param name="receivedAt">When they reached the edge.</param>
    [Alias("set-segments")]
    Task<SegmentsOutcome> SetSegments(ImmutableArray<string> segments, string by, DateTimeOffset receivedAt);

    [Alias("segments")]
    Task<ImmutableArray<string>> Segments();
}
