using System.Text.Json;
using Gamification.Statements;

namespace Gamification.Api;

/// <summary>What a member has, down to the lots.</summary>
internal static class StatementJson
{
    /// <summary>The fields of an object that is open.</summary>
    public static void WriteHoldings(Utf8JsonWriter writer, string publicId, MemberHoldings holdings)
    {
        writer.WriteString("member"u8, publicId);
        writer.WriteString("name"u8, Pseudonyms.Of(publicId));
        writer.WriteNumber("version"u8, holdings.Version);
        writer.WriteString("at"u8, holdings.At);
        writer.WriteStartArray("units"u8);
        foreach (var unit in holdings.Units) Write(writer, unit);
        writer.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter writer, UnitHoldings holdings)
    {
        var purse = holdings.Purse;
        writer.WriteStartObject();
        writer.WriteString("unit"u8, purse.Unit.Code);
        writer.WriteNumber("available"u8, purse.Available);
        writer.WriteNumber("pending"u8, purse.Pending);
        writer.WriteNumber("held"u8, purse.Held);
        writer.WriteNumber("owed"u8, purse.Owed);
        writer.WriteText("summary"u8, new Sentence(purse.Summary("fr"), purse.Summary("nl"), purse.Summary("en")));
        writer.WriteText("origin"u8, holdings.Origin);
        writer.WriteStartArray("lots"u8);
        foreach (var lot in holdings.Lots)
        {
            writer.WriteStartObject();
            writer.WriteString("source"u8, lot.Source);
            writer.WriteNumber("amount"u8, lot.Amount);
            writer.WriteNumber("initial"u8, lot.Initial);
            writer.WriteString("earnedAt"u8, lot.EarnedAt);
            writer.WriteBoolean("pending"u8, lot.IsPending);
            writer.WriteString("availableAt"u8, lot.AvailableAt);
            writer.WriteDate("expiresOn"u8, lot.ExpiresOn);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteNumber("moreLots"u8, holdings.MoreLots);
        writer.WriteStartArray("expiries"u8);
        foreach (var expiry in holdings.Expiries)
        {
            writer.WriteStartObject();
            writer.WriteDate("on"u8, expiry.On);
            writer.WriteNumber("amount"u8, expiry.Amount);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("arrivals"u8);
        foreach (var arrival in holdings.Arrivals)
        {
            writer.WriteStartObject();
            writer.WriteString("at"u8, arrival.At);
            writer.WriteNumber("amount"u8, arrival.Amount);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("debts"u8);
        foreach (var debt in holdings.Debts)
        {
            writer.WriteStartObject();
            writer.WriteString("cause"u8, debt.Cause);
            writer.WriteNumber("amount"u8, debt.Amount);
            writer.WriteDate("forgivenOn"u8, debt.ForgivenOn);
            writer.WriteText("text"u8, debt.Text);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
