using System.Collections.Immutable;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;

namespace Gamification.Rules;

/// <summary>Room under caps that returns make again, while the cap's period is Live or in Grace (spec §7). A campaign's period does not end.</summary>
internal static class CapRoom
{
    /// <summary>The counters after these parts have come back; null when none changes. The history does not hold the parts yet.</summary>
    public static ImmutableArray<CapCount>? FreedBy(ImmutableArray<TakenBack> taken, AccountState state, AccountContext context)
    {
        if (context.Scheme is not { } scheme || state.Counters is not { } memory) return null;
        ImmutableArray<CapCount> changed = [];
        foreach (var part in taken)
        {
            if (context.History!.Find(part.Sale) is not { Credited: true, Earned.Counts.IsEmpty: false } sale) continue;
            var stood = sale.Standing(scheme).Counts;
            var stands = sale.Spend - part.Spend <= 0 ? [] : sale.StandingWithout(part, scheme).Counts;
            ImmutableArray<CapCount> freed =
            [
                .. stood
                    .Where(count => IsOpen(count, scheme, context.At))
                    .Select(count => Less(count, RuleCounters.Of(stands, count)))
                    .Where(count => count is not { Points: 0, Times: 0 }),
            ];
            var counters = freed.All(memory.Has) ? memory.Rows : [.. context.History.Counters];
            changed = Merge(changed, RuleCounters.After(Merge(counters, changed), freed, -1));
        }

        return changed.IsEmpty ? null : changed;
    }

    private static CapCount Less(CapCount stood, CapCount stands) =>
        stood with { Points = Math.Max(0, stood.Points - stands.Points), Times = Math.Max(0, stood.Times - stands.Times) };

    /// <summary>Whether what is given back may still make room in the counter's period.</summary>
    public static bool IsOpen(CapCount count, Scheme scheme, DateTimeOffset at)
    {
        if (count.Per == CapPeriod.Campaign) return true;
        var (calendar, grace) = (scheme.Points.Calendar, (long)scheme.Points.Grace.TotalMilliseconds);
        return at.ToUnixTimeMilliseconds() < calendar.EndOf(CapDays.Last(count.Per, count.FromDay)) + grace;
    }

    private static ImmutableArray<CapCount> Merge(ImmutableArray<CapCount> rows, ImmutableArray<CapCount> newer) =>
        [.. rows.Where(row => !newer.Any(other => RuleCounters.IsSame(row, other))), .. newer];
}
