using System.Collections.Immutable;
using Gamification.Leaderboards;

namespace Gamification.Live;

/// <summary>One row of a board as anybody may see it: public id and pseudonym, never a surrogate.</summary>
public sealed record TopRow(string Id, string Name, long Place, long Rank, long Score);

/// <summary>The top of a board for other systems to read, in its order. Who left or was erased is not in it.</summary>
public sealed record TopList(BoardId Board, long Size, DateTimeOffset AsOf, ImmutableArray<TopRow> Rows)
{
    public const int RowsMax = 100;
}

/// <summary>Where other systems find the top lists of boards that somebody watches.</summary>
public interface ITopLists
{
    /// <summary>
    /// Replaces the board's list as one, for a minute. False, and nothing was written, when some host wrote it less than a second ago. Throws when
    /// the store is away.
    /// </summary>
    Task<bool> Write(TopList list);
}
