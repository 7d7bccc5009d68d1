using System.Collections.Immutable;
using Gamification.Recognition;

namespace Gamification.Rules.Streaks;

/// <summary>A proof from the days of a change of home zone: it counts for one of two dates, whichever makes the longer run, never for both (spec §3).</summary>
public readonly record struct EitherDay(int Earlier, int Later);

/// <summary>Freezes that did not come from the run itself.</summary>
public readonly record struct FreezeGrant(int Day, int Count, bool ByTier);

/// <summary>A milestone that was paid, and the dates it was paid for, both inclusive.</summary>
public readonly record struct MilestoneAward
{
    public required int Periods { get; init; }

    public required int From { get; init; }

    public required int Through { get; init; }

    /// <summary>How often its gift was due; 1 unless it was taken back in between.</summary>
    public int Turn { get; init; }

    public bool IsTakenBack { get; init; }

    public bool Overlaps(int from, int through) => From <= through && from <= Through;
}

/// <summary>
/// One streak of one member: which dates count, what excuses the others, what was paid (spec §3). No counter: runs, frozen dates and freezes
/// left follow from these and the date it is asked on, see <see cref="StreakWalk"/>. So the order in which proofs come does not matter.
/// </summary>
public sealed record Streak
{
    /// <summary>Far more than the days of one change of zone can hold.</summary>
    private const int EitherMax = 64;

    public static Streak None { get; } = new();

    /// <summary>Day numbers of the dates with a proof that counts for no other date.</summary>
    public DateSet Dates { get; init; }

    /// <summary>Only of dates from which a proof can still be removed; in order.</summary>
    public ImmutableArray<Proofs> Several { get; init; } = [];

    public ImmutableArray<EitherDay> Either { get; init; } = [];

    /// <summary>Announced holidays, dates of incidents, and repaired periods: nothing is missed on them.</summary>
    public DateSet Vacation { get; init; }

    public DateSet Bridged { get; init; }

    public DateSet Repaired { get; init; }

    /// <summary>In the order of their days.</summary>
    public ImmutableArray<FreezeGrant> Grants { get; init; } = [];

    public ImmutableArray<MilestoneAward> Awards { get; init; } = [];

    /// <summary>The member does not want to hear of it. It counts and pays as ever (spec E5).</summary>
    public bool IsSilent { get; init; }

    /// <summary>One more proof. Of a change of zone: for one of two dates, <paramref name="other"/> being the second.</summary>
    public Streak With(int day, int? other, int today)
    {
        if (other is { } second && second != day && Either.Length < EitherMax)
            return Forgetting(today) with { Either = Either.Add(new(Math.Min(day, second), Math.Max(day, second))) };
        var streak = Forgetting(today);
        if (!Dates.Contains(day)) return streak with { Dates = Dates.With(day) };
        return IsRemovable(day, today) ? streak with { Several = Counted(streak.Several, day, 1) } : streak;
    }

    /// <summary>The same proof undone, with the dates it came with. After <see cref="ProvenDays.RemovalDays"/> the date stays.</summary>
    public Streak Without(int day, int? other, int today)
    {
        var streak = Forgetting(today);
        if (!IsRemovable(day, today)) return streak;
        if (other is { } second && streak.Either.IndexOf(new(Math.Min(day, second), Math.Max(day, second))) is var at and >= 0)
            return streak with { Either = streak.Either.RemoveAt(at) };
        if (!streak.Dates.Contains(day)) return streak;
        return streak.Several.Any(one => one.Day == day)
            ? streak with { Several = Counted(streak.Several, day, -1) }
            : streak with { Dates = streak.Dates.Without(day) };
    }

    /// <summary>Two members are one (spec §12): all dates count, and nothing excused is lost. Awards are for <see cref="StreakRulings"/> to settle.</summary>
    public Streak Union(Streak other, int today)
    {
        var streak = this with
        {
            Dates = Dates.Union(other.Dates),
            Either = [.. Either.Concat(other.Either).Order(Comparer<EitherDay>.Create((a, b) => (a.Earlier, a.Later).CompareTo((b.Earlier, b.Later)))).Take(EitherMax)],
            Vacation = Vacation.Union(other.Vacation),
            Bridged = Bridged.Union(other.Bridged),
            Repaired = Repaired.Union(other.Repaired),
            Grants = [.. Grants.Concat(other.Grants).OrderBy(grant => grant.Day)],
            IsSilent = IsSilent || other.IsSilent,
        };
        foreach (var day in other.Dates.ToDays().Where(day => IsRemovable(day, today)))
        {
            var both = Dates.Contains(day) ? other.CountOn(day) : other.CountOn(day) - 1;
            if (both > 0) streak = streak with { Several = Counted(streak.Several, day, both) };
        }

        return streak;
    }

    /// <summary>What is left of a union without the other (spec §12): a date stays that was here before, or that more proofs stand on than the other had.</summary>
    public Streak Less(Streak other, Streak before, int today)
    {
        var streak = this with
        {
            Either = [.. before.Either.Concat(Either.Where(one => !other.Either.Contains(one))).Distinct().Order(Comparer<EitherDay>.Create((a, b) => (a.Earlier, a.Later).CompareTo((b.Earlier, b.Later)))).Take(EitherMax)],
            Vacation = Less(Vacation, other.Vacation, before.Vacation),
            Bridged = Less(Bridged, other.Bridged, before.Bridged),
            Repaired = Less(Repaired, other.Repaired, before.Repaired),
            Grants = [.. before.Grants.Concat(Grants.Where(grant => !other.Grants.Contains(grant) && !before.Grants.Contains(grant))).OrderBy(grant => grant.Day)],
            IsSilent = before.IsSilent || (IsSilent && !other.IsSilent),
        };
        foreach (var day in other.Dates.ToDays())
        {
            var count = streak.Dates.Contains(day) ? streak.CountOn(day) - (IsRemovable(day, today) ? other.CountOn(day) : 0) : 0;
            if (before.Dates.Contains(day) ? count <= 1 : !IsRemovable(day, today) || count <= 0)
                streak = streak with { Dates = before.Dates.Contains(day) ? streak.Dates : streak.Dates.Without(day), Several = streak.Several.RemoveAll(one => one.Day == day) };
            else if (IsRemovable(day, today))
                streak = streak with { Several = Counted(streak.Several.RemoveAll(one => one.Day == day), day, count - 1) is var several && count > 1 ? several : streak.Several.RemoveAll(one => one.Day == day) };
        }

        return streak;
    }

    private static DateSet Less(DateSet both, DateSet other, DateSet before) => DateSet.Of(both.ToDays().Where(day => !other.Contains(day) || before.Contains(day)));

    private int CountOn(int day)
    {
        foreach (var one in Several)
        {
            if (one.Day == day) return one.Count;
        }

        return 1;
    }

    private static bool IsRemovable(int day, int today) => ProvenDays.IsRemovable(day, today);

    private static ImmutableArray<Proofs> Counted(ImmutableArray<Proofs> several, int day, int change) => ProvenDays.Counted(several, day, change);

    private Streak Forgetting(int today) => ProvenDays.Forgetting(Several, today) is var several && several == Several ? this : this with { Several = several };
}
