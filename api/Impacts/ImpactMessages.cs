using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Impacts;
using Gamification.Recognition;
using Gamification.Statements;

namespace Gamification.Api;

/// <summary>A source as it must be shown beside a figure.</summary>
internal sealed record SourceMessage(string Factor, int Version, string Publisher, string Title, string Url, DateOnly Published, bool Example, Sentence Words)
{
    public static SourceMessage Of(CitedFactor cited) =>
        new(cited.Factor, cited.Version, cited.Source.Publisher, cited.Source.Title, cited.Source.Url, cited.Source.Published, cited.Source.Example, cited.Words);
}

/// <summary><see cref="Value"/> is in the counter's unit, with three decimals at most; null when it is withheld, being about too few people.</summary>
internal sealed record FigureMessage(string Counter, Wording Name, Wording Unit, decimal? Value, bool Withheld, ImmutableArray<SourceMessage> Sources)
{
    public static FigureMessage Of(ImpactFigure figure) =>
        new(figure.Counter.Id, figure.Counter.Name, figure.Counter.Unit, figure.IsWithheld ? null : ImpactMessage.Whole(figure.Thousandths), figure.IsWithheld, [.. figure.Sources.Select(SourceMessage.Of)]);
}

internal sealed record RestatedMessage(string Counter, decimal Before, decimal After);

internal sealed record CorrectionMessage(string Factor, int Version, Wording? Why, string Publisher, string Title, string Url);

internal sealed record RestatementMessage(int Edition, DateTimeOffset At, ImmutableArray<RestatedMessage> Counters, ImmutableArray<CorrectionMessage> Corrections)
{
    public static RestatementMessage Of(ImpactRestatement restatement) => new(
        restatement.Edition,
        restatement.At,
        [.. restatement.Counters.Select(counter => new RestatedMessage(counter.Counter, ImpactMessage.Whole(counter.Before), ImpactMessage.Whole(counter.After)))],
        [.. restatement.Corrections.Select(one => new CorrectionMessage(one.Factor, one.Version, one.Why, one.Source.Publisher, one.Source.Title, one.Source.Url))]);
}

/// <summary>A newer version of the factors that is being counted; the figures are still by the one before.</summary>
internal sealed record RestatingMessage(int Edition, int Percent);

/// <summary>Impact as JSON: the same in an answer and in a live message.</summary>
internal sealed record ImpactMessage(int Edition, ImmutableArray<FigureMessage> Counters, RestatingMessage? Restating, ImmutableArray<RestatementMessage> Restatements)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    public static ImpactMessage Of(ImpactView view) => new(
        view.Edition,
        [.. view.Figures.Select(FigureMessage.Of)],
        view.Restating is { } edition ? new(edition, view.RestatedPercent) : null,
        [.. view.Restatements.Select(RestatementMessage.Of)]);

    public static void Answer<T>(HttpContext context, T message) =>
        JsonAnswer.Write(context, StatusCodes.Status200OK, message, static (writer, answer) => JsonSerializer.Serialize(writer, answer, Json));

    internal static decimal Whole(long thousandths) => thousandths / 1_000m;
}

internal sealed record RestatementsMessage(ImmutableArray<RestatementMessage> Restatements, bool More);
