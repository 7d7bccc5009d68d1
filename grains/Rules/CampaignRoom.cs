using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Programmes.Earning;

namespace Gamification.Rules;

/// <summary>Points that come back to a campaign's budget with goods. Awards never come back (spec §7).</summary>
public readonly record struct CampaignReturn(string Campaign, long Points);

/// <summary>What returns give back to the budgets of campaigns, for as long as the document has them.</summary>
internal static class CampaignRoom
{
    /// <summary>Null when nothing comes back. The history does not hold the parts yet.</summary>
    public static ImmutableArray<CampaignReturn>? FreedBy(ImmutableArray<TakenBack> taken, AccountContext context)
    {
        if (context.Scheme is not { HasCampaigns: true } scheme) return null;
        var freed = ImmutableArray.CreateBuilder<CampaignReturn>();
        foreach (var part in taken)
        {
            if (context.History!.Find(part.Sale) is not { Credited: true, Earned.Campaigns.IsEmpty: false } sale) continue;
            var stands = sale.Spend - part.Spend <= 0 ? [] : sale.StandingWithout(part, scheme).Campaigns;
            foreach (var stood in sale.Standing(scheme).Campaigns)
            {
                var points = stood.Points - stands.Where(use => use.Campaign == stood.Campaign).Sum(use => use.Points);
                if (points > 0 && scheme.HasBudget(stood.Campaign)) freed.Add(new(stood.Campaign, points));
            }
        }

        return freed.Count == 0 ? null : freed.DrainToImmutable();
    }
}
