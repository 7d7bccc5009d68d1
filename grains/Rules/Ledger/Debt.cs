namespace Gamification.Rules.Ledger;

/// <summary>What a return left owing (spec §8).</summary>
/// <param name="Id">From the same count as lots.</param>
/// <param name="Cause">The return.</param>
/// <param name="ForgivenOn">Day number of the last local day on which it is owed.</param>
/// <param name="Amount">Above zero.</param>
public sealed record Debt(long Id, string Cause, int ForgivenOn, long Amount);
