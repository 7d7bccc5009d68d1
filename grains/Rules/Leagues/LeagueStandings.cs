using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Gamification.Leagues;
using Gamification.Rules.Challenges;
using Gamification.Rules.Challenges.Settlement;

namespace Gamification.Rules.Leagues;

/// <summary>A member's place when a season was settled. Who is hidden has no rank and stays where it is.</summary>
public sealed record LeagueLine(Guid Member, int Division, int Group, int Rank, long Effort, long ReachedAt, LeagueMove Move, bool Hidden);

/// <summary>
/// A settled season as canonical text, so that anybody can hold it to its hash: <c>division group rank slot effort reachedAt stays|up|down v|h</c> a line, by division and
/// group in the table's order, those hidden at the end of their group. Slots name nobody, and still hold when a member is erased.
/// </summary>
public static class LeagueStandings
{
    /// <summary>Every group of a season.</summary>
    /// <param name="season">Which.</param>
    /// <param name="seats">Of members who still play.</param>
    /// <param name="effortOf">By its rules.</param>
    /// <param name="isHidden">Who is seen by nobody.</param>
    /// <param name="seed">Of the season.</param>
    public static List<LeagueLine> Of(LeagueSeason season, IEnumerable<LeagueSeat> seats, Func<Guid, (long Effort, long ReachedAt)> effortOf, Func<Guid, bool> isHidden, string seed)
    {
        var lines = new List<LeagueLine>();
        foreach (var group in seats.GroupBy(seat => (seat.Division, seat.Group)).OrderBy(group => group.Key))
        {
            var (seen, hidden) = (group.Where(seat => !isHidden(seat.Member)), group.Where(seat => isHidden(seat.Member)).OrderBy(seat => seat.Member));
            lines.AddRange(LeagueTable.Of(season.Rules, group.Key.Division, seen.Select(seat => Effort(seat.Member)), seed)
                .Select(place => new LeagueLine(place.Member, group.Key.Division, group.Key.Group, place.Rank, place.Effort, place.ReachedAt, place.Move, Hidden: false)));
            lines.AddRange(hidden.Select(seat => Effort(seat.Member)).Select(one => new LeagueLine(one.Member, group.Key.Division, group.Key.Group, 0, one.Effort, one.ReachedAt, LeagueMove.Stays, Hidden: true)));
        }

        return lines;

        LeagueEffort Effort(Guid member) => effortOf(member) is var (effort, reachedAt) ? new(member, effort, reachedAt) : default;
    }

    public static byte[] Text(IEnumerable<LeagueLine> lines, SlotHash slots)
    {
        var text = new StringBuilder();
        foreach (var line in lines)
            text.Append(CultureInfo.InvariantCulture, $"{line.Division} {line.Group} {line.Rank} {slots.Of(line.Member):N} {line.Effort} {line.ReachedAt} {WordOf(line.Move)} {(line.Hidden ? 'h' : 'v')}\n");
        return Encoding.UTF8.GetBytes(text.ToString());
    }

    /// <summary>The lines of a chunk with whose they are.</summary>
    public static IEnumerable<LeagueLine> Read(ReadOnlySpan<byte> text, IReadOnlyList<Guid> members) =>
        Encoding.UTF8.GetString(text).Split('\n')[..^1].Select((line, at) => line.Split(' ') is [var division, var group, var rank, _, var effort, var reachedAt, var move, var seen]
            ? new LeagueLine(members[at], Number(division), Number(group), Number(rank), long.Parse(effort, CultureInfo.InvariantCulture), long.Parse(reachedAt, CultureInfo.InvariantCulture), MoveOf(move), seen == "h")
            : throw new FormatException($"'{line}' is no line of a league's standings.")).ToArray();

    /// <summary>What the season is certified by: its SHA-256 is published.</summary>
    public static string Certificate(string league, LeagueSeason season, ImmutableArray<Position> positions, string standings, int rows) => string.Create(CultureInfo.InvariantCulture,
        $"""
        gamification-league 1
        league {league}
        season {season.Number} {season.Name}
        dates {season.From:yyyy-MM-dd} {season.Until:yyyy-MM-dd}
        rules sha256:{Sha256.Of(LeagueDocument.Write(new() { Leagues = [season.Rules] }))}
        journal {Position.Text(positions)}
        standings sha256:{standings} {rows}

        """).ReplaceLineEndings("\n");

    /// <summary>The positions that a certificate names. Throws <see cref="FormatException"/>.</summary>
    public static ImmutableArray<Position> PositionsIn(string certificate)
    {
        var line = certificate.Split('\n').FirstOrDefault(line => line.StartsWith("journal ", StringComparison.Ordinal)) ?? throw new FormatException("The certificate names no positions.");
        return Position.ListIn(line["journal ".Length..]);
    }

    private static string WordOf(LeagueMove move) => move switch { LeagueMove.Up => "up", LeagueMove.Down => "down", _ => "stays" };

    private static LeagueMove MoveOf(string word) => word switch { "up" => LeagueMove.Up, "down" => LeagueMove.Down, _ => LeagueMove.Stays };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
