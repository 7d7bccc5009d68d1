using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Gamification.Challenges;

namespace Gamification.Members;

/// <summary>The member takes part in a challenge from now on, or no longer.</summary>
public sealed record ChallengeTaken : AccountEntry
{
    public const string Type = "challenge.taken";

    public required Participation Part { get; init; }
}

/// <summary>A prize of a challenge is the member's. Its points are the entry's; its reward is owed from here on, and given as recognition's gifts are.</summary>
public sealed record PrizeReceived : AccountEntry
{
    public const string Type = "prize.received";

    public required PrizeWon Prize { get; init; }

    /// <summary>The hash of the certificate that it follows from.</summary>
    public required string Certificate { get; init; }

    /// <summary>Of the catalogue; null for none.</summary>
    public string? Reward { get; init; }

    /// <summary>That the entry after this one gives, in the same commit, unless the programme has it no more; null for none.</summary>
    public string? Badge { get; init; }
}

/// <summary>A prize was taken back because of fraud; one that had not come is never received any more.</summary>
public sealed record PrizeTakenBack : AccountEntry
{
    public const string Type = "prize.taken-back";

    public required PrizeWon Prize { get; init; }

    public required string Reason { get; init; }
}

/// <summary>Which prize of which run.</summary>
public sealed record PrizeWon(string Challenge, int Run, string Prize)
{
    public static PrizeWon Of(PrizeId id) => new(id.Run.Challenge, id.Run.Run, id.Prize);

    /// <summary>The scope of a badge that is won: one for each run, however often it is won there.</summary>
    [JsonIgnore]
    public string Scope => FormattableString.Invariant($"{Challenge}/{Run}");

    /// <summary>What its points and its reward are given for: <c>prize/zero-gaspillage/1/goal</c>.</summary>
    [JsonIgnore]
    public string Cause => FormattableString.Invariant($"prize/{Challenge}/{Run}/{Prize}");
}
