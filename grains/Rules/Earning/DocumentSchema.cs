using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>The JSON Schema of a document, made from its types and their bounds.</summary>
internal static class DocumentSchema
{
    public static string Of(Type type, string title)
    {
        var schema = (JsonObject)EarningJson.Options.GetJsonSchemaAsNode(type, new()
        {
            TreatNullObliviousAsNonNullable = true,
            TransformSchemaNode = Bound,
        });
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", title);
        return schema.ToJsonString(new(EarningJson.Options) { WriteIndented = true }) + "\n";
    }

    private static JsonNode Bound(JsonSchemaExporterContext context, JsonNode node)
    {
        var type = Nullable.GetUnderlyingType(context.TypeInfo.Type) ?? context.TypeInfo.Type;
        if (type == typeof(DateTimeOffset)) node = Texts(context, "date-time", null);
        if (type == typeof(TimeOnly)) node = Texts(context, null, "^([01][0-9]|2[0-3]):[0-5][0-9]$");
        if (node is not JsonObject schema || schema.ContainsKey("$ref") || context.PropertyInfo?.AttributeProvider is not { } attributes) return node;
        var isSlug = attributes.IsDefined(typeof(SlugAttribute), inherit: true);
        if (isSlug && type == typeof(string)) schema["pattern"] = SlugAttribute.Pattern;
        else if (isSlug && schema["items"] is JsonObject items) items["pattern"] = SlugAttribute.Pattern;
        if (attributes.GetCustomAttributes(typeof(BoundsAttribute), inherit: true) is not [BoundsAttribute bounds]) return node;
        var (min, max) = type == typeof(string) ? ("minLength", "maxLength") : schema.ContainsKey("items") ? ("minItems", "maxItems") : ("minimum", "maximum");
        (schema[min], schema[max]) = (bounds.Min, bounds.Max);
        return node;
    }

    private static JsonObject Texts(JsonSchemaExporterContext context, string? format, string? pattern)
    {
        var isNullable = Nullable.GetUnderlyingType(context.TypeInfo.Type) is not null;
        var schema = new JsonObject { ["type"] = isNullable ? new JsonArray("string", "null") : "string" };
        if (format is not null) schema["format"] = format;
        if (pattern is not null) schema["pattern"] = pattern;
        return schema;
    }
}
