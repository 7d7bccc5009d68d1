using System.Collections.Immutable;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>
/// What capped rules have brought one member, for the periods that a receipt may still come for. A receipt from before
/// <see cref="CompleteFrom"/> finds its counters in the account's past.
/// </summary>
/// <param name="CompleteFrom">Day number: the counters of every period that ends on it or later are here.</param>
public sealed record RuleCounters(ImmutableArray<CapCount> Rows, int CompleteFrom)
{
    /// <summary>How long a counter is kept in memory after its period: tills that were offline are back by then.</summary>
    private const int DaysKept = 7;

    public static RuleCounters Empty { get; } = new([], 0);

    /// <summary>Whether a counter of this period is sure to be here.</summary>
    public bool Has(CapCount wanted) => CapDays.Last(wanted.Per, wanted.FromDay) >= CompleteFrom;

    /// <summary>Replaces or adds counters, then drops the periods that ended a week before the newest one began.</summary>
    public RuleCounters With(ReadOnlySpan<CapCount> changed)
    {
        var completeFrom = CompleteFrom;
        foreach (var row in changed) completeFrom = Math.Max(completeFrom, row.FromDay - DaysKept);
        var rows = ImmutableArray.CreateBuilder<CapCount>(Rows.Length + changed.Length);
        foreach (var row in Rows)
        {
            if (CapDays.Last(row.Per, row.FromDay) >= completeFrom && !Holds(changed, row)) rows.Add(row);
        }

        foreach (var row in changed)
        {
            if (CapDays.Last(row.Per, row.FromDay) >= completeFrom) rows.Add(row);
        }

        return new(rows.DrainToImmutable(), completeFrom);
    }

    /// <summary>The counters that these amounts lead to, to be recorded. Taking away never leads below zero.</summary>
    /// <param name="rows">The counters as they are.</param>
    /// <param name="counts">What to add, or with <paramref name="sign"/> -1 to take away.</param>
    /// <param name="sign">1 or -1.</param>
    public static ImmutableArray<CapCount> After(ImmutableArray<CapCount> rows, ImmutableArray<CapCount> counts, int sign)
    {
        var changed = ImmutableArray.CreateBuilder<CapCount>(counts.Length);
        foreach (var count in counts)
        {
            var before = Of(rows, count);
            changed.Add(count with { Points = Math.Max(0, before.Points + (sign * count.Points)), Times = Math.Max(0, before.Times + (sign * count.Times)) });
        }

        return changed.DrainToImmutable();
    }

    /// <summary>The counter of the same rule and period; an empty one when there is none.</summary>
    public static CapCount Of(ImmutableArray<CapCount> rows, CapCount wanted)
    {
        foreach (var row in rows)
        {
            if (IsSame(row, wanted)) return row;
        }

        return wanted with { Points = 0, Times = 0 };
    }

    public static bool IsSame(CapCount one, CapCount other) => one.FromDay == other.FromDay && one.Per == other.Per && one.Rule == other.Rule;

    private static bool Holds(ReadOnlySpan<CapCount> rows, CapCount wanted)
    {
        foreach (var row in rows)
        {
            if (IsSame(row, wanted)) return true;
        }

        return false;
    }
}
