using System.Text;
using System.Text.Json;
using Gamification.Journal;
using Gamification.Silo.Engine.Transfer;
using Gamification.Storage;

namespace Gamification.Tests.Transfer;

/// <summary>A row that went out as a line comes back as it was, byte for byte.</summary>
public sealed class TransferLinesTests
{
    private static readonly DateTimeOffset At = new DateTimeOffset(2026, 11, 21, 16, 4, 5, TimeSpan.Zero).AddTicks(1_234_560);

    [Theory]
    [InlineData("""{"points":10,"name":"é€😀 \"x\"","e":1.50E+3}""", "json")]
    [InlineData("""{"a":[1, 2]  , "b" : null}""", "json")]
    [InlineData("""{"a":"\u00e9\/"}""", "json")]
    [InlineData("12.50", "json")]
    [InlineData("{\"a\":\n1}", "bytes")]
    [InlineData(" {}", "bytes")]
    [InlineData("{}\t", "bytes")]
    [InlineData("", "bytes")]
    [InlineData("no json", "bytes")]
    [InlineData("{} {}", "bytes")]
    public void A_payload_comes_back_byte_for_byte(string payload, string form)
    {
        var bytes = Encoding.UTF8.GetBytes(payload);
        var entry = new TransferRow.Entry(Stored(bytes), new BusinessKey(202611, Guid.Parse("11111111-2222-3333-4444-555555555555"), Guid.Parse("66666666-7777-8888-9999-aaaaaaaaaaaa")));

        var line = Line(entry);
        var back = Assert.IsType<TransferRow.Entry>(Read(line));

        Assert.Contains($"\"{form}\":", line, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', line);
        Assert.Equal(bytes, back.Stored.Payload.ToArray());
        Assert.Equal((entry.Key, entry.Stored.Actor, entry.Stored.Version, entry.Stored.Seq, entry.Stored.RecordedAt), (back.Key, back.Stored.Actor, back.Stored.Version, back.Stored.Seq, back.Stored.RecordedAt));
    }

    [Fact]
    public void Bytes_that_are_no_text_come_back_too() =>
        Assert.Equal([0xff, 0xfe, 0], ((TransferRow.Snapshot)Read(Line(new TransferRow.Snapshot(new("demo", "member", "a"), 3, new byte[] { 0xff, 0xfe, 0 })))).State.ToArray());

    [Fact]
    public void Every_kind_of_row_comes_back()
    {
        TransferRow[] rows =
        [
            new TransferRow.Member("demo", Guid.Parse("11111111-2222-3333-4444-555555555555"), "K7Q2M9XA", true),
            new TransferRow.Member("demo", Guid.Parse("11111111-2222-3333-4444-555555555556"), "K7Q2M9XB", true) { BirthDate = new(2000, 2, 29), BirthGiven = 2 },
            new TransferRow.Card("demo", Guid.Parse("11111111-2222-3333-4444-555555555555"), Guid.Parse("66666666-7777-8888-9999-aaaaaaaaaaaa")),
            new TransferRow.Quarantined("demo", "BRU", Guid.Parse("11111111-2222-3333-4444-555555555555"), "malformed-json", "a\0b", "{"u8.ToArray(), At),
            new TransferRow.Head(3, 42, At),
            new TransferRow.Entry(Stored("{}"u8.ToArray()), null),
            new TransferRow.Snapshot(new("demo", "till", "BRU/3"), 32, "{}"u8.ToArray()),
            new TransferRow.Seal(3, 42, new byte[] { 1, 2, 3 }),
            new TransferRow.ArchiveChunk("demo", "zero-gaspillage/1", 2, 3, new byte[] { 0, 255 }),
            new TransferRow.Track("demo", "zero-gaspillage/1/2", Guid.Parse("11111111-2222-3333-4444-555555555555"), 7, new byte[] { 1 }),
            new TransferRow.Counted("demo", "zero-gaspillage/1/2", 3, 42),
            new TransferRow.Sealed("demo", "zero-gaspillage/1/2"),
            new TransferRow.Reminder("member", "demo/x", "claim/BRU/1/2026-11-21/1", At, TimeSpan.FromMinutes(1), At.AddMinutes(1)),
        ];

        Assert.Equal(rows.Select(Line), rows.Select(row => Line(Read(Line(row)))));
        Assert.Equal(typeof(TransferRow).GetNestedTypes().Length, rows.Select(row => row.GetType()).Distinct().Count());
    }

    [Fact]
    public void The_chain_names_every_field_of_an_entry()
    {
        var stored = Stored("{}"u8.ToArray());
        var key = new BusinessKey(202611, Guid.Parse("11111111-2222-3333-4444-555555555555"), Guid.Parse("66666666-7777-8888-9999-aaaaaaaaaaaa"));
        TransferRow.Entry[] others =
        [
            new(stored, key),
            new(stored with { RecordedAt = At.AddMicroseconds(1) }, key),
            new(stored with { Version = 8 }, key),
            new(stored with { Seq = 43 }, key),
            new(stored with { Partition = 4 }, key),
            new(stored with { Actor = new("demo", "member", "ab") }, key),
            new(stored with { Actor = new("demp", "member", "a") }, key),
            new(stored with { Type = "receipt.poster" }, key),
            new(stored with { Payload = "{ }"u8.ToArray() }, key),
            new(stored, key with { Month = 202612 }),
            new(stored, key with { Digest = key.Content }),
            new(stored, key with { Content = key.Digest }),
            new(stored, null),
        ];

        Assert.Equal(others.Length, others.Select(Chain).Distinct().Count());
        Assert.Equal(Chain(others[0]), Chain(new(stored with { RecordedAt = stored.RecordedAt.ToOffset(TimeSpan.FromHours(2)) }, key)));
    }

    /// <summary>Changing the definition would make every chain that an operator has written down look broken.</summary>
    [Fact]
    public void The_chain_of_one_entry_is_what_its_definition_gives()
    {
        var spelled = new List<byte>(new byte[32]);
        spelled.AddRange(Convert.FromHexString("00000003" + "000000000000002a" + Convert.ToHexString(BigEndian(1795277045123456)) + "0000000000000007"));
        foreach (var text in (string[])["demo", "member/a", "receipt.posted"])
        {
            spelled.AddRange(Convert.FromHexString(text.Length.ToString("x8", System.Globalization.CultureInfo.InvariantCulture)));
            spelled.AddRange(Encoding.UTF8.GetBytes(text));
        }

        spelled.AddRange(Convert.FromHexString("00000000" + "00000002"));
        spelled.AddRange("{}"u8);
        var partition = System.Security.Cryptography.SHA256.HashData([.. spelled]);
        byte[] whole = [.. Convert.FromHexString("00000003" + "000000000000002a"), .. partition];

        Assert.Equal(1795277045123456, (At - DateTimeOffset.UnixEpoch).Ticks / 10);
        Assert.Equal(Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(whole)), Chain(new(Stored("{}"u8.ToArray()), null)));
    }

    private static byte[] BigEndian(long value)
    {
        var bytes = new byte[8];
        System.Buffers.Binary.BinaryPrimitives.WriteInt64BigEndian(bytes, value);
        return bytes;
    }

    private static StoredEntry Stored(byte[] payload) => new()
    {
        Actor = new("demo", "member", "a"), Version = 7, Partition = 3, Seq = 42, Type = "receipt.posted", Payload = payload, RecordedAt = At,
    };

    private static string Chain(TransferRow.Entry entry)
    {
        using var chain = new JournalChain();
        chain.Add(entry);
        return chain.Whole();
    }

    private static string Line(TransferRow row)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, TransferLines.Plain)) TransferLines.Write(writer, row);
        return Encoding.UTF8.GetString(buffer.ToArray());
    }

    private static TransferRow Read(string line)
    {
        using var document = JsonDocument.Parse(line);
        return TransferLines.Read(document.RootElement);
    }
}
