using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Rewards;

namespace Gamification.Rules.Redeeming;

/// <summary>
/// Rewards that are given for a cause: on joining (spec B10), with a badge, a level, a full card. They cost nothing and are ready at once. A gift
/// without stock may be in the same append as what it is for; one with a stock is reserved at its owner first.
/// </summary>
public static class Gifts
{
    /// <summary>A gift as an entitlement of this member: the same cause is the same one.</summary>
    public static Reserved Of(string programme, MemberId member, CatalogueReward reward, string cause, string by, DateTimeOffset at)
    {
        var id = EntitlementId.Of(programme, member, $"gift/{cause}");
        return new()
        {
            Id = id,
            Reservation = id.Reservation(programme, reward.Id, member),
            Reward = reward,
            Until = at.AddMinutes(15),
            Cause = cause,
            By = by,
        };
    }

    /// <summary>What joining gives: every welcome reward of the catalogue that is offered now, once.</summary>
    public static ImmutableArray<AccountEntry> Welcome(AccountState state, string programme, MemberId member, IEnumerable<CatalogueReward> catalogue, AccountContext context)
    {
        var entries = ImmutableArray.CreateBuilder<AccountEntry>();
        foreach (var reward in catalogue.Where(reward => reward.Welcome && !(context.ReceivedAt < reward.From) && !(context.ReceivedAt >= RewardDays.EndOf(reward))).Take(Wallet.Max))
        {
            foreach (var entry in RewardSteps.Take(state, Of(programme, member, reward, $"welcome/{reward.Id}", RewardSteps.Programme, context.ReceivedAt), context).Entries)
            {
                state = state.Apply(entry);
                entries.Add(entry);
            }
        }

        return entries.DrainToImmutable();
    }
}
