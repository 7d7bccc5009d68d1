using System.Collections.Immutable;
using Gamification.Leaderboards;

namespace Gamification.Challenges;

/// <summary>A page of a challenge's board, and how many rank on it.</summary>
[GenerateSerializer, Immutable, Alias("challenge-page")]
public sealed record ChallengePage([property: Id(0)] int Size, [property: Id(1)] ImmutableArray<BoardRow> Rows);

/// <summary>
/// Where a member stands among those who take part, or its team among the teams, while what happens still counts. Ranks are 1 + the number of strictly better
/// scores (spec §9).
/// </summary>
/// <param name="Rank">From 1.</param>
/// <param name="TiedWith">How many others have exactly this score.</param>
/// <param name="Ranked">How many rank: members with a score who are to be seen, or teams with one.</param>
/// <param name="IsVirtual">The member wishes not to be seen and ranks for nobody but itself: it is where it would stand.</param>
[GenerateSerializer, Immutable, Alias("challenge-own-rank")]
public sealed record OwnRank([property: Id(0)] int Rank, [property: Id(1)] int TiedWith, [property: Id(2)] int Ranked, [property: Id(3)] bool IsVirtual);
