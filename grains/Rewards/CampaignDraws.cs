using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Rules;

namespace Gamification.Rewards;

/// <summary>
/// What one decision has set aside of all campaigns that concern it, until its commit has an outcome. Disposed of without one, because nothing
/// was decided or a rule failed, all of it is there again.
/// </summary>
internal sealed class CampaignDraws(ImmutableArray<DrawnCampaign> drawn) : IDisposable
{
    private bool _isSettled;

    public static CampaignDraws None { get; } = new([]);

    public bool IsEmpty => drawn.IsEmpty;

    /// <summary>The context in which to decide.</summary>
    public AccountContext Into(AccountContext context) => IsEmpty ? context : context with { Grants = CampaignLeases.GrantsOf(drawn) };

    /// <summary>These, and others that settle with them.</summary>
    public CampaignDraws With(ImmutableArray<DrawnCampaign> others)
    {
        if (others.IsEmpty) return this;
        _isSettled = true;
        return new([.. drawn, .. others]);
    }

    /// <summary>The same for whoever settles them: this one has no more to give back.</summary>
    public CampaignDraws HandOver()
    {
        if (IsEmpty) return None;
        _isSettled = true;
        return new(drawn);
    }

    /// <summary>What the entries use of leases: what they took, each where it was set aside, and below zero what goods brought back.</summary>
    public ImmutableArray<LeaseUse> Uses(ImmutableArray<AccountEntry> decided)
    {
        var uses = ImmutableArray.CreateBuilder<LeaseUse>(drawn.Length);
        foreach (var one in drawn)
        {
            var (points, awards) = (0L, 0L);
            foreach (var entry in decided)
            {
                if (one.IsReturn)
                {
                    foreach (var part in BackBy(entry)) points -= part.Campaign == one.Campaign ? part.Points : 0;
                    continue;
                }

                foreach (var use in TakenBy(entry))
                {
                    if (use.Campaign == one.Campaign) (points, awards) = (points + use.Points, awards + use.Awards);
                }
            }

            if (one.Use(new(one.Campaign, points, awards)) is { } counted) uses.Add(counted);
        }

        return uses.DrainToImmutable();
    }

    /// <param name="outcome">What became of the commit.</param>
    public void Settle(AppendOutcome outcome)
    {
        _isSettled = true;
        foreach (var one in drawn)
        {
            if (outcome is AppendOutcome.Appended) one.Spent();
            else if (outcome is AppendOutcome.LeaseOver { Lease: var over } && one.IsOf(over)) one.Lost();
            else one.GiveBack();
        }
    }

    /// <summary>The commit failed: what is known not to be written is given back, of the rest only the journal can tell.</summary>
    public void Settle(Exception fault)
    {
        _isSettled = true;
        foreach (var one in drawn)
        {
            if (fault is JournalBusyException or JournalUnavailableException or AppendRefusedException) one.GiveBack();
            else one.Doubt();
        }
    }

    public void Dispose()
    {
        if (IsEmpty || _isSettled) return;
        _isSettled = true;
        foreach (var one in drawn) one.GiveBack();
    }

    /// <summary>The campaigns that get points back with these entries.</summary>
    public static IEnumerable<string> Repaid(ImmutableArray<AccountEntry> decided) =>
        decided.All(entry => BackBy(entry).IsEmpty) ? [] : decided.SelectMany(entry => BackBy(entry)).Select(part => part.Campaign).Distinct(StringComparer.Ordinal);

    /// <summary>What an entry took of campaigns, and below zero what it brought back.</summary>
    public static IEnumerable<CampaignUse> NetOf(AccountEntry entry) => TakenBy(entry).Concat(BackBy(entry).Select(part => new CampaignUse(part.Campaign, -part.Points, 0)));

    private static ImmutableArray<CampaignUse> TakenBy(AccountEntry entry) => entry switch
    {
        ReceiptPosted { Earned: { } earned } => earned.Campaigns,
        SaleAttributed { Earned: { } earned } => earned.Campaigns,
        ActivityPosted { Earned: { } earned } => earned.Campaigns,
        MemberEnrolled { Campaigns: { } founders } => founders,
        _ => [],
    };

    private static ImmutableArray<CampaignReturn> BackBy(AccountEntry entry) => entry switch
    {
        ReceiptPosted posted => posted.GivenBack ?? [],
        ReturnSettled settled => settled.GivenBack ?? [],
        _ => [],
    };
}
