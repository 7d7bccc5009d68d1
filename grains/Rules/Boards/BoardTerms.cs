using System.Collections.Immutable;
using Gamification.Leaderboards;
using Gamification.Rules.Challenges;

namespace Gamification.Rules.Boards;

/// <summary>Which version of a programme's documents, and what of it holds at which instant (Unix milliseconds), decides what a measure counts.</summary>
public readonly record struct RulesAt(long Version, long At);

/// <summary>All that a settled board follows from, besides the journal.</summary>
/// <param name="Board">One that <see cref="BoardClosing.IsSettled"/>.</param>
/// <param name="Stores">Of a region as they were; null for other boards.</param>
/// <param name="ReceivedBefore">Nothing that was received from this instant on counts, Unix milliseconds; null to count all.</param>
/// <param name="Watermark">Nothing after these positions counts.</param>
/// <param name="Rules">Of a measure's board; null for others, whose entries hold what they count.</param>
public sealed record BoardTerms(BoardId Board, ImmutableArray<string>? Stores, long? ReceivedBefore, ImmutableArray<Position> Watermark, RulesAt? Rules = null);
