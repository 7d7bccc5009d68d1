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

    /// <summary>Whether entries about to be committed owe something. Most returns do not, and need no reminder.</summary>
    public static bool Owe(ImmutableArray<AccountEntry> entries) => entries.Any(entry => Owed(entry).Any());

    /// <summary>Pays what a recorded receipt owes; nothing when it was not recorded or owes nothing. False when a campaign could not be told.</summary>
    public Task<bool> Pay(ReceiptKey receipt, DateTimeOffset at) => Pay(AccountLedger.KeyOf(receipt, "receipt"), receipt, at);

    /// <summary>The same for a sale that was claimed, and for which a return was waiting here.</summary>
    public Task<bool> PayClaimed(ReceiptKey sale, DateTimeOffset at) => Pay(AccountLedger.KeyOf(sale, "claim"), sale, at);

    private async Task<bool> Pay(BusinessKey recorded, ReceiptKey receipt, DateTimeOffset at)
    {
        try
        {
            if (account.Scheme is not { HasCampaigns: true }) return true;
            if (await journal.FindKey(actor.Programme, recorded, CancellationToken.None) is not { } first || first.Actor != actor) return true;
            var stored = await journal.ReadForward(actor, first.Version - 1, EntriesMax, CancellationToken.None);
            var entries = stored.Select(AccountEntryJson.Read).ToArray();
            var owed = entries.Take(1).Concat(entries.Skip(1).TakeWhile(entry => entry is ReturnSettled)).SelectMany(Owed);
            foreach (var back in owed) await grains.GetGrain<ICampaignGrain>($"{actor.Programme}/{back.Campaign}").GiveBack(back.Id, back.Points, at);
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
