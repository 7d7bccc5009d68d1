using System.Buffers;
using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Rules;
using Gamification.Rules.Ledger;
using Gamification.Rules.Recognition;

namespace Gamification.Journal;

/// <summary>
/// The durable form of a receipt, the entry of which there are most: under the law of <see cref="DurableJson"/>, and without what is empty, none or 0.
/// What rules and recognition made of it is read when it is asked for.
/// </summary>
internal static class ReceiptPostedForm
{
    [ThreadStatic] private static ArrayBufferWriter<byte>? _bytes;
    [ThreadStatic] private static Utf8JsonWriter? _writer;

    public static byte[] Write(ReceiptPosted posted)
    {
        var bytes = _bytes ??= new(4_096);
        var writer = _writer ??= new(bytes, new() { SkipValidation = true });
        bytes.ResetWrittenCount();
        writer.Reset(bytes);
        writer.WriteStartObject();
        writer.WritePropertyName("receipt"u8);
        Write(writer, posted.Receipt);
        writer.WriteString("treatment"u8, posted.Treatment.ToString());
        if (posted.Spend is { } spend) writer.WriteNumber("spend"u8, spend);
        writer.WriteNumber("points"u8, posted.Points);
        writer.WriteNumber("balance"u8, posted.Balance);
        writer.WriteNumber("lifetime"u8, posted.Lifetime);
        writer.WriteNumber("receipts"u8, posted.Receipts);
        writer.WriteString("receivedAt"u8, posted.ReceivedAt);
        writer.WriteAll("tallies"u8, posted.Tallies, TallyRowJson.Write);
        if (posted.Earned is { } earned)
        {
            writer.WritePropertyName("earned"u8);
            EarnedJson.Write(writer, earned);
        }

        Write(writer, "taken"u8, posted.Taken.IsEmpty ? null : posted.Taken, DurableJson.Default.ImmutableArrayTakenBack);
        if (posted.Parked is { } parked)
        {
            writer.WritePropertyName("parked"u8);
            JsonSerializer.Serialize(writer, parked, DurableJson.Default.ParkedReturn);
        }

        Write(writer, "givenBack"u8, posted.GivenBack, DurableJson.Default.ImmutableArrayCampaignReturn);
        if (posted.Postings is { } postings) writer.WriteAll("postings"u8, postings, PostingJson.Write, evenEmpty: true);
        if (posted.Counters is { } counters) writer.WriteAll("counters"u8, counters, CapCountJson.Write, evenEmpty: true);
        if (posted.Recognised is { } made)
        {
            writer.WritePropertyName("recognised"u8);
            RecognitionMadeJson.Write(writer, made);
        }

        if (posted.Was is { } was)
        {
            writer.WritePropertyName("was"u8);
            JsonSerializer.Serialize(writer, was, DurableJson.Default.MemberWas);
        }

        Write(writer, "deeds"u8, posted.Deeds, DurableJson.Default.ImmutableArrayDeedNow);
        writer.WriteEndObject();
        writer.Flush();
        return bytes.WrittenSpan.ToArray();
    }

    public static ReceiptPosted? Read(ReadOnlyMemory<byte> written)
    {
        var reader = new Utf8JsonReader(written.Span);
        if (!reader.Read()) throw new JsonException();
        if (reader.TokenType == JsonTokenType.Null) return null;
        reader.StartObject();
        Receipt? receipt = null;
        var (points, balance, lifetime, receipts) = (0L, 0L, 0L, 0L);
        long? spend = null;
        var treatment = default(Treatment);
        var receivedAt = default(DateTimeOffset);
        ImmutableArray<TallyRow> tallies = [];
        ImmutableArray<TakenBack> taken = [];
        ParkedReturn? parked = null;
        ImmutableArray<CampaignReturn>? givenBack = null;
        ImmutableArray<Posting>? postings = null;
        ImmutableArray<CapCount>? counters = null;
        Later<Earned>? earned = null;
        Later<RecognitionMade>? recognised = null;
        MemberWas? was = null;
        ImmutableArray<DeedNow>? deeds = null;
        while (reader.MoreProperties())
        {
            if (reader.Is("receipt"u8)) receipt = ReadReceipt(ref reader);
            else if (reader.Is("treatment"u8)) treatment = Enum.Parse<Treatment>(reader.GetString()!);
            else if (reader.Is("spend"u8)) spend = reader.GetInt64();
            else if (reader.Is("points"u8)) points = reader.GetInt64();
            else if (reader.Is("balance"u8)) balance = reader.GetInt64();
            else if (reader.Is("lifetime"u8)) lifetime = reader.GetInt64();
            else if (reader.Is("receipts"u8)) receipts = reader.GetInt64();
            else if (reader.Is("receivedAt"u8)) receivedAt = reader.GetDateTimeOffset();
            else if (reader.Is("tallies"u8)) tallies = LedgerParts.ReadAll(ref reader, TallyRowJson.Read);
            else if (reader.Is("earned"u8)) earned = new(reader.Part(written), static part => Whole(part, EarnedJson.Read));
            else if (reader.Is("taken"u8)) taken = JsonSerializer.Deserialize(ref reader, DurableJson.Default.ImmutableArrayTakenBack);
            else if (reader.Is("parked"u8)) parked = JsonSerializer.Deserialize(ref reader, DurableJson.Default.ParkedReturn);
            else if (reader.Is("givenBack"u8)) givenBack = JsonSerializer.Deserialize(ref reader, DurableJson.Default.ImmutableArrayCampaignReturn);
            else if (reader.Is("postings"u8)) postings = LedgerParts.ReadAll(ref reader, PostingJson.Read);
            else if (reader.Is("counters"u8)) counters = LedgerParts.ReadAll(ref reader, CapCountJson.Read);
            else if (reader.Is("recognised"u8)) recognised = new(reader.Part(written), static part => Whole(part, RecognitionMadeJson.Read));
            else if (reader.Is("was"u8)) was = JsonSerializer.Deserialize(ref reader, DurableJson.Default.MemberWas);
            else if (reader.Is("deeds"u8)) deeds = JsonSerializer.Deserialize(ref reader, DurableJson.Default.ImmutableArrayDeedNow);
            else reader.SkipProperty();
        }

        return new()
        {
            Receipt = receipt ?? throw new JsonException("An entry of a receipt has a receipt."),
            Treatment = treatment,
            Spend = spend,
            Points = points,
            Balance = balance,
            Lifetime = lifetime,
            Receipts = receipts,
            Tallies = tallies,
            ReceivedAt = receivedAt,
            Taken = taken,
            Parked = parked,
            GivenBack = givenBack,
            Postings = postings,
            Counters = counters,
            EarnedLater = earned,
            RecognisedLater = recognised,
            Was = was,
            Deeds = deeds,
        };
    }

