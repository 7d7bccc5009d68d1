using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;

namespace Gamification.Storage;

/// <summary>What a proof by hash found: the chain over everything, and a line for each fault.</summary>
/// <param name="Ends">Seals for where the partitions end now, to be kept once everything else is proved too.</param>
public sealed record ChainCheck(long Entries, long Actors, string Chain, int SealsHeld, ImmutableArray<TransferRow.Seal> Ends, ImmutableArray<string> Findings)
{
    public bool IsSound => Findings.IsEmpty;
}

/// <summary>
/// Seals on the journal's chain. A proof that finds nothing wrong leaves one at the end of each partition: a keyed hash of the chain up to there. The next proof
/// holds the journal to all of them, so that whoever changes an old row, however consistently, must know the deployment's secret too.
/// What came after the newest seal can be changed unseen: prove often.
/// </summary>
/// <param name="secret">Derived from the deployment's secret for this alone.</param>
public sealed class JournalSeals(byte[] secret)
{
    /// <summary>Reads the whole journal and holds it to its seals.</summary>
    public async Task<ChainCheck> Check(IJournalCopy journal, CancellationToken cancellation)
    {
        using var chain = new JournalChain();
        var seals = (await journal.Seals(cancellation)).ToDictionary(seal => (seal.Partition, seal.Seq), seal => seal.Mac);
        var last = (await journal.Heads(cancellation)).ToDictionary(head => head.Partition, head => head.LastSeq);
        var findings = ImmutableArray.CreateBuilder<string>();
        var ends = ImmutableArray.CreateBuilder<TransferRow.Seal>();
        long entries = 0, actors = 0;
        var held = 0;
        await foreach (var row in journal.Entries(cancellation))
        {
            var (partition, seq) = (row.Stored.Partition, row.Stored.Seq);
            var hash = chain.Add(row);
            entries++;
            if (row.Stored.Version == 1) actors++;
            if (last.GetValueOrDefault(partition) == seq) ends.Add(new(partition, seq, Mac(partition, seq, hash)));
            if (!seals.Remove((partition, seq), out var mac)) continue;
            if (CryptographicOperations.FixedTimeEquals(mac.Span, Mac(partition, seq, hash))) held++;
            else findings.Add($"partition {partition}: what stands up to entry {seq} is not what was proved before.");
        }

        findings.AddRange(seals.Keys.Order().Select(place => $"partition {place.Partition}: entry {place.Seq} was proved before and is gone."));
        return new(entries, actors, chain.Whole(), held, ends.DrainToImmutable(), findings.DrainToImmutable());
    }

    private byte[] Mac(int partition, long seq, ReadOnlySpan<byte> hash)
    {
        Span<byte> sealedBytes = stackalloc byte[sizeof(int) + sizeof(long) + SHA256.HashSizeInBytes];
        BinaryPrimitives.WriteInt32BigEndian(sealedBytes, partition);
        BinaryPrimitives.WriteInt64BigEndian(sealedBytes[sizeof(int)..], seq);
        hash.CopyTo(sealedBytes[(sizeof(int) + sizeof(long))..]);
        return HMACSHA256.HashData(secret, sealedBytes);
    }
}
