using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Programmes.Earning;

namespace Gamification.Statements;

/// <summary>
/// "Pourquoi ?" (spec R4): how an entry came to its points. What applied is what was recorded, and never decided again. What did not apply is found out by deciding
/// again as it was then: the account as the entries before had left it, the rule versions in force when it occurred.
/// </summary>
[GenerateSerializer, Immutable, Alias("entry-explanation")]
public sealed record EntryExplanation
{
    [Id(0)] public required long Version { get; init; }

    [Id(1)] public required string Type { get; init; }

    [Id(2)] public ReceiptKey? Receipt { get; init; }

    [Id(3)] public required long Points { get; init; }

    /// <summary>
    /// Whether deciding again comes to what was recorded. When it does not, a document or the catalogue has changed, or something that is not kept decided with it,
    /// and <see cref="Missed"/> tells of today's rules.
    /// </summary>
    [Id(4)] public bool IsExact { get; init; } = true;

    /// <summary>The greatest multiplier that worked on any line; 1 for none.</summary>
    [Id(5)] public decimal Multiplier { get; init; } = 1;

    /// <summary>What the applied rules had asked of the member: its tier and segments then.</summary>
    [Id(6)] public string? Tier { get; init; }

    [Id(7)] public ImmutableArray<string> Segments { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>In the order of rule ids; their points add up to the award.</summary>
    [Id(8)] public ImmutableArray<AppliedWhy> Applied { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Rules that were in force for this kind of event and did not count, in the order of their ids.</summary>
    [Id(9)] public ImmutableArray<MissedWhy> Missed { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Each line's share, in the receipt's order; empty when <see cref="IsExact"/> is false.</summary>
    [Id(10)] public ImmutableArray<EarnedLine> Lines { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>The counters of capped rules right after the entry, as far as it moved them.</summary>
    [Id(11)] public ImmutableArray<CapCount> Counters { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Why no rule was asked at all; null for an award.</summary>
    [Id(12)] public Sentence? Note { get; init; }

    /// <summary>The event that it comes from, when that is no receipt.</summary>
    [Id(13)] public ActivityKey? Activity { get; init; }
}

/// <summary>A rule that counted. <see cref="Granted"/> is what cap or budget had left when that was less than it would have brought.</summary>
[GenerateSerializer, Immutable, Alias("applied-why")]
public sealed record AppliedWhy(
    [property: Id(0)] RuleVersionId Rule, [property: Id(1)] long Points, [property: Id(2)] long? Granted, [property: Id(3)] bool Outdone, [property: Id(4)] Sentence Text);

/// <summary>A rule that did not count: what it says, and the first thing that was not so.</summary>
[GenerateSerializer, Immutable, Alias("missed-why")]
public sealed record MissedWhy([property: Id(0)] RuleVersionId Rule, [property: Id(1)] WhyNotReason Reason, [property: Id(2)] Sentence Text, [property: Id(3)] Sentence Because);
