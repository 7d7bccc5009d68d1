using System.Collections.Immutable;
using Gamification.Programmes.Earning;

namespace Gamification.Programmes.Documents;

/// <summary>One published version of a part. Of the earning rules and the catalogue every publication is one.</summary>
[GenerateSerializer, Immutable, Alias("edition-view")]
public sealed record EditionView
{
    [Id(0)] public required ProgrammePart Part { get; init; }

    /// <summary>From 1, by part.</summary>
    [Id(1)] public required int Number { get; init; }

    [Id(2)] public required RuleStage Stage { get; init; }

    /// <summary>Who, as the credential's id; <c>file</c> for the version that the deployment started with.</summary>
    [Id(3)] public required string By { get; init; }

    [Id(4)] public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>Inclusive.</summary>
    [Id(5)] public required DateTimeOffset EffectiveFrom { get; init; }
}

/// <summary>What somebody is working on; one a part.</summary>
[GenerateSerializer, Immutable, Alias("draft-view")]
public sealed record DraftView
{
    [Id(0)] public required ProgrammePart Part { get; init; }

    [Id(1)] public required string By { get; init; }

    [Id(2)] public required DateTimeOffset SavedAt { get; init; }

    /// <summary>Null until it was found without fault; a change makes it null again.</summary>
    [Id(3)] public DateTimeOffset? ValidatedAt { get; init; }
}

/// <summary>A programme's parts at a glance. <see cref="Version"/> grows with every change to any of them.</summary>
[GenerateSerializer, Immutable, Alias("documents-view")]
public sealed record DocumentsView
{
    [Id(0)] public required long Version { get; init; }

    /// <summary>By part, newest first.</summary>
    [Id(1)] public required ImmutableArray<EditionView> Editions { get; init; }

    [Id(2)] public required ImmutableArray<DraftView> Drafts { get; init; }
}

/// <summary>One part with its texts, which are JSON. Null where there is none.</summary>
[GenerateSerializer, Immutable, Alias("part-view")]
public sealed record PartView
{
    /// <summary>The newest published version, also when it has not begun.</summary>
    [Id(0)] public string? Published { get; init; }

    [Id(1)] public string? Draft { get; init; }

    [Id(2)] public required DocumentsView About { get; init; }

    /// <summary>What the published version says, one sentence for each thing in it, made from the document itself. At most 500.</summary>
    [Id(3)] public ImmutableArray<DocumentSentence> Sentences { get => field.IsDefault ? [] : field; init; } = [];
}

/// <summary>What one thing in a document says, in the three languages.</summary>
[GenerateSerializer, Immutable, Alias("document-sentence")]
public sealed record DocumentSentence([property: Id(0)] string Pointer, [property: Id(1)] string Fr, [property: Id(2)] string Nl, [property: Id(3)] string En);

/// <summary>One version of an earning rule, published or not.</summary>
[GenerateSerializer, Immutable, Alias("rule-view")]
public sealed record RuleView
{
    [Id(0)] public required RuleVersionId Rule { get; init; }

    [Id(1)] public required RuleStage Stage { get; init; }

    [Id(2)] public DateTimeOffset? PublishedAt { get; init; }

    [Id(3)] public DateTimeOffset? EffectiveFrom { get; init; }

    /// <summary>Exclusive.</summary>
    [Id(4)] public DateTimeOffset? EffectiveUntil { get; init; }

    [Id(5)] public required string Fr { get; init; }

    [Id(6)] public required string Nl { get; init; }

    [Id(7)] public required string En { get; init; }

    /// <summary>As JSON, as in the document.</summary>
    [Id(8)] public required string Document { get; init; }
}

/// <summary>How two documents differ in one place.</summary>
[GenerateSerializer, Immutable, Alias("document-change")]
public sealed record DocumentChange
{
    /// <summary>In the new document; of what is gone, in the old one.</summary>
    [Id(0)] public required string Pointer { get; init; }

    /// <summary>As JSON; null for what is new.</summary>
    [Id(1)] public string? Before { get; init; }

    /// <summary>As JSON; null for what is gone.</summary>
    [Id(2)] public string? After { get; init; }

    [Id(3)] public required string Fr { get; init; }

    [Id(4)] public required string Nl { get; init; }

    [Id(5)] public required string En { get; init; }
}

/// <summary>How a document differs from what stands, or why it cannot be compared.</summary>
[GenerateSerializer, Immutable, Alias("document-diff")]
public sealed record DocumentDiff([property: Id(0)] ImmutableArray<DocumentChange> Changes, [property: Id(1)] ImmutableArray<DocumentError> Errors);

/// <summary>What a basket earns as things stand, and what it would if every draft held.</summary>
[GenerateSerializer, Immutable, Alias("draft-preview")]
public sealed record DraftPreview
{
    [Id(0)] public ReceiptPreview? Now { get; init; }

    [Id(1)] public ReceiptPreview? Draft { get; init; }

    /// <summary>Why the drafts cannot be rated; then both previews are null.</summary>
    [Id(2)] public ImmutableArray<DocumentError> Errors { get => field.IsDefault ? [] : field; init; } = [];
}
