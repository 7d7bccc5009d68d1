using System.Collections.Immutable;
using Gamification.Ledger;

namespace Gamification.Rules.Ledger;

/// <summary>
/// Every account's balance over postings of one unit, of one member or of all. Each posting adds to one account what it takes from another, so
/// they sum to zero; an account that is missing from a posting, or counted twice, shows here.
/// </summary>
public sealed class TrialBalance
{
    private readonly long[] _balances = new long[Enum.GetValues<LedgerAccount>().Length];

    public long this[LedgerAccount account] => _balances[(int)account];

    public long Sum => _balances.Sum();

    public static TrialBalance Of(IEnumerable<Posting> postings)
    {
        var balance = new TrialBalance();
        foreach (var posting in postings) balance.Add(posting);
        return balance;
    }

    public void Add(Posting posting)
    {
        _balances[(int)posting.From] -= posting.Amount;
        _balances[(int)posting.To] += posting.Amount;
    }

    /// <summary>Adds another's balances, such as the next member's.</summary>
    public void Add(TrialBalance other)
    {
        for (var account = 0; account < _balances.Length; account++) _balances[account] += other._balances[account];
    }

    public ImmutableArray<(LedgerAccount Account, long Balance)> ToRows() => [.. _balances.Select((balance, account) => ((LedgerAccount)account, balance))];
}
