using System.Collections.Immutable;
using System.Globalization;

namespace Gamification.Api;

/// <summary>
/// From what a body states to a receipt that the engine may believe: what is required is there, amounts are whole minor units within bounds,
/// the total is the sum of its lines, and its dates agree with each other and with the clock.
/// </summary>
internal static class ReceiptCheck
{
    /// <summary>Minor units, one amount or total: a hundred million of them still fit a balance.</summary>
    private const long AmountMax = 99_999_999_999;

    private const long QuantityMax = 1_000_000_000;
    private const int QuantityDecimals = 6;
    private static readonly TimeSpan AheadMax = TimeSpan.FromMinutes(5);
    private const int DaysApartMax = 7;

    /// <summary>Null when something is refused; the faults say what. The content digest is made here, of what was stated.</summary>
    public static Receipt? Accept(StatedReceipt stated, DateTimeOffset receivedAt, ReadOnlySpan<byte> salt)
    {
        var faults = stated.Faults;
        var type = Required(stated.Type, "/type", faults);
        var key = AcceptKey(stated.Key, "", faults);
        ReceiptKey? original = stated.HasOriginal ? AcceptKey(stated.Original, "/original", faults) : null;
        var currency = AcceptCurrency(stated.Currency, faults);
        var decimals = Currency.Decimals(currency);
        var total = Money(Required(stated.Total, "/total", faults), decimals, "/total", faults);
        var points = NotNegative(Money(stated.PaidWithPoints ?? default, decimals, "/paidWithPoints", faults), "/paidWithPoints", faults);
        var vouchers = NotNegative(Money(stated.PaidWithVouchers ?? default, decimals, "/paidWithVouchers", faults), "/paidWithVouchers", faults);
        var lines = AcceptLines(stated, type, decimals, total, faults);
        var occurredAt = AcceptTime(stated, receivedAt, out var flags);
        if (faults.HasErrors) return null;

        return new Receipt
        {
            Key = key,
            Type = type,
            OccurredAt = occurredAt,
            Currency = currency,
            Total = total,
            Lines = lines,
            Original = original,
            PaidWithPoints = points,
            PaidWithVouchers = vouchers,
            Content = ContentDigest.Of(stated, key, original, decimals, lines, salt),
            Flags = flags,
            Unknown = stated.Unknown.Kept,
        };
    }

    private static T Required<T>(T? value, string field, ReceiptFaults faults)
        where T : struct
    {
        if (value is null) Missing(field, faults);
        return value.GetValueOrDefault();
    }

    private static ReceiptKey AcceptKey(StatedKey key, string at, ReceiptFaults faults)
    {
        if (key.Store is null) Missing($"{at}/store", faults);
        if (key.Till is null) Missing($"{at}/till", faults);
        if (key.BusinessDate is null) Missing($"{at}/businessDate", faults);
        if (key.Number is null) Missing($"{at}/number", faults);
        return new(key.Store ?? "", key.Till ?? "", key.BusinessDate.GetValueOrDefault(), key.Number ?? "");
    }

    private static string AcceptCurrency(string? currency, ReceiptFaults faults)
    {
        if (currency is null) Missing("/currency", faults);
        else if (currency.Length != 3 || currency.AsSpan().ContainsAnyExceptInRange('A', 'Z')) faults.Refuse("/currency", "unknown-value", "Send an ISO 4217 code in capitals, such as EUR.");
        else return currency;
        return "EUR";
    }

    private static ImmutableArray<ReceiptLine> AcceptLines(StatedReceipt stated, ReceiptType type, int decimals, long total, ReceiptFaults faults)
    {
        if (!stated.HasLines && type != ReceiptType.Void) Missing("/lines", faults);
        else if (stated.LineCount == 0 && type != ReceiptType.Void && !faults.HasErrors) faults.Refuse("/lines", "too-few-lines", "Send at least one line; only a void may have none.");

        var lines = ImmutableArray.CreateBuilder<ReceiptLine>(stated.LineCount);
        long sum = 0;
        for (var i = 0; i < stated.LineCount; i++)
        {
            var line = AcceptLine(stated.Lines[i], i, decimals, faults);
            sum += line.Amount;
            lines.Add(line);
        }

        // A void may restate nothing but its total: it undoes the receipt it names.
        if (sum != total && !faults.HasErrors && stated.LineCount > 0)
        {
            faults.Refuse("/total", "total-differs", string.Create(
                CultureInfo.InvariantCulture,
                $"The amounts of the lines add up to {InUnits(sum, decimals)}, the total says {InUnits(total, decimals)}. Send discounts and roundings as lines of their own."));
        }

        return lines.MoveToImmutable();
    }

