using Gamification.Challenges;
using Gamification.Recognition;

namespace Gamification.Rules.Challenges;

/// <summary>What gifts come to, as budgets count: points, and rewards of the catalogue.</summary>
public readonly record struct PrizeCost(long Points, long Rewards)
{
    public static PrizeCost Zero => default;

    public static PrizeCost Of(Gift gift, long times = 1) => new((gift.Points ?? 0) * times, gift.Reward is null ? 0 : times);

    public static PrizeCost operator +(PrizeCost left, PrizeCost right) => new(left.Points + right.Points, left.Rewards + right.Rewards);

    public bool Fits(PrizeBudget? budget) => (budget?.Points is not { } points || Points <= points) && (budget?.Rewards is not { } rewards || Rewards <= rewards);
}
