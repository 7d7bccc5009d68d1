using System.Buffers;
using System.Security.Cryptography;
using System.Text.Json;
using Gamification.Storage;

namespace Gamification.Silo.Engine.Transfer;

/// <summary>SHA-256 over what challenges keep, as the lines that travel: the same in every database that holds the same.</summary>
internal sealed class ChallengeRowsHash : IDisposable
{
    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ArrayBufferWriter<byte> _text = new();
    private readonly Utf8JsonWriter _line;

    public ChallengeRowsHash() => _line = new(_text, TransferLines.Plain);

    public static async Task<string> Of(IChallengeCopy copy, CancellationToken cancellation)
    {
        using var hash = new ChallengeRowsHash();
        await foreach (var row in copy.Rows(cancellation)) hash.Add(row);
        return hash.Whole();
    }

    public void Add(TransferRow row)
    {
        _text.ResetWrittenCount();
        _line.Reset(_text);
        TransferLines.Write(_line, row);
        _line.Flush();
        _text.Write("\n"u8);
        _hash.AppendData(_text.WrittenSpan);
    }

    /// <summary>Of all rows so far: 64 hex digits.</summary>
    public string Whole() => Convert.ToHexStringLower(_hash.GetCurrentHash());

    public void Dispose()
    {
        _line.Dispose();
        _hash.Dispose();
    }
}
