using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Gamification.Storage;

/// <summary>
/// A hash over a journal that is the same in every database that holds the same facts in the same order. For each partition
/// <c>h(0)</c> is 32 zero bytes and <c>h(n) = SHA-256(h(n-1) ‖ entry n)</c>; an entry is its partition (4 bytes), sequence, time in Unix microseconds and version
/// (8 bytes each), then programme, actor, type, key and payload, each after its length in 4 bytes. A key is month, digest and content (4, 16 and 16 bytes), or has
/// length 0. Numbers are big-endian, texts UTF-8. The whole is SHA-256 over partition (4), last sequence (8) and last hash of every partition in order.
/// What is derived (snapshots, projections) and what a database needs for itself (epochs, programme numbers) is not in it.
/// </summary>
public sealed class JournalChain : IDisposable
{
    /// <summary>Room for everything of an entry but its payload: four texts of at most 513 letters, and numbers.</summary>
    private const int FieldsMax = 8 * 1024;

    private readonly IncrementalHash _hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly SortedDictionary<int, (long Seq, byte[] Hash)> _ends = [];
    private readonly byte[] _fields = new byte[FieldsMax];
    private int _length;

    /// <summary>Adds the next entry and answers the hash of its partition up to it, to be read before the next call. Entries of a partition come in sequence.</summary>
    public ReadOnlySpan<byte> Add(TransferRow.Entry row)
    {
        var (entry, key) = (row.Stored, row.Key);
        if (!_ends.TryGetValue(entry.Partition, out var end)) end = (0, new byte[SHA256.HashSizeInBytes]);
        Put(end.Hash);
        Put(entry.Partition);
        Put(entry.Seq);
        Put(Microseconds(entry.RecordedAt));
        Put(entry.Version);
        Put(entry.Actor.Programme);
        Put(entry.Actor.Path);
        Put(entry.Type);
        Put(key is null ? 0 : 36);
        if (key is { } taken)
        {
            Put(taken.Month);
            Put(taken.Digest.ToByteArray(bigEndian: true));
            Put(taken.Content.ToByteArray(bigEndian: true));
        }

        Put(entry.Payload.Length);
        HashFields();
        _hash.AppendData(entry.Payload.Span);
        _hash.GetHashAndReset(end.Hash);
        _ends[entry.Partition] = (entry.Seq, end.Hash);
        return end.Hash;
    }

    /// <summary>The hash over all partitions, as far as they were added, in hex.</summary>
    public string Whole()
    {
        foreach (var (partition, (seq, hash)) in _ends)
        {
            Put(partition);
            Put(seq);
            Put(hash);
            HashFields();
        }

        return Convert.ToHexStringLower(_hash.GetHashAndReset());
    }

    public void Dispose() => _hash.Dispose();

    internal static long Microseconds(DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    private void HashFields()
    {
        _hash.AppendData(_fields, 0, _length);
        _length = 0;
    }

    private void Put(string text)
    {
        var length = Encoding.UTF8.GetBytes(text, _fields.AsSpan(_length + sizeof(int)));
        Put(length);
        _length += length;
    }

    private void Put(int value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_fields.AsSpan(_length), value);
        _length += sizeof(int);
    }

    private void Put(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_fields.AsSpan(_length), value);
        _length += sizeof(long);
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(_fields.AsSpan(_length));
        _length += bytes.Length;
    }
}
