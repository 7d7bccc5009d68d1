using QRCoder;

namespace Gamification.Api;

/// <summary>A voucher as a QR code: black squares on white with the quiet zone that scanners need.</summary>
internal static class QrPicture
{
    private const int PixelsPerModule = 8;

    public static string Svg(string text)
    {
        using var code = Code(text);
        using var picture = new SvgQRCode(code);
        return picture.GetGraphic(PixelsPerModule);
    }

    /// <summary>One bit a pixel; for printers, mails and wallets that draw no SVG.</summary>
    public static byte[] Png(string text)
    {
        using var code = Code(text);
        using var picture = new PngByteQRCode(code);
        return picture.GetGraphic(PixelsPerModule);
    }

    private static QRCodeData Code(string text)
    {
        using var generator = new QRCodeGenerator();
        return generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
    }
}
