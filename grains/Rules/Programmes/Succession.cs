using System.Collections.Immutable;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;
using Gamification.Rules.Impacts;

namespace Gamification.Rules.Programmes;

/// <summary>What a new version of a part may change of the one before, and what never changes: by that, what is in the journal was decided.</summary>
internal static class Succession
{
    /// <summary>With pointers into the part.</summary>
    public static IEnumerable<DocumentError> Faults(ProgrammePart part, DocumentText before, DocumentText after) => part switch
    {
        ProgrammePart.Settings => Settings(SettingsText.Parse(before), SettingsText.Parse(after)),
        ProgrammePart.Ledger => Ledger(PartReading.LedgerOf(before), PartReading.LedgerOf(after)),
        ProgrammePart.Impact => ImpactSuccession.Faults(PartReading.ImpactOf(before), PartReading.ImpactOf(after)),
        _ => [],
    };

    private static IEnumerable<DocumentError> Settings(ProgrammeSettings before, ProgrammeSettings after)
    {
        if (after.Id != before.Id) yield return Never("/id", $"it begins every key. It stays '{before.Id}'");
        if (after.Currency != before.Currency) yield return Never("/currency", $"every amount in the journal is in it. It stays {before.Currency}");
        if (after.TimeZone != before.TimeZone) yield return Never("/timeZone", $"the dates of lots and boards were told by it. It stays {before.TimeZone}");
        if (after.Clock != before.Clock) yield return Never("/clock", "what is in the journal was decided by it");
        if (after.NetSpend != before.NetSpend) yield return Never("/netSpend", "returns are rated by it as their sales were");
        foreach (var store in before.Stores)
        {
            var at = after.Stores.IndexOf(after.Stores.FirstOrDefault(other => other.Id == store.Id)!);
            if (at < 0) yield return new("/stores", "store-gone", $"Keep store {store.Id}: there may be receipts of it. Till keys that are no longer used can be revoked.");
            else if (after.Stores[at].TimeZone != store.TimeZone)
                yield return Never(FormattableString.Invariant($"/stores/{at}/timeZone"), $"its dates were told by it. It stays {store.TimeZone}");
        }
    }

    private static IEnumerable<DocumentError> Ledger(LedgerSettings before, LedgerSettings after)
    {
        if (before.Status is not null && after.Status is null) yield return Never("/status", "members hold status points");
    }

    private static DocumentError Never(string field, string why) => new(field, "never-changes", $"This never changes, because {why}.");
}
