using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Gamification.Leagues;

namespace Gamification.Rules.Leagues;

/// <summary>Somebody who plays the next period: in which division, and what effort the last one took.</summary>
public readonly record struct LeagueEntrant(Guid Member, int Division, long LastEffort);

/// <summary>One group of a division, from 0.</summary>
public readonly record struct LeagueSeat(Guid Member, int Division, int Group);

/// <summary>
/// Who plays with whom: within a division those whose last effort was alike. A function of entrants and seed, whatever order they are given in, so that any node
/// comes to the same groups.
/// </summary>
public static class Grouping
{
    /// <param name="rules">Of the league.</param>
    /// <param name="entrants">Each member once.</param>
    /// <param name="seed">Of the period, such as <c>league/2026-W49</c>: among equal efforts it draws who sits where.</param>
    public static List<LeagueSeat> Of(LeagueRules rules, IEnumerable<LeagueEntrant> entrants, string seed)
    {
        var seats = new List<LeagueSeat>();
        foreach (var division in entrants.GroupBy(entrant => Math.Clamp(entrant.Division, 0, rules.Divisions.Length - 1)).OrderBy(group => group.Key))
        {
            var inOrder = division.OrderByDescending(entrant => entrant.LastEffort).ThenBy(entrant => LotOf(seed, entrant.Member)).ThenBy(entrant => entrant.Member).ToArray();

            // As many groups as come nearest to the size, filled evenly: 31 are one group of 31, not 30 and one alone.
            var groups = Math.Max(1, (int)Math.Round(inOrder.Length / (double)rules.GroupSize, MidpointRounding.AwayFromZero));
            for (var at = 0; at < inOrder.Length; at++) seats.Add(new(inOrder[at].Member, division.Key, (int)((long)at * groups / inOrder.Length)));
        }

        return seats;
    }

    internal static ulong LotOf(string seed, Guid member) => BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{seed}\n{member:N}")));
}
