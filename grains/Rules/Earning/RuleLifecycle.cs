using System.Collections.Immutable;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>
/// draft → validated → scheduled → live → retired (spec A2). What is published is never changed: a new version takes its place from an
/// instant at least 60 s ahead, so that no node decides by rules that another does not have yet.
/// </summary>
public static class RuleLifecycle
{
    /// <summary>The version of one rule that is in force: of those begun the one that began last, unless its end has come.</summary>
    public static EarningRule? InForceAt(IEnumerable<EarningRule> versions, DateTimeOffset instant)
    {
        var current = versions
            .Where(version => version.PublishedAt is not null && version.EffectiveFrom <= instant && !IsWithdrawn(version))
            .OrderByDescending(version => version.EffectiveFrom)
            .ThenByDescending(version => version.Version)
            .FirstOrDefault();
        return current?.EffectiveUntil <= instant ? null : current;
    }

    public static RuleStage StageAt(EarningRules rules, EarningRule rule, DateTimeOffset instant) => rule switch
    {
        { PublishedAt: null, ValidatedAt: null } => RuleStage.Draft,
        { PublishedAt: null } => RuleStage.Validated,
        _ when IsWithdrawn(rule) => RuleStage.Retired,
        { EffectiveFrom: var from } when from > instant => RuleStage.Scheduled,
        _ when InForceAt(VersionsOf(rules, rule.Id), instant)?.Version == rule.Version => RuleStage.Live,
        _ => RuleStage.Retired,
    };

    /// <summary>
    /// Schedules a validated version. Refused, in this order: unknown, published before, not validated, too soon, an end before the start,
    /// or it would begin before another version of the same rule that is still to come.
    /// </summary>
    public static (EarningRules? Rules, Refusal? Refusal) Publish(
        EarningRules rules, RuleVersionId id, DateTimeOffset from, DateTimeOffset? until, DateTimeOffset now)
    {
        if (Find(rules, id) is not { } rule) return (null, Unknown(id));
        if (rule.PublishedAt is not null) return (null, new("already-published", "/version", "A published version is never changed; write a new version."));
        if (rule.ValidatedAt is null) return (null, new("not-validated", "/version", "Validate the version first."));
        if (from < now + EarningRule.Notice) return (null, TooSoon("/effectiveFrom", now));
        if (until <= from) return (null, new("ends-before-start", "/effectiveUntil", "Give an instant after effectiveFrom, or none."));
        if (VersionsOf(rules, id.Rule).Any(other => other.PublishedAt is not null && other.EffectiveFrom >= from && !IsWithdrawn(other)))
            return (null, new("before-a-scheduled-version", "/effectiveFrom", "Another version begins later or at the same time; retire that one first, or begin after it."));
        return (Replace(rules, rule with { PublishedAt = now, EffectiveFrom = from, EffectiveUntil = until }), null);
    }

    /// <summary>
    /// Ends a published version; one that has not begun is withdrawn, so that the version before it stays. Refused, in this order:
    /// unknown, not published, too soon, or it has ended by then.
    /// </summary>
    public static (EarningRules? Rules, Refusal? Refusal) Retire(EarningRules rules, RuleVersionId id, DateTimeOffset at, DateTimeOffset now)
    {
        if (Find(rules, id) is not { } rule) return (null, Unknown(id));
        if (rule.PublishedAt is null) return (null, new("not-published", "/version", "Only a published version can be retired."));
        if (at < now + EarningRule.Notice) return (null, TooSoon("/at", now));
        if (rule.EffectiveUntil <= at) return (null, new("already-ended", "/at", "The version has ended by then."));
        return (Replace(rules, rule with { EffectiveUntil = at < rule.EffectiveFrom ? rule.EffectiveFrom : at }), null);
    }

    private static bool IsWithdrawn(EarningRule rule) => rule.EffectiveUntil <= rule.EffectiveFrom;

    private static IEnumerable<EarningRule> VersionsOf(EarningRules rules, string id) => rules.Rules.Where(rule => rule.Id == id);

    private static EarningRule? Find(EarningRules rules, RuleVersionId id) => rules.Rules.FirstOrDefault(rule => rule.VersionId == id);

    private static EarningRules Replace(EarningRules rules, EarningRule changed) =>
        rules with { Rules = [.. rules.Rules.Select(rule => rule.VersionId == changed.VersionId ? changed : rule)] };

    private static Refusal Unknown(RuleVersionId id) => new("unknown-version", "/version", $"There is no {id}.");

    private static Refusal TooSoon(string field, DateTimeOffset now) =>
        new("too-soon", field, FormattableString.Invariant($"Give {now + EarningRule.Notice:yyyy-MM-dd'T'HH:mm:ssK} or later: every node must have loaded the rule before it holds."));
}
