using System.Collections.Immutable;

namespace Gamification.Leaderboards;

/// <summary>A member's row, at the place where it stands or would stand if it were seen; null without a score above zero.</summary>
internal readonly record struct MemberStanding(BoardRow? Row, bool IsHidden);

/// <summary>
/// The order of one board, in one piece or in shards: what it answers is the same, to the last tie. One change at a time, and no question while
/// one is under way.
/// </summary>
internal interface IStandings
{
    /// <summary>How many members are ranked.</summary>
    int Size { get; }

    /// <summary>Takes over states and wishes that are newer than the known ones; whether anything that shows has changed.</summary>
    ValueTask<bool> Apply(ImmutableArray<ScoreChange> changes, ImmutableArray<VisibilityChange> visibility);

    /// <summary>Up to <paramref name="count"/> rows after the first <paramref name="offset"/>.</summary>
    ValueTask<ImmutableArray<BoardRow>> Page(int offset, int count);

    /// <summary>By position.</summary>
    ValueTask<ImmutableArray<MemberStanding>> Find(ImmutableArray<MemberId> members);

    /// <summary>1 + the number of distinct better scores, by position.</summary>
    ValueTask<ImmutableArray<long>> DenseRanks(ImmutableArray<long> scores);

    /// <summary>It is needed no longer.</summary>
    Task Leave();
}
