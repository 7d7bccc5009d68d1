using Gamification.Recognition;

namespace Gamification.Rules.Badges;

/// <summary>What conditional badges ask of a member, answered from what stands.</summary>
/// <param name="LevelOf">The highest standing level of a badge; 0 for none.</param>
/// <param name="Tier">The tier's place on the ladder and all tiers below it: the ids that the member has at least.</param>
/// <param name="BestOf">The longest run of a streak, in periods.</param>
public sealed record Recognised(Func<string, int> LevelOf, Func<string, bool> Tier, Func<string, int> BestOf)
{
    /// <summary>1 when all hold, else 0: what <see cref="BadgeRulings.Measure"/> takes.</summary>
    public long Meets(Conditional conditional)
    {
        foreach (var requirement in conditional.Requires)
        {
            var holds = requirement switch
            {
                HasBadge badge => LevelOf(badge.Badge) >= badge.Level,
                HasTier tier => Tier(tier.Tier),
                HasStreak streak => BestOf(streak.Streak) >= streak.Periods,
                _ => false,
            };
            if (!holds) return 0;
        }

        return 1;
    }
}
