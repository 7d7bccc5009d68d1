using System.Security.Cryptography;
using Gamification.Rules.Challenges;
using Gamification.Rules.Challenges.Settlement;

namespace Gamification.Challenges;

/// <summary>Writes a settlement into the archive, and reads prizes back with whose they are.</summary>
internal sealed class SettlementArchive(ChallengeRunId id, IChallengeStorage storage)
{
    private const int ChunksTogether = 8;
    public const int GuidBytes = 16;

    /// <summary>Everything is durable on return. Writing again, after a crash, writes the same.</summary>
    public async Task<Certificate> Write(Freezing freezing)
    {
        using var standings = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var prizes = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var waiting = new List<StoredChunk>();
        foreach (var (isPrizes, chunk, text) in freezing.Chunks())
        {
            (isPrizes ? prizes : standings).AppendData(text);
            waiting.Add(new(isPrizes ? StoredPart.Prizes : StoredPart.Standings, chunk, text));
            waiting.Add(new(isPrizes ? StoredPart.Winners : StoredPart.Members, chunk, MembersOf(freezing, isPrizes, chunk)));
            if (waiting.Count < ChunksTogether) continue;
            await storage.WriteChunks(id, waiting);
            waiting = [];
        }

        if (waiting.Count > 0) await storage.WriteChunks(id, waiting);
        return freezing.Certify(standings.GetHashAndReset(), prizes.GetHashAndReset());
    }

    /// <summary>The prizes of one chunk as they were certified, and 16 bytes a prize that say who won it; null when there are no more.</summary>
    public async Task<(ReadOnlyMemory<byte> Prizes, ReadOnlyMemory<byte> Members)?> Winners(int chunk) =>
        await storage.ReadChunk(id, StoredPart.Prizes, chunk, CancellationToken.None) is not { } prizes ? null
        : await storage.ReadChunk(id, StoredPart.Winners, chunk, CancellationToken.None) is { } members ? (prizes, members)
        : throw new InvalidOperationException($"{id} has prizes in chunk {chunk}, and no winners.");

    /// <summary>One chunk of the standings, and 16 bytes a row that say whose it is.</summary>
    public async Task<(ReadOnlyMemory<byte> Rows, ReadOnlyMemory<byte> Members)> Standings(int chunk) =>
        await storage.ReadChunk(id, StoredPart.Standings, chunk, CancellationToken.None) is { } rows && await storage.ReadChunk(id, StoredPart.Members, chunk, CancellationToken.None) is { } members
            ? (rows, members)
            : throw new InvalidOperationException($"{id} has no chunk {chunk} of its standings.");

    private static byte[] MembersOf(Freezing freezing, bool isPrizes, int chunk)
    {
        var from = chunk * StandingsText.ChunkRows;
        var count = Math.Min(StandingsText.ChunkRows, (isPrizes ? freezing.Prizes.Won.Count : freezing.Standings.Rows.Length) - from);
        var bytes = new byte[count * GuidBytes];
        for (var at = 0; at < count; at++)
        {
            var row = isPrizes ? freezing.Prizes.Won[from + at].Row : from + at;
            freezing.Standings.Rows[row].Member.TryWriteBytes(bytes.AsSpan(at * GuidBytes), bigEndian: true, out _);
        }

        return bytes;
    }
}
