using System.Globalization;
using System.Text.Json;
using Gamification.Leaderboards;

namespace Gamification.Api;

/// <summary>
/// Boards as JSON, over HTTP and over the live hub alike. A row carries the public id and the pseudonym; the row of a member who left
/// has an id that is unique in its board and leads nowhere.
/// </summary>
public static class BoardJson
{
    /// <summary>What a page that draws itself needs to begin: the rows, and the stream and version that deltas go on from.</summary>
    internal static void WriteSnapshot(Utf8JsonWriter writer, string topic, BoardView view, RankedRows rows, Programme programme)
    {
        writer.WriteStartObject();
        writer.WriteString("topic"u8, topic);
        writer.WriteString("kind"u8, "snapshot"u8);
        writer.WriteString("streamId"u8, view.StreamId);
        writer.WriteNumber("version"u8, view.Version);
        WriteAsOf(writer, view.AsOf, programme);
        WriteWindow(writer, view.Board.Window);
        writer.WriteNumber("size"u8, view.Size);
        WriteRows(writer, rows);
        writer.WriteEndObject();
    }

    /// <summary>The business instant of a state, with the offset of the programme's zone; null before the first event.</summary>
    public static void WriteAsOf(Utf8JsonWriter writer, DateTimeOffset? asOf, Programme programme)
    {
        if (asOf is not { } instant)
        {
            writer.WriteNull("asOf"u8);
            return;
        }

        writer.WriteString("asOf"u8, programme.Local(instant));
    }

    /// <summary>Half-open: <c>end</c> is the first date that no longer counts. Both are null for all time.</summary>
    public static void WriteWindow(Utf8JsonWriter writer, BoardWindow window)
    {
        writer.WriteStartObject("window"u8);
        writer.WriteString("period"u8, BoardNames.Of(window.Period));
        writer.WriteString("id"u8, window.Label);
        writer.WriteDate("start"u8, window.Period == BoardPeriod.All ? null : window.From);
        writer.WriteDate("end"u8, window.Period == BoardPeriod.All ? null : window.To);
        writer.WriteEndObject();
    }

    /// <summary>How ranks are counted, and an array named <c>rows</c>.</summary>
    internal static void WriteRows(Utf8JsonWriter writer, RankedRows ranked)
    {
        writer.WriteString("ties"u8, TieNames.Of(ranked.Ties));
        writer.WriteStartArray("rows"u8);
        for (var i = 0; i < ranked.Rows.Length; i++)
        {
            writer.WriteStartObject();
            WriteRowFields(writer, ranked, i);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    internal static void WriteRowFields(Utf8JsonWriter writer, RankedRows ranked, int at)
    {
        var (row, name) = (ranked.Rows[at], ranked.Names[at]);
        writer.WriteString("id"u8, IdOf(row, name));
        writer.WriteString("name"u8, name.Name);
        writer.WriteNumber("place"u8, row.Place);
        writer.WriteNumber("rank"u8, ranked.Ranks[at]);
        writer.WriteNumber("tiedWith"u8, row.TiedWith);
        writer.WriteNumber("score"u8, row.Score);
        writer.WriteString("reachedAt"u8, row.ReachedAt);
        writer.WriteString("orderReason"u8, row.OrderReason is { } reason ? BoardNames.Of(reason) : null);
    }

    /// <summary>The id under which a page knows a row.</summary>
    public static string IdOf(BoardRow row, MemberName name) => name.PublicId ?? string.Create(CultureInfo.InvariantCulture, $"~{row.Place}");
}
