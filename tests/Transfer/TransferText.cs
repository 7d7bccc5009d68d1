using System.IO.Compression;
using System.Text;

namespace Gamification.Tests.Transfer;

/// <summary>A transfer as the lines that are in it.</summary>
internal static class TransferText
{
    public static string Text(byte[] stream)
    {
        using var zip = new StreamReader(new GZipStream(new MemoryStream(stream), CompressionMode.Decompress));
        return zip.ReadToEnd();
    }

    public static byte[] Zip(string lines)
    {
        using var output = new MemoryStream();
        using (var zip = new GZipStream(output, CompressionLevel.Fastest)) zip.Write(Encoding.UTF8.GetBytes(lines));
        return output.ToArray();
    }
}
