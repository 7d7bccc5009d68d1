using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Rules.Ledger;

namespace Gamification.Journal;

/// <summary>
/// Lots, debts, holds and rolls as short arrays: most of a member's state is lots. Fields may be added at the end of an array.
/// </summary>
internal static class LedgerParts
{
    /// <summary><c>[id, source, earned at, expires on, remaining]</c>, and <c>initial, available at, awaits</c> when they say more. Expires on is 0 for never, and negative for a rolling lot.</summary>
    public static void Write(this Utf8JsonWriter writer, Lot lot)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(lot.Id);
        writer.WriteStringValue(lot.Source);
        writer.WriteNumberValue(lot.EarnedAt);
        writer.WriteNumberValue(lot.ExpiresOn == Lot.Never ? 0 : lot.IsRolling ? -lot.ExpiresOn : lot.ExpiresOn);
        writer.WriteNumberValue(lot.Remaining);
        if (lot.Initial != lot.Remaining || lot.IsPending)
        {
            writer.WriteNumberValue(lot.Initial);
            if (lot.IsPending) writer.WriteNumberValue(lot.AvailableAt);
            if (lot.Awaits is not null) writer.WriteStringValue(lot.Awaits);
        }

        writer.WriteEndArray();
    }

    public static Lot ReadLot(this ref Utf8JsonReader reader)
    {
        reader.Start();
        var (id, source, earnedAt, expiresOn, remaining) = (reader.NextLong(), reader.NextString(), reader.NextLong(), checked((int)reader.NextLong()), reader.NextLong());
        var initial = reader.More() ? reader.GetInt64() : remaining;
        var availableAt = reader.TokenType != JsonTokenType.EndArray && reader.More() ? reader.GetInt64() : 0;
        var awaits = reader.TokenType != JsonTokenType.EndArray && reader.More() ? reader.GetString() : null;
        if (reader.TokenType != JsonTokenType.EndArray) reader.End();
        return new()
        {
            Id = id,
            Awaits = awaits,
            Source = source,
            EarnedAt = earnedAt,
            AvailableAt = availableAt,
            ExpiresOn = expiresOn == 0 ? Lot.Never : Math.Abs(expiresOn),
            IsRolling = expiresOn < 0,
            Initial = initial,
            Remaining = remaining,
        };
    }

    /// <summary><c>[id, cause, forgiven on, amount]</c>.</summary>
    public static void Write(this Utf8JsonWriter writer, Debt debt)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(debt.Id);
        writer.WriteStringValue(debt.Cause);
        writer.WriteNumberValue(debt.ForgivenOn);
        writer.WriteNumberValue(debt.Amount);
        writer.WriteEndArray();
    }

    public static Debt ReadDebt(this ref Utf8JsonReader reader)
    {
        reader.Start();
        var debt = new Debt(reader.NextLong(), reader.NextString(), checked((int)reader.NextLong()), reader.NextLong());
        reader.End();
        return debt;
    }

    /// <summary><c>[id, until, [lots]]</c>.</summary>
    public static void Write(this Utf8JsonWriter writer, Hold hold)
    {
        writer.WriteStartArray();
        writer.WriteStringValue(hold.Id);
        writer.WriteNumberValue(hold.Until);
        writer.WriteStartArray();
        foreach (var part in hold.Parts) writer.Write(part);
        writer.WriteEndArray();
        writer.WriteEndArray();
    }

    public static Hold ReadHold(this ref Utf8JsonReader reader)
    {
        reader.Start();
        var (id, until) = (reader.NextString(), reader.NextLong());
        if (!reader.Read()) throw new JsonException();
        var hold = new Hold(id, until, ReadAll(ref reader, ReadLot));
        reader.End();
        return hold;
    }

    /// <summary><c>[since, to]</c>, and the chain before when there was one.</summary>
    public static void Write(this Utf8JsonWriter writer, Roll roll)
    {
        writer.WriteStartArray();
        writer.WriteNumberValue(roll.Since);
        writer.WriteNumberValue(roll.To);
        if (roll.PriorTo != 0)
        {
            writer.WriteNumberValue(roll.PriorSince);
            writer.WriteNumberValue(roll.PriorTo);
        }

        writer.WriteEndArray();
    }

    public static Roll ReadRoll(this ref Utf8JsonReader reader)
    {
        reader.Start();
        var roll = new Roll(checked((int)reader.NextLong()), checked((int)reader.NextLong()), 0, 0);
        if (!reader.More()) return roll;
        roll = roll with { PriorSince = reader.GetInt32(), PriorTo = checked((int)reader.NextLong()) };
        reader.End();
        return roll;
    }

    public delegate T ReadOne<T>(ref Utf8JsonReader reader);

    public static ImmutableArray<T> ReadAll<T>(ref Utf8JsonReader reader, ReadOne<T> read)
    {
        reader.Start();
        var all = ImmutableArray.CreateBuilder<T>();
        while (reader.More()) all.Add(read(ref reader));
        return all.DrainToImmutable();
    }

    public static void WriteAll<T>(this Utf8JsonWriter writer, ReadOnlySpan<byte> name, ImmutableArray<T> all, Action<Utf8JsonWriter, T> write, bool evenEmpty = false)
    {
        if (all.IsEmpty && !evenEmpty) return;
        writer.WriteStartArray(name);
        foreach (var one in all) write(writer, one);
        writer.WriteEndArray();
    }
}
