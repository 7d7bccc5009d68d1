using QRCoder;

namespace Gamification.Api;

/// <summary>A voucher as a QR code: an SVG of black squares on white with the quiet zone that scanners need.</summary>
internal static class QrPicture
{
    private const int PixelsPerModule = 8;

    public static string Svg(string text)
    {
        using var generator = new QRCodeGenerator();
        using var code = generator.CreateQrCode(text, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(code);
        return picture.GetGraphic(PixelsPerModule);
    }
}
