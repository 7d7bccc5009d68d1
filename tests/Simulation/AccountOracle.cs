using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Programmes.Earning;
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
        if (AccountProof.FaultsIn(entries, state).FirstOrDefault() is { } fault) return fault;

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

    /// <summary>
    /// The credited sales, among all accounts' entries, whose points are not the award of what is left of them: by the rules recorded with the
    /// sale, or the plain award of its money.
    /// </summary>
    public static ImmutableArray<ReceiptKey> Misrated(ImmutableArray<AccountEntry> all, Scheme scheme)
    {
        var taken = all.SelectMany(entry => TakenBy(entry)).ToLookup(part => part.Sale);
        var awarded = all.SelectMany(AwardsIn).ToLookup(award => award.Sale.Key);
        return [.. awarded
            .Where(sale => sale.Sum(award => award.Points) - taken[sale.Key].Sum(part => part.Points)
                != WorthOf(sale.First().Sale, sale.First().Earned, [.. taken[sale.Key]], scheme))
            .Select(sale => sale.Key)];
    }

    private static long WorthOf(Receipt sale, Earned? earned, TakenBack[] taken, Scheme scheme)
    {
        var left = NetSpend.Of(sale, new()) - taken.Sum(part => part.Spend);
        if (earned is null) return Award.PointsFor(left, 100);
        var goods = taken.SelectMany(part => part.Goods ?? []).Append(new("", 0, taken.Sum(part => Math.Max(0, part.Spend - (part.Goods ?? []).Sum(one => one.Spend)))));
        var back = goods.GroupBy(one => one.Sku).Select(of => new BroughtBack(of.Key, of.Sum(one => one.Quantity), of.Sum(one => one.Spend))).ToArray();
        return left <= 0 ? 0 : scheme.Standing(earned, sale, back).Points;
    }

    private static (Receipt Sale, Earned? Earned, long Points)[] AwardsIn(AccountEntry entry) => entry switch
    {
        ReceiptPosted { Treatment: Treatment.Earned } earned => [(earned.Receipt, earned.Earned, earned.Points)],
        SaleAttributed attributed => [(attributed.Receipt, attributed.Earned, attributed.Points)],
        _ => [],
    };

    public static ImmutableArray<TakenBack> TakenBy(AccountEntry entry) => entry switch
    {
        ReceiptPosted posted => posted.Taken,
        ReturnSettled settled => settled.Taken,
        _ => [],
    };
}
