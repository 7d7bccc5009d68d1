using System.Text.Json;
using System.Text.Json.Serialization;
using Gamification.Journal;
using Gamification.Leagues;
using Gamification.Rules.Earning;
using Gamification.Rules.Leagues;

namespace Gamification.Leagues;

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, IgnoreReadOnlyProperties = true, Converters = [typeof(LeagueRulesJson)])]
[JsonSerializable(typeof(LeagueEntry.Founded), TypeInfoPropertyName = "LeagueFounded")]
[JsonSerializable(typeof(LeagueEntry.Begun), TypeInfoPropertyName = "LeagueBegun")]
[JsonSerializable(typeof(LeagueEntry.Seated), TypeInfoPropertyName = "LeagueSeated")]
[JsonSerializable(typeof(LeagueEntry.Settled), TypeInfoPropertyName = "LeagueSettled")]
[JsonSerializable(typeof(League))]
internal sealed partial class LeagueJson : JsonSerializerContext;

/// <summary>Rules inside an entry are as the document has them.</summary>
internal sealed class LeagueRulesJson : JsonConverter<LeagueRules>
{
    public override LeagueRules Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => JsonSerializer.Deserialize<LeagueRules>(ref reader, EarningJson.Options)!;

    public override void Write(Utf8JsonWriter writer, LeagueRules value, JsonSerializerOptions options) => JsonSerializer.Serialize(writer, value, EarningJson.Options);
}

/// <summary>A league's entries and snapshots, to and from durable bytes.</summary>
internal sealed class LeagueForm : IDurableForm<League, LeagueEntry>
{
    public static LeagueForm Json { get; } = new();

    public League Empty => League.Empty;

    public static ActorId ActorOf(string programme, string league) => new(programme, "league", league);

    public League Apply(League state, LeagueEntry entry) => state.Apply(entry);

    public NewEntry Write(LeagueEntry entry) => entry switch
    {
        LeagueEntry.Founded founded => new(LeagueEntry.Founded.Type, JsonSerializer.SerializeToUtf8Bytes(founded, LeagueJson.Default.LeagueFounded)),
        LeagueEntry.Begun begun => new(LeagueEntry.Begun.Type, JsonSerializer.SerializeToUtf8Bytes(begun, LeagueJson.Default.LeagueBegun)),
        LeagueEntry.Seated seated => new(LeagueEntry.Seated.Type, JsonSerializer.SerializeToUtf8Bytes(seated, LeagueJson.Default.LeagueSeated)),
        LeagueEntry.Settled settled => new(LeagueEntry.Settled.Type, JsonSerializer.SerializeToUtf8Bytes(settled, LeagueJson.Default.LeagueSettled)),
        _ => throw new NotSupportedException($"{entry.GetType().Name} has no durable form."),
    };

    public LeagueEntry? Read(StoredEntry stored) => stored.Type switch
    {
        LeagueEntry.Founded.Type => JsonSerializer.Deserialize(stored.Payload.Span, LeagueJson.Default.LeagueFounded),
        LeagueEntry.Begun.Type => JsonSerializer.Deserialize(stored.Payload.Span, LeagueJson.Default.LeagueBegun),
        LeagueEntry.Seated.Type => JsonSerializer.Deserialize(stored.Payload.Span, LeagueJson.Default.LeagueSeated),
        LeagueEntry.Settled.Type => JsonSerializer.Deserialize(stored.Payload.Span, LeagueJson.Default.LeagueSettled),
        _ => null,
    };

    public byte[] WriteState(League state) => JsonSerializer.SerializeToUtf8Bytes(state, LeagueJson.Default.League);

    public League ReadState(ReadOnlySpan<byte> state) => JsonSerializer.Deserialize(state, LeagueJson.Default.League)!;
}
