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
    private static readonly Names<PostingKind> Kinds = new();
    private static readonly Names<LedgerAccount> Accounts = new();

    public override Posting Read(ref Utf8JsonReader reader, Type type, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject) throw new JsonException("An object was expected.");
        var posting = new Posting { Unit = Unit.Points, Kind = default, From = default, To = default, Amount = 0, At = 0 };
        LedgerAccount? from = null;
        LedgerAccount? to = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString();
            if (!reader.Read()) throw new JsonException();
            switch (name)
            {
                case "unit": posting = posting with { Unit = new(reader.GetString()!) }; break;
                case "kind": posting = posting with { Kind = Kinds.Parse(reader.GetString()!) }; break;
                case "from": from = Accounts.Parse(reader.GetString()!); break;
                case "to": to = Accounts.Parse(reader.GetString()!); break;
                case "amount": posting = posting with { Amount = reader.GetInt64() }; break;
                case "at": posting = posting with { At = reader.GetInt64() }; break;
                case "lots": posting = posting with { Lots = LedgerParts.ReadAll(ref reader, LedgerParts.ReadLot) }; break;
                case "debts": posting = posting with { Debts = LedgerParts.ReadAll(ref reader, LedgerParts.ReadDebt) }; break;
                case "cause": posting = posting with { Cause = reader.GetString() }; break;
                case "source": posting = posting with { Source = reader.GetString() }; break;
                case "reason": posting = posting with { Reason = reader.GetString() }; break;
                case "by": posting = posting with { By = reader.GetString() }; break;
                case "rule": posting = posting with { Rule = reader.GetString() }; break;
                case "hold": posting = posting with { Hold = reader.GetString() }; break;
                case "until": posting = posting with { Until = reader.GetInt64() }; break;
                case "roll": posting = posting with { Roll = reader.ReadRoll() }; break;
                default: reader.Skip(); break;
            }
        }

        var usual = Usual(posting.Kind);
        return posting with { From = from ?? usual.From, To = to ?? usual.To };
    }

    public override void Write(Utf8JsonWriter writer, Posting value, JsonSerializerOptions options)
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

    /// <summary>An enum's names in camel case: names are durable, numbers are not.</summary>
    private sealed class Names<T>
        where T : struct, Enum
    {
        private readonly Dictionary<T, JsonEncodedText> _names =
            Enum.GetValues<T>().ToDictionary(value => value, value => JsonEncodedText.Encode(JsonNamingPolicy.CamelCase.ConvertName(value.ToString())));

        public JsonEncodedText Of(T value) => _names[value];

        public T Parse(string name)
        {
            foreach (var (value, text) in _names)
            {
                if (text.Value == name) return value;
            }

            throw new JsonException($"'{name}' is no {typeof(T).Name}.");
        }
    }
}
