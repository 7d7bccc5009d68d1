using Gamification.Challenges;
using Gamification.Recognition;

namespace Gamification.Rules.Challenges;

/// <summary>Whether prizes are in order, belong to the contest, and can be paid without ties.</summary>
internal static class PrizeValidation
{
    public static void Check(Challenge challenge, ChallengeErrors errors)
    {
        var prizes = challenge.Prizes;
        if (prizes.Completion is { } completion) errors.Gift(completion, "/prizes/completion");
        if (prizes.CompletionMax is not null && prizes.Completion is null) errors.Add("/prizes/completionMax", "no-completion", "It bounds completion: give that, or leave this out.");
        for (var at = 0; at < prizes.Ranks.Length; at++)
        {
            var pointer = FormattableString.Invariant($"/prizes/ranks/{at}");
            errors.Gift(prizes.Ranks[at].Gift, $"{pointer}/gift");
            if (at > 0 && prizes.Ranks[at].Through <= prizes.Ranks[at - 1].Through) errors.Add($"{pointer}/through", "not-higher", "Give a rank after the prize before.");
        }

        if (prizes.Ranks.Length > 0 && challenge.By is Together) errors.Add("/prizes/ranks", "nobody-ranks", "Everybody reaches it together: give milestones a gift instead.");
        if (challenge.By is Individually) CheckBudget(prizes, errors);
        if (challenge.Compensation is { } compensation) errors.Gift(compensation.Gift, "/compensation/gift");
    }

    /// <summary>Everything that can be won, with where it stands.</summary>
    public static IEnumerable<(Gift Gift, string Pointer)> Gifts(Challenge challenge)
    {
        if (challenge.Prizes.Completion is { } completion) yield return (completion, "/prizes/completion");
        for (var at = 0; at < challenge.Prizes.Ranks.Length; at++) yield return (challenge.Prizes.Ranks[at].Gift, FormattableString.Invariant($"/prizes/ranks/{at}/gift"));
        var milestones = challenge.By is Together together ? together.Milestones : [];
        for (var at = 0; at < milestones.Length; at++)
        {
            if (milestones[at].Gift is { } gift) yield return (gift, FormattableString.Invariant($"/by/milestones/{at}/gift"));
        }

        if (challenge.Compensation is { } compensation) yield return (compensation.Gift, "/compensation/gift");
    }

    /// <summary>What the ranks cost when nobody ties must be there: otherwise the budget, not the contest, would decide.</summary>
    private static void CheckBudget(Prizes prizes, ChallengeErrors errors)
    {
        var cost = PrizeCost.Zero;
        var from = 1;
        foreach (var prize in prizes.Ranks)
        {
            cost += PrizeCost.Of(prize.Gift, prize.Through - from + 1);
            from = prize.Through + 1;
        }

        if (cost.Points > prizes.Budget?.Points) errors.Add("/prizes/budget/points", "below-the-prizes", FormattableString.Invariant($"The ranks alone come to {cost.Points}."));
        if (cost.Rewards > prizes.Budget?.Rewards) errors.Add("/prizes/budget/rewards", "below-the-prizes", FormattableString.Invariant($"The ranks alone come to {cost.Rewards}."));
    }
}
