namespace Gamification.Rules.Challenges.Settlement;

/// <summary>What a member had in one group when nothing counted any more. Instants are Unix milliseconds; 0 for never.</summary>
public readonly record struct FinalRow(Guid Member, short Group, long Score, long ReachedAt, long CompletedAt, bool IsHidden = false);

/// <summary>
/// A row of frozen standings. <see cref="Slot"/> stands for the member wherever it is shown: a hash of run and member, so that a certificate names nobody,
/// and still holds when a member is erased.
/// </summary>
/// <param name="Slot">The first 128 bits of SHA-256 over run and member; splits full ties (spec §9).</param>
/// <param name="Member">Empty when the row was read back from its text.</param>
/// <param name="Rank">1 + the number of strictly better scores; 0 for who does not rank: hidden, or in a contest that ranks groups or nobody.</param>
/// <param name="Group">The place of the team or store in the challenge; 0 in other contests.</param>
/// <param name="Score">Above 0.</param>
/// <param name="ReachedAt">When the score was reached.</param>
/// <param name="CompletedAt">When the goal was; 0 for never.</param>
/// <param name="IsHidden">The member wished to appear in no standings.</param>
public readonly record struct FrozenRow(Guid Slot, Guid Member, int Rank, short Group, long Score, long ReachedAt, long CompletedAt, bool IsHidden);

/// <summary>A team or store in frozen standings.</summary>
/// <param name="Group">Its place in the challenge.</param>
/// <param name="Rank">1 + the number of strictly better scores.</param>
/// <param name="Score">As the contest says.</param>
/// <param name="ReachedAt">When the last of what its members brought was reached.</param>
public readonly record struct GroupRow(short Group, int Rank, long Score, long ReachedAt);

/// <summary>How a run came to its end: it decides which prizes there are.</summary>
public enum SettlementKind
{
    Ran,

    /// <summary>All prizes, and compensation for whoever wins none.</summary>
    EndedEarly,

    /// <summary>What was reached, and compensation for others; nobody ranks.</summary>
    Cancelled,
}
