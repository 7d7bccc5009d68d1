using System.Collections.Immutable;
using Gamification.Programmes;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>
/// What types cannot say about a rule document: that what it refers to exists and has a name, that a rule makes sense, and that the rules in
/// force together stay within what can be computed exactly. Sizes and ranges are checked when it is read.
/// </summary>
public static class EarningValidation
{
    private const int ErrorsMax = 100;
    private const int TogetherMax = 200;
    private const int CompoundMax = 4;
    private const decimal MultiplierMax = 1_000;
    private const long CommonSpendMax = 1_000_000;

    /// <summary>Errors in the document's order, at most 100; empty when it can be used.</summary>
    public static ImmutableArray<DocumentError> Check(EarningRules rules, ProgrammeSettings settings)
    {
        var errors = new List<DocumentError>();
        var known = new Known(rules, settings, errors);
        CheckLists(rules, known);
        for (var at = 0; at < rules.Rules.Length; at++)
        {
            var pointer = FormattableString.Invariant($"/rules/{at}");
            RuleValidation.Check(rules.Rules[at], pointer, known);
            if (rules.Rules.Take(at).Any(before => before.VersionId == rules.Rules[at].VersionId))
                known.Refuse($"{pointer}/version", "version-twice", "Give each version of a rule its own number.");
        }

        if (errors.Count == 0) CheckTogether(rules, known);
        return [.. errors.Take(ErrorsMax)];
    }

    private static void CheckLists(EarningRules rules, Known known)
    {
        for (var at = 0; at < rules.Zones.Length; at++)
        {
            var pointer = FormattableString.Invariant($"/zones/{at}");
            if (rules.Zones.Take(at).Any(before => before.Id == rules.Zones[at].Id)) known.Refuse($"{pointer}/id", "id-twice", "Give each zone its own id.");
            known.Stores(rules.Zones[at].Stores, $"{pointer}/stores");
        }

        for (var at = 0; at < rules.Campaigns.Length; at++)
        {
            var pointer = FormattableString.Invariant($"/campaigns/{at}");
            var campaign = rules.Campaigns[at];
            if (rules.Campaigns.Take(at).Any(before => before.Id == campaign.Id)) known.Refuse($"{pointer}/id", "id-twice", "Give each campaign its own id.");
            if (campaign is { Budget: null, Quota: null }) known.Refuse(pointer, "no-limit", "Give a budget, a quota or both; a campaign without either limits nothing.");
            known.Name(NamedKind.Campaign, campaign.Id, $"{pointer}/id");
        }

        HashSet<(NamedKind, string)> names = [];
        for (var at = 0; at < rules.Names.Length; at++)
        {
            if (!names.Add((rules.Names[at].Kind, rules.Names[at].Id)))
                known.Refuse(FormattableString.Invariant($"/names/{at}/id"), "name-twice", "Name each thing once.");
        }
    }

    /// <summary>Every stretch of time has a beginning, so what is in force together is looked at where something begins or ends.</summary>
    private static void CheckTogether(EarningRules rules, Known known)
    {
        var published = rules.Rules.Where(rule => rule is { PublishedAt: not null, EffectiveFrom: not null }).ToArray();
        var versions = published.GroupBy(rule => rule.Id).ToArray();
        foreach (var instant in published.Select(rule => rule.EffectiveFrom!.Value).Concat(published.Select(rule => rule.EffectiveUntil).OfType<DateTimeOffset>()).Distinct().Order())
        {
            var inForce = versions.Select(group => RuleLifecycle.InForceAt(group, instant)).OfType<EarningRule>().ToArray();
            if (CheckStretch(rules.Stacking, inForce) is not { } fault) continue;
            known.Refuse("/rules", fault.Code, FormattableString.Invariant($"From {instant:yyyy-MM-dd'T'HH:mm:ssK}: {fault.Remedy}"));
            return;
        }
    }

    private static (string Code, string Remedy)? CheckStretch(Stacking stacking, EarningRule[] inForce)
    {
        if (inForce.Length > TogetherMax) return ("too-many-together", FormattableString.Invariant($"at most {TogetherMax} rules may be in force together."));
        var effects = inForce.SelectMany(rule => rule.Then).ToArray();
        var factors = effects.OfType<Multiplier>().Select(effect => effect.Factor).ToArray();
        if (stacking == Stacking.Compound && factors.Length > CompoundMax)
            return ("too-many-multipliers", FormattableString.Invariant($"at most {CompoundMax} multipliers may be in force together when they compound; use highest or additive stacking."));
        var greatest = stacking == Stacking.Additive ? 1 + factors.Sum(factor => factor - 1) : 1;
        if (greatest > MultiplierMax) return ("multiplier-too-great", FormattableString.Invariant($"all multipliers together reach more than {MultiplierMax}; use highest stacking."));
        long common = 1;
        foreach (var spend in effects.OfType<PointsPerSpend>().Select(effect => effect.Spend))
        {
            common = RuleSlice.Common(common, spend);
            if (common > CommonSpendMax) return ("spends-do-not-fit", FormattableString.Invariant($"the spends that points are given for have a common multiple above {CommonSpendMax}; choose rounder ones, e.g. 50, 100, 200, 500."));
        }

        return null;
    }
}
