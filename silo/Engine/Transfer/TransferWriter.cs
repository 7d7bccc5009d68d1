using System.Buffers;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Gamification.Storage;

namespace Gamification.Silo.Engine.Transfer;

/// <summary>
/// Writes a stream: gzip over lines of JSON. A header, rows in chunks each closed by a line with its number of rows and SHA-256, and an end. The same
/// databases give the same lines, so that an import which was cut off may go on from a stream that was written anew.
/// </summary>
internal sealed class TransferWriter : IAsyncDisposable
{
    /// <summary>Rows of a chunk, and roughly its bytes: what an import holds in memory and stores at once.</summary>
    internal const int ChunkRowsMax = 2_000;
    internal const int ChunkBytesMax = 4 * 1024 * 1024;

    private readonly GZipStream _zip;
    private readonly ArrayBufferWriter<byte> _chunk = new(ChunkBytesMax / 4);
    private readonly Utf8JsonWriter _line;
    private readonly IncrementalHash _whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _chunks;
    private int _rows;

    private readonly int _chunkRows;

    public TransferWriter(Stream output, int chunkRows = ChunkRowsMax)
    {
        _chunkRows = chunkRows;
        _zip = new(output, CompressionLevel.Fastest, leaveOpen: true);
        _line = new(_chunk, TransferLines.Plain);
    }

    public async Task Begin(TransferHeader header)
    {
        AddLine(header.Write);
        await Flush();
    }

    public async ValueTask Add(TransferRow row)
    {
        AddLine(line => TransferLines.Write(line, row));
        if (++_rows >= _chunkRows || _chunk.WrittenCount >= ChunkBytesMax) await Close();
    }

    /// <summary>Closes the last chunk and the stream. Nothing may be added after it.</summary>
    public async Task End(long entries, long actors, long members, string chain, string challenges)
    {
        if (_rows > 0) await Close();
        var end = new TransferEnd(entries, actors, members, chain, challenges, Convert.ToHexStringLower(_whole.GetCurrentHash()));
        AddLine(end.Write);
        await Flush();
    }

    public async ValueTask DisposeAsync()
    {
        await _zip.DisposeAsync();
        await _line.DisposeAsync();
        _whole.Dispose();
    }

    private async Task Close()
    {
        var (number, rows, hash) = (++_chunks, _rows, Convert.ToHexStringLower(SHA256.HashData(_chunk.WrittenSpan)));
        AddLine(line =>
        {
            line.WriteStartObject();
            line.WriteStartObject("chunk"u8);
            line.WriteNumber("number"u8, number);
            line.WriteNumber("rows"u8, rows);
            line.WriteString("sha256"u8, hash);
            line.WriteEndObject();
            line.WriteEndObject();
        });
        await Flush();
        _rows = 0;
    }

    private void AddLine(Action<Utf8JsonWriter> write)
    {
        _line.Reset(_chunk);
        write(_line);
        _line.Flush();
        _chunk.Write("\n"u8);
    }

    private async Task Flush()
    {
        _whole.AppendData(_chunk.WrittenSpan);
        await _zip.WriteAsync(_chunk.WrittenMemory);
        _chunk.ResetWrittenCount();
    }
}
