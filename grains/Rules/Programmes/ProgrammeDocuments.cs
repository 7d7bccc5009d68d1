using System.Collections.Immutable;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Programmes;

/// <summary>
/// One published version of a part. The text is left out of earlier versions of rules and goods: the newest of them says all, and its
/// <see cref="From"/> is only what was asked for.
/// </summary>
public sealed record Edition
{
    public required ProgrammePart Part { get; init; }

    public required int Number { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset PublishedAt { get; init; }

    /// <summary>Inclusive.</summary>
    public required DateTimeOffset From { get; init; }

    public bool IsWithdrawn { get; init; }

    public DocumentText? Text { get; init; }
}

/// <summary>What somebody is working on, whatever is wrong with it.</summary>
public sealed record Draft
{
    public required ProgrammePart Part { get; init; }

    public required DocumentText Text { get; init; }

    public required string By { get; init; }

    public required DateTimeOffset SavedAt { get; init; }

    public DateTimeOffset? ValidatedAt { get; init; }
}

/// <summary>A programme's documents with all their versions: a fold over its entries, and its snapshot.</summary>
public sealed record ProgrammeDocuments
{
    public static ProgrammeDocuments Empty { get; } = new();

    /// <summary>In the order of their publication.</summary>
    public ImmutableArray<Edition> Editions { get => field.IsDefault ? [] : field; init; } = [];

    public ImmutableArray<Draft> Drafts { get => field.IsDefault ? [] : field; init; } = [];

    public bool IsFounded => !Editions.IsEmpty;

    /// <summary>The newest published version of a part, also when it has not begun; null when it never had one.</summary>
    public Edition? Newest(ProgrammePart part) => Editions.LastOrDefault(edition => edition.Part == part && !edition.IsWithdrawn);

    public DocumentText? TextOf(ProgrammePart part) => Newest(part)?.Text;

    public Draft? DraftOf(ProgrammePart part) => Drafts.FirstOrDefault(draft => draft.Part == part);

    /// <summary>The version of a part that is in force: of those begun the newest.</summary>
    public Edition? InForceAt(ProgrammePart part, DateTimeOffset instant) =>
        Editions.LastOrDefault(edition => edition.Part == part && !edition.IsWithdrawn && edition.From <= instant);

    public RuleStage StageAt(Edition edition, DateTimeOffset instant) =>
        edition.IsWithdrawn ? RuleStage.Retired
        : edition.From > instant ? RuleStage.Scheduled
        : InForceAt(edition.Part, instant) == edition ? RuleStage.Live
        : RuleStage.Retired;

    /// <summary>The documents after one more entry, which became durable at <paramref name="recordedAt"/>. Total: every entry that was ever durable folds.</summary>
    public ProgrammeDocuments Apply(ProgrammeEntry entry, DateTimeOffset recordedAt) => entry switch
    {
        ProgrammeEntry.Founded founded => founded.Parts.Aggregate(this, (documents, part) => documents.With(part, entry, DateTimeOffset.MinValue)),
        ProgrammeEntry.Drafted drafted => this with { Drafts = Without(drafted.Part, drafted.Text is not { } text ? null : new() { Part = drafted.Part, Text = text, By = entry.By, SavedAt = entry.At }) },
        ProgrammeEntry.Validated validated => DraftOf(validated.Part) is { } draft ? this with { Drafts = Without(validated.Part, draft with { ValidatedAt = entry.At }) } : this,
        _ when recordedAt - entry.At > ProgrammeEntry.CommitMax => this,
        ProgrammeEntry.Published published => published.Parts.Aggregate(this, (documents, part) => documents.With(part, entry, published.From)).Used(published),
        ProgrammeEntry.Withdrawn withdrawn => this with
        {
            Editions = [.. Editions.Select(edition => (edition.Part, edition.Number) == (withdrawn.Part, withdrawn.Number) ? edition with { IsWithdrawn = true } : edition)],
        },
        ProgrammeEntry.GoodsImported imported => With(new(ProgrammePart.Catalogue, GoodsText.Merge(TextOf(ProgrammePart.Catalogue), imported.Rows)), entry, entry.At),
        _ => this,
    };

    /// <summary>Rules and goods say themselves from when they hold: a newer document of them holds at once and for all time.</summary>
    public static bool IsDatedInside(ProgrammePart part) => part is ProgrammePart.Earning or ProgrammePart.Catalogue;

    private ProgrammeDocuments With(PartText part, ProgrammeEntry entry, DateTimeOffset from)
    {
        var inside = IsDatedInside(part.Part);
        var before = inside ? [.. Editions.Select(edition => edition.Part == part.Part ? edition with { Text = null } : edition)] : Editions;
        return this with
        {
            Editions = before.Add(new()
            {
                Part = part.Part,
                Number = Editions.Count(edition => edition.Part == part.Part) + 1,
                By = entry.By,
                PublishedAt = entry.At,
                From = from,
                Text = part.Text,
            }),
        };
    }

    private ProgrammeDocuments Used(ProgrammeEntry.Published published)
    {
        if (published.Draft is not { } part || DraftOf(part) is not { } draft) return this;
        return this with { Drafts = Without(part, published.Rest is { } rest ? draft with { Text = rest, ValidatedAt = null } : null) };
    }

    private ImmutableArray<Draft> Without(ProgrammePart part, Draft? instead)
    {
        var others = Drafts.RemoveAll(draft => draft.Part == part);
        return instead is null ? others : others.Add(instead);
    }
}
