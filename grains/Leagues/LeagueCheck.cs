using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Programmes.Earning;
using Gamification.Rules.Challenges;
using Gamification.Rules.Challenges.Settlement;
using Gamification.Rules.Leagues;

namespace Gamification.Leagues;

/// <summary>What a proof of leagues found: how many settled seasons there are, and a line for each fault.</summary>
public sealed record LeagueCheck(int Seasons, ImmutableArray<string> Findings)
{
    public bool IsSound => Findings.IsEmpty;

    /// <summary>
    /// Holds every settled season to its certificate, and its standings to what the journal comes to at the positions that it names. Run it with the engine stopped.
    /// </summary>
    /// <param name="programme">The programme's id.</param>
    /// <param name="leagues">All that it ever had.</param>
    /// <param name="journal">Where leagues and members are recorded.</param>
    /// <param name="archive">Where seats and standings lie.</param>
    /// <param name="deeds">By which members are read.</param>
    /// <param name="cancellation">Stops it.</param>
    public static async Task<LeagueCheck> Run(
        string programme, IEnumerable<string> leagues, IJournalStorage journal, IChallengeStorage archive, IDeedReader deeds, CancellationToken cancellation)
    {
        var (seasons, findings) = (0, ImmutableArray.CreateBuilder<string>());
        foreach (var league in leagues)
        {
            var (from, settled) = await History(programme, league, journal, cancellation);
            var chunks = new LeagueArchive(programme, league, archive);
            var counts = settled.SelectMany(one => one.Season.Rules.Efforts).Select(effort => effort.On).ToHashSet();
            var recount = new LeagueRecount(programme, league, from, counts, journal, deeds);
            seasons += settled.Count;
            foreach (var (season, settlement) in settled)
            {
                if (await FaultIn(season, settlement, $"{programme}/{league}", chunks, recount, cancellation) is { } fault) findings.Add($"league {programme}/{league} {season.Name}: {fault}");
            }
        }

        return new(seasons, findings.DrainToImmutable());
    }

    /// <summary>Every season that was settled, with its seats, in order.</summary>
    private static async Task<(ImmutableArray<Position> From, List<(LeagueSeason Season, SettledLeague Settled)> Settled)> History(
        string programme, string league, IJournalStorage journal, CancellationToken cancellation)
    {
        var (state, settled) = (League.Empty, new List<(LeagueSeason, SettledLeague)>());
        await foreach (var stored in journal.ReadAll(LeagueForm.ActorOf(programme, league), cancellation: cancellation))
        {
            if (LeagueForm.Json.Read(stored) is not { } entry) continue;
            var open = state.Open;
            state = state.Apply(entry);
            if (entry is LeagueEntry.Settled one) settled.Add((open.First(season => season.Number == one.Season), state.Settled[^1]));
        }

        return (state.From, settled);
    }

    private static async Task<string?> FaultIn(LeagueSeason season, SettledLeague settled, string league, LeagueArchive archive, LeagueRecount recount, CancellationToken cancellation)
    {
        try
        {
            var certificate = await archive.Certificate(settled);
            if (Sha256.Of(certificate) != settled.Hash) return $"the certificate is not what hashes to {settled.Hash}.";
            var positions = LeagueStandings.PositionsIn(certificate);
            if (LeagueStandings.Certificate(league, season, positions, settled.Standings, settled.Rows) != certificate) return "the certificate is not that of the season.";
            if (await HashOf(archive, settled) != settled.Standings) return "the standings are not those that were certified.";
            var lines = await recount.At(positions, season, await archive.ReadSeats(season), cancellation);
            return LeagueArchive.Hash(lines, archive.Slots(season)) == settled.Standings ? null : "the journal comes to other standings than those certified.";
        }
        catch (Exception fault) when (fault is InvalidOperationException or FormatException)
        {
            return fault.Message;
        }
    }

    private static async Task<string> HashOf(LeagueArchive archive, SettledLeague settled)
    {
        var chunks = new List<byte[]>();
        while (chunks.Count < StandingsText.ChunksOf(settled.Rows))
            chunks.Add((await archive.Standings(settled, chunks.Count) ?? throw new InvalidOperationException($"chunk {chunks.Count} of the standings is missing.")).ToArray());
        return Sha256.Of(chunks);
    }
}
