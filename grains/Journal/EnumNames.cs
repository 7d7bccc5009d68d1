using System.Text.Json;

namespace Gamification.Journal;

/// <summary>An enum's names in camel case: names are durable, numbers are not.</summary>
internal sealed class EnumNames<T>
    where T : struct, Enum
{
    private readonly (T Value, JsonEncodedText Text)[] _names =
        [.. Enum.GetValues<T>().Select(value => (value, JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName(value.ToString()))))];

    public JsonEncodedText Of(T value)
    {
        foreach (var (known, text) in _names)
        {
            if (EqualityComparer<T>.Default.Equals(known, value)) return text;
        }

        throw new NotSupportedException($"{value} has no durable name.");
    }

    public T Read(ref Utf8JsonReader reader)
    {
        foreach (var (value, text) in _names)
        {
            if (reader.ValueTextEquals(text.EncodedUtf8Bytes)) return value;
        }

        throw new JsonException($"'{reader.GetString()}' is no {typeof(T).Name}.");
    }
}
