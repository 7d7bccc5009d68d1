namespace Gamification.Leaderboards;

/// <summary>One member's state on a board as storage and the feed know it: an absolute score, never an increment.</summary>
/// <param name="Score">Zero or less means unranked; the version is remembered all the same.</param>
/// <param name="ReachedAt">Unix milliseconds of the last event that still contributes to the score. A reversal may move it back.</param>
/// <param name="Version">Grows with every change of the member; the highest one wins, whatever the order of arrival.</param>
public readonly record struct ScoreRow(Guid Member, long Score, long ReachedAt, long Version);

/// <summary>Whether a member wishes to be seen on the board, since the given version of the member.</summary>
public readonly record struct Visibility(bool IsHidden, long Version);

/// <summary>Where a score stands among the ranked members of a board.</summary>
/// <param name="Rank">1 + the number of strictly better scores, so ties share it and the next rank is skipped: 1-2-2-4.</param>
/// <param name="TiedWith">How many other ranked members have exactly this score.</param>
/// <param name="Ordinal">The place in the total order, from 1 and without gaps: ties are split by reachedAt, then by draw.</param>
public readonly record struct Place(int Rank, int TiedWith, int Ordinal);

/// <summary>A row of a board.</summary>
public readonly record struct Standing(Guid Member, long Score, long ReachedAt, Place Place)
{
    /// <summary>What put <paramref name="above"/>, a standing of the same board with a smaller ordinal, before this one.</summary>
    public OrderReason ReasonBelow(in Standing above) =>
        above.Score != Score ? OrderReason.Score
        : above.ReachedAt != ReachedAt ? OrderReason.ReachedAt
        : OrderReason.Draw;
}

/// <summary>What a change did to a board.</summary>
public enum RankingChange
{
    /// <summary>A version at least as new was known: nothing was changed, not even the version.</summary>
    Stale,

    /// <summary>The state was taken over and no rank, score or reachedAt that the board shows has changed.</summary>
    Recorded,

    /// <summary>Somebody entered, left, moved, or shows another score or reachedAt.</summary>
    Moved,
}
