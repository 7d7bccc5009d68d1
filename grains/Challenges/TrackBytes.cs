using System.Buffers;
using System.Text.Json;
using Gamification.Rules.Challenges;

namespace Gamification.Challenges;

/// <summary>
/// A track as UTF-8 JSON: <c>{"j":joined,"t":team,"h":hidden,"m":[[deed,at,day,part,group,value,seen]…]}</c>, absent for false and null. A projection's form: it
/// may change with a version that drops and counts anew.
/// </summary>
internal static class TrackBytes
{
    public static byte[] Write(MemberTrack track)
    {
        var buffer = new ArrayBufferWriter<byte>(64 + (track.Marks.Length * 48));
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        if (track.Joined) json.WriteBoolean("j"u8, true);
        if (track.Team is { } team) json.WriteString("t"u8, team);
        if (track.Hidden) json.WriteBoolean("h"u8, true);
        json.WriteStartArray("m"u8);
        foreach (var mark in track.Marks)
        {
            json.WriteStartArray();
            json.WriteNumberValue(mark.Deed);
            json.WriteNumberValue(mark.At);
            json.WriteNumberValue(mark.Day);
            json.WriteNumberValue(mark.Part);
            json.WriteNumberValue(mark.Group);
            json.WriteNumberValue(mark.Value);
            if (mark.Seen is { } seen) json.WriteStringValue(seen);
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    public static MemberTrack Read(TrackRow row)
    {
        using var json = JsonDocument.Parse(row.Track);
        var root = json.RootElement;
        return new(
            row.Version,
            [.. root.GetProperty("m"u8).EnumerateArray().Select(MarkOf)],
            root.TryGetProperty("j"u8, out _),
            root.TryGetProperty("t"u8, out var team) ? team.GetString() : null,
            root.TryGetProperty("h"u8, out _));
    }

    private static Mark MarkOf(JsonElement mark) => new(
        mark[0].GetUInt64(), mark[1].GetInt64(), mark[2].GetInt32(), mark[3].GetByte(), mark[4].GetInt16(), mark[5].GetInt64(), mark.GetArrayLength() > 6 ? mark[6].GetString() : null);
}
