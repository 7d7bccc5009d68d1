using Gamification.Ledger;

namespace Gamification.Members;

/// <summary>An earlier mistake was put right by somebody, with a reason.</summary>
public sealed record LedgerCorrected : AccountEntry
{
    public const string Type = "ledger.corrected";

    public required LedgerCorrection Correction { get; init; }
}
