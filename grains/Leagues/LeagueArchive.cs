using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Gamification.Challenges;
using Gamification.Rules.Challenges;
using Gamification.Rules.Challenges.Settlement;
using Gamification.Rules.Leagues;

namespace Gamification.Leagues;

/// <summary>
/// Seats and settled standings of a league's seasons, in chunks beside the journal, which holds their hashes. Chunks are written before the journal names them, under numbers
/// that follow from their hash: what is written again and came out otherwise, because nobody knew that the first was named, never takes its place.
/// </summary>
internal sealed class LeagueArchive(string programme, string league, IChallengeStorage storage)
{
    private const int GuidBytes = 16;
    private const int SeatBytes = GuidBytes + 1 + 4;
    private const int ChunksMax = 1_024;

    /// <summary>Durable on return; its hash.</summary>
    public async Task<string> WriteSeats(int season, IReadOnlyList<LeagueSeat> seats)
    {
        var bytes = new byte[seats.Count * SeatBytes];
        for (var at = 0; at < seats.Count; at++)
        {
            var seat = bytes.AsSpan(at * SeatBytes, SeatBytes);
            seats[at].Member.TryWriteBytes(seat, bigEndian: true, out _);
            seat[GuidBytes] = checked((byte)seats[at].Division);
            BinaryPrimitives.WriteInt32BigEndian(seat[(GuidBytes + 1)..], seats[at].Group);
        }

        var hash = Sha256.Of(bytes);
        await storage.WriteChunks(RunOf(season), [new(StoredPart.Seats, NumberOf(hash), bytes)]);
        return hash;
    }

    /// <summary>The seats of a season; a chunk that is not what the journal names is a fault.</summary>
    public async Task<List<LeagueSeat>> ReadSeats(LeagueSeason season)
    {
        var seats = new List<LeagueSeat>();
        foreach (var hash in season.Seats)
        {
            var bytes = await Read(season.Number, StoredPart.Seats, NumberOf(hash));
            if (Sha256.Of(bytes) != hash) throw new InvalidOperationException($"The seats {hash} of {RunOf(season.Number)} are not what the journal names.");
            for (var at = 0; at < bytes.Length; at += SeatBytes)
            {
                var seat = bytes.AsSpan(at, SeatBytes);
                seats.Add(new(new Guid(seat[..GuidBytes], bigEndian: true), seat[GuidBytes], BinaryPrimitives.ReadInt32BigEndian(seat[(GuidBytes + 1)..])));
            }
        }

        return seats;
    }

    /// <summary>By which members are named in a season's standings.</summary>
    public SlotHash Slots(LeagueSeason season) => new(RunOf(season.Number));

    /// <summary>SHA-256 over the standings as they are written.</summary>
    public static string Hash(List<LeagueLine> lines, SlotHash slots) => Sha256.Of(lines.Chunk(StandingsText.ChunkRows).Select(some => LeagueStandings.Text(some, slots)));

    /// <summary>Everything is durable on return: the hashes of the certificate and of the standings that it names.</summary>
    public async Task<(string Certificate, string Standings)> WriteStandings(LeagueSeason season, List<LeagueLine> lines, ImmutableArray<Position> positions)
    {
        var (run, slots) = (RunOf(season.Number), Slots(season));
        var texts = lines.Chunk(StandingsText.ChunkRows).Select(some => (Text: LeagueStandings.Text(some, slots), Members: MembersOf(some))).ToArray();
        var standings = Sha256.Of(texts.Select(chunk => chunk.Text));
        for (var chunk = 0; chunk < texts.Length; chunk++)
            await storage.WriteChunks(run, [new(StoredPart.Standings, NumberOf(standings, chunk), texts[chunk].Text), new(StoredPart.Members, NumberOf(standings, chunk), texts[chunk].Members)]);
        var certificate = LeagueStandings.Certificate($"{programme}/{league}", season, positions, standings, lines.Count);
        var hash = Sha256.Of(certificate);
        await storage.WriteChunks(run, [new(StoredPart.Prizes, NumberOf(hash), Encoding.UTF8.GetBytes(certificate))]);
        return (hash, standings);
    }

    /// <summary>What a settled season came to.</summary>
    public async Task<List<LeagueLine>> ReadStandings(SettledLeague season)
    {
        var lines = new List<LeagueLine>(season.Rows);
        for (var chunk = 0; chunk < StandingsText.ChunksOf(season.Rows); chunk++)
        {
            var members = await Read(season.Number, StoredPart.Members, NumberOf(season.Standings, chunk));
            lines.AddRange(LeagueStandings.Read(
                await Read(season.Number, StoredPart.Standings, NumberOf(season.Standings, chunk)),
                [.. Enumerable.Range(0, members.Length / GuidBytes).Select(at => new Guid(members.AsSpan(at * GuidBytes, GuidBytes), bigEndian: true))]));
        }

        return lines;
    }

    public async Task<ReadOnlyMemory<byte>?> Standings(SettledLeague season, int chunk) => chunk is < 0 or >= ChunksMax ? null
        : await storage.ReadChunk(RunOf(season.Number), StoredPart.Standings, NumberOf(season.Standings, chunk), CancellationToken.None);

    public async Task<string> Certificate(SettledLeague season) => Encoding.UTF8.GetString(await Read(season.Number, StoredPart.Prizes, NumberOf(season.Hash)));

    private async Task<byte[]> Read(int season, StoredPart part, int chunk) =>
        (await storage.ReadChunk(RunOf(season), part, chunk, CancellationToken.None) ?? throw new InvalidOperationException($"{RunOf(season)} has no chunk {chunk} of {part}.")).ToArray();

    private static byte[] MembersOf(LeagueLine[] lines)
    {
        var members = new byte[lines.Length * GuidBytes];
        for (var at = 0; at < lines.Length; at++) lines[at].Member.TryWriteBytes(members.AsSpan(at * GuidBytes), bigEndian: true, out _);
        return members;
    }

    /// <summary>20 bits of the hash, then the chunk.</summary>
    private static int NumberOf(string hash, int chunk = 0) => (int.Parse(hash.AsSpan(0, 5), NumberStyles.HexNumber, CultureInfo.InvariantCulture) * ChunksMax) + chunk;

    private ChallengeRunId RunOf(int season) => new(programme, LeagueNames.PartOf(league), season);
}
