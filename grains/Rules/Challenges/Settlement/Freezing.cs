using System.Collections.Immutable;
using System.Security.Cryptography;
using Gamification.Challenges;

namespace Gamification.Rules.Challenges.Settlement;

/// <summary>
/// A run brought to its end: standings, prizes and certificate, all of them a function of the closed run and the final rows, so that doing it again after a
/// crash comes to the same bytes. The texts are made chunk by chunk and handed on; they are never in memory as a whole.
/// </summary>
public sealed class Freezing
{
    private readonly ChallengeRunId _id;
    private readonly ChallengeRun _run;

    private Freezing(ChallengeRunId id, ChallengeRun run, FrozenStandings standings, PrizeList prizes) =>
        (_id, _run, Standings, Prizes) = (id, run, standings, prizes);

    public FrozenStandings Standings { get; }

    public PrizeList Prizes { get; }

    public int StandingsChunks => StandingsText.ChunksOf(Standings.Rows.Length);

    public int PrizeChunks => StandingsText.ChunksOf(Prizes.Won.Count);

    /// <param name="id">Which run.</param>
    /// <param name="run">Closed.</param>
    /// <param name="finals">What everybody had at the watermark.</param>
    public static Freezing Of(ChallengeRunId id, ChallengeRun run, IReadOnlyCollection<FinalRow> finals)
    {
        if (!run.IsClosed) throw new InvalidOperationException($"{id} is not closed.");
        var standings = FrozenStandings.Of(id, run.Challenge!.By, finals);
        return new(id, run, standings, PrizeList.Of(standings, run.Challenge, run.Kind, Reached(run)));
    }

    /// <summary>Hands out every chunk in order, and then what they come to.</summary>
    public IEnumerable<(bool IsPrizes, int Chunk, byte[] Text)> Chunks()
    {
        for (var chunk = 0; chunk < StandingsChunks; chunk++) yield return (false, chunk, StandingsText.Standings(Standings, chunk));
        for (var chunk = 0; chunk < PrizeChunks; chunk++) yield return (true, chunk, StandingsText.Prizes(Standings, Prizes, chunk));
    }

    /// <param name="standings">SHA-256 over all chunks of the standings.</param>
    /// <param name="prizes">The same over the prizes.</param>
    public Certificate Certify(ReadOnlySpan<byte> standings, ReadOnlySpan<byte> prizes)
    {
        var times = _run.Times();
        return new()
        {
            Run = _id,
            Version = _run.Challenge!.Version,
            Document = Certificate.DocumentHash(_run.Challenge),
            Kind = _run.Kind,
            Opens = times.Opens,
            Closes = times.Closes,
            Closed = _run.ClosedAt,
            Watermark = _run.Watermark,
            Milestones = Reached(_run),
            Rows = Standings.Rows.Length,
            Standings = Sha256.Hex(standings),
            Won = Prizes.Won.Count,
            Prizes = Sha256.Hex(prizes),
            Cost = Prizes.Cost,
            Groups = Standings.Groups,
        };
    }

    /// <summary>Everything at once, for standings that fit into memory as text.</summary>
    public (Certificate Certificate, ImmutableArray<byte[]> Standings, ImmutableArray<byte[]> Prizes) Whole()
    {
        using var standings = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        using var prizes = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        List<byte[]>[] texts = [[], []];
        foreach (var (isPrizes, _, text) in Chunks())
        {
            (isPrizes ? prizes : standings).AppendData(text);
            texts[isPrizes ? 1 : 0].Add(text);
        }

        return (Certify(standings.GetHashAndReset(), prizes.GetHashAndReset()), [.. texts[0]], [.. texts[1]]);
    }

    private static ImmutableArray<int> Reached(ChallengeRun run) =>
        [.. Enumerable.Range(0, run.Latches.Length).Where(at => run.Latches[at].IsReached || run.Latches[at].IsUnlocked)];
}