    private static ReceiptLine AcceptLine(in StatedLine line, int index, int decimals, ReceiptFaults faults)
    {
        if (line.Sku is null) Missing(At(index, "sku"), faults);
        if (line.Quantity is null) Missing(At(index, "quantity"), faults);
        if (line.Amount is null) Missing(At(index, "amount"), faults);
        var quantity = Decimal(line.Quantity.GetValueOrDefault(), index, "quantity", faults);
        var unitPrice = Decimal(line.UnitPrice.GetValueOrDefault(), index, "unitPrice", faults);
        var amount = Money(line.Amount.GetValueOrDefault(), decimals, null, faults, index, "amount");
        if (line.UnitPrice is not null && Math.Round(quantity * unitPrice * Scale(decimals), MidpointRounding.AwayFromZero) != amount)
        {
            faults.Warn("amount-differs", At(index, "amount"));
        }

        return new ReceiptLine
        {
            Sku = line.Sku ?? "",
            Quantity = quantity,
            UnitPrice = unitPrice,
            Amount = amount,
            Kind = line.Kind,
            Vat = Money(line.Vat.GetValueOrDefault(), decimals, null, faults, index, "vat"),
        };
    }

    private static DateTimeOffset AcceptTime(StatedReceipt stated, DateTimeOffset receivedAt, out ReceiptFlags flags)
    {
        flags = stated.OccurredAt switch
        {
            null => ReceiptFlags.OccurredAtMissing,
            { } at when at > receivedAt + AheadMax => ReceiptFlags.OccurredAtClamped,
            _ => ReceiptFlags.None,
        };
        var occurredAt = flags == ReceiptFlags.None ? stated.OccurredAt!.Value : receivedAt;
        if (stated.Key.BusinessDate is not { } businessDate) return occurredAt;

        // A till that states no time, or one that is still to come, may send days later: its dates can only be too far ahead.
        var apart = businessDate.DayNumber - DateOnly.FromDateTime(occurredAt.DateTime).DayNumber;
        if (apart > DaysApartMax || (apart < -DaysApartMax && flags == ReceiptFlags.None))
        {
            stated.Faults.Refuse("/businessDate", "business-date-far", "The business date lies within 7 days of occurredAt. Check the till's clock and its day close.");
        }

        return occurredAt;
    }

    private static long Money(ExactNumber number, int decimals, string? field, ReceiptFaults faults, int index = -1, string name = "")
    {
        switch (number.ToMinor(decimals, AmountMax, out var minor))
        {
            case NumberFault.TooManyDecimals:
                faults.Refuse(field ?? At(index, name), "too-many-decimals", string.Create(CultureInfo.InvariantCulture, $"Amounts in this currency have at most {decimals} decimals."));
                break;
            case NumberFault.TooLarge:
                faults.Refuse(field ?? At(index, name), "too-large", "Amounts are at most 99,999,999,999 minor units.");
                break;
        }

        return minor;
    }

    private static decimal Decimal(ExactNumber number, int index, string name, ReceiptFaults faults)
    {
        switch (number.ToDecimal(QuantityDecimals, QuantityMax, out var value))
        {
            case NumberFault.TooManyDecimals:
                faults.Refuse(At(index, name), "too-many-decimals", "Send at most 6 decimals.");
                break;
            case NumberFault.TooLarge:
                faults.Refuse(At(index, name), "too-large", "Send at most 1,000,000,000.");
                break;
        }

        return value;
    }

    private static long NotNegative(long amount, string field, ReceiptFaults faults)
    {
        if (amount < 0) faults.Refuse(field, "negative", "Send the part of the total that was paid so, as a positive amount.");
        return amount;
    }

    private static void Missing(string field, ReceiptFaults faults)
    {
        // A field that was refused for what it holds is not missing as well.
        if (!faults.Names(field)) faults.Refuse(field, "missing", "This field is required.");
    }

    private static string At(int index, string name) => string.Create(CultureInfo.InvariantCulture, $"/lines/{index}/{name}");

    private static decimal Scale(int decimals) => decimals switch { 0 => 1m, 3 => 1000m, _ => 100m };

    private static decimal InUnits(long minor, int decimals) => minor / Scale(decimals);
}
