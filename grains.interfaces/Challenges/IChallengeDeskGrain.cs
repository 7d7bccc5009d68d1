using System.Collections.Immutable;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Statements;

namespace Gamification.Challenges;

/// <summary>A challenge ready to be launched: give it dates and stores.</summary>
/// <param name="Id">Its own, which a challenge made from it has unless another is given.</param>
/// <param name="Name">In the three languages.</param>
/// <param name="Days">For how long, unless another number is given.</param>
/// <param name="Words">All of it in sentences, on example dates.</param>
/// <param name="NeedsStores">Two stores or more compete, and have to be named.</param>
/// <param name="Document">The challenge as JSON, on example dates.</param>
[GenerateSerializer, Immutable, Alias("challenge-template")]
public sealed record ChallengeTemplate(
    [property: Id(0)] string Id, [property: Id(1)] Wording Name, [property: Id(2)] int Days, [property: Id(3)] Sentence Words, [property: Id(4)] bool NeedsStores, [property: Id(5)] string Document);

/// <summary>A template with a first day and stores. Null for what the template says.</summary>
[GenerateSerializer, Immutable, Alias("challenge-launch")]
public sealed record ChallengeLaunch
{
    [Id(0)] public required string Template { get; init; }

    [Id(1)] public string? Id { get; init; }

    [Id(2)] public required DateOnly From { get; init; }

    [Id(3)] public int? Days { get; init; }

    /// <summary>Empty for all.</summary>
    [Id(4)] public ImmutableArray<string> Stores { get => field.IsDefault ? [] : field; init; } = [];

    /// <summary>Schedules it at once; otherwise it stays a draft.</summary>
    [Id(5)] public bool Schedules { get; init; }
}

/// <summary>What became of a document that was sent.</summary>
/// <param name="Errors">At most 100, each with its field as a JSON pointer and a remedy; nothing was changed then.</param>
/// <param name="Warnings">What should be thought about again; they hinder nothing.</param>
/// <param name="Words">All of it in sentences; null with errors.</param>
/// <param name="Run">Where it stands now; null with errors, and where nothing was asked but whether it is well.</param>
[GenerateSerializer, Immutable, Alias("challenge-desk-answer")]
public sealed record ChallengeDeskAnswer(
    [property: Id(0)] ImmutableArray<DocumentError> Errors, [property: Id(1)] ImmutableArray<DocumentError> Warnings, [property: Id(2)] Sentence? Words, [property: Id(3)] ChallengeRunId? Run = null);

/// <summary>Reads what marketers send about challenges. The key is the programme. Everything may be asked again.</summary>
[Alias("challenge-desk")]
public interface IChallengeDeskGrain : IGrainWithStringKey
{
    [Alias("challenge-templates")]
    Task<ImmutableArray<ChallengeTemplate>> Templates();

    /// <summary>Looks at a document, and changes nothing.</summary>
    [Alias("check-challenge")]
    Task<ChallengeDeskAnswer> Check(string text);

    /// <summary>A draft from a template, scheduled at once if asked: durable on return.</summary>
    [Alias("launch-challenge")]
    Task<ChallengeDeskAnswer> Launch(ChallengeLaunch launch, string by, DateTimeOffset at);

    /// <summary>Writes the draft of the challenge's open run, or while that is live widens it, or replaces it by its next version with a reason.</summary>
    [Alias("save-challenge")]
    Task<ChallengeDeskAnswer> Save(string challenge, string text, Wording? reason, string by, DateTimeOffset at);
}
