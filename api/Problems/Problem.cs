using System.Collections.Immutable;

namespace Gamification.Api;

/// <summary>Which field is at fault, as a JSON pointer, in a stable word, and what to do about it.</summary>
public sealed record FieldError(string Field, string Code, string Remedy);

/// <summary>An answer that is not what was asked for (RFC 9457). <see cref="Kind"/> gives its address, title and status.</summary>
public sealed record Problem(ProblemKind Kind, string Detail)
{
    /// <summary>At most 16; the first are the most useful.</summary>
    public ImmutableArray<FieldError> Errors { get; init; } = [];

    /// <summary>When asking again may help; rounded up to whole seconds in the header.</summary>
    public TimeSpan? RetryAfter { get; init; }

    public int Status => Kind.Status;
}
