using System.IO.Compression;
using System.Text;
using Gamification.Rules.Earning;

namespace Gamification.Silo.Programmes;

/// <summary>Reads a catalogue from a CSV file with the columns <c>sku, category, family, labels, from</c>; all but the first may be missing.</summary>
internal static class CatalogueFile
{
    private const int BytesMax = 64 * 1024 * 1024;

    /// <summary>Throws <see cref="ProgrammeFileException"/> with the first fault in one line, and how many more there are.</summary>
    public static Catalogue Read(string path)
    {
        var (catalogue, errors) = CatalogueCsv.Read(Text(path), new());
        if (catalogue is not null) return catalogue;
        var more = errors.Length > 1 ? $" ({errors.Length - 1} more)" : "";
        throw new ProgrammeFileException($"{path}: line {errors[0].Line}, {errors[0].Field}: {errors[0].Code}. {errors[0].Remedy}{more}");
    }

    private static string Text(string path)
    {
        using var file = File.OpenRead(path);
        using var plain = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? (Stream)new GZipStream(file, CompressionMode.Decompress) : file;
        using var bytes = new MemoryStream();
        var part = new byte[64 * 1024];
        while (plain.Read(part) is var read and > 0)
        {
            bytes.Write(part, 0, read);
            if (bytes.Length > BytesMax) throw new ProgrammeFileException($"{path}: a catalogue is at most 64 MB.");
        }

        return Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
    }
}
