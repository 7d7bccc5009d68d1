using Gamification.Ledger;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Ledger;

namespace Gamification.Rules;

/// <summary>What a programme may ask of its earning document and its ledger. Each complaint is one line for the person who starts the engine.</summary>
public static class SchemeChecks
{
    /// <summary>
    /// What the document asks for and the engine does not keep yet: tiers, cards and badges that the programme does not have. A rule that never
    /// holds would be found out by a member. Null when there is nothing.
    /// </summary>
    public static string? Complaint(EarningRules rules, RecognitionRules? recognition = null)
    {
        string[] tiers = [.. recognition?.Tiers?.Levels.Select(level => level.Id) ?? []];
        foreach (var rule in rules.Rules)
        {
            if (TierIn(rule.When, tiers) is { } tier) return $"earning: rule {rule.VersionId} asks for the tier '{tier}', which the recognition document does not have; add it there or take the condition out.";
            if (recognition is not null && TargetIn(rule, recognition) is { } target) return $"earning: rule {rule.VersionId} brings {target}, which the recognition document does not have; add it there or take the effect out.";
        }

        foreach (var badge in recognition?.Badges ?? [])
        {
            if (badge.For is Founder { Campaign: { } campaign } && !rules.Campaigns.Any(one => one.Id == campaign))
                return $"recognition: the badge '{badge.Id}' counts founders by the campaign '{campaign}', which the earning document does not have; add it there with a quota or leave the campaign out.";
        }

        return null;
    }

    /// <summary>What is out of bounds in a ledger's terms; null when nothing is.</summary>
    public static string? Complaint(LedgerSettings ledger) =>
        Complaint("ledger.points", ledger.Points) ?? (ledger.Status is { } status ? Complaint("ledger.status", status) : null);

    private static string? Complaint(string field, UnitSettings unit) => unit switch
    {
        { Waits.IsEmpty: false } when field == "ledger.status" => $"{field}.waits: only points wait by category; leave it out.",
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

    private static string? TargetIn(EarningRule rule, RecognitionRules recognition)
    {
        foreach (var effect in rule.Then)
        {
            if (effect is Stamps stamps && !recognition.Cards.Any(card => card.Id == stamps.Card)) return $"stamps of the card '{stamps.Card}'";
            if (effect is BadgeProgress steps && !recognition.Badges.Any(badge => badge.Id == steps.Badge)) return $"steps of the badge '{steps.Badge}'";
        }

        return null;
    }

    /// <summary>A tier that is asked for and not among those known; null for none.</summary>
    private static string? TierIn(Condition? condition, string[] known) => condition switch
    {
        AllOf all => all.Of.Select(part => TierIn(part, known)).FirstOrDefault(tier => tier is not null),
        AnyOf any => any.Of.Select(part => TierIn(part, known)).FirstOrDefault(tier => tier is not null),
        Not not => TierIn(not.Of, known),
        TierIs tier => tier.Tiers.FirstOrDefault(one => !known.Contains(one)),
        _ => null,
    };
}
