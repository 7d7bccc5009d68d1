using Gamification.Challenges;

namespace Gamification.Rules.Challenges;

/// <summary>
/// What one deed means to one part of a goal: all that a score needs of it. A deed has as many marks as parts it counts for, and for different
/// stock codes or categories one each.
/// </summary>
/// <param name="Deed">64 bits of its key, by which it is replaced; they also order what happened at the same instant.</param>
/// <param name="At">Occurred-at, Unix milliseconds.</param>
/// <param name="Day">The day number of its business date.</param>
/// <param name="Part">The part of the goal, numbered as <see cref="GoalParts"/> does.</param>
/// <param name="Group">The place of the store in <see cref="StoreAgainstStore"/>; 0 in other contests.</param>
/// <param name="Value">1, minor units, or thousandths of a unit of goods.</param>
/// <param name="Seen">What is told apart; null where nothing is.</param>
public readonly record struct Mark(ulong Deed, long At, int Day, byte Part, short Group, long Value, string? Seen = null)
{
    /// <summary>As things happened; at the same instant by key, so that the order is the same whatever came first.</summary>
    public static int InOrder(Mark left, Mark right)
    {
        var at = left.At.CompareTo(right.At);
        if (at != 0) return at;
        var deed = left.Deed.CompareTo(right.Deed);
        return deed != 0 ? deed : string.CompareOrdinal(left.Seen, right.Seen);
    }
}
