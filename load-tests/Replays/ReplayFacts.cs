using Gamification.Journal;
using Gamification.Members;
using Gamification.Silo.Engine;
using Gamification.Storage;

namespace Gamification.LoadTests.Replays;

/// <summary>What a replay came to, as text that is the same on every database, and what its proofs found.</summary>
/// <param name="Totals">Of members alone: how often a campaign's chunks are drawn depends on the real time.</param>
/// <param name="Ledger">Each unit's accounts over all members.</param>
/// <param name="Faults">Of the journal and of every member's ledger.</param>
/// <param name="StateSizes">Bytes of each member's state as JSON, smallest first.</param>
internal sealed record ReplayFacts(string Totals, string Ledger, IReadOnlyList<string> Faults, IReadOnlyList<long> StateSizes)
{
    public static async Task<ReplayFacts> Of(EngineStorage storage)
    {
        var sizes = new List<long>();
        long points = 0, balance = 0, receipts = 0, entries = 0;
        await foreach (var member in LedgerCheck.EachMember(storage.Journal, CancellationToken.None))
        {
            var history = await storage.Journal.Load(member, CancellationToken.None);
            var state = AccountEntryJson.StateOf(history);
            sizes.Add(AccountEntryJson.WriteState(state).Length);
            (points, balance, receipts, entries) = (points + state.Lifetime, balance + state.Balance, receipts + state.Receipts, entries + history.Version);
        }

        sizes.Sort();
        var journal = await ((ISelfChecking)storage.Journal).Verify(CancellationToken.None);
        var ledger = await LedgerCheck.Run(storage.Journal, CancellationToken.None);
        return new(
            FormattableString.Invariant($"{sizes.Count:N0} members, {receipts:N0} receipts that stand, {points:N0} points since ever, {balance:N0} available; {entries:N0} entries of theirs, {ledger.Postings:N0} postings"),
            string.Join('\n', ledger.Balances.Select(unit =>
                $"  {unit.Key}: {string.Join(", ", unit.Value.ToRows().Where(row => row.Balance != 0).Select(row => FormattableString.Invariant($"{row.Account} {row.Balance:N0}")))}")),
            [.. journal.Findings, .. ledger.Findings],
            sizes);
    }
}
