using Gamification.Ledger;

namespace Gamification.Rules.Ledger;

/// <summary>
/// Proves a purse against the postings that it is said to come from (spec B1): accounts sum to zero, what the member's accounts hold lies in
/// lots, holds and debts, each posting moves what its parts say, and folding them leads to the purse.
/// </summary>
public static class LedgerProof
{
    /// <summary>Every violation found; none when all holds.</summary>
    /// <param name="postings">All postings of the purse's unit and member, in the order of the journal.</param>
    /// <param name="purse">The state to prove, such as a snapshot.</param>
    public static IReadOnlyList<LedgerViolation> Check(IReadOnlyList<Posting> postings, Purse purse)
    {
        List<LedgerViolation> found = [];
        for (var at = 0; at < postings.Count; at++) CheckPosting(postings[at], at, purse.Unit, found);
        var balance = TrialBalance.Of(postings);
        void Expect(string law, long expected, long actual, string detail)
        {
            if (expected != actual) found.Add(new(law, purse.Unit, expected, actual, detail));
        }

        Expect("accounts-sum", 0, balance.Sum, "All accounts together.");
        Expect("available-lots", balance[LedgerAccount.Available], purse.Lots.Where(lot => !lot.IsPending).Sum(lot => lot.Remaining), "The available account against lots.");
        Expect("pending-lots", balance[LedgerAccount.Pending], purse.Lots.Where(lot => lot.IsPending).Sum(lot => lot.Remaining), "The pending account against lots.");
        Expect("held-holds", balance[LedgerAccount.Held], purse.Holds.Sum(hold => hold.Parts.Sum()), "The held account against holds.");
        Expect("debt-debts", -balance[LedgerAccount.Debt], purse.Debts.Sum(debt => debt.Amount), "The debt account against debts.");
        CheckSigns(balance, purse.Unit, found);
        CheckLots(purse, found);
        if (found.Count == 0 && !IsSame(Fold(postings, purse.Unit), purse))
            found.Add(new("state-fold", purse.Unit, 0, 1, "Folding the postings leads to other lots, holds or debts."));
        return found;
    }

    public static Purse Fold(IEnumerable<Posting> postings, Unit unit) => postings.Aggregate(Purse.Empty(unit), (purse, posting) => purse.Apply(posting));

    private static void CheckPosting(Posting posting, int at, Unit unit, List<LedgerViolation> found)
    {
        var detail = $"Posting {at}, {posting.Kind}.";
        if (posting.Unit != unit) found.Add(new("posting-unit", unit, 0, 1, detail));
        var mayBeZero = posting.Kind == PostingKind.Extended;
        if (posting.Amount < 0 || (posting.Amount == 0) != mayBeZero || (posting.From == posting.To) != mayBeZero)
            found.Add(new("posting-amount", unit, mayBeZero ? 0 : 1, posting.Amount, detail));
        if (mayBeZero) return;
        var movesLots = posting.From is LedgerAccount.Held || posting.To is LedgerAccount.Held || posting.From.HasLots() || posting.To.HasLots();
        var movesDebt = posting.From == LedgerAccount.Debt || posting.To == LedgerAccount.Debt;
        if (movesLots && posting.Lots.Sum() != posting.Amount) found.Add(new("posting-parts", unit, posting.Amount, posting.Lots.Sum(), detail));
        if (movesDebt && posting.Debts.Sum(debt => debt.Amount) != posting.Amount)
            found.Add(new("posting-parts", unit, posting.Amount, posting.Debts.Sum(debt => debt.Amount), detail));
    }

    private static void CheckSigns(TrialBalance balance, Unit unit, List<LedgerViolation> found)
    {
        foreach (var (account, amount) in balance.ToRows().Where(row => row.Account.IsMembers()))
        {
            if (account == LedgerAccount.Debt ? amount > 0 : amount < 0) found.Add(new("account-sign", unit, 0, amount, $"{account}."));
        }
    }

    private static void CheckLots(Purse purse, List<LedgerViolation> found)
    {
        var before = 0L;
        foreach (var lot in purse.Lots)
        {
            if (lot.Remaining <= 0 || lot.Remaining > lot.Initial) found.Add(new("lot-bounds", purse.Unit, lot.Initial, lot.Remaining, $"Lot {lot.Id} of {lot.Source}."));
            if (lot.Id <= before || lot.Id > purse.LastId) found.Add(new("lot-ids", purse.Unit, before + 1, lot.Id, $"Lot {lot.Id} of {lot.Source}."));
            before = lot.Id;
        }
    }

    private static bool IsSame(Purse folded, Purse purse) =>
        folded.Lots.AsSpan().SequenceEqual(purse.Lots.AsSpan())
        && folded.Debts.AsSpan().SequenceEqual(purse.Debts.AsSpan())
        && folded.Lapsed.AsSpan().SequenceEqual(purse.Lapsed.AsSpan())
        && folded.Holds.Length == purse.Holds.Length
        && folded.Holds.Zip(purse.Holds).All(pair => pair.First.Id == pair.Second.Id && pair.First.Until == pair.Second.Until && pair.First.Parts.AsSpan().SequenceEqual(pair.Second.Parts.AsSpan()))
        && (folded.Roll, folded.LapsedUntil, folded.LastId, folded.SettledAt) == (purse.Roll, purse.LapsedUntil, purse.LastId, purse.SettledAt);
}
