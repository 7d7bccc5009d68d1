using Gamification.Ledger;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules.Ledger;

namespace Gamification.Rules;

/// <summary>What a programme may ask of its earning document and its ledger. Each complaint is one line for the person who starts the engine.</summary>
public static class SchemeChecks
{
    /// <summary>
    /// What the document asks for and the engine does not keep yet: tiers. A rule that never holds would be found out by a
    /// member. Null when there is nothing.
    /// </summary>
    public static string? Complaint(EarningRules rules)
    {
        foreach (var rule in rules.Rules)
        {
            if (UnkeptIn(rule.When) is { } asked) return $"earning: rule {rule.VersionId} asks for a member's {asked}, which this engine does not know yet; take the condition out.";
        }

        return null;
    }

    /// <summary>What is out of bounds in a ledger's terms; null when nothing is.</summary>
    public static string? Complaint(LedgerSettings ledger) =>
        Complaint("ledger.points", ledger.Points) ?? (ledger.Status is { } status ? Complaint("ledger.status", status) : null);

    private static string? Complaint(string field, UnitSettings unit) => unit switch
    {
        { PendingDays: < 0 or > ExpiryPolicy.CountMax } => $"{field}.pendingDays lies between 0 and {ExpiryPolicy.CountMax}.",
        { DebtMax: < 0 or > 1_000_000_000 } => $"{field}.debtMax lies between 0 and 1,000,000,000.",
        { DebtIssuanceShare: < 0 or > 100 } => $"{field}.debtIssuanceShare lies between 0 and 100.",
        { DebtShare: < 0 or > 50 } => $"{field}.debtShare lies between 0 and 50.",
        { ForgivenAfterDays: < 1 or > 3_660 } => $"{field}.forgivenAfterDays lies between 1 and 3,660.",
        { GraceHours: < 0 or > 8_760 } => $"{field}.graceHours lies between 0 and 8,760.",
        { Expiry: { Kind: ExpiryKind.AfterDays or ExpiryKind.RollingDays, Count: < 0 or > ExpiryPolicy.CountMax } } => $"{field}.expiry.count lies between 0 and {ExpiryPolicy.CountMax} days.",
        { Expiry: { Kind: not (ExpiryKind.AfterDays or ExpiryKind.RollingDays), Count: < 0 or > 100 * 12 } } => $"{field}.expiry.count lies between 0 and 1,200.",
        _ => null,
    };

    private static string? UnkeptIn(Condition? condition) => condition switch
    {
        AllOf all => all.Of.Select(UnkeptIn).FirstOrDefault(asked => asked is not null),
        AnyOf any => any.Of.Select(UnkeptIn).FirstOrDefault(asked => asked is not null),
        Not not => UnkeptIn(not.Of),
        TierIs => "tier",
        _ => null,
    };
}
