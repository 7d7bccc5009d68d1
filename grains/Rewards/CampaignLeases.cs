using System.Collections.Concurrent;
using System.Collections.Immutable;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Rewards;

/// <summary>
/// The campaigns of all programmes as this node draws on them. One a process, for all of its members' accounts. Losing it loses nothing: what was
/// spent is in the journal, and what was not is called in by whoever needs it.
/// </summary>
/// <param name="grains">The way to campaigns.</param>
/// <param name="time">The real clock: leases are no business time.</param>
/// <param name="fill">Fills with random bytes: leases are named so that no two are ever called the same.</param>
public sealed class CampaignLeases(IGrainFactory grains, TimeProvider time, Action<Span<byte>> fill)
{
    private readonly ConcurrentDictionary<(string Programme, string Campaign), NodeCampaign> _campaigns = new();

    /// <summary>
    /// Sets aside what a decision might take: asks again with what the campaigns have left, because where one is used up another rule may count.
    /// </summary>
    /// <param name="programme">Whose campaigns.</param>
    /// <param name="terms">The terms of each.</param>
    /// <param name="wants">What the decision would take, given these grants.</param>
    internal async ValueTask<ImmutableArray<DrawnCampaign>> Draw(string programme, Func<string, Campaign> terms, Func<Grants, ImmutableArray<CampaignUse>> wants)
    {
        ImmutableArray<DrawnCampaign> drawn = [];
        try
        {
            for (var grants = Grants.Unlimited; ;)
            {
                var missing = wants(grants).Where(use => !drawn.Any(known => known.Campaign == use.Campaign)).ToArray();
                if (missing.Length == 0) return drawn;
                foreach (var use in missing) drawn = drawn.Add(await Of(programme, terms(use.Campaign)).Draw(use, mayWait: drawn.IsEmpty));
                grants = GrantsOf(drawn) with { OthersAreFree = true };
            }
        }
        catch
        {
            foreach (var taken in drawn) taken.GiveBack();
            throw;
        }
    }

    /// <summary>Where points that goods bring back to these campaigns are counted, one for each.</summary>
    internal async ValueTask<ImmutableArray<DrawnCampaign>> TakeBack(string programme, IEnumerable<Campaign> campaigns)
    {
        ImmutableArray<DrawnCampaign> drawn = [];
        try
        {
            foreach (var terms in campaigns) drawn = drawn.Add(await Of(programme, terms).TakeBack());
            return drawn;
        }
        catch
        {
            foreach (var taken in drawn) taken.GiveBack();
            throw;
        }
    }

    /// <summary>What a preview may count on. Nothing is set aside.</summary>
    internal async ValueTask<Grants> Left(string programme, Func<string, Campaign> terms, Func<Grants, ImmutableArray<CampaignUse>> wants)
    {
        ImmutableArray<CampaignGrant> left = [];
        for (var grants = Grants.Unlimited; ;)
        {
            var missing = wants(grants).Where(use => !left.Any(known => known.Campaign == use.Campaign)).ToArray();
            if (missing.Length == 0) return new(left);
            foreach (var use in missing) left = left.Add(await Of(programme, terms(use.Campaign)).Left(use));
            grants = new(left, OthersAreFree: true);
        }
    }

    internal static Grants GrantsOf(ImmutableArray<DrawnCampaign> drawn) => new([.. drawn.Select(of => of.Grant)]);

    /// <summary>A campaign whose terms another version of the document has changed is drawn on anew.</summary>
    private NodeCampaign Of(string programme, Campaign campaign) => _campaigns.AddOrUpdate(
        (programme, campaign.Id),
        key => Open(key.Programme, campaign),
        (key, known) => known.Terms == campaign ? known : Open(key.Programme, campaign));

    private NodeCampaign Open(string programme, Campaign campaign) =>
        new(campaign, grains.GetGrain<ICampaignGrain>($"{programme}/{campaign.Id}"), NewLease, time);

    private Guid NewLease()
    {
        Span<byte> bytes = stackalloc byte[16];
        fill(bytes);
        return new(bytes);
    }
}
