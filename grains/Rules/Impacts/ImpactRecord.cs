using System.Collections.Immutable;
using Gamification.Impacts;

namespace Gamification.Rules.Impacts;

/// <summary>The durable facts of a programme's impact counters.</summary>
public abstract record ImpactEntry
{
    private ImpactEntry()
    {
    }

    /// <summary>From now on everything is told by this version of the factors.</summary>
    public sealed record Adopted : ImpactEntry
    {
        public const string Type = "impact.adopted";

        /// <summary>The number of the published version.</summary>
        public required int Edition { get; init; }

        /// <summary>Which quantities it counts: see <see cref="ImpactSelection"/>.</summary>
        public required string Counting { get; init; }

        public required DateTimeOffset At { get; init; }

        /// <summary>The community's counters that moved by it, before and after, both as of the same positions of the journal.</summary>
        public ImmutableArray<RestatedCounter> Restated { get => field.IsDefault ? [] : field; init; } = [];
    }
}

/// <summary>By which version a programme's impact is told, and what versions before it changed: a fold over its entries.</summary>
public sealed record ImpactRecord
{
    /// <summary>What a snapshot keeps; the journal has all.</summary>
    private const int RestatementsMax = 500;

    public static ImpactRecord Empty { get; } = new();

    /// <summary>0 before the first.</summary>
    public int Edition { get; init; }

    public string? Counting { get; init; }

    /// <summary>Those that moved a counter, oldest first.</summary>
    public ImmutableArray<ImpactEntry.Adopted> Restatements { get => field.IsDefault ? [] : field; init; } = [];

    public ImpactRecord Apply(ImpactEntry entry) => entry is not ImpactEntry.Adopted adopted ? this : this with
    {
        Edition = adopted.Edition,
        Counting = adopted.Counting,
        Restatements = adopted.Restated.IsEmpty ? Restatements : [.. Restatements.Skip(Restatements.Length - RestatementsMax + 1), adopted],
    };

    /// <summary>Versions follow one another; a version that was adopted, or is older, is adopted by nobody again.</summary>
    public ImmutableArray<ImpactEntry> Adopt(int edition, string counting, ImmutableArray<RestatedCounter> restated, DateTimeOffset at) =>
        edition <= Edition ? [] : [new ImpactEntry.Adopted { Edition = edition, Counting = counting, At = at, Restated = Edition == 0 ? [] : restated }];
}
