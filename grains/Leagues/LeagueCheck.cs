using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
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
            if (LeagueStandings.HashOf(certificate) != settled.Hash) return $"the certificate is not what hashes to {settled.Hash}.";
            var positions = PositionsIn(certificate);
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
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        for (var chunk = 0; chunk < StandingsText.ChunksOf(settled.Rows); chunk++)
            hash.AppendData((await archive.Standings(settled, chunk) ?? throw new InvalidOperationException($"chunk {chunk} of the standings is missing.")).Span);
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static ImmutableArray<Position> PositionsIn(string certificate)
    {
        var line = certificate.Split('\n').FirstOrDefault(line => line.StartsWith("journal", StringComparison.Ordinal)) ?? throw new FormatException("the certificate names no positions.");
        return [.. line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..].Select(text => text.Split(':') is [var partition, var seq]
            ? new Position(int.Parse(partition, CultureInfo.InvariantCulture), long.Parse(seq, CultureInfo.InvariantCulture))
            : throw new FormatException("the certificate names no positions."))];
    }
}
