using System.Security.Cryptography;

namespace Gamification.Rules.Rewards;

/// <summary>What a till says of a voucher, in order of precedence.</summary>
public enum VoucherVerdict
{
    /// <summary>Not a voucher, or misread: scan again.</summary>
    Unreadable,

    /// <summary>Of another programme, or signed by a key that is not trusted (any more).</summary>
    Untrusted,

    /// <summary>The signature does not fit.</summary>
    Forged,

    /// <summary>A kind or day that no key of ours would sign.</summary>
    Invalid,

    Expired,

    Revoked,

    /// <summary>Take it, and remember its serial: the same paper comes twice.</summary>
    Genuine,
}

/// <summary>Signs vouchers and checks them, with ECDSA on P-256 over SHA-256. Checking needs no network, no clock and no secret.</summary>
public static class Vouchers
{
    /// <summary>The text to print or to show as a QR code.</summary>
    /// <param name="voucher">What is promised.</param>
    /// <param name="key">The private key whose number the voucher names.</param>
    public static string Sign(Voucher voucher, ECDsa key)
    {
        var facts = VoucherText.Facts(voucher);
        return VoucherText.Write(facts, key.SignData(facts, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation));
    }

    /// <param name="text">As it was scanned or typed.</param>
    /// <param name="trust">The till's newest list.</param>
    /// <param name="today">The local date at the till.</param>
    /// <returns>The voucher is null unless its signature fits.</returns>
    public static (VoucherVerdict Verdict, Voucher? Voucher) Check(string text, VoucherTrust trust, DateOnly today)
    {
        if (VoucherText.Bytes(text) is not { } bytes) return (VoucherVerdict.Unreadable, null);
        var facts = bytes.AsSpan(..VoucherText.FactsLength);
        var signature = bytes.AsSpan(VoucherText.FactsLength..);
        var voucher = VoucherText.Read(facts);
        var key = trust.Keys.FirstOrDefault(key => key.Id == voucher.Key);
        if (voucher.Programme != trust.Programme || key is null || key.ValidThrough < today) return (VoucherVerdict.Untrusted, null);
        using var ecdsa = ECDsa.Create();
        ecdsa.ImportSubjectPublicKeyInfo(key.PublicKey.Span, out _);
        if (!ecdsa.VerifyData(facts, signature, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation)) return (VoucherVerdict.Forged, null);
        return (Standing(voucher, key, trust, today), voucher);
    }

    /// <summary>The private key of a number, derived from 32 secret bytes that are kept elsewhere: nothing is stored, and every node has the same.</summary>
    public static ECDsa KeyFrom(ReadOnlySpan<byte> secret)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(secret.Length, 32);

        // A scalar above the order of the curve is one in four thousand million; hashing on finds the next.
        var scalar = SHA256.HashData(secret);
        while (true)
        {
            try
            {
                return ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, D = scalar });
            }
            catch (CryptographicException)
            {
                scalar = SHA256.HashData(scalar);
            }
        }
    }

    private static VoucherVerdict Standing(Voucher voucher, VoucherKey key, VoucherTrust trust, DateOnly today) =>
        !Enum.IsDefined(voucher.Kind) || voucher.ValidThrough > key.ValidThrough ? VoucherVerdict.Invalid
        : voucher.ValidThrough < today ? VoucherVerdict.Expired
        : trust.Revoked.Contains(voucher.Serial) ? VoucherVerdict.Revoked
        : VoucherVerdict.Genuine;
}
