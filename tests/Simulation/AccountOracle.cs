using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Rules;

namespace Gamification.Tests.Simulation;

/// <summary>An account as the definition says it, the slow way: add up what every entry did, whatever totals it carries.</summary>
internal static class AccountOracle
{
    /// <summary>What is wrong with the account; null when nothing is.</summary>
    public static string? FaultIn(ImmutableArray<AccountEntry> entries)
    {
        var state = entries.Aggregate(AccountState.Empty, (folded, entry) => folded.Apply(entry));
        var points = entries.Sum(entry => entry.Points);
        if (state.Balance != points) return $"the balance is {state.Balance}, the entries add up to {points}";

        var standing = StandingSales(entries);
        if (state.Receipts != standing.Length) return $"{state.Receipts} receipts are counted, {standing.Length} sales stand";

        var totals = state.Tallies.Rows.Where(row => row.Day == TallyRow.AllDays).ToArray();
        if (totals.Sum(row => row.Tally.Points) != points) return "the tallies' points are not the entries'";
        if (totals.Sum(row => row.Tally.Receipts) != standing.Length) return "the tallies' receipts are not the sales that stand";

        var sales = SaleHistory.Of(entries, new());
        return state.Parked.FirstOrDefault(parked => parked.Original is { } original && sales.Find(original) is not null) is { } lost
            ? $"return {lost.Return} waits for a sale that is here"
            : null;
    }

    /// <summary>The sales that the account counts after all its entries.</summary>
    public static ImmutableArray<ReceiptKey> StandingSales(ImmutableArray<AccountEntry> entries)
    {
        var standing = new HashSet<ReceiptKey>();
        foreach (var entry in entries)
        {
            if (entry is ReceiptPosted { Receipt: { Type: ReceiptType.Sale, Key: var posted } }) standing.Add(posted);
            if (entry is SaleAttributed { Receipt.Key: var attributed }) standing.Add(attributed);
            if (entry is SaleReleased { Receipt: var released }) standing.Remove(released);
            foreach (var taken in TakenBy(entry).Where(taken => taken.Whole)) standing.Remove(taken.Sale);
        }

        return [.. standing];
    }

    /// <summary>The credited sales, among all accounts' entries, whose points are not the award of the money that is left of them.</summary>
    public static ImmutableArray<ReceiptKey> Misrated(ImmutableArray<AccountEntry> all)
    {
        var taken = all.SelectMany(entry => TakenBy(entry)).ToLookup(part => part.Sale);
        var awarded = all.SelectMany(AwardsIn).ToLookup(award => award.Sale.Key);
        return [.. awarded
            .Where(sale => sale.Sum(award => award.Points) - taken[sale.Key].Sum(part => part.Points)
                != Award.PointsFor(NetSpend.Of(sale.First().Sale, new()) - taken[sale.Key].Sum(part => part.Spend), 100))
            .Select(sale => sale.Key)];
    }

    private static (Receipt Sale, long Points)[] AwardsIn(AccountEntry entry) => entry switch
    {
        ReceiptPosted { Treatment: Treatment.Earned } earned => [(earned.Receipt, earned.Points)],
        SaleAttributed attributed => [(attributed.Receipt, attributed.Points)],
        _ => [],
    };

    public static ImmutableArray<TakenBack> TakenBy(AccountEntry entry) => entry switch
    {
        ReceiptPosted posted => posted.Taken,
        ReturnSettled settled => settled.Taken,
        _ => [],
    };
}
