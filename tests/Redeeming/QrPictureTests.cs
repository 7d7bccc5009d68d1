using System.Buffers.Binary;
using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;
using Gamification.Api;

namespace Gamification.Tests.Redeeming;

/// <summary>A PNG decoded again, without the library that drew it, is the same squares as the SVG.</summary>
public sealed class QrPictureTests
{
    private const int PixelsPerModule = 8;

    [Theory]
    [InlineData("x")]
    [InlineData("GV1.AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void The_png_has_the_squares_of_the_svg(string voucher)
    {
        var dark = Decode(QrPicture.Png(voucher));
        var squares = Squares(QrPicture.Svg(voucher), dark.GetLength(0));
        Assert.Equal(squares.Cast<bool>(), dark.Cast<bool>());
        Assert.Contains(true, dark.Cast<bool>());

        // The three corners by which scanners find it, four squares of quiet zone around.
        foreach (var (x, y) in new[] { (4, 4), (dark.GetLength(0) - 11, 4), (4, dark.GetLength(0) - 11) })
        {
            for (var at = 0; at < 7; at++) Assert.True(dark[y, x + at] && dark[y + 6, x + at] && dark[y + at, x] && dark[y + at, x + 6] && dark[y + 3, x + 3] && !dark[y + 1, x + 1]);
        }

        for (var at = 0; at < dark.GetLength(0); at++) Assert.False(dark[0, at] || dark[3, at] || dark[at, 0] || dark[at, 3]);
    }

    /// <summary>Greyscale or palette of one bit, as PNG (ISO 15948) has it; checksums of all chunks.</summary>
    private static bool[,] Decode(byte[] png)
    {
        Assert.Equal([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A], png[..8]);
        using var data = new MemoryStream();
        var (width, height, type) = (0, 0, 0);
        byte[] palette = [];
        for (var at = 8; at < png.Length;)
        {
            var length = BinaryPrimitives.ReadInt32BigEndian(png.AsSpan(at));
            var body = png.AsSpan(at + 8, length);
            Assert.Equal(Crc(png.AsSpan(at + 4, length + 4)), BinaryPrimitives.ReadUInt32BigEndian(png.AsSpan(at + 8 + length)));
            switch (System.Text.Encoding.ASCII.GetString(png, at + 4, 4))
            {
                case "IHDR":
                    (width, height, type) = (BinaryPrimitives.ReadInt32BigEndian(body), BinaryPrimitives.ReadInt32BigEndian(body[4..]), body[9]);
                    Assert.Equal((1, 0), (body[8], body[12]));
                    break;
                case "PLTE":
                    palette = body.ToArray();
                    break;
                case "IDAT":
                    data.Write(body);
                    break;
            }

            at += length + 12;
        }

        data.Position = 0;
        using var pixels = new MemoryStream();
        using (var inflated = new ZLibStream(data, CompressionMode.Decompress)) inflated.CopyTo(pixels);
        var (rows, stride) = (pixels.ToArray(), ((width + 7) / 8) + 1);
        Assert.Equal((width, height * stride), (height, rows.Length));
        var size = width / PixelsPerModule;
        var dark = new bool[size, size];
        for (var y = 0; y < height; y++)
        {
            Assert.Equal(0, rows[y * stride]);
            for (var x = 0; x < width; x++)
            {
                var bit = rows[(y * stride) + 1 + (x / 8)] >> (7 - (x & 7)) & 1;
                var isDark = type == 3 ? palette[bit * 3] < 128 : bit == 0;
                if (y % PixelsPerModule == 0 && x % PixelsPerModule == 0) dark[y / PixelsPerModule, x / PixelsPerModule] = isDark;
                else Assert.Equal(dark[y / PixelsPerModule, x / PixelsPerModule], isDark);
            }
        }

        return dark;
    }

    private static bool[,] Squares(string svg, int size)
    {
        var dark = new bool[size, size];
        foreach (Match row in Regex.Matches(svg, """M(\d+)[ ,](\d+)h(\d+)v1h-"""))
        {
            for (var x = Of(1); x < Of(1) + Of(3); x++) dark[Of(2), x] = true;

            int Of(int group) => int.Parse(row.Groups[group].Value, CultureInfo.InvariantCulture);
        }

        return dark;
    }

    private static uint Crc(ReadOnlySpan<byte> bytes)
    {
        var crc = uint.MaxValue;
        foreach (var one in bytes)
        {
            crc ^= one;
            for (var bit = 0; bit < 8; bit++) crc = (crc & 1) != 0 ? (crc >> 1) ^ 0xEDB88320 : crc >> 1;
        }

        return ~crc;
    }
}
