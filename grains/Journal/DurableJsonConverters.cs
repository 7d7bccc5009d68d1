using System.Text.Json;
using System.Text.Json.Serialization;
using Gamification.Rules;

namespace Gamification.Journal;

/// <summary>A receipt's key as its text.</summary>
internal sealed class ReceiptKeyJson : JsonConverter<ReceiptKey>
{
    public override ReceiptKey Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) =>
        ReceiptKey.TryParse(reader.GetString()!, out var key) ? key : throw new JsonException("A receipt key is store/till/date/number.");

    public override void Write(Utf8JsonWriter writer, ReceiptKey value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>A line as <c>[sku, quantity, unit price, amount]</c>, with kind and tax added when there are any: most of an entry is lines.</summary>
internal sealed class ReceiptLineJson : JsonConverter<ReceiptLine>
{
    public override ReceiptLine Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Read(ref reader);

    public override void Write(Utf8JsonWriter writer, ReceiptLine value, JsonSerializerOptions options) => Write(writer, value);

    public static ReceiptLine Read(ref Utf8JsonReader reader)
    {
        reader.Start();
        var line = new ReceiptLine { Sku = reader.NextString(), Quantity = reader.NextDecimal(), UnitPrice = reader.NextDecimal(), Amount = reader.NextLong() };
        if (!reader.More()) return line;
        line = line with { Kind = (LineKind)reader.GetInt32(), Vat = reader.NextLong() };
        reader.End();
        return line;
    }

    public static void Write(Utf8JsonWriter writer, ReceiptLine value)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Sku);
        writer.WriteNumberValue(value.Quantity);
        writer.WriteNumberValue(value.UnitPrice);
        writer.WriteNumberValue(value.Amount);
        if (value.Kind != LineKind.Product || value.Vat != 0)
        {
            writer.WriteNumberValue((int)value.Kind);
            writer.WriteNumberValue(value.Vat);
        }

        writer.WriteEndArray();
    }
}

/// <summary><c>[sku, quantity]</c>.</summary>
internal sealed class SkuQuantityJson : JsonConverter<SkuQuantity>
{
    public override SkuQuantity Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        reader.Start();
        var value = new SkuQuantity(reader.NextString(), reader.NextDecimal());
        reader.End();
        return value;
    }

    public override void Write(Utf8JsonWriter writer, SkuQuantity value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Sku);
        writer.WriteNumberValue(value.Quantity);
        writer.WriteEndArray();
    }
}

/// <summary><c>[store, day, points, receipts, spend, points at, receipts at]</c>.</summary>
internal sealed class TallyRowJson : JsonConverter<TallyRow>
{
    public override TallyRow Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Read(ref reader);

    public override void Write(Utf8JsonWriter writer, TallyRow value, JsonSerializerOptions options) => Write(writer, value);

    public static TallyRow Read(ref Utf8JsonReader reader)
    {
        reader.Start();
        var value = new TallyRow(
            reader.NextString(),
            (int)reader.NextLong(),
            new(reader.NextLong(), reader.NextLong(), reader.NextLong(), reader.NextLong(), reader.NextLong()));
        reader.End();
        return value;
    }

    public static void Write(Utf8JsonWriter writer, TallyRow value)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Store);
        writer.WriteNumberValue(value.Day);
        writer.WriteNumberValue(value.Tally.Points);
        writer.WriteNumberValue(value.Tally.Receipts);
        writer.WriteNumberValue(value.Tally.Spend);
        writer.WriteNumberValue(value.Tally.PointsAt);
        writer.WriteNumberValue(value.Tally.ReceiptsAt);
        writer.WriteEndArray();
    }
}

/// <summary>A surrogate as 32 hex digits.</summary>
internal sealed class MemberIdJson : JsonConverter<MemberId>
{
    public override MemberId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => MemberId.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, MemberId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>Reads one JSON object, property by property, where its values are not to be boxed first.</summary>
internal static class ObjectReading
{
    public static void StartObject(this ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("An object was expected.");
    }

    /// <summary>Moves on to the next property's name; false at the end brace.</summary>
    public static bool MoreProperties(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType == JsonTokenType.PropertyName;

    /// <summary>Whether the property is called this; then the reader stands at its value.</summary>
    public static bool Is(this ref Utf8JsonReader reader, ReadOnlySpan<byte> name) => reader.ValueTextEquals(name) && reader.Read();

    /// <summary>Passes over the value, which is this part of what is read.</summary>
    public static ReadOnlyMemory<byte> Part(this ref Utf8JsonReader reader, ReadOnlyMemory<byte> written)
    {
        var start = checked((int)reader.TokenStartIndex);
        reader.Skip();
        return written[start..checked((int)reader.BytesConsumed)];
    }

    /// <summary>Passes over a property that nobody here knows.</summary>
    public static void SkipProperty(this ref Utf8JsonReader reader)
    {
        if (!reader.Read()) throw new JsonException();
        reader.Skip();
    }
}

/// <summary>Reads one JSON array, element by element, from its start bracket to its end bracket.</summary>
internal static class ArrayReading
{
    public static void Start(this ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartArray) throw new JsonException("An array was expected.");
    }

    public static string NextString(this ref Utf8JsonReader reader) => reader.Read() ? reader.GetString()! : throw new JsonException();

    public static long NextLong(this ref Utf8JsonReader reader) => reader.Read() ? reader.GetInt64() : throw new JsonException();

    public static decimal NextDecimal(this ref Utf8JsonReader reader) => reader.Read() ? reader.GetDecimal() : throw new JsonException();

    /// <summary>Moves on; false at the end bracket.</summary>
    public static bool More(this ref Utf8JsonReader reader) => reader.Read() && reader.TokenType != JsonTokenType.EndArray;

    /// <summary>Skips what a newer version may have added, up to the end bracket.</summary>
    public static void End(this ref Utf8JsonReader reader)
    {
        while (reader.More()) reader.Skip();
    }
}