    private static void Write(Utf8JsonWriter writer, Receipt receipt)
    {
        writer.WriteStartObject();
        writer.WriteString("key"u8, receipt.Key.ToString());
        writer.WriteString("type"u8, receipt.Type.ToString());
        writer.WriteString("occurredAt"u8, receipt.OccurredAt);
        writer.WriteString("currency"u8, receipt.Currency);
        writer.WriteNumber("total"u8, receipt.Total);
        writer.WriteAll("lines"u8, receipt.Lines, ReceiptLineJson.Write);
        if (receipt.Original is { } original) writer.WriteString("original"u8, original.ToString());
        if (receipt.PaidWithPoints != 0) writer.WriteNumber("paidWithPoints"u8, receipt.PaidWithPoints);
        if (receipt.PaidWithVouchers != 0) writer.WriteNumber("paidWithVouchers"u8, receipt.PaidWithVouchers);
        writer.WriteString("content"u8, receipt.Content);
        if (receipt.Flags != ReceiptFlags.None) writer.WriteString("flags"u8, receipt.Flags.ToString());
        Write(writer, "unknown"u8, receipt.Unknown, DurableJson.Default.ImmutableArrayUnknownField);
        writer.WriteEndObject();
    }

    private static Receipt ReadReceipt(ref Utf8JsonReader reader)
    {
        reader.StartObject();
        ReceiptKey? key = null;
        ReceiptKey? original = null;
        var type = default(ReceiptType);
        var occurredAt = default(DateTimeOffset);
        var currency = "";
        var (total, withPoints, withVouchers) = (0L, 0L, 0L);
        ImmutableArray<ReceiptLine> lines = [];
        var content = default(Guid);
        var flags = ReceiptFlags.None;
        ImmutableArray<UnknownField>? unknown = null;
        while (reader.MoreProperties())
        {
            if (reader.Is("key"u8)) key = KeyOf(ref reader);
            else if (reader.Is("type"u8)) type = Enum.Parse<ReceiptType>(reader.GetString()!);
            else if (reader.Is("occurredAt"u8)) occurredAt = reader.GetDateTimeOffset();
            else if (reader.Is("currency"u8)) currency = reader.GetString()!;
            else if (reader.Is("total"u8)) total = reader.GetInt64();
            else if (reader.Is("lines"u8)) lines = LedgerParts.ReadAll(ref reader, ReceiptLineJson.Read);
            else if (reader.Is("original"u8)) original = KeyOf(ref reader);
            else if (reader.Is("paidWithPoints"u8)) withPoints = reader.GetInt64();
            else if (reader.Is("paidWithVouchers"u8)) withVouchers = reader.GetInt64();
            else if (reader.Is("content"u8)) content = reader.GetGuid();
            else if (reader.Is("flags"u8)) flags = Enum.Parse<ReceiptFlags>(reader.GetString()!);
            else if (reader.Is("unknown"u8)) unknown = JsonSerializer.Deserialize(ref reader, DurableJson.Default.ImmutableArrayUnknownField);
            else reader.SkipProperty();
        }

        return new()
        {
            Key = key ?? throw new JsonException("A receipt has a key."),
            Type = type,
            OccurredAt = occurredAt,
            Currency = currency,
            Total = total,
            Lines = lines,
            Original = original,
            PaidWithPoints = withPoints,
            PaidWithVouchers = withVouchers,
            Content = content,
            Flags = flags,
            Unknown = unknown,
        };
    }

    private static ReceiptKey KeyOf(ref Utf8JsonReader reader) =>
        ReceiptKey.TryParse(reader.GetString()!, out var key) ? key : throw new JsonException("A receipt key is store/till/date/number.");

    private static void Write<T>(Utf8JsonWriter writer, ReadOnlySpan<byte> name, T? value, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type)
        where T : struct
    {
        if (value is not { } one) return;
        writer.WritePropertyName(name);
        JsonSerializer.Serialize(writer, one, type);
    }

    private static T Whole<T>(ReadOnlyMemory<byte> part, LedgerParts.ReadOne<T> read)
    {
        var reader = new Utf8JsonReader(part.Span);
        return reader.Read() ? read(ref reader) : throw new JsonException();
    }
}
