namespace Gamification.Rules.Challenges;

/// <summary>Where a member stands with a goal.</summary>
/// <param name="Score">Never negative.</param>
/// <param name="ReachedAt">Occurred-at of the last deed that still contributes to the score, Unix milliseconds; 0 for none (spec §9).</param>
/// <param name="CompletedAt">When the goal was reached by what stands now; 0 when it is not.</param>
public readonly record struct Progress(long Score, long ReachedAt, long CompletedAt)
{
    public bool IsComplete => CompletedAt != 0;

    /// <summary>"Plus que 2".</summary>
    public long Left(long target) => Math.Max(0, target - Score);
}
