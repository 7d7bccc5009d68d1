using System.Collections.Immutable;
using System.Globalization;
using Gamification.Challenges;
using Gamification.Leagues;
using Gamification.Members;
using Gamification.Programmes;

namespace Gamification.Silo.Engine;

/// <summary>Proves what was settled beside the boards: challenges and seasons of leagues.</summary>
internal static class SettledProofs
{
    /// <summary>A line on each to the output, and what was found wrong.</summary>
    public static async Task<ImmutableArray<string>> Run(EngineOptions options, EngineStorage storage, TextWriter output)
    {
        var (settlements, seasons, findings) = (0, 0, ImmutableArray.CreateBuilder<string>());
        foreach (var settings in options.Programmes)
        {
            var challenges = await SettlementProof.Run(settings.Id, storage.Journal, storage.Challenges, CancellationToken.None);
            settlements += challenges.Settlements;
            findings.AddRange(challenges.Findings);
            if (await RecordedProgramme.Find(storage.Journal, settings, options.Catalogues, CancellationToken.None) is not { } programmes) continue;
            var leagues = await LeagueCheck.Run(settings.Id, programmes.LeagueIdsOf(settings.Id), storage.Journal, storage.Challenges, new AccountDeeds(programmes), CancellationToken.None);
            seasons += leagues.Seasons;
            findings.AddRange(leagues.Findings);
        }

        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{(findings.Count == 0 ? "Challenges and leagues are as certified" : "Not all challenges and leagues are as certified")}: {settlements:N0} settlements, {seasons:N0} seasons."));
        return findings.DrainToImmutable();
    }
}
