using System.Collections.Immutable;
using System.Text.Json;
using Gamification.Leagues;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Leagues;

/// <summary>A programme's leagues as JSON. Its schema is published as <c>silo/Programmes/leagues.schema.json</c>.</summary>
public static class LeagueDocument
{
    public const int BytesMax = 256 * 1024;

    public static string Schema { get; } = DocumentSchema.Of(typeof(LeagueList), "Leagues");

    /// <summary>The leagues, or what is wrong with them: at most 100 errors, each with its field as a JSON pointer and a remedy.</summary>
    public static (LeagueList? Leagues, ImmutableArray<DocumentError> Errors) Read(ReadOnlyMemory<byte> utf8) => DocumentReader.Read<LeagueList>(utf8, BytesMax, Check);

    public static string Write(LeagueList leagues) => JsonSerializer.Serialize(leagues, EarningJson.Options);

    private static ImmutableArray<DocumentError> Check(LeagueList list)
    {
        var errors = ImmutableArray.CreateBuilder<DocumentError>();
        for (var at = 0; at < list.Leagues.Length; at++)
        {
            var (league, pointer) = (list.Leagues[at], FormattableString.Invariant($"/leagues/{at}"));
            if (list.Leagues.Take(at).Any(before => before.Id == league.Id)) errors.Add(new($"{pointer}/id", "id-twice", "Give each league its own id."));
            if (league.Efforts.Select(effort => effort.On).Distinct().Count() < league.Efforts.Length) errors.Add(new($"{pointer}/efforts", "event-twice", "Weigh each kind of event once."));
            if (league.Promoted * 2 > league.GroupSize) errors.Add(new($"{pointer}/promoted", "out-of-bounds", "Let at most half of a group go up."));
            if (league.Relegated * 2 > league.GroupSize) errors.Add(new($"{pointer}/relegated", "out-of-bounds", "Let at most half of a group go down."));
        }

        return errors.DrainToImmutable();
    }
}
