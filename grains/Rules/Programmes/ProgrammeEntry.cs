using System.Collections.Immutable;
using Gamification.Programmes.Documents;

namespace Gamification.Rules.Programmes;

/// <summary>A document as JSON in the one form that its part is written in: the same content has the same text.</summary>
public readonly record struct DocumentText(string Json);

public sealed record PartText(ProgrammePart Part, DocumentText Text);

/// <summary>Facts of a programme's documents, as they are kept for ever: what, who and when.</summary>
public abstract record ProgrammeEntry
{
    /// <summary>
    /// What takes effect and is made durable later than this after it was decided does not count: nodes were promised a notice
    /// (<see cref="Notice"/>) that would no longer be kept.
    /// </summary>
    public static readonly TimeSpan CommitMax = TimeSpan.FromSeconds(10);

    /// <summary>The credential that asked; <c>file</c> for the first version.</summary>
    public required string By { get; init; }

    /// <summary>When it was decided, by the wall clock.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The first version of everything, from the file that the deployment started with. In force since ever.</summary>
    public sealed record Founded : ProgrammeEntry
    {
        public const string Type = "programme.founded";

        public required ImmutableArray<PartText> Parts { get; init; }
    }

    public sealed record Drafted : ProgrammeEntry
    {
        public const string Type = "programme.drafted";

        public required ProgrammePart Part { get; init; }

        /// <summary>Null: the draft is discarded.</summary>
        public DocumentText? Text { get; init; }
    }

    public sealed record Validated : ProgrammeEntry
    {
        public const string Type = "programme.validated";

        public required ProgrammePart Part { get; init; }
    }

    public sealed record Published : ProgrammeEntry
    {
        public const string Type = "programme.published";

        public required ImmutableArray<PartText> Parts { get; init; }

        public required DateTimeOffset From { get; init; }

        /// <summary>The part whose draft this was, which is done with.</summary>
        public ProgrammePart? Draft { get; init; }

        /// <summary>What stays of the draft when only a part of it was published.</summary>
        public DocumentText? Rest { get; init; }
    }

    public sealed record Withdrawn : ProgrammeEntry
    {
        public const string Type = "programme.withdrawn";

        public required ProgrammePart Part { get; init; }

        public required int Number { get; init; }
    }

    /// <summary>Rows beside those that are there; one of the same code and date takes its place.</summary>
    public sealed record GoodsImported : ProgrammeEntry
    {
        public const string Type = "programme.goods-imported";

        public required DocumentText Rows { get; init; }
    }
}
