using System.Collections.Immutable;

namespace Gamification.Rules.Streaks;

/// <summary>A date on which more than one proof stands: how many.</summary>
public readonly record struct Proofs(int Day, int Count);

/// <summary>
/// Dates that something proves, as a set and, for those from which a proof can still be taken, how many there are beyond the first (spec §3). So
/// years take some hundred bytes, and a return within its days is undone exactly.
/// </summary>
internal static class ProvenDays
{
    /// <summary>How long what is brought back or removed still clears its date.</summary>
    public const int RemovalDays = 35;

    public static bool IsRemovable(int day, int today) => day >= today - RemovalDays;

    public static (DateSet Days, ImmutableArray<Proofs> Several) With(DateSet days, ImmutableArray<Proofs> several, int day, int today)
    {
        if (!days.Contains(day)) return (days.With(day), several);
        return IsRemovable(day, today) ? (days, Counted(several, day, 1)) : (days, several);
    }

    public static (DateSet Days, ImmutableArray<Proofs> Several) Without(DateSet days, ImmutableArray<Proofs> several, int day, int today)
    {
        if (!days.Contains(day) || !IsRemovable(day, today)) return (days, several);
        foreach (var one in several)
        {
            if (one.Day == day) return (days, Counted(several, day, -1));
        }

        return (days.Without(day), several);
    }

    /// <summary>Without the counts of dates from which nothing can be taken any more.</summary>
    public static ImmutableArray<Proofs> Forgetting(ImmutableArray<Proofs> several, int today) =>
        several.IsEmpty || IsRemovable(several[0].Day, today) ? several : several.RemoveAll(one => !IsRemovable(one.Day, today));

    public static ImmutableArray<Proofs> Counted(ImmutableArray<Proofs> several, int day, int change)
    {
        var at = 0;
        while (at < several.Length && several[at].Day < day) at++;
        if (at == several.Length || several[at].Day != day) return several.Insert(at, new(day, 1 + change));
        var count = several[at].Count + change;
        return count > 1 ? several.SetItem(at, new(day, count)) : several.RemoveAt(at);
    }
}
