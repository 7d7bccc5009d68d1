using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Gamification.Programmes.Earning;
using Gamification.Recognition;

namespace Gamification.Challenges;

/// <summary>Whose score it is.</summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(Individually), "individual")]
[JsonDerivedType(typeof(InTeams), "teams")]
[JsonDerivedType(typeof(StoreAgainstStore), "stores")]
[JsonDerivedType(typeof(Together), "collective")]
[GenerateSerializer, Immutable, Alias("contest")]
public abstract record Contest;

/// <summary>Each member's own.</summary>
[GenerateSerializer, Immutable, Alias("contest.individual")]
public sealed record Individually : Contest;

/// <summary>A team's: of those who joined it. Prizes go to its members who brought at least <see cref="MinContribution"/>.</summary>
[GenerateSerializer, Immutable, Alias("contest.teams")]
public sealed record InTeams(
    [property: Id(0), Bounds(2, 1_000)] ImmutableArray<Team> Teams,
    [property: Id(1)] GroupScore Score = GroupScore.Sum,
    [property: Id(2), Bounds(1, 1_000_000)] long MinContribution = 1) : Contest;

/// <summary>A store's: of what happened in it. Prizes go to members who brought it at least <see cref="MinContribution"/>.</summary>
[GenerateSerializer, Immutable, Alias("contest.stores")]
public sealed record StoreAgainstStore(
    [property: Id(0), Bounds(2, 1_000)] ImmutableArray<string> Stores,
    [property: Id(1)] GroupScore Score = GroupScore.Sum,
    [property: Id(2), Bounds(1, 1_000_000)] long MinContribution = 1) : Contest;

/// <summary>Everybody's together, with milestones on the way, lowest first; for those who brought at least <see cref="MinContribution"/>.</summary>
[GenerateSerializer, Immutable, Alias("contest.collective")]
public sealed record Together(
    [property: Id(0), Bounds(1, 20)] ImmutableArray<Milestone> Milestones, [property: Id(1), Bounds(1, 1_000_000)] long MinContribution = 1) : Contest;

[GenerateSerializer, Immutable, Alias("team")]
public sealed record Team([property: Id(0), Slug] string Id, [property: Id(1)] Wording Name);

/// <summary>
/// Reached once the total is <see cref="At"/>. Falls back when returns pull the total below before settlement, unless what it unlocks was granted
/// (spec §10). <see cref="AtOnce"/> grants when it is reached; otherwise settlement does.
/// </summary>
[GenerateSerializer, Immutable, Alias("milestone")]
public sealed record Milestone(
    [property: Id(0), Bounds(1, 1_000_000_000_000)] long At, [property: Id(1)] Gift? Gift = null, [property: Id(2)] bool AtOnce = false);

/// <summary>What of its members makes a group's score.</summary>
public enum GroupScore
{
    /// <summary>All that they brought.</summary>
    Sum,

    /// <summary>The same for each who brought at least the minimum, in thousandths, rounded down: large and small groups are equals.</summary>
    PerMember,
}

/// <summary>
/// What can be won. Equal scores share a rank (1-2-2-4) and its prize. When the budget does not allow for all who share the last paid rank, the
/// earlier to reach the score comes first (spec §9).
/// </summary>
[GenerateSerializer, Immutable, Alias("prizes")]
public sealed record Prizes
{
    /// <summary>For each member who reaches the goal.</summary>
    [Id(0)] public Gift? Completion { get; init; }

    /// <summary>How many get <see cref="Completion"/>: those who reached the goal first. Null for all.</summary>
    [Id(1), Bounds(1, 10_000_000)] public int? CompletionMax { get; init; }

    /// <summary>By rank, best first.</summary>
    [Id(2), Bounds(0, 20)] public ImmutableArray<RankPrize> Ranks { get => field.IsDefault ? [] : field; init; } = [];

    [Id(3)] public PrizeBudget? Budget { get; init; }
}

/// <summary>For the ranks after the prize before, up to and including <see cref="Through"/>.</summary>
[GenerateSerializer, Immutable, Alias("rank-prize")]
public sealed record RankPrize([property: Id(0), Bounds(1, 100_000)] int Through, [property: Id(1)] Gift Gift);

/// <summary>The most that all prizes together may come to: in points, and in how many rewards of the catalogue. Null for no bound.</summary>
[GenerateSerializer, Immutable, Alias("prize-budget")]
public sealed record PrizeBudget(
    [property: Id(0), Bounds(1, 1_000_000_000_000)] long? Points = null, [property: Id(1), Bounds(1, 10_000_000)] long? Rewards = null);
