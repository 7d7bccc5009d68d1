using Gamification.Challenges;
using Gamification.Leagues;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Leagues;

/// <summary>A member's effort in a period: what stands of its deeds, weighed. Never money: a sale that is named counts as one event, whatever it cost.</summary>
public static class Efforts
{
    /// <summary>The effort and when it was reached, Unix milliseconds; in whatever order the deeds are given. Within a day the earliest count.</summary>
    public static (long Effort, long ReachedAt) Of(LeagueRules rules, IEnumerable<Deed> standing)
    {
        var (effort, reachedAt) = (0L, 0L);
        var days = new Dictionary<(EarningEvent, DateOnly), int>();
        foreach (var deed in standing.OrderBy(deed => deed.OccurredAt))
        {
            if (rules.Efforts.FirstOrDefault(one => one.On == deed.Type) is not { } weight) continue;
            if (deed.Type == EarningEvent.Sale && deed.Spend <= 0) continue;
            var ofDay = days.GetValueOrDefault((deed.Type, deed.Date));
            if (ofDay == weight.PerDay) continue;
            days[(deed.Type, deed.Date)] = ofDay + 1;
            (effort, reachedAt) = (effort + weight.Weight, Math.Max(reachedAt, deed.OccurredAt.ToUnixTimeMilliseconds()));
        }

        return (effort, reachedAt);
    }
}
