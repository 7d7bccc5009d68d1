using Gamification.Programmes.Earning;
using Gamification.Rewards;
using Gamification.Rules.Rewards;

namespace Gamification.Rules.Redeeming;

/// <summary>Whether a member may ask for a reward: what the account and the catalogue can tell before the stock is asked.</summary>
public static class Asking
{
    /// <summary>
    /// Null when nothing stands in the way. In order: unknown, given only, outside its window, a tier's, a wrong number of steps, another price
    /// than was shown, too many open, no ledger, too few points.
    /// </summary>
    public static Refusal? Objection(AccountState state, RedeemReward ask, CatalogueReward? reward, AccountContext context)
    {
        if (reward is null) return new("reward-unknown", "/reward", "Choose a reward of the catalogue.");
        if (reward.Welcome) return new("welcome-only", "/reward", "It is given on joining and cannot be redeemed.");
        if (context.ReceivedAt < reward.From) return new("too-early", "/reward", "It is not offered yet.");
        if (context.ReceivedAt >= RewardDays.EndOf(reward)) return new("too-late", "/reward", "It is no longer offered.");
        if (!reward.Tiers.IsEmpty && (context.Scheme?.TierOf(state, context.At) is not { } tier || !reward.Tiers.Contains(tier))) return new("tier-needed", "/reward", $"It is for {string.Join(", ", reward.Tiers)}.");
        var stepsMax = reward.Gives is PayReward pay ? pay.Steps : 1;
        if (ask.Steps < 1 || ask.Steps > stepsMax) return new("out-of-bounds", "/steps", FormattableString.Invariant($"Send 1 to {stepsMax}."));
        var price = reward.Points * ask.Steps;
        if (ask.Points is { } shown && shown != price) return new("price-changed", "/points", FormattableString.Invariant($"It costs {price} points now; show that and ask again."));
        if (state.Wallet is { Open.Length: >= Wallet.Max }) return new("too-many-open", "/reward", FormattableString.Invariant($"At most {Wallet.Max} rewards may be open; use or call off one."));
        if (price == 0) return null;
        if (context.Scheme is null) return new("no-ledger", "/reward", "This programme keeps no ledger of points to pay from.");
        var points = Spendable(state, context);
        return points < price ? new("insufficient-points", "/reward", FormattableString.Invariant($"It costs {price} points and {points} can be spent now.")) : null;
    }

    /// <summary>The reward as this member sees it in the catalogue, for one step.</summary>
    public static RewardOffer Offer(AccountState state, CatalogueReward reward, AccountContext context)
    {
        var refusal = Objection(state, new() { Key = "-", Reward = reward.Id, By = "-" }, reward, context);
        return new()
        {
            Reward = reward,
            Refusal = refusal,
            Missing = refusal?.Code == "insufficient-points" ? reward.Points - Spendable(state, context) : 0,
            Text = new(Say(Language.Fr), Say(Language.Nl), Say(Language.En)),
        };

        string Say(Language language) => new RewardWords(language, context.Settings.Currency, context.Scheme?.Recognition?.Rules.Tiers).Of(reward);
    }

    /// <summary>What can be spent at this instant, whether or not a job ran.</summary>
    private static long Spendable(AccountState state, AccountContext context) =>
        state.Ledger is null ? Math.Max(0, state.Balance) : PurseList.At(state, context.Scheme, context.At)[0].Available;
}
