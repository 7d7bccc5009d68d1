using System.Collections.Immutable;
using System.Text.Json.Nodes;
using Gamification.Programmes.Documents;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Programmes;

/// <summary>
/// How two versions of a programme differ, place by place. What has an id is compared with its like wherever it stands: a rule with its version,
/// a name with its kind, an item with its date. Lists without ids are one place.
/// </summary>
public static class DocumentDiffs
{
    private const int ChangesMax = 1_000;

    /// <summary>What the stated parts change of the documents that stand, at most 1,000 places. Parts that are not stated do not differ.</summary>
    public static ImmutableArray<DocumentChange> Of(ProgrammeDocuments standing, ImmutableArray<PartText> stated)
    {
        var changes = ImmutableArray.CreateBuilder<DocumentChange>();
        foreach (var (part, text) in stated)
        {
            if (standing.TextOf(part) == text) continue;
            var words = new ChangeWords(part, standing, stated);
            var root = part == ProgrammePart.Settings ? "" : $"/{ProgrammeParts.NameOf(part)}";
            var before = standing.TextOf(part) is { } known ? JsonNode.Parse(known.Json) : null;
            Compare(before, JsonNode.Parse(text.Json), new(root, root, ""), (place, was, becomes) =>
            {
                if (changes.Count < ChangesMax) changes.Add(words.Of(place, was, becomes));
            });
        }

        return changes.DrainToImmutable();
    }

    /// <param name="Before">Where it stood.</param>
    /// <param name="After">Where it stands.</param>
    /// <param name="Thing">What it is, by ids instead of positions, e.g. <c>rules double-tuesday@2 cap</c>.</param>
    internal readonly record struct Place(string Before, string After, string Thing)
    {
        public Place Field(string name) => Step(Escape(name), Escape(name), name);

        public Place Element(int before, int after, string id) => Step(FormattableString.Invariant($"{before}"), FormattableString.Invariant($"{after}"), id);

        private Place Step(string before, string after, string thing) => new($"{Before}/{before}", $"{After}/{after}", Thing.Length == 0 ? thing : $"{Thing} {thing}");

        private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);
    }

    private static void Compare(JsonNode? before, JsonNode? after, Place place, Action<Place, JsonNode?, JsonNode?> differ)
    {
        switch (before, after)
        {
            case (JsonObject one, JsonObject other):
                foreach (var name in other.Select(field => field.Key).Union(one.Select(field => field.Key))) Compare(one[name], other[name], place.Field(name), differ);
                break;
            case (JsonArray one, JsonArray other) when Ids(one) is { } was && Ids(other) is { } becomes:
                foreach (var (id, at) in becomes) Compare(was.TryGetValue(id, out var from) ? one[from] : null, other[at], place.Element(from, at, id), differ);
                foreach (var (id, at) in was.Where(known => !becomes.ContainsKey(known.Key))) Compare(one[at], null, place.Element(at, at, id), differ);
                break;
            default:
                if (Text(before) != Text(after)) differ(place, before, after);
                break;
        }
    }

    /// <summary>Positions by id; null when an element has none, or two have the same.</summary>
    private static Dictionary<string, int>? Ids(JsonArray list)
    {
        var ids = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var at = 0; at < list.Count; at++)
        {
            if (IdOf(list[at]) is not { } id || !ids.TryAdd(id, at)) return null;
        }

        return ids;
    }

    private static string? IdOf(JsonNode? node) => node switch
    {
        JsonObject item when item["sku"] is JsonValue sku => item["from"] is { } from ? $"{sku}@{from}" : $"{sku}",
        JsonObject named when named["id"] is JsonValue id && named["kind"] is JsonValue kind => $"{kind} {id}",
        JsonObject rule when rule["id"] is JsonValue id && rule["version"] is { } version => $"{id}@{version}",
        JsonObject other when other["id"] is JsonValue id => $"{id}",
        _ => null,
    };

    internal static string? Text(JsonNode? node) => node?.ToJsonString(EarningJson.Options);
}
