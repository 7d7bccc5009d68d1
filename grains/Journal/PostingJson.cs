using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Gamification.Ledger;
using Gamification.Rules.Ledger;

namespace Gamification.Journal;

/// <summary>
/// A posting as an object. Left out: the unit when it is points, the accounts when they are what its kind usually moves between, and
/// everything that is empty.
/// </summary>
internal sealed class PostingJson : JsonConverter<Posting>
{
    private static readonly EnumNames<PostingKind> Kinds = new();
    private static readonly EnumNames<LedgerAccount> Accounts = new();

    public override Posting Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options) => Read(ref reader);

    public override void Write(Utf8JsonWriter writer, Posting value, JsonSerializerOptions options) => Write(writer, value);

    public static Posting Read(ref Utf8JsonReader reader)
    {
        reader.StartObject();
        var unit = Unit.Points;
        var kind = default(PostingKind);
        LedgerAccount? from = null;
        LedgerAccount? to = null;
        var (amount, at, until) = (0L, 0L, 0L);
        ImmutableArray<Lot> lots = [];
        ImmutableArray<Debt> debts = [];
        string? cause = null, source = null, reason = null, by = null, rule = null, hold = null;
        Roll? roll = null;
        while (reader.MoreProperties())
        {
            if (reader.Is("unit"u8)) unit = new(reader.GetString()!);
            else if (reader.Is("kind"u8)) kind = Kinds.Read(ref reader);
            else if (reader.Is("from"u8)) from = Accounts.Read(ref reader);
            else if (reader.Is("to"u8)) to = Accounts.Read(ref reader);
            else if (reader.Is("amount"u8)) amount = reader.GetInt64();
            else if (reader.Is("at"u8)) at = reader.GetInt64();
            else if (reader.Is("lots"u8)) lots = LedgerParts.ReadAll(ref reader, LedgerParts.ReadLot);
            else if (reader.Is("debts"u8)) debts = LedgerParts.ReadAll(ref reader, LedgerParts.ReadDebt);
            else if (reader.Is("cause"u8)) cause = reader.GetString();
            else if (reader.Is("source"u8)) source = reader.GetString();
            else if (reader.Is("reason"u8)) reason = reader.GetString();
            else if (reader.Is("by"u8)) by = reader.GetString();
            else if (reader.Is("rule"u8)) rule = reader.GetString();
            else if (reader.Is("hold"u8)) hold = reader.GetString();
            else if (reader.Is("until"u8)) until = reader.GetInt64();
            else if (reader.Is("roll"u8)) roll = reader.ReadRoll();
            else reader.SkipProperty();
        }

        var usual = Usual(kind);
        return new()
        {
            Unit = unit,
            Kind = kind,
            From = from ?? usual.From,
            To = to ?? usual.To,
            Amount = amount,
            At = at,
            Lots = lots,
            Debts = debts,
            Cause = cause,
            Source = source,
            Reason = reason,
            By = by,
            Rule = rule,
            Hold = hold,
            Until = until,
            Roll = roll,
        };
    }

    public static void Write(Utf8JsonWriter writer, Posting value)
    {
        var usual = Usual(value.Kind);
        writer.WriteStartObject();
        if (value.Unit != Unit.Points) writer.WriteString("unit"u8, value.Unit.Code);
        writer.WriteString("kind"u8, Kinds.Of(value.Kind));
        if (value.From != usual.From) writer.WriteString("from"u8, Accounts.Of(value.From));
        if (value.To != usual.To) writer.WriteString("to"u8, Accounts.Of(value.To));
        if (value.Amount != 0) writer.WriteNumber("amount"u8, value.Amount);
        writer.WriteNumber("at"u8, value.At);
        writer.WriteAll("lots"u8, value.Lots, LedgerParts.Write);
        writer.WriteAll("debts"u8, value.Debts, LedgerParts.Write);
        WriteText(writer, "cause"u8, value.Cause);
        WriteText(writer, "source"u8, value.Source);
        WriteText(writer, "reason"u8, value.Reason);
        WriteText(writer, "by"u8, value.By);
        WriteText(writer, "rule"u8, value.Rule);
        WriteText(writer, "hold"u8, value.Hold);
        if (value.Until != 0) writer.WriteNumber("until"u8, value.Until);
        if (value.Roll is { } roll)
        {
            writer.WritePropertyName("roll"u8);
            writer.Write(roll);
        }

        writer.WriteEndObject();
    }

    /// <summary>Durable: a changed row would change the meaning of what was written.</summary>
    private static (LedgerAccount From, LedgerAccount To) Usual(PostingKind kind) => kind switch
    {
        PostingKind.Earned => (LedgerAccount.Issued, LedgerAccount.Available),
        PostingKind.DebtPaid => (LedgerAccount.Issued, LedgerAccount.Debt),
        PostingKind.Activated => (LedgerAccount.Pending, LedgerAccount.Available),
        PostingKind.Expired => (LedgerAccount.Available, LedgerAccount.Expired),
        PostingKind.ExpiryReversed => (LedgerAccount.Expired, LedgerAccount.Available),
        PostingKind.Extended => (LedgerAccount.Available, LedgerAccount.Available),
        PostingKind.Held => (LedgerAccount.Available, LedgerAccount.Held),
        PostingKind.HoldConfirmed => (LedgerAccount.Held, LedgerAccount.Redeemed),
        PostingKind.HoldVoided or PostingKind.HoldTimedOut => (LedgerAccount.Held, LedgerAccount.Available),
        PostingKind.Redeemed => (LedgerAccount.Available, LedgerAccount.Redeemed),
        PostingKind.SpendRestored => (LedgerAccount.Redeemed, LedgerAccount.Available),
        PostingKind.ClawedBack => (LedgerAccount.Available, LedgerAccount.ClawedBack),
        PostingKind.DebtIncurred => (LedgerAccount.Debt, LedgerAccount.ClawedBack),
        PostingKind.WrittenOff => (LedgerAccount.WrittenOff, LedgerAccount.ClawedBack),
        PostingKind.DebtForgiven => (LedgerAccount.Forgiven, LedgerAccount.Debt),
        PostingKind.Granted => (LedgerAccount.Granted, LedgerAccount.Available),
        PostingKind.Corrected => (LedgerAccount.Corrected, LedgerAccount.Available),
        PostingKind.MergedOut or PostingKind.UnmergedOut => (LedgerAccount.Available, LedgerAccount.Merged),
        PostingKind.MergedIn or PostingKind.UnmergedIn => (LedgerAccount.Merged, LedgerAccount.Available),
        _ => throw new NotSupportedException($"{kind} has no durable form."),
    };

    private static void WriteText(Utf8JsonWriter writer, ReadOnlySpan<byte> name, string? text)
    {
        if (text is not null) writer.WriteString(name, text);
    }
}
