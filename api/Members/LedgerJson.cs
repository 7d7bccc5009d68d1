using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Ledger;
using Gamification.Programmes.Earning;
using Gamification.Statements;

namespace Gamification.Api;

/// <summary>A ledger as its owner reads it: what there is of each unit, what an entry moved, and why.</summary>
internal static class LedgerJson
{
    public static void WritePurses(Utf8JsonWriter writer, ImmutableArray<PurseView> purses)
    {
        writer.WriteStartArray("purses"u8);
        foreach (var purse in purses)
        {
            writer.WriteStartObject();
            writer.WriteString("unit"u8, purse.Unit.Code);
            writer.WriteNumber("available"u8, purse.Available);
            writer.WriteNumber("pending"u8, purse.Pending);
            writer.WriteNumber("held"u8, purse.Held);
            writer.WriteNumber("owed"u8, purse.Owed);
            writer.WriteString("owedFor"u8, purse.OwedFor);
            writer.WriteDate("forgivenOn"u8, purse.ForgivenOn);
            if (purse.NextExpiry is { } next)
            {
                writer.WriteStartObject("nextExpiry"u8);
                writer.WriteNumber("amount"u8, next.Amount);
                writer.WriteDate("on"u8, next.On);
                writer.WriteEndObject();
            }
            else
            {
                writer.WriteNull("nextExpiry"u8);
            }

            writer.WriteStartObject("summary"u8);
            foreach (var language in (ReadOnlySpan<string>)["fr", "nl", "en"]) writer.WriteString(language, purse.Summary(language));
            writer.WriteEndObject();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void WritePostings(Utf8JsonWriter writer, ImmutableArray<LedgerLine> postings)
    {
        writer.WriteStartArray("postings"u8);
        foreach (var posting in postings)
        {
            writer.WriteStartObject();
            writer.WriteString("unit"u8, posting.Unit.Code);
            writer.WriteString("kind"u8, Word(posting.Kind.ToString()));
            writer.WriteString("from"u8, Word(posting.From.ToString()));
            writer.WriteString("to"u8, Word(posting.To.ToString()));
            writer.WriteNumber("amount"u8, posting.Amount);
            writer.WriteString("at"u8, posting.At);
            writer.WriteString("cause"u8, posting.Cause);
            writer.WriteString("source"u8, posting.Source);
            writer.WriteString("reason"u8, posting.Reason);
            writer.WriteString("rule"u8, posting.Rule);
            writer.WriteText("text"u8, PostingWords.Of(posting.Kind));
            WriteLots(writer, posting.Lots);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    public static void WriteWhy(Utf8JsonWriter writer, ImmutableArray<AwardSentence> why) => WriteWhy(writer, why, "why"u8);

    public static void WriteWhy(Utf8JsonWriter writer, ImmutableArray<AwardSentence> why, ReadOnlySpan<byte> name)
    {
        writer.WriteStartArray(name);
        foreach (var sentence in why)
        {
            writer.WriteStartObject();
            writer.WriteString("rule"u8, sentence.Rule.ToString());
            writer.WriteNumber("points"u8, sentence.Points);
            writer.WriteText("text"u8, sentence.Fr, sentence.Nl, sentence.En);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteLots(Utf8JsonWriter writer, ImmutableArray<LotTrace> lots)
    {
        writer.WriteStartArray("lots"u8);
        foreach (var lot in lots)
        {
            writer.WriteStartObject();
            writer.WriteString("source"u8, lot.Source);
            writer.WriteNumber("amount"u8, lot.Amount);
            writer.WriteString("earnedAt"u8, lot.EarnedAt);
            writer.WriteString("availableAt"u8, lot.AvailableAt);
            if (lot.WaitsFor is not null) writer.WriteString("waitsFor"u8, lot.WaitsFor);
            writer.WriteDate("expiresOn"u8, lot.ExpiresOn);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    /// <summary>The words of the wire: <c>debt-incurred</c>.</summary>
    public static string Word(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
