using System.Text.Json;
using System.Text.Json.Serialization;
using Gamification.Journal;
using Gamification.Leaderboards;

namespace Gamification.Live;

/// <summary>
/// Notices as bytes: UTF-8 JSON, as durable bytes are, so that hosts of either kind and of two versions understand each other. Names are kept;
/// a field may be added when its absence reads as a default.
/// </summary>
public static class NoticeBytes
{
    /// <summary>A full board view takes some 10 KB; what is larger than this is neither sent nor read.</summary>
    public const int Max = 64 * 1024;

    /// <summary>Null when it would be larger than <see cref="Max"/>.</summary>
    public static byte[]? Write(Notice notice)
    {
        var written = JsonSerializer.SerializeToUtf8Bytes(Wrap(notice), NoticeJson.Default.NoticeMessage);
        return written.Length <= Max ? written : null;
    }

    /// <summary>Null for what is no notice that this version understands, whatever it is.</summary>
    public static Notice? Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Max) return null;
        try
        {
            return JsonSerializer.Deserialize(bytes, NoticeJson.Default.NoticeMessage) switch
            {
                { Board: { StreamId: not null, Rows.IsDefault: false } view } when view.Rows.All(row => row is not null) => new Notice.OfBoard(view),
                { Programme: { } programme, Member: { } member } account => new Notice.OfAccount(programme, member, account.Numbers),
                _ => null,
            };
        }
        catch (Exception fault) when (fault is JsonException or FormatException or InvalidOperationException)
        {
            return null;
        }
    }

    private static NoticeMessage Wrap(Notice notice) => notice switch
    {
        Notice.OfBoard board => new() { Board = board.View },
        Notice.OfAccount account => new() { Programme = account.Programme, Member = account.Member, Numbers = account.Numbers },
        _ => throw new ArgumentException($"{notice.GetType().Name} has no form as bytes.", nameof(notice)),
    };
}

internal sealed record NoticeMessage
{
    public BoardView? Board { get; init; }

    public string? Programme { get; init; }

    public MemberId? Member { get; init; }

    public AccountNumbers? Numbers { get; init; }
}

/// <summary>A board's id as its key.</summary>
internal sealed class BoardIdJson : JsonConverter<BoardId>
{
    public override BoardId Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        try
        {
            return BoardId.Parse(reader.GetString() ?? "");
        }
        catch (Exception fault) when (fault is FormatException or InvalidOperationException)
        {
            throw new JsonException("A board is programme|scope|metric|period|window.", fault);
        }
    }

    public override void Write(Utf8JsonWriter writer, BoardId value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true,
    MaxDepth = 8,
    Converters = [typeof(MemberIdJson), typeof(BoardIdJson)])]
[JsonSerializable(typeof(NoticeMessage))]
internal sealed partial class NoticeJson : JsonSerializerContext;
