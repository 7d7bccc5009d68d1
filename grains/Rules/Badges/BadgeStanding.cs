using System.Collections.Immutable;
using Gamification.Recognition;
using Gamification.Rules.Streaks;

namespace Gamification.Rules.Badges;

/// <summary>How often one store was counted, for badges that count different ones.</summary>
public readonly record struct Seen(string Key, int Count);

/// <summary>
/// How far a member is within one scope: of a periodic badge a period, else everything. A sum of what the activities that stand bring, and
/// nothing else.
/// </summary>
public sealed record ScopeProgress
{
    public required string Scope { get; init; }

    public decimal Value { get; init; }

    /// <summary>In ordinal order of their keys; then their number is the value.</summary>
    public ImmutableArray<Seen> Seen { get; init; } = [];

    /// <summary>The dates of a badge that counts different ones; then their number is the value. See <see cref="ProvenDays"/>.</summary>
    public DateSet Days { get; init; }

    public ImmutableArray<Proofs> Several { get; init; } = [];

    internal bool IsSameAs(ScopeProgress other) => (Scope, Value) == (other.Scope, other.Value) && Days == other.Days
        && Seen.AsSpan().SequenceEqual(other.Seen.AsSpan()) && Several.AsSpan().SequenceEqual(other.Several.AsSpan());

    public bool IsEmpty => Value == 0 && Seen.IsEmpty && Days.IsEmpty;
}

/// <summary>A level that was awarded. What was revoked stays here, and is shown as such.</summary>
public sealed record BadgeAward
{
    public required int Level { get; init; }

    public required string Scope { get; init; }

    /// <summary>The version of the badge that awarded it, whose threshold it goes on being held to.</summary>
    public required int Version { get; init; }

    /// <summary>Day numbers.</summary>
    public required int On { get; init; }

    public int? RevokedOn { get; init; }

    /// <summary>How often it was awarded; above 1 when it was given again after it had been revoked.</summary>
    public int Turn { get; init; } = 1;

    /// <summary>Who gave it and why; null for those that rules award.</summary>
    public string? By { get; init; }

    public string? Reason { get; init; }

    public bool Stands => RevokedOn is null;
}

/// <summary>How often a level was awarded in periods that are closed.</summary>
public readonly record struct PastAwards(int Level, int Count)
{
    /// <summary>In the order of levels.</summary>
    internal static ImmutableArray<PastAwards> With(ImmutableArray<PastAwards> all, int level, int more)
    {
        var at = 0;
        while (at < all.Length && all[at].Level < level) at++;
        return at < all.Length && all[at].Level == level ? all.SetItem(at, new(level, all[at].Count + more)) : all.Insert(at, new(level, more));
    }
}

/// <summary>One badge of one member, whatever its versions.</summary>
public sealed record BadgeStanding
{
    /// <summary>The scope of what has none.</summary>
    public const string Ever = "ever";

    public required string Badge { get; init; }

    /// <summary>In ordinal order of their scopes; without those that are closed.</summary>
    public ImmutableArray<ScopeProgress> Progress { get; init; } = [];

    /// <summary>In the order in which they were awarded; without those of closed periods.</summary>
    public ImmutableArray<BadgeAward> Awards { get; init; } = [];

    public ImmutableArray<PastAwards> Past { get; init; } = [];

    /// <summary>
    /// The version of the account's entry through which the badge was filled in: everything that those entries say of events counts for it, whether or not it did when they
    /// were recorded. 0 for never.
    /// </summary>
    public long FilledThrough { get; init; }

    /// <summary>Whether progress and awards are the same.</summary>
    internal bool IsSameAs(BadgeStanding other) =>
        Awards.AsSpan().SequenceEqual(other.Awards.AsSpan()) && Past.AsSpan().SequenceEqual(other.Past.AsSpan()) && Progress.Length == other.Progress.Length
        && Progress.Zip(other.Progress).All(pair => pair.First.IsSameAs(pair.Second));

    public static BadgeStanding Of(string badge) => new() { Badge = badge };

    public decimal ValueIn(string scope)
    {
        foreach (var one in Progress)
        {
            if (one.Scope == scope) return one.Value;
        }

        return 0;
    }

    /// <summary>The highest level that stands; 0 for none.</summary>
    public int Level
    {
        get
        {
            var level = Past.IsEmpty ? 0 : Past[^1].Level;
            foreach (var award in Awards)
            {
                if (award.Stands) level = Math.Max(level, award.Level);
            }

            return level;
        }
    }

    internal BadgeAwardId IdOf(BadgeAward award) => new(Badge, award.Level, award.Scope);
}
