using System.Text.Json;
using System.Text.Json.Serialization;
using Gamification.Rewards;
using Gamification.Rules.Rewards;

namespace Gamification.Journal;

/// <summary>The durable form of stock, budgets, gestures and vouchers, by the conventions of <see cref="DurableJson"/>.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    Converters = [typeof(MemberIdJson), typeof(ReservationIdJson), typeof(EntitlementIdJson), typeof(ReservationJson), typeof(WaiterJson)])]
[JsonSerializable(typeof(ShelfEntry.Offered), TypeInfoPropertyName = "ShelfOffered")]
[JsonSerializable(typeof(ShelfEntry.Reserved), TypeInfoPropertyName = "ShelfReserved")]
[JsonSerializable(typeof(ShelfEntry.Queued), TypeInfoPropertyName = "ShelfQueued")]
[JsonSerializable(typeof(ShelfEntry.Promoted), TypeInfoPropertyName = "ShelfPromoted")]
[JsonSerializable(typeof(ShelfEntry.Confirmed), TypeInfoPropertyName = "ShelfConfirmed")]
[JsonSerializable(typeof(ShelfEntry.Released), TypeInfoPropertyName = "ShelfReleased")]
[JsonSerializable(typeof(ShelfEntry.Returned), TypeInfoPropertyName = "ShelfReturned")]
[JsonSerializable(typeof(ShelfEntry.Attended), TypeInfoPropertyName = "ShelfAttended")]
[JsonSerializable(typeof(Shelf))]
[JsonSerializable(typeof(TreasuryEntry.Set), TypeInfoPropertyName = "TreasurySet")]
[JsonSerializable(typeof(TreasuryEntry.Leased), TypeInfoPropertyName = "TreasuryLeased")]
[JsonSerializable(typeof(TreasuryEntry.Closed), TypeInfoPropertyName = "TreasuryClosed")]
[JsonSerializable(typeof(TreasuryEntry.Alerted), TypeInfoPropertyName = "TreasuryAlerted")]
[JsonSerializable(typeof(Treasury))]
[JsonSerializable(typeof(DeskEntry.Set), TypeInfoPropertyName = "DeskSet")]
[JsonSerializable(typeof(DeskEntry.Given), TypeInfoPropertyName = "DeskGiven")]
[JsonSerializable(typeof(DeskEntry.Decided), TypeInfoPropertyName = "DeskDecided")]
[JsonSerializable(typeof(DeskEntry.Arrived), TypeInfoPropertyName = "DeskArrived")]
[JsonSerializable(typeof(Desk))]
[JsonSerializable(typeof(RewardListEntry.Listed), TypeInfoPropertyName = "RewardListed")]
[JsonSerializable(typeof(RewardListEntry.Dropped), TypeInfoPropertyName = "RewardDropped")]
[JsonSerializable(typeof(RewardListEntry.Told), TypeInfoPropertyName = "RewardTold")]
[JsonSerializable(typeof(RewardList))]
[JsonSerializable(typeof(KeyCaseEntry.Begun), TypeInfoPropertyName = "KeyBegun")]
[JsonSerializable(typeof(KeyCaseEntry.Revoked), TypeInfoPropertyName = "VoucherRevoked")]
[JsonSerializable(typeof(KeyCase))]
internal sealed partial class RewardJson : JsonSerializerContext;

/// <summary>32 hex digits.</summary>
internal sealed class ReservationIdJson : JsonConverter<ReservationId>
{
    public override ReservationId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => ReservationId.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, ReservationId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary>32 hex digits.</summary>
internal sealed class EntitlementIdJson : JsonConverter<EntitlementId>
{
    public override EntitlementId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => EntitlementId.Parse(reader.GetString()!);

    public override void Write(Utf8JsonWriter writer, EntitlementId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

/// <summary><c>[member, until, offer]</c>.</summary>
internal sealed class ReservationJson : JsonConverter<Reservation>
{
    public override Reservation Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        reader.Start();
        var reservation = new Reservation(MemberId.Parse(reader.NextString()), reader.NextLong(), reader.NextLong() != 0);
        reader.End();
        return reservation;
    }

    public override void Write(Utf8JsonWriter writer, Reservation value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Member.ToString());
        writer.WriteNumberValue(value.Until);
        writer.WriteNumberValue(value.IsOffer ? 1 : 0);
        writer.WriteEndArray();
    }
}

/// <summary><c>[reservation, member]</c>.</summary>
internal sealed class WaiterJson : JsonConverter<Waiter>
{
    public override Waiter Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        reader.Start();
        var waiter = new Waiter(ReservationId.Parse(reader.NextString()), MemberId.Parse(reader.NextString()));
        reader.End();
        return waiter;
    }

    public override void Write(Utf8JsonWriter writer, Waiter value, JsonSerializerOptions options)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(value.Id.ToString());
        writer.WriteStringValue(value.Member.ToString());
        writer.WriteEndArray();
    }
}
