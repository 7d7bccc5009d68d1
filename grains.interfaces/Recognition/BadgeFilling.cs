namespace Gamification.Recognition;

/// <summary>
/// The badge is as it would be had it been there from the member's first entry on (spec D1). It is never asked for as a command: the entry that records it says what was
/// filled in, and a return reads from it what had counted.
/// </summary>
[GenerateSerializer, Immutable, Alias("recognition-command.fill-badge")]
public sealed record FillBadge([property: Id(0)] string Badge) : RecognitionCommand;

/// <summary>What filling in a badge brought one member, or would bring it.</summary>
/// <param name="Changed">Whether an entry was recorded: progress counts, too.</param>
/// <param name="Awards">Levels that are awarded and were not.</param>
/// <param name="Points">Of their gifts.</param>
[GenerateSerializer, Immutable, Alias("badge-filled")]
public sealed record BadgeFilled([property: Id(0)] bool Changed, [property: Id(1)] int Awards, [property: Id(2)] long Points)
{
    public static BadgeFilled Nothing { get; } = new(false, 0, 0);
}

/// <summary>The next members to fill a badge in for.</summary>
[GenerateSerializer, Immutable, Alias("filling-order")]
public sealed record FillingOrder
{
    [Id(0)] public required string Badge { get; init; }

    /// <summary>What the page before answered; null to begin.</summary>
    [Id(1)] public string? After { get; init; }

    /// <summary>Nothing is recorded; what it would bring is answered.</summary>
    [Id(2)] public bool IsPreview { get; init; }

    /// <summary>Who asks, for the record.</summary>
    [Id(3)] public required string By { get; init; }

    [Id(4)] public required DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>What became of a page.</summary>
[GenerateSerializer, Immutable, Alias("filling-outcome")]
public abstract record FillingOutcome
{
    /// <summary>Durable, unless it was a preview. <see cref="Next"/> is where to go on; null when all members were looked at.</summary>
    [GenerateSerializer, Immutable, Alias("filling-outcome.page")]
    public sealed record Page([property: Id(0)] int Members, [property: Id(1)] int Changed, [property: Id(2)] int Awards, [property: Id(3)] long Points, [property: Id(4)] string? Next) : FillingOutcome;

    [GenerateSerializer, Immutable, Alias("filling-outcome.refused")]
    public sealed record Refused([property: Id(0)] Refusal Refusal) : FillingOutcome;
}

/// <summary>
/// Fills a badge in for the past of a whole programme, page by page in the order in which members came. It holds nothing: whoever stops goes on with the last page's
/// <see cref="FillingOutcome.Page.Next"/>, or begins anew, since what was filled in is not filled in twice. The key is the programme.
/// </summary>
[Alias("badge-filling")]
public interface IBadgeFillingGrain : IGrainWithStringKey
{
    /// <summary>
    /// Refused, in this order: no recognition document, no such badge in force, one that people give or that the members of a challenge reach together, one whose campaign
    /// counts the first so many, a place that no page has answered.
    /// </summary>
    [Alias("page")]
    Task<FillingOutcome> Page(FillingOrder order);
}
