using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Rules;

namespace Gamification.Rewards;

/// <summary>What one decision has set aside of all campaigns that concern it, until its commit has an outcome.</summary>
internal sealed class CampaignDraws(ImmutableArray<DrawnCampaign> drawn)
{
    private ImmutableArray<(DrawnCampaign Drawn, CampaignUse? Use, bool HasEntry)> _uses = [];

    public static CampaignDraws None { get; } = new([]);

    public bool IsEmpty => drawn.IsEmpty;

    /// <summary>The context in which to decide.</summary>
    public AccountContext Into(AccountContext context) => IsEmpty ? context : context with { Grants = CampaignLeases.GrantsOf(drawn) };

    /// <summary>The entries that commit what these have used.</summary>
    public IEnumerable<NewEntry> Entries(ImmutableArray<AccountEntry> decided)
    {
        var used = decided.SelectMany(UsesOf).ToLookup(use => use.Campaign);
        var uses = ImmutableArray.CreateBuilder<(DrawnCampaign, CampaignUse?, bool)>(drawn.Length);
        var written = new List<NewEntry>();
        foreach (var one in drawn)
        {
            CampaignUse? use = used.Contains(one.Campaign) ? new(one.Campaign, used[one.Campaign].Sum(part => part.Points), used[one.Campaign].Sum(part => part.Awards)) : null;
            var entry = use is { } taken ? one.Entry(taken) : null;
            if (entry is not null) written.Add(entry);
            uses.Add((one, use, entry is not null));
        }

        _uses = uses.MoveToImmutable();
        return written;
    }

    /// <param name="outcome">What became of the commit.</param>
    /// <param name="before">How many entries came before the uses.</param>
    public void Settle(AppendOutcome outcome, int before)
    {
        var at = before;
        foreach (var (one, use, hasEntry) in _uses)
        {
            if (outcome is AppendOutcome.Appended) one.Spent(use);
            else if (hasEntry && outcome is AppendOutcome.KeyTaken { Index: var index } && index == at) one.Lost();
            else one.GiveBack();
            if (hasEntry) at++;
        }
    }

    /// <summary>The commit failed: what is known not to be written is given back, of the rest only the journal can tell.</summary>
    public void Settle(Exception fault)
    {
        foreach (var one in drawn)
        {
            if (fault is JournalBusyException or JournalUnavailableException or AppendRefusedException) one.GiveBack();
            else one.Doubt();
        }
    }

    public void GiveBack()
    {
        foreach (var one in drawn) one.GiveBack();
    }

    private static IEnumerable<CampaignUse> UsesOf(AccountEntry entry) => entry switch
    {
        ReceiptPosted { Earned: { } earned } => earned.Campaigns,
        SaleAttributed { Earned: { } earned } => earned.Campaigns,
        ActivityPosted { Earned: { } earned } => earned.Campaigns,
        MemberEnrolled { Campaigns: { } founders } => founders,
        _ => [],
    };
}
