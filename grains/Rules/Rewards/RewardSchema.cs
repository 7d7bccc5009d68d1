using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Gamification.Programmes.Earning;
using Gamification.Rewards;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Rewards;

/// <summary>The JSON Schema of reward catalogues, made from the types and their bounds. It is published as <c>silo/Programmes/rewards.schema.json</c>.</summary>
public static class RewardSchema
{
    public static string Text { get; } = Make();

    private static string Make()
    {
        var schema = (JsonObject)EarningJson.Options.GetJsonSchemaAsNode(typeof(RewardCatalogue), new()
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Bound,
        });
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", "Reward catalogue");
        return schema.ToJsonString(new(EarningJson.Options) { WriteIndented = true }) + "\n";
    }

    private static JsonNode Bound(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(DateTimeOffset))
        {
            var isNullable = Nullable.GetUnderlyingType(context.TypeInfo.Type) is not null;
            node = new JsonObject { ["type"] = isNullable ? new JsonArray("string", "null") : "string", ["format"] = "date-time" };
        }

        if (node is not JsonObject schema || schema.ContainsKey("$ref") || context.PropertyInfo?.AttributeProvider is not { } attributes) return node;
        if (attributes.IsDefined(typeof(SlugAttribute), inherit: true)) (schema["items"] as JsonObject ?? schema)["pattern"] = SlugAttribute.Pattern;
        if (attributes.GetCustomAttributes(typeof(BoundsAttribute), inherit: true) is not [BoundsAttribute bounds]) return node;
        var (min, max) = type == typeof(string) ? ("minLength", "maxLength") : schema.ContainsKey("items") ? ("minItems", "maxItems") : ("minimum", "maximum");
        (schema[min], schema[max]) = (bounds.Min, bounds.Max);
        return node;
    }
}
