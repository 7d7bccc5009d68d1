using System.Buffers.Binary;
using System.Text;

namespace Gamification.Rules.Rewards;

/// <summary>
/// A voucher on paper: <c>G1</c> and Crockford's base 32 of 35 bytes of facts, 64 of signature (r and s) and 2 of CRC-16. Only digits and capitals, which
/// a QR code packs two into 11 bits: 164 characters fit version 7 at error correction M. Lower case, spaces and hyphens are read as well, and
/// O, I and L as the digits they look like. The CRC tells what was misread from what was forged.
/// </summary>
public static class VoucherText
{
    public const int FactsLength = 35;
    public const int SignatureLength = 64;
    public const int LengthMax = 400;

    private const string Prefix = "G1";
    private const string Alphabet = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    private const int BytesLength = FactsLength + SignatureLength + 2;
    private static readonly DateOnly DayOne = new(2020, 1, 1);

    /// <summary>The signed bytes: programme 4, key 1, kind 1, amount 4, currency 3, day 2, serial 16, reserved 4 (zero); big-endian.</summary>
    public static byte[] Facts(Voucher voucher)
    {
        if (voucher.Currency.Length != 3 || voucher.Currency.Any(letter => !char.IsAsciiLetterUpper(letter))) throw new ArgumentException("A currency is three capital letters.", nameof(voucher));
        var facts = new byte[FactsLength];
        BinaryPrimitives.WriteUInt32BigEndian(facts, voucher.Programme);
        facts[4] = voucher.Key;
        facts[5] = (byte)voucher.Kind;
        BinaryPrimitives.WriteUInt32BigEndian(facts.AsSpan(6), voucher.Amount);
        Encoding.ASCII.GetBytes(voucher.Currency, facts.AsSpan(10));
        BinaryPrimitives.WriteUInt16BigEndian(facts.AsSpan(13), checked((ushort)(voucher.ValidThrough.DayNumber - DayOne.DayNumber)));
        voucher.Serial.TryWriteBytes(facts.AsSpan(15), bigEndian: true, out _);
        return facts;
    }

    public static Voucher Read(ReadOnlySpan<byte> facts) => new(
        BinaryPrimitives.ReadUInt32BigEndian(facts),
        facts[4],
        (VoucherKind)facts[5],
        BinaryPrimitives.ReadUInt32BigEndian(facts[6..]),
        Encoding.ASCII.GetString(facts.Slice(10, 3)),
        DayOne.AddDays(BinaryPrimitives.ReadUInt16BigEndian(facts[13..])),
        new(facts.Slice(15, 16), bigEndian: true));

    public static string Write(ReadOnlySpan<byte> facts, ReadOnlySpan<byte> signature)
    {
        Span<byte> bytes = stackalloc byte[BytesLength];
        facts.CopyTo(bytes);
        signature.CopyTo(bytes[FactsLength..]);
        BinaryPrimitives.WriteUInt16BigEndian(bytes[^2..], Crc(bytes[..^2]));
        var text = new StringBuilder(Prefix);
        var (bits, count) = (0u, 0);
        foreach (var part in bytes)
        {
            (bits, count) = (bits << 8 | part, count + 8);
            for (; count >= 5; count -= 5) text.Append(Alphabet[(int)(bits >> (count - 5)) & 31]);
            bits &= (1u << count) - 1;
        }

        if (count > 0) text.Append(Alphabet[(int)(bits << (5 - count)) & 31]);
        return text.ToString();
    }

    /// <summary>Facts and signature; null when it is no voucher's text or was misread.</summary>
    public static byte[]? Bytes(string text)
    {
        if (text.Length > LengthMax) return null;
        var digits = Normal(text);
        if (!digits.StartsWith(Prefix, StringComparison.Ordinal) || digits.Length != Prefix.Length + (((BytesLength * 8) + 4) / 5)) return null;
        var bytes = new byte[BytesLength];
        var (bits, count, at) = (0u, 0, 0);
        foreach (var letter in digits.AsSpan(Prefix.Length))
        {
            var value = Alphabet.IndexOf(letter, StringComparison.Ordinal);
            if (value < 0) return null;
            (bits, count) = (bits << 5 | (uint)value, count + 5);
            if (count < 8) continue;
            bytes[at++] = (byte)(bits >> (count - 8));
            count -= 8;
            bits &= (1u << count) - 1;
        }

        // What is left over was written as zeros: another ending would be a second text of one voucher.
        return bits == 0 && Crc(bytes.AsSpan(..^2)) == BinaryPrimitives.ReadUInt16BigEndian(bytes.AsSpan(^2..)) ? bytes[..^2] : null;
    }

    private static string Normal(string text)
    {
        var normal = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter is not (' ' or '-')) normal.Append(char.ToUpperInvariant(letter) switch { 'O' => '0', 'I' or 'L' => '1', var other => other });
        }

        return normal.ToString();
    }

    /// <summary>CRC-16/CCITT-FALSE.</summary>
    private static ushort Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = 0xFFFF;
        foreach (var part in bytes)
        {
            crc ^= part << 8;
            for (var bit = 0; bit < 8; bit++) crc = ((crc & 0x8000) != 0 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xFFFF;
        }

        return (ushort)crc;
    }
}
