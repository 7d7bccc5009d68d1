using System.Collections.Immutable;

namespace Gamification.Silo.Engine;

/// <summary>
/// Which options a command line may name. The configuration reader takes any, and a <c>--postgress</c> would start an engine on another
/// database than its person meant.
/// </summary>
public static class OptionNames
{
    /// <summary>Those of every process that holds an engine or a part of one, as <see cref="EngineSettings"/> reads them.</summary>
    public static readonly ImmutableSortedSet<string> OfEngine = ImmutableSortedSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "data", "postgres", "redis", "programme", "partitions", "quarantineBodies", "quarantineMegabytes", "quarantineDays",
        "boardShardAbove", "boardShards", "cluster", "node-address", "silo-port", "gateway-port");

    /// <summary>Throws <see cref="FormatException"/> with one line that names the first option that is unknown, or has no value.</summary>
    /// <param name="options">What follows the command's words: <c>--name value</c> or <c>--name=value</c>.</param>
    /// <param name="known">Names without hyphens in front; their case does not matter.</param>
    public static void Check(IEnumerable<string> options, ImmutableSortedSet<string> known)
    {
        string? waiting = null;
        foreach (var word in options)
        {
            if (waiting is not null)
            {
                waiting = null;
                continue;
            }

            var name = word.Split('=', 2)[0];
            if (!name.StartsWith("--", StringComparison.Ordinal)) throw new FormatException($"'{word}' belongs to no option. Options are --name value.");
            if (!known.Contains(name[2..])) throw new FormatException($"{name} is not an option here. There are {string.Join(", ", known.Select(each => $"--{each}"))}.");
            if (!word.Contains('=', StringComparison.Ordinal)) waiting = name;
        }

        if (waiting is not null) throw new FormatException($"{waiting} takes a value.");
    }
}
