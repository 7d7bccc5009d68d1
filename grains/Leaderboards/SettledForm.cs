using System.Text.Json;
using System.Text.Json.Serialization;
using Gamification.Journal;

namespace Gamification.Leaderboards;

/// <summary>A board was settled, as its certificate says. The entry is the record; the standings are in the entries before it.</summary>
public sealed record BoardSettled(string Certificate, string Hash)
{
    public const string Type = "board.settled";
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(BoardSettled))]
internal sealed partial class SettledJson : JsonSerializerContext;

/// <summary>Settled boards, to and from durable bytes.</summary>
internal static class SettledForm
{
    public const string ActorKind = "settled-board";

    public static ActorId ActorOf(BoardId board) => new(board.Programme, ActorKind, board.ToString()[(board.Programme.Length + 1)..]);

    public static NewEntry Write(BoardSettled settled) => new(BoardSettled.Type, JsonSerializer.SerializeToUtf8Bytes(settled, SettledJson.Default.BoardSettled));

    /// <summary>Null for an entry of another type.</summary>
    public static BoardSettled? Read(StoredEntry stored) =>
        stored.Type == BoardSettled.Type ? JsonSerializer.Deserialize(stored.Payload.Span, SettledJson.Default.BoardSettled) : null;
}
