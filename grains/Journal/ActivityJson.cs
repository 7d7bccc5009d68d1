using System.Text.Json;
using System.Text.Json.Serialization;
using Gamification.Activities;
using Gamification.Programmes.Earning;
using Gamification.Rules.Activities;

namespace Gamification.Journal;

/// <summary>An event's key as its text, <c>source id</c>.</summary>
internal sealed class ActivityKeyJson : JsonConverter<ActivityKey>
{
    public override ActivityKey Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        ActivityKey.TryParse(reader.GetString()!, out var key) ? key : throw new JsonException("An event's key is its source and its id with a space between.");

    public override void Write(Utf8JsonWriter writer, ActivityKey value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary><c>[type, store, day, times]</c>.</summary>
internal sealed class ActivityCountJson : JsonConverter<ActivityCount>
{
    public override ActivityCount Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        reader.Start();
        var count = new ActivityCount(Enum.Parse<EarningEvent>(reader.NextString(), ignoreCase: true), reader.NextString(), checked((int)reader.NextLong()), checked((int)reader.NextLong()));
        reader.End();
        return count;
    }

    public override void Write(Utf8JsonWriter writer, ActivityCount value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(JsonNamingPolicy.CamelCase.ConvertName(value.Type.ToString()));
        writer.WriteStringValue(value.Store);
        writer.WriteNumberValue(value.Day);
        writer.WriteNumberValue(value.Times);
        writer.WriteEndArray();
    }
}
