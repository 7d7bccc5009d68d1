using Gamification.Ledger;
using Gamification.Members;
using Gamification.Rules.Ledger;

namespace Gamification.Rules;

/// <summary>
/// Proves an account against its entries (spec B1): lifetime points are the sum of all entries, and the balance is the same sum where there is no
/// ledger, else what lots hold, with every law of <see cref="LedgerProof"/>.
/// </summary>
public static class AccountProof
{
    /// <summary>One line for each fault, in English, for an operator; none when all holds.</summary>
    /// <param name="entries">All entries of the account, in version order.</param>
    /// <param name="state">What is to be proved: a fold, or a snapshot and what came after it.</param>
    public static IEnumerable<string> FaultsIn(IReadOnlyList<AccountEntry> entries, AccountState state)
    {
        var points = entries.Sum(entry => entry.Points + (entry.Recognised?.Points ?? 0));
        if (state.Lifetime != points) yield return $"lifetime-points: {state.Lifetime} are kept, the entries add up to {points}.";
        var postings = PostingsOf(entries).ToLookup(posting => posting.Unit);
        if (state.Ledger is not { } ledger)
        {
            if (state.Balance != points) yield return $"balance: {state.Balance} is kept, the entries add up to {points}.";
            if (postings.Count > 0) yield return "ledger: there are postings, and no purse.";
            yield break;
        }

        if (state.Balance != ledger.Of(Unit.Points).Available) yield return $"balance: {state.Balance} is kept, {ledger.Of(Unit.Points).Available} is available.";
        foreach (var unit in postings.Select(of => of.Key).Union(ledger.Purses.Select(purse => purse.Unit)))
        {
            foreach (var fault in LedgerProof.Check([.. postings[unit]], ledger.Of(unit)))
                yield return $"{fault.Law}: {fault.Unit}, {fault.Expected} expected, {fault.Found} found. {fault.Detail}";
        }
    }

    public static IEnumerable<Posting> PostingsOf(IEnumerable<AccountEntry> entries) => entries.SelectMany(entry => entry.Postings ?? []);
}
