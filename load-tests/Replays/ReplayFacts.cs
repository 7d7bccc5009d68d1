using Gamification.Journal;
using Gamification.Members;
using Gamification.Silo.Engine;
using Gamification.Storage;

namespace Gamification.LoadTests.Replays;

/// <summary>What a replay came to, as text that is the same on every database, and what its proofs found.</summary>
internal sealed record ReplayFacts(string Totals, string Ledger, IReadOnlyList<string> Faults, IReadOnlyList<long> StateSizes)
{
    public static async Task<ReplayFacts> Of(EngineStorage storage)
    {
        var sizes = new List<long>();
        long points = 0, balance = 0, receipts = 0;
        await foreach (var member in LedgerCheck.EachMember(storage.Journal, CancellationToken.None))
        {
            var state = AccountEntryJson.StateOf(await storage.Journal.Load(member, CancellationToken.None));
            sizes.Add(AccountEntryJson.WriteState(state).Length);
            (points, balance, receipts) = (points + state.Lifetime, balance + state.Balance, receipts + state.Receipts);
        }

        sizes.Sort();
        var journal = await ((ISelfChecking)storage.Journal).Verify(CancellationToken.None);
        var ledger = await LedgerCheck.Run(storage.Journal, CancellationToken.None);
        return new(
            FormattableString.Invariant($"{sizes.Count:N0} members, {receipts:N0} receipts that stand, {points:N0} points since ever, {balance:N0} available; {journal.Entries:N0} entries, {ledger.Postings:N0} postings"),
            string.Join('\n', ledger.Balances.Select(unit =>
                $"  {unit.Key}: {string.Join(", ", unit.Value.ToRows().Where(row => row.Balance != 0).Select(row => FormattableString.Invariant($"{row.Account} {row.Balance:N0}")))}")),
            [.. journal.Findings, .. ledger.Findings],
            sizes);
    }
}
