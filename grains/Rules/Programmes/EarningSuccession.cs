using System.Collections.Immutable;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Programmes;

/// <summary>
/// One rule document after another. What was published stays as it was, but for an end that is at least 60 s away: a late receipt is decided by
/// it, and a return is rated by it. What is new is published by this. So the newest document says of every instant which versions are in force.
/// </summary>
internal static class EarningSuccession
{
    /// <summary>The document to keep, or at most 100 errors with pointers into <paramref name="after"/>.</summary>
    /// <param name="before">The newest published document.</param>
    /// <param name="after">The one that follows; it has passed <see cref="EarningValidation"/>.</param>
    /// <param name="from">When new versions take effect that do not say so themselves.</param>
    /// <param name="now">The time of the decision, by the programme's clock.</param>
    /// <param name="settings">Those that it lives with.</param>
    public static (EarningRules? Rules, ImmutableArray<DocumentError> Errors) Publish(
        EarningRules before, EarningRules after, DateTimeOffset from, DateTimeOffset now, ProgrammeSettings settings)
    {
        List<DocumentError> errors = [.. Kept(before, after, now)];
        if (errors.Count > 0) return (null, [.. errors.Take(100)]);
        var known = before.Rules.ToDictionary(rule => rule.VersionId);
        var fresh = after.Rules.Where(rule => !known.TryGetValue(rule.VersionId, out var same) || (same.PublishedAt is null && !Same(same, rule))).ToArray();
        var rules = after with { Rules = [.. after.Rules.Select(rule => fresh.Contains(rule) ? rule with { PublishedAt = null, ValidatedAt = now } : rule)] };
        foreach (var rule in fresh.OrderBy(rule => rule.EffectiveFrom ?? from).ThenBy(rule => rule.Version))
        {
            var (published, refusal) = RuleLifecycle.Publish(rules, rule.VersionId, rule.EffectiveFrom ?? from, rule.EffectiveUntil, now);
            if (published is not null) rules = published;
            else errors.Add(new(FormattableString.Invariant($"/rules/{after.Rules.IndexOf(rule)}{refusal!.Field}"), refusal.Code, refusal.Remedy));
        }

        if (errors.Count == 0) errors.AddRange(EarningValidation.Check(rules, settings));
        return errors.Count == 0 ? (rules, []) : (null, [.. errors.Take(100)]);
    }

    public static bool Same(EarningRule one, EarningRule other) => Text(one) == Text(other);

    private static IEnumerable<DocumentError> Kept(EarningRules before, EarningRules after, DateTimeOffset now)
    {
        var published = before.Rules.Where(rule => rule.PublishedAt is not null).ToArray();
        foreach (var rule in published)
        {
            var at = after.Rules.IndexOf(after.Rules.FirstOrDefault(other => other.VersionId == rule.VersionId)!);
            if (at < 0)
            {
                yield return new("/rules", "published-version-missing", $"Keep {rule.VersionId}: receipts may be decided by it. To end it, give it an effectiveUntil.");
                continue;
            }

            var kept = after.Rules[at];
            var pointer = FormattableString.Invariant($"/rules/{at}");
            if (!Same(rule with { EffectiveUntil = null }, kept with { EffectiveUntil = null }))
                yield return new(pointer, "published-version-changed", $"{rule.VersionId} was published and never changes but in its end; write version {before.Rules.Where(other => other.Id == rule.Id).Max(other => other.Version) + 1}.");
            else if (kept.EffectiveUntil != rule.EffectiveUntil && Earlier(kept.EffectiveUntil, rule.EffectiveUntil) < now + EarningRule.Notice)
                yield return new($"{pointer}/effectiveUntil", "too-soon", FormattableString.Invariant($"What has ended stays ended, and an end lies at {now + EarningRule.Notice:yyyy-MM-dd'T'HH:mm:ssK} or later."));
        }

        if (published.Length == 0) yield break;
        if (after.Stacking != before.Stacking) yield return new("/stacking", "never-changes", $"Returns are rated by it as their sales were. It stays {before.Stacking.ToString().ToLowerInvariant()}.");
        foreach (var zone in before.Zones)
        {
            if (!published.Any(rule => Speaks(rule, zone.Id))) continue;
            var kept = after.Zones.FirstOrDefault(other => other.Id == zone.Id);
            if (kept is null || !kept.Stores.Order().SequenceEqual(zone.Stores.Order()))
                yield return new("/zones", "zone-in-use", $"Zone {zone.Id} is part of a published rule; write another zone, and a new version of the rule that names it.");
        }

        foreach (var campaign in before.Campaigns.Where(campaign => published.Any(rule => rule.Campaign == campaign.Id)))
        {
            if (after.Campaigns.FirstOrDefault(other => other.Id == campaign.Id) is not { } kept || kept.Budget is null != campaign.Budget is null || kept.Quota is null != campaign.Quota is null)
                yield return new("/campaigns", "campaign-in-use", $"Campaign {campaign.Id} limits a published rule: its numbers may change, not what it limits.");
        }
    }

    private static bool Speaks(EarningRule rule, string zone) => rule.When is { } when && Zones(when).Contains(zone);

    private static IEnumerable<string> Zones(Condition condition) => condition switch
    {
        AllOf all => all.Of.SelectMany(Zones),
        AnyOf any => any.Of.SelectMany(Zones),
        Not not => Zones(not.Of),
        ZoneIs zones => zones.Zones,
        _ => [],
    };

    private static DateTimeOffset Earlier(DateTimeOffset? one, DateTimeOffset? other) => (one ?? DateTimeOffset.MaxValue) < (other ?? DateTimeOffset.MaxValue) ? one!.Value : other ?? DateTimeOffset.MaxValue;

    private static string Text(EarningRule rule) => System.Text.Json.JsonSerializer.Serialize(rule, EarningJson.Options);
}
