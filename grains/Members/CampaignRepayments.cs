using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Rewards;
using Gamification.Rules;
using Microsoft.Extensions.Logging;

namespace Gamification.Members;

/// <summary>
/// Brings to campaigns what returns have given back. A return is one commit and the budget's another: a reminder that is stored before the first
/// finishes what ends between the two, and the budget takes each amount once.
/// </summary>
internal sealed class CampaignRepayments(ActorId actor, AccountLedger account, IJournal journal, IGrainFactory grains, ILogger log)
{
    public const string Reminder = "campaigns/";

    /// <summary>Entries of one receipt: itself and the parked returns that it let go through.</summary>
    private const int EntriesMax = 80;

    /// <summary>Whether posting this receipt may take something back that campaigns have paid for.</summary>
    public bool MayOwe(Receipt receipt) =>
        account.Scheme is { HasCampaigns: true } && (receipt.Type != ReceiptType.Sale || Returns.Await(account.State, receipt));

    /// <summary>What entries about to be committed owe. Most returns owe nothing, and need no reminder.</summary>
    public static ImmutableArray<CampaignReturn> OwedBy(ImmutableArray<AccountEntry> entries) => [.. entries.SelectMany(Owed)];

    /// <summary>Pays what a committed receipt owes. False when a campaign could not be told.</summary>
    public Task<bool> Pay(ReceiptKey receipt, ImmutableArray<CampaignReturn> owed, DateTimeOffset at) => Paying(receipt, () => Give(owed, at));

    /// <summary>The same of a receipt that may have been recorded, by what the journal holds; nothing when it was not.</summary>
    public Task<bool> PayRecorded(ReceiptKey receipt, DateTimeOffset at) => Paying(receipt, async () =>
    {
        if (await journal.FindKey(actor.Programme, AccountLedger.KeyOf(receipt, "receipt"), CancellationToken.None) is not { } first || first.Actor != actor) return;
        var stored = await journal.ReadForward(actor, first.Version - 1, EntriesMax, CancellationToken.None);
        var entries = stored.Select(AccountEntryJson.Read).ToArray();
        await Give([.. entries.Take(1).Concat(entries.Skip(1).TakeWhile(entry => entry is ReturnSettled)).SelectMany(Owed)], at);
    });

    private async Task Give(ImmutableArray<CampaignReturn> owed, DateTimeOffset at)
    {
        foreach (var back in owed) await grains.GetGrain<ICampaignGrain>($"{actor.Programme}/{back.Campaign}").GiveBack(back.Id, back.Points, at);
    }

    private async Task<bool> Paying(ReceiptKey receipt, Func<Task> pay)
    {
        try
        {
            await pay();
            return true;
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "What {Receipt} gives back to campaigns is not there yet; the reminder brings it.", receipt);
            return false;
        }
    }

    private static IEnumerable<CampaignReturn> Owed(AccountEntry? entry) => entry switch
    {
        ReceiptPosted posted => posted.GivenBack ?? [],
        ReturnSettled settled => settled.GivenBack ?? [],
        _ => [],
    };
}
