using System.Text.Json.Nodes;

namespace Gamification.Tests.Rules.Challenges;

internal static class Documents
{
    /// <summary>Puts a value at a JSON pointer; objects on the way are made.</summary>
    public static void Put(JsonNode document, string pointer, JsonNode? value)
    {
        var parts = pointer.Split('/')[1..];
        var parent = parts[..^1].Aggregate(document, (node, part) => node is JsonArray list ? list[int.Parse(part, null)]! : node[part] ??= new JsonObject());
        if (parent is JsonArray array) array[int.Parse(parts[^1], null)] = value;
        else parent[parts[^1]] = value;
    }
}
