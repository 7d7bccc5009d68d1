using Gamification.Leaderboards;

namespace Gamification.Rules;

/// <summary>What stands of one event for one measure; <see cref="Thing"/> is what a measure of distinct things counts once.</summary>
public readonly record struct Contribution(string Thing, long Value, long At);

/// <summary>
/// How a member's score on a measure comes from what stands (spec G4). It is a function of that alone: when a return or a removal takes
/// something away, the score is what it would have been without it.
/// </summary>
public static class Measuring
{
    /// <summary>
    /// The score and the instant (Unix milliseconds) since which it is that: of the last contribution to a sum, of the first that reached a best,
    /// of the latest itself, of the first sight of the newest distinct thing. What stands at 0 contributes nothing. (0, 0) when nothing does.
    /// </summary>
    public static (long Score, long ReachedAt) Score(Aggregator aggregator, ReadOnlySpan<Contribution> standing) => aggregator switch
    {
        Aggregator.Sum => Sum(standing),
        Aggregator.Best => Best(standing),
        Aggregator.Latest => Latest(standing),
        _ => Distinct(standing),
    };

    private static (long, long) Sum(ReadOnlySpan<Contribution> standing)
    {
        var (sum, at) = (0L, 0L);
        foreach (var row in standing)
        {
            if (row.Value == 0) continue;
            sum = checked(sum + row.Value);
            at = Math.Max(at, row.At);
        }

        return (sum, at);
    }

    private static (long, long) Best(ReadOnlySpan<Contribution> standing)
    {
        var (best, at) = (0L, 0L);
        foreach (var row in standing)
        {
            if (row.Value > best || (row.Value == best && row.Value != 0 && row.At < at)) (best, at) = (row.Value, row.At);
        }

        return (best, at);
    }

    private static (long, long) Latest(ReadOnlySpan<Contribution> standing)
    {
        var (latest, at) = (0L, 0L);
        foreach (var row in standing)
        {
            if (row.Value != 0 && (row.At > at || (row.At == at && row.Value > latest))) (latest, at) = (row.Value, row.At);
        }

        return (latest, at);
    }

    private static (long, long) Distinct(ReadOnlySpan<Contribution> standing)
    {
        var firstSeen = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var row in standing)
        {
            if (row.Value > 0 && (!firstSeen.TryGetValue(row.Thing, out var known) || row.At < known)) firstSeen[row.Thing] = row.At;
        }

        return firstSeen.Count == 0 ? (0, 0) : (firstSeen.Count, firstSeen.Values.Max());
    }
}
