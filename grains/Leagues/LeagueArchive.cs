using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Gamification.Challenges;
using Gamification.Rules.Challenges;
using Gamification.Rules.Challenges.Settlement;
using Gamification.Rules.Leagues;

namespace Gamification.Leagues;

/// <summary>
/// Seats and settled standings of a league's seasons, in chunks beside the journal, which holds their hashes. Chunks are written before the journal names them, and are the
/// same when written again.
/// </summary>
internal sealed class LeagueArchive(string programme, string league, IChallengeStorage storage)
{
    private const int GuidBytes = 16;
    private const int SeatBytes = GuidBytes + 1 + 4;

    /// <summary>Durable on return; its hash.</summary>
    public async Task<string> WriteSeats(int season, int chunk, IReadOnlyList<LeagueSeat> seats)
    {
        var bytes = new byte[seats.Count * SeatBytes];
        for (var at = 0; at < seats.Count; at++)
        {
            var seat = bytes.AsSpan(at * SeatBytes, SeatBytes);
            seats[at].Member.TryWriteBytes(seat, bigEndian: true, out _);
            seat[GuidBytes] = checked((byte)seats[at].Division);
            BinaryPrimitives.WriteInt32BigEndian(seat[(GuidBytes + 1)..], seats[at].Group);
        }

        await storage.WriteChunks(RunOf(season), [new(StoredPart.Seats, chunk, bytes)]);
        return Convert.ToHexStringLower(SHA256.HashData(bytes));
    }

    /// <summary>The seats of a season; a chunk that is not what the journal names is a fault.</summary>
    public async Task<List<LeagueSeat>> ReadSeats(LeagueSeason season)
    {
        var seats = new List<LeagueSeat>();
        for (var chunk = 0; chunk < season.Seats.Length; chunk++)
        {
            var bytes = await Read(season.Number, StoredPart.Seats, chunk);
            if (Convert.ToHexStringLower(SHA256.HashData(bytes)) != season.Seats[chunk]) throw new InvalidOperationException($"Chunk {chunk} of the seats of {RunOf(season.Number)} is not what the journal names.");
            for (var at = 0; at < bytes.Length; at += SeatBytes)
            {
                var seat = bytes.AsSpan(at, SeatBytes);
                seats.Add(new(new Guid(seat[..GuidBytes], bigEndian: true), seat[GuidBytes], BinaryPrimitives.ReadInt32BigEndian(seat[(GuidBytes + 1)..])));
            }
        }

        return seats;
    }

    /// <summary>Everything is durable on return; the certificate that names it.</summary>
    public async Task<string> WriteStandings(LeagueSeason season, List<LeagueLine> lines, ImmutableArray<Position> positions)
    {
        var (run, slots) = (RunOf(season.Number), new SlotHash(RunOf(season.Number)));
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var from = 0; from < lines.Count; from += StandingsText.ChunkRows)
        {
            var some = lines[from..Math.Min(from + StandingsText.ChunkRows, lines.Count)];
            var (text, members) = (LeagueStandings.Text(some, slots), new byte[some.Count * GuidBytes]);
            for (var at = 0; at < some.Count; at++) some[at].Member.TryWriteBytes(members.AsSpan(at * GuidBytes), bigEndian: true, out _);
            hash.AppendData(text);
            await storage.WriteChunks(run, [new(StoredPart.Standings, from / StandingsText.ChunkRows, text), new(StoredPart.Members, from / StandingsText.ChunkRows, members)]);
        }

        var certificate = LeagueStandings.Certificate($"{programme}/{league}", season, positions, hash.GetHashAndReset(), lines.Count);
        await storage.WriteChunks(run, [new(StoredPart.Prizes, 0, Encoding.UTF8.GetBytes(certificate))]);
        return certificate;
    }

    /// <summary>What a settled season came to.</summary>
    public async Task<List<LeagueLine>> ReadStandings(int season, int rows)
    {
        var lines = new List<LeagueLine>(rows);
        for (var chunk = 0; chunk < StandingsText.ChunksOf(rows); chunk++)
        {
            var members = await Read(season, StoredPart.Members, chunk);
            lines.AddRange(LeagueStandings.Read(
                await Read(season, StoredPart.Standings, chunk), [.. Enumerable.Range(0, members.Length / GuidBytes).Select(at => new Guid(members.AsSpan(at * GuidBytes, GuidBytes), bigEndian: true))]));
        }

        return lines;
    }

    public ValueTask<ReadOnlyMemory<byte>?> Standings(int season, int chunk) => storage.ReadChunk(RunOf(season), StoredPart.Standings, chunk, CancellationToken.None);

    public async Task<string> Certificate(int season) => Encoding.UTF8.GetString(await Read(season, StoredPart.Prizes, 0));

    private async Task<byte[]> Read(int season, StoredPart part, int chunk) =>
        (await storage.ReadChunk(RunOf(season), part, chunk, CancellationToken.None) ?? throw new InvalidOperationException($"{RunOf(season)} has no chunk {chunk} of {part}.")).ToArray();

    private ChallengeRunId RunOf(int season) => new(programme, LeagueNames.PartOf(league), season);
}
