using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using Gamification.Journal;
using Gamification.Storage;

namespace Gamification.Silo.Engine.Transfer;

/// <summary>
/// Rows as lines of NDJSON, one property that names the kind. Payloads and snapshots are JSON and stand there as they are, byte for byte, so that a stream can be
/// read with any tool; one that has a line break in it, or is no JSON, is written in base 64.
/// </summary>
internal static class TransferLines
{
    public static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    public static void Write(Utf8JsonWriter line, TransferRow row)
    {
        line.WriteStartObject();
        switch (row)
        {
            case TransferRow.Member member:
                line.WriteStartObject("member"u8);
                line.WriteString("programme"u8, member.Programme);
                line.WriteString("surrogate"u8, member.Surrogate);
                line.WriteString("publicId"u8, member.PublicId);
                line.WriteBoolean("enrolled"u8, member.Enrolled);
                if (member.BirthDate is { } birth) line.WriteString("birthDate"u8, birth.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
                if (member.BirthGiven > 0) line.WriteNumber("birthGiven"u8, member.BirthGiven);
                break;
            case TransferRow.Card card:
                line.WriteStartObject("card"u8);
                line.WriteString("programme"u8, card.Programme);
                line.WriteString("hash"u8, card.Hash);
                line.WriteString("member"u8, card.Surrogate);
                break;
            case TransferRow.Quarantined quarantined:
                line.WriteStartObject("quarantined"u8);
                line.WriteString("programme"u8, quarantined.Programme);
                line.WriteString("store"u8, quarantined.Store);
                line.WriteString("digest"u8, quarantined.Digest);
                line.WriteString("reason"u8, quarantined.Reason);
                line.WriteString("detail"u8, quarantined.Detail);
                line.WriteString("receivedAt"u8, quarantined.ReceivedAt);
                line.WriteBase64String("body"u8, quarantined.Body.Span);
                break;
            case TransferRow.Reminder reminder:
                line.WriteStartObject("reminder"u8);
                line.WriteString("grain"u8, reminder.Grain);
                line.WriteString("key"u8, reminder.Key);
                line.WriteString("name"u8, reminder.Name);
                line.WriteString("firstDue"u8, reminder.FirstDue);
                line.WriteNumber("periodTicks"u8, reminder.Period.Ticks);
                line.WriteString("nextDue"u8, reminder.NextDue);
                break;
            case TransferRow.Head head:
                line.WriteStartObject("head"u8);
                line.WriteNumber("partition"u8, head.Partition);
                line.WriteNumber("seq"u8, head.LastSeq);
                line.WriteString("at"u8, head.LastAt);
                break;
            case TransferRow.Entry entry:
                line.WriteStartObject("entry"u8);
                WriteEntry(line, entry);
                break;
            case TransferRow.Snapshot snapshot:
                line.WriteStartObject("snapshot"u8);
                line.WriteString("programme"u8, snapshot.Actor.Programme);
                line.WriteString("actor"u8, snapshot.Actor.Path);
                line.WriteNumber("version"u8, snapshot.Version);
                WriteBytes(line, snapshot.State.Span);
                break;
            case TransferRow.Seal seal:
                line.WriteStartObject("seal"u8);
                line.WriteNumber("partition"u8, seal.Partition);
                line.WriteNumber("seq"u8, seal.Seq);
                line.WriteBase64String("mac"u8, seal.Mac.Span);
                break;
            case TransferRow.ArchiveChunk chunk:
                BeginRun(line, "archive"u8, chunk.Programme, chunk.Run);
                line.WriteNumber("part"u8, chunk.Part);
                line.WriteNumber("number"u8, chunk.Number);
                line.WriteBase64String("bytes"u8, chunk.Bytes.Span);
                break;
            case TransferRow.Track track:
                BeginRun(line, "track"u8, track.Programme, track.Run);
                line.WriteString("member"u8, track.Surrogate);
                line.WriteNumber("version"u8, track.Version);
                line.WriteBase64String("bytes"u8, track.Bytes.Span);
                break;
            case TransferRow.Counted counted:
                BeginRun(line, "counted"u8, counted.Programme, counted.Run);
                line.WriteNumber("partition"u8, counted.Partition);
                line.WriteNumber("seq"u8, counted.Seq);
                break;
            case TransferRow.Sealed over:
                BeginRun(line, "sealed"u8, over.Programme, over.Run);
                break;
            default:
                throw new NotSupportedException($"{row.GetType().Name} does not travel.");
        }

        line.WriteEndObject();
        line.WriteEndObject();
    }

    /// <summary>Throws <see cref="FormatException"/>, <see cref="KeyNotFoundException"/> or <see cref="InvalidOperationException"/> for what is no row.</summary>
    public static TransferRow Read(JsonElement line)
    {
        var row = line.EnumerateObject().First();
        var of = row.Value;
        return row.Name switch
        {
            "member" => new TransferRow.Member(Text(of, "programme"), of.GetProperty("surrogate").GetGuid(), Text(of, "publicId"), of.GetProperty("enrolled").GetBoolean())
            {
                BirthDate = of.TryGetProperty("birthDate", out var birth) ? DateOnly.ParseExact(birth.GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture) : null,
                BirthGiven = of.TryGetProperty("birthGiven", out var given) ? given.GetInt32() : 0,
            },
            "card" => new TransferRow.Card(Text(of, "programme"), of.GetProperty("hash").GetGuid(), of.GetProperty("member").GetGuid()),
            "quarantined" => new TransferRow.Quarantined(
                Text(of, "programme"), Text(of, "store"), of.GetProperty("digest").GetGuid(), Text(of, "reason"), Text(of, "detail"),
                of.GetProperty("body").GetBytesFromBase64(), of.GetProperty("receivedAt").GetDateTimeOffset()),
            "reminder" => new TransferRow.Reminder(
                Text(of, "grain"), Text(of, "key"), Text(of, "name"), of.GetProperty("firstDue").GetDateTimeOffset(),
                TimeSpan.FromTicks(of.GetProperty("periodTicks").GetInt64()), of.GetProperty("nextDue").GetDateTimeOffset()),
            "head" => new TransferRow.Head(of.GetProperty("partition").GetInt32(), of.GetProperty("seq").GetInt64(), of.GetProperty("at").GetDateTimeOffset()),
            "entry" => ReadEntry(of),
            "snapshot" => new TransferRow.Snapshot(ActorOf(of), of.GetProperty("version").GetInt64(), Bytes(of)),
            "archive" => new TransferRow.ArchiveChunk(
                Text(of, "programme"), Text(of, "run"), of.GetProperty("part").GetInt32(), of.GetProperty("number").GetInt32(), of.GetProperty("bytes").GetBytesFromBase64()),
            "track" => new TransferRow.Track(
                Text(of, "programme"), Text(of, "run"), of.GetProperty("member").GetGuid(), of.GetProperty("version").GetInt64(), of.GetProperty("bytes").GetBytesFromBase64()),
            "counted" => new TransferRow.Counted(Text(of, "programme"), Text(of, "run"), of.GetProperty("partition").GetInt32(), of.GetProperty("seq").GetInt64()),
            "sealed" => new TransferRow.Sealed(Text(of, "programme"), Text(of, "run")),
            "seal" => new TransferRow.Seal(of.GetProperty("partition").GetInt32(), of.GetProperty("seq").GetInt64(), of.GetProperty("mac").GetBytesFromBase64()),
            var other => throw new FormatException($"'{other}' is no kind of row."),
        };
    }

    private static void BeginRun(Utf8JsonWriter line, ReadOnlySpan<byte> kind, string programme, string run)
    {
        line.WriteStartObject(kind);
        line.WriteString("programme"u8, programme);
        line.WriteString("run"u8, run);
    }

    private static void WriteEntry(Utf8JsonWriter line, TransferRow.Entry row)
    {
        var (entry, key) = (row.Stored, row.Key);
        line.WriteNumber("partition"u8, entry.Partition);
        line.WriteNumber("seq"u8, entry.Seq);
        line.WriteString("at"u8, entry.RecordedAt);
        line.WriteString("programme"u8, entry.Actor.Programme);
        line.WriteString("actor"u8, entry.Actor.Path);
        line.WriteNumber("version"u8, entry.Version);
        line.WriteString("type"u8, entry.Type);
        if (key is { } taken)
        {
            line.WriteStartObject("key"u8);
            line.WriteNumber("month"u8, taken.Month);
            line.WriteString("digest"u8, taken.Digest);
            line.WriteString("content"u8, taken.Content);
            line.WriteEndObject();
        }

        WriteBytes(line, entry.Payload.Span);
    }

    private static TransferRow.Entry ReadEntry(JsonElement of) => new(
        new()
        {
            Actor = ActorOf(of),
            Version = of.GetProperty("version").GetInt64(),
            Partition = of.GetProperty("partition").GetInt32(),
            Seq = of.GetProperty("seq").GetInt64(),
            Type = Text(of, "type"),
            Payload = Bytes(of),
            RecordedAt = of.GetProperty("at").GetDateTimeOffset(),
        },
        of.TryGetProperty("key", out var key)
            ? new BusinessKey(key.GetProperty("month").GetInt32(), key.GetProperty("digest").GetGuid(), key.GetProperty("content").GetGuid())
            : null);

    private static void WriteBytes(Utf8JsonWriter line, ReadOnlySpan<byte> bytes)
    {
        if (IsPlainJson(bytes))
        {
            line.WritePropertyName("json"u8);
            line.WriteRawValue(bytes, skipInputValidation: true);
        }
        else
        {
            line.WriteBase64String("bytes"u8, bytes);
        }
    }

    private static byte[] Bytes(JsonElement of) =>
        of.TryGetProperty("json", out var json) ? JsonMarshal.GetRawUtf8Value(json).ToArray() : of.GetProperty("bytes").GetBytesFromBase64();

    /// <summary>One value of JSON that begins and ends without white space and stays on its line: then it comes back as it went.</summary>
    private static bool IsPlainJson(ReadOnlySpan<byte> bytes)
    {
        if (bytes.IsEmpty || bytes.IndexOfAny((byte)'\n', (byte)'\r') >= 0 || bytes[0] is (byte)' ' or (byte)'\t' || bytes[^1] is (byte)' ' or (byte)'\t') return false;
        var reader = new Utf8JsonReader(bytes);
        try
        {
            while (reader.Read())
            {
                // Reading is the test.
            }

            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }

    private static ActorId ActorOf(JsonElement of) => ActorId.FromPath(Text(of, "programme"), Text(of, "actor"));

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString() ?? throw new FormatException($"{name} is missing.");
}
