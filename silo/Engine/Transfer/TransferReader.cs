using System.Buffers;
using System.IO.Compression;
using System.IO.Pipelines;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text.Json;
using Gamification.Storage;

namespace Gamification.Silo.Engine.Transfer;

/// <summary>Some rows that arrived whole: they hash to what the stream says. <see cref="Running"/> is the hash of everything up to them.</summary>
internal sealed record TransferChunk(long Number, IReadOnlyList<TransferRow> Rows, byte[] Running);

/// <summary>
/// Reads a stream. No row is handed on before its chunk's hash was compared, and a stream that ends without its last line is a fault: what was cut off by a full disk
/// never looks complete.
/// </summary>
internal sealed class TransferReader(Stream input) : IAsyncDisposable
{
    /// <summary>The longest line there can be: the largest body or snapshot in base 64, with room.</summary>
    private const int LineMax = 128 * 1024 * 1024;

    private readonly PipeReader _pipe = PipeReader.Create(new GZipStream(input, CompressionMode.Decompress, leaveOpen: true), new(bufferSize: 64 * 1024));
    private readonly IncrementalHash _whole = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly IncrementalHash _chunk = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private long _lines;

    /// <summary>Set once <see cref="Chunks"/> has come to its end.</summary>
    public TransferEnd? End { get; private set; }

    public async Task<TransferHeader> Header(CancellationToken cancellation)
    {
        using var line = await Line(cancellation);
        return Understood(() => TransferHeader.Read(line.RootElement));
    }

    /// <summary>The chunks in order.</summary>
    public async IAsyncEnumerable<TransferChunk> Chunks([EnumeratorCancellation] CancellationToken cancellation)
    {
        List<TransferRow> rows = [];
        for (var next = 1L; End is null;)
        {
            var running = _whole.GetCurrentHash();
            using var line = await Line(cancellation);
            if (line.RootElement.TryGetProperty("end", out var end))
            {
                End = Understood(() => TransferEnd.Read(end));
                if (rows.Count > 0 || End.Sha256 != Convert.ToHexStringLower(running)) throw Broken("its last line does not belong to what came before");
            }
            else if (line.RootElement.TryGetProperty("chunk", out var chunk))
            {
                var hash = Convert.ToHexStringLower(_chunk.GetHashAndReset());
                if (Understood(() => chunk.GetProperty("number").GetInt64() != next || chunk.GetProperty("rows").GetInt32() != rows.Count || !chunk.GetProperty("sha256").ValueEquals(hash)))
                    throw Broken("these rows are not the ones that were written");
                yield return new(next++, rows, _whole.GetCurrentHash());
                rows = [];
            }
            else
            {
                rows.Add(Understood(() => TransferLines.Read(line.RootElement)));
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _pipe.CompleteAsync();
        _whole.Dispose();
        _chunk.Dispose();
    }

    private async Task<JsonDocument> Line(CancellationToken cancellation)
    {
        while (true)
        {
            ReadResult read;
            try
            {
                read = await _pipe.ReadAsync(cancellation);
            }
            catch (InvalidDataException fault)
            {
                throw Broken($"it is no gzip, or damaged ({fault.Message.TrimEnd('.')})");
            }

            if (read.Buffer.PositionOf((byte)'\n') is { } newLine)
            {
                var line = read.Buffer.Slice(0, read.Buffer.GetPosition(1, newLine));
                var document = Take(line);
                _pipe.AdvanceTo(line.End);
                return document;
            }

            if (read.IsCompleted) throw Broken("it ends early");
            if (read.Buffer.Length > LineMax) throw Broken("a line is longer than any that was written");
            _pipe.AdvanceTo(read.Buffer.Start, read.Buffer.End);
        }
    }

    private JsonDocument Take(ReadOnlySequence<byte> line)
    {
        var bytes = line.ToArray();
        _lines++;
        _whole.AppendData(bytes);

        // A chunk's own line is not in its hash. What is hashed is compared there.
        if (!bytes.AsSpan().StartsWith("{\"chunk\""u8) && _lines > 1) _chunk.AppendData(bytes);
        return Understood(() => JsonDocument.Parse(bytes));
    }

    private T Understood<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception fault) when (fault is JsonException or FormatException or KeyNotFoundException or InvalidOperationException)
        {
            throw Broken(fault.Message.TrimEnd('.'));
        }
    }

    private TransferException Broken(string why) => new($"The stream cannot be used, line {_lines}: {why}. Nothing of this part was stored.");
}
