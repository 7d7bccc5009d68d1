using System.Text.Json;
using System.Text.Json.Serialization;
using Gamification.Ledger;
using Gamification.Rules.Ledger;

namespace Gamification.Journal;

/// <summary>A member's purses as an array.</summary>
internal sealed class MemberLedgerJson : JsonConverter<MemberLedger>
{
    public override MemberLedger Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => new(LedgerParts.ReadAll(ref reader, PurseJson.Read));

    public override void Write(Utf8JsonWriter writer, MemberLedger value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        foreach (var purse in value.Purses) PurseJson.Write(writer, purse);
        writer.WriteEndArray();
    }
}

/// <summary>
/// A purse without what follows from the rest: accounts are what its lots, holds and debts sum to. The unit is left out when it is points, and
/// everything that is empty.
/// </summary>
internal sealed class PurseJson : JsonConverter<Purse>
{
    public override Purse Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Read(ref reader);

    public override void Write(Utf8JsonWriter writer, Purse value, JsonSerializerOptions options) => Write(writer, value);

    public static Purse Read(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("An object was expected.");
        var purse = Purse.Empty(Unit.Points);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            if (!reader.Read()) throw new JsonException();
            switch (name)
            {
                case "unit": purse = purse with { Unit = new(reader.GetString()!) }; break;
                case "lots": purse = purse with { Lots = LedgerParts.ReadAll(ref reader, LedgerParts.ReadLot) }; break;
                case "holds": purse = purse with { Holds = LedgerParts.ReadAll(ref reader, LedgerParts.ReadHold) }; break;
                case "debts": purse = purse with { Debts = LedgerParts.ReadAll(ref reader, LedgerParts.ReadDebt) }; break;
                case "lapsed": purse = purse with { Lapsed = LedgerParts.ReadAll(ref reader, LedgerParts.ReadLot) }; break;
                case "lapsedUntil": purse = purse with { LapsedUntil = reader.GetInt64() }; break;
                case "roll": purse = purse with { Roll = reader.ReadRoll() }; break;
                case "lastId": purse = purse with { LastId = reader.GetInt64() }; break;
                case "settledAt": purse = purse with { SettledAt = reader.GetInt64() }; break;
                default: reader.Skip(); break;
            }
        }

        return purse.Reckoned();
    }

    public static void Write(Utf8JsonWriter writer, Purse purse)
    {
        writer.WriteStartObject();
        if (purse.Unit != Unit.Points) writer.WriteString("unit"u8, purse.Unit.Code);
        writer.WriteAll("lots"u8, purse.Lots, LedgerParts.Write);
        writer.WriteAll("holds"u8, purse.Holds, LedgerParts.Write);
        writer.WriteAll("debts"u8, purse.Debts, LedgerParts.Write);
        writer.WriteAll("lapsed"u8, purse.Lapsed, LedgerParts.Write);
        if (purse.LapsedUntil != 0) writer.WriteNumber("lapsedUntil"u8, purse.LapsedUntil);
        if (purse.Roll != default)
        {
            writer.WritePropertyName("roll"u8);
            writer.Write(purse.Roll);
        }

        if (purse.LastId != 0) writer.WriteNumber("lastId"u8, purse.LastId);
        if (purse.SettledAt != 0) writer.WriteNumber("settledAt"u8, purse.SettledAt);
        writer.WriteEndObject();
    }
}
