using System.Globalization;
using Gamification.Impacts;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Impacts;

/// <summary>What a new registry may change of the one before: it adds. What was once shown under a factor's version stays to be looked up.</summary>
internal static class ImpactSuccession
{
    public static IEnumerable<DocumentError> Faults(ImpactFactors before, ImpactFactors after)
    {
        foreach (var counter in before.Counters)
        {
            var at = after.Counters.IndexOf(after.Counters.FirstOrDefault(other => other.Id == counter.Id)!);
            if (at < 0) yield return new("/counters", "counter-gone", $"Keep counter '{counter.Id}': something was counted with it. A version of its factors with 0 withdraws it.");
            else if (after.Counters[at].Unit != counter.Unit) yield return Never(At($"/counters/{at}/unit"), "what was shown was in it; begin another counter");
        }

        foreach (var factor in before.Factors)
        {
            var at = after.Factors.IndexOf(after.Factors.FirstOrDefault(other => (other.Id, other.Version) == (factor.Id, factor.Version))!);
            if (at < 0) yield return new("/factors", "version-gone", At($"Keep version {factor.Version} of '{factor.Id}': a higher version corrects it, and says why."));
            else if (!ImpactDocument.Same(after.Factors[at], factor)) yield return Never(At($"/factors/{at}"), At($"it was published; write version {Newest(after, factor.Id) + 1} of '{factor.Id}' with the correction"));
        }
    }

    private static int Newest(ImpactFactors factors, string id) => factors.Factors.Where(factor => factor.Id == id).Max(factor => factor.Version);

    private static string At(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static DocumentError Never(string field, string why) => new(field, "never-changes", $"This never changes, because {why}.");
}
