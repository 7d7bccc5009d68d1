using System.Collections.Immutable;
using Gamification.Programmes;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>What a document's references are held against, and the list of what does not fit.</summary>
internal sealed class Known(EarningRules rules, ProgrammeSettings settings, List<DocumentError> errors)
{
    private readonly HashSet<string> _stores = [.. settings.Stores.Select(store => store.Id)];
    private readonly HashSet<string> _zones = [.. rules.Zones.Select(zone => zone.Id)];
    private readonly HashSet<string> _campaigns = [.. rules.Campaigns.Select(campaign => campaign.Id)];
    private readonly HashSet<(NamedKind, string)> _names = [.. rules.Names.Select(name => (name.Kind, name.Id))];

    public void Refuse(string pointer, string code, string remedy) => errors.Add(new(pointer, code, remedy));

    public void Stores(ImmutableArray<string> stores, string pointer) => Each(stores, pointer, _stores, "unknown-store", "Name a store of this programme.");

    public void Zones(ImmutableArray<string> zones, string pointer) => Each(zones, pointer, _zones, "unknown-zone", "Name a zone of this document.");

    public void Campaign(string campaign, string pointer)
    {
        if (!_campaigns.Contains(campaign)) Refuse(pointer, "unknown-campaign", "Name a campaign of this document.");
    }

    /// <summary>Members read sentences with names, not ids.</summary>
    public void Name(NamedKind kind, string id, string pointer)
    {
        if (!_names.Contains((kind, id))) Refuse(pointer, "unnamed", $"Add {{\"kind\": \"{kind.ToString().ToLowerInvariant()}\", \"id\": \"{id}\", \"fr\": …, \"nl\": …, \"en\": …}} to /names.");
    }

    public void Names(NamedKind kind, ImmutableArray<string> ids, string pointer)
    {
        for (var at = 0; at < ids.Length; at++) Name(kind, ids[at], FormattableString.Invariant($"{pointer}/{at}"));
    }

    private void Each(ImmutableArray<string> ids, string pointer, HashSet<string> known, string code, string remedy)
    {
        for (var at = 0; at < ids.Length; at++)
        {
            if (!known.Contains(ids[at])) Refuse(FormattableString.Invariant($"{pointer}/{at}"), code, remedy);
        }
    }
}
