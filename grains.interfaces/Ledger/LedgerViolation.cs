namespace Gamification.Ledger;

/// <summary>
/// What a proof found wrong. <see cref="Law"/> is stable: <c>accounts-sum</c>, <c>available-lots</c>, <c>pending-lots</c>, <c>held-holds</c>,
/// <c>debt-debts</c>, <c>account-sign</c>, <c>lot-bounds</c>, <c>lot-ids</c>, <c>posting-amount</c>, <c>posting-parts</c>, <c>posting-unit</c>, <c>state-fold</c>.
/// </summary>
/// <param name="Detail">Which posting or lot, in English, for an operator.</param>
[GenerateSerializer, Immutable, Alias("ledger-violation")]
public sealed record LedgerViolation(
    [property: Id(0)] string Law,
    [property: Id(1)] Unit Unit,
    [property: Id(2)] long Expected,
    [property: Id(3)] long Found,
    [property: Id(4)] string Detail);
