using Gamification.Ledger;

namespace Gamification.Rules.Ledger;

/// <summary>Postings as their owner reads them.</summary>
public static class LedgerLines
{
    public static LedgerLine Of(Posting posting) => new()
    {
        Unit = posting.Unit,
        Kind = posting.Kind,
        From = posting.From,
        To = posting.To,
        Amount = posting.Amount,
        At = DateTimeOffset.FromUnixTimeMilliseconds(posting.At),
        Lots = [.. posting.Lots.Select(Trace)],
        Cause = posting.Cause,
        Source = posting.Source,
        Reason = posting.Reason,
        By = posting.By,
        Rule = posting.Rule,
    };

    private static LotTrace Trace(Lot lot) => new(
        lot.Source,
        lot.Remaining,
        DateTimeOffset.FromUnixTimeMilliseconds(lot.EarnedAt),
        lot.ExpiresOn == Lot.Never || lot.IsRolling ? null : DateOnly.FromDayNumber(lot.ExpiresOn))
    {
        AvailableAt = lot.AvailableAt is 0 or Lot.OnAction ? null : DateTimeOffset.FromUnixTimeMilliseconds(lot.AvailableAt),
        WaitsFor = lot.Awaits,
    };
}
