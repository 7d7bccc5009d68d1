using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using System.Text.RegularExpressions;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>
/// Holds a JSON document to its types before it is read: every unknown, doubled, missing, mistyped or out-of-bounds field is named by its
/// JSON pointer with a remedy, all of them at once. What passes can be deserialised.
/// </summary>
internal sealed partial class StrictDocument(JsonSerializerOptions options)
{
    private const int ErrorsMax = 100;

    private readonly ImmutableArray<DocumentError>.Builder _errors = ImmutableArray.CreateBuilder<DocumentError>();

    public static ImmutableArray<DocumentError> Check(JsonElement root, Type type, JsonSerializerOptions options)
    {
        var document = new StrictDocument(options);
        document.Walk(root, type, "", null);
        return document._errors.DrainToImmutable();
    }

    private void Walk(JsonElement element, Type type, string pointer, ICustomAttributeProvider? attributes)
    {
        if (_errors.Count >= ErrorsMax) return;
        var info = options.GetTypeInfo(Nullable.GetUnderlyingType(type) ?? type);
        switch (info.Kind)
        {
            case JsonTypeInfoKind.Object when element.ValueKind != JsonValueKind.Object:
                Refuse(pointer, "wrong-type", "Send an object.");
                break;
            case JsonTypeInfoKind.Object:
                if (Concrete(element, info, pointer) is { } concrete) WalkFields(element, concrete, info.PolymorphismOptions?.TypeDiscriminatorPropertyName, pointer);
                break;
            case JsonTypeInfoKind.Enumerable:
                WalkList(element, info, pointer, attributes);
                break;
            default:
                CheckValue(element, info, pointer, attributes);
                break;
        }
    }

    private JsonTypeInfo? Concrete(JsonElement element, JsonTypeInfo info, string pointer)
    {
        if (info.PolymorphismOptions is not { } polymorphism) return info;
        var name = polymorphism.TypeDiscriminatorPropertyName;
        var kind = element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
        foreach (var derived in polymorphism.DerivedTypes)
        {
            if (derived.TypeDiscriminator as string == kind) return options.GetTypeInfo(derived.DerivedType);
        }

        Refuse($"{pointer}/{name}", "unknown-kind", $"Send one of {string.Join(", ", polymorphism.DerivedTypes.Select(derived => derived.TypeDiscriminator))}.");
        return null;
    }

    private void WalkFields(JsonElement element, JsonTypeInfo info, string? discriminator, string pointer)
    {
        HashSet<string> seen = [];
        foreach (var field in element.EnumerateObject())
        {
            var at = $"{pointer}/{Escape(field.Name)}";
            if (!seen.Add(field.Name)) Refuse(at, "twice", "Send each field once.");
            else if (field.Name == discriminator) continue;
            else if (info.Properties.FirstOrDefault(property => property.Name == field.Name) is not { } property)
                Refuse(at, "unknown-field", $"Leave it out; the fields are {string.Join(", ", info.Properties.Select(known => known.Name))}.");
            else if (field.Value.ValueKind != JsonValueKind.Null) Walk(field.Value, property.PropertyType, at, property.AttributeProvider);
            else if (!IsNullable(property)) Refuse(at, "null", "Send a value or leave the field out.");
        }

        foreach (var property in info.Properties)
        {
            if (IsRequired(property) && !seen.Contains(property.Name)) Refuse($"{pointer}/{property.Name}", "missing", "This field is required.");
        }
    }

    private void WalkList(JsonElement element, JsonTypeInfo info, string pointer, ICustomAttributeProvider? attributes)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            Refuse(pointer, "wrong-type", "Send a list.");
            return;
        }

        var count = element.GetArrayLength();
        if (Attribute<BoundsAttribute>(attributes) is { } bounds && (count < bounds.Min || count > bounds.Max))
        {
            Refuse(pointer, "out-of-bounds", FormattableString.Invariant($"Send {bounds.Min} to {bounds.Max} entries."));
            return;
        }

        var at = 0;
        foreach (var entry in element.EnumerateArray())
        {
            var here = FormattableString.Invariant($"{pointer}/{at++}");
            if (entry.ValueKind == JsonValueKind.Null) Refuse(here, "null", "Send a value.");
            else Walk(entry, info.ElementType!, here, Attribute<SlugAttribute>(attributes) is null ? null : attributes);
            if (entry.ValueKind == JsonValueKind.String && Attribute<SlugAttribute>(attributes) is null) CheckLength(entry.GetString()!, here, 1, 64);
        }
    }

    private void CheckValue(JsonElement element, JsonTypeInfo info, string pointer, ICustomAttributeProvider? attributes)
    {
        object value;
        try
        {
            value = element.Deserialize(info)!;
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
        {
            Refuse(pointer, "wrong-type", Expected(info.Type));
            return;
        }

        if (value is string text)
        {
            if (Attribute<SlugAttribute>(attributes) is not null && !Slug().IsMatch(text))
                Refuse(pointer, "invalid-id", "Use lower-case letters, digits and hyphens, 40 at most.");
            else if (Attribute<BoundsAttribute>(attributes) is { } length) CheckLength(text, pointer, length.Min, length.Max);
        }
        else if (value is long or int or decimal)
        {
            var number = Convert.ToDecimal(value, CultureInfo.InvariantCulture);
            if (Attribute<BoundsAttribute>(attributes) is { } range && (number < range.Min || number > range.Max))
                Refuse(pointer, "out-of-bounds", FormattableString.Invariant($"Send a number from {range.Min} to {range.Max}."));
            else if (Attribute<DecimalsAttribute>(attributes) is { } decimals && decimal.Round(number, decimals.Max) != number)
                Refuse(pointer, "too-precise", FormattableString.Invariant($"Send at most {decimals.Max} decimals."));
        }
    }

    private void CheckLength(string text, string pointer, long min, long max)
    {
        if (text.Length < min || text.Length > max || text.Any(char.IsControl))
            Refuse(pointer, "invalid-text", FormattableString.Invariant($"Send {min} to {max} printable characters."));
    }

    private void Refuse(string pointer, string code, string remedy)
    {
        if (_errors.Count < ErrorsMax) _errors.Add(new(pointer, code, remedy));
    }

    private static string Expected(Type type)
    {
        if (type.IsEnum) return $"Send one of {string.Join(", ", Enum.GetNames(type).Select(JsonNamingPolicy.CamelCase.ConvertName))}.";
        if (type == typeof(long) || type == typeof(int)) return "Send a whole number.";
        if (type == typeof(decimal)) return "Send a number.";
        if (type == typeof(bool)) return "Send true or false.";
        if (type == typeof(DateOnly)) return "Send a date, e.g. 2026-11-30.";
        if (type == typeof(TimeOnly)) return "Send a time of day, e.g. 07:30.";
        return type == typeof(DateTimeOffset) ? "Send an instant with its offset, e.g. 2026-11-30T00:00:00+01:00." : "Send a text.";
    }

    private static bool IsRequired(JsonPropertyInfo property) => property.IsRequired || property.AssociatedParameter is { HasDefaultValue: false };

    private static bool IsNullable(JsonPropertyInfo property) =>
        property.PropertyType.IsValueType ? Nullable.GetUnderlyingType(property.PropertyType) is not null : property.IsSetNullable;

    private static T? Attribute<T>(ICustomAttributeProvider? attributes)
        where T : Attribute => attributes?.GetCustomAttributes(typeof(T), inherit: true) is [T found, ..] ? found : null;

    private static string Escape(string name) => name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal);

    [GeneratedRegex(SlugAttribute.Pattern)]
    private static partial Regex Slug();
}
