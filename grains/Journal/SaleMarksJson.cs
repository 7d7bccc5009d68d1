using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gamification.Rules;

namespace Gamification.Journal;

/// <summary>
/// What a snapshot holds of sales, as a text of base64: mostly hashes, which no text makes shorter. Seven-bit integers, signed ones folded; a store
/// is named once.
/// </summary>
internal sealed class SaleMarksJson : JsonConverter<SaleMarks>
{
    public override SaleMarks Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        using var bytes = new BinaryReader(new MemoryStream(reader.GetBytesFromBase64(), writable: false));
        var until = Signed(bytes);
        string[] stores = [.. All(bytes, bytes.ReadString)];
        ImmutableArray<string> elsewhere = [.. All(bytes, () => stores[bytes.Read7BitEncodedInt()])];
        var rows = ImmutableArray.CreateBuilder<SaleMark>(bytes.Read7BitEncodedInt());
        for (var at = 0L; rows.Count < rows.Capacity; at = rows[^1].At) rows.Add(ReadMark(bytes, stores, at));
        return new(rows.MoveToImmutable(), until == 0 ? DroppedSales.None : ReadDropped(bytes, until), elsewhere);
    }

    public override void Write(Utf8JsonWriter writer, SaleMarks value, JsonSerializerOptions options)
    {
        var memory = new MemoryStream(64 * (value.Rows.Length + 1));
        using var bytes = new BinaryWriter(memory);
        List<string> stores = [.. value.Rows.Select(row => row.Store).Concat(value.Elsewhere).Distinct()];
        Write(bytes, value.Dropped.Until);
        bytes.Write7BitEncodedInt(stores.Count);
        foreach (var store in stores) bytes.Write(store);
        bytes.Write7BitEncodedInt(value.Elsewhere.Length);
        foreach (var store in value.Elsewhere) bytes.Write7BitEncodedInt(stores.IndexOf(store));
        bytes.Write7BitEncodedInt(value.Rows.Length);
        var at = 0L;
        foreach (var row in value.Rows)
        {
            WriteMark(bytes, row, stores, at);
            at = row.At;
        }

        if (value.Dropped.Any) WriteDropped(bytes, value.Dropped);
        writer.WriteBase64StringValue(memory.GetBuffer().AsSpan(0, (int)memory.Length));
    }

    private static void WriteDropped(BinaryWriter bytes, DroppedSales dropped)
    {
        Write(bytes, dropped.LastDay);
        foreach (var word in dropped.Goods) bytes.Write(word);
    }

    /// <summary>Nothing stands behind the rows of a snapshot from before it was kept.</summary>
    private static DroppedSales ReadDropped(BinaryReader bytes, long until)
    {
        if (bytes.BaseStream.Position == bytes.BaseStream.Length) return DroppedSales.Unknown(until);
        var lastDay = (int)Signed(bytes);
        var goods = ImmutableArray.CreateBuilder<ulong>();
        while (bytes.BaseStream.Position < bytes.BaseStream.Length) goods.Add(bytes.ReadUInt64());
        return new(until, lastDay, goods.DrainToImmutable());
    }

    private static void WriteMark(BinaryWriter bytes, SaleMark mark, List<string> stores, long before)
    {
        bytes.Write((uint)(mark.Sale >> 16));
        bytes.Write((ushort)(mark.Sale & ushort.MaxValue));
        bytes.Write7BitEncodedInt(mark.Entries.Length);
        foreach (var version in mark.Entries) bytes.Write7BitEncodedInt64(version);
        Write(bytes, mark.At - before);
        bytes.Write7BitEncodedInt(stores.IndexOf(mark.Store));
        Write(bytes, mark.Day - DayOf(mark.At));
        Write(bytes, (mark.Points * 4) + (long)mark.Is);
        bytes.Write7BitEncodedInt(mark.Goods.Length);
        for (var at = 0; at < mark.Goods.Length; at++) bytes.Write7BitEncodedInt(mark.Goods[at] - (at == 0 ? 0 : mark.Goods[at - 1]));
    }

    private static SaleMark ReadMark(BinaryReader bytes, string[] stores, long before)
    {
        var sale = ((long)bytes.ReadUInt32() << 16) | bytes.ReadUInt16();
        ImmutableArray<long> entries = [.. All(bytes, bytes.Read7BitEncodedInt64)];
        var at = before + Signed(bytes);
        var store = stores[bytes.Read7BitEncodedInt()];
        var day = DayOf(at) + (int)Signed(bytes);
        var points = Signed(bytes);
        var goods = 0;
        return new(sale, entries, at, store, day, points >> 2, (MarkedAs)(points & 3), [.. All(bytes, () => (ushort)(goods += bytes.Read7BitEncodedInt()))]);
    }

    private static int DayOf(long at) => DateOnly.FromDateTime(DateTimeOffset.FromUnixTimeMilliseconds(at).UtcDateTime).DayNumber;

    private static T[] All<T>(BinaryReader bytes, Func<T> read)
    {
        var all = new T[bytes.Read7BitEncodedInt()];
        for (var at = 0; at < all.Length; at++) all[at] = read();
        return all;
    }

    private static void Write(BinaryWriter bytes, long value) => bytes.Write7BitEncodedInt64((value << 1) ^ (value >> 63));

    private static long Signed(BinaryReader bytes)
    {
        var folded = bytes.Read7BitEncodedInt64();
        return (folded >>> 1) ^ -(folded & 1);
    }
}
