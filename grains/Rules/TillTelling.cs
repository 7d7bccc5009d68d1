using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Recognition;

namespace Gamification.Rules;

/// <summary>What a till is told of a sale beside its points (spec A3, A13, L15).</summary>
internal static class TillTelling
{
    /// <summary>Null when there is nothing, as for most.</summary>
    /// <param name="posted">The receipt as recorded.</param>
    /// <param name="scheme">By which it was rated: names of rules and goals are its own.</param>
    public static TillNotes? Of(ReceiptPosted posted, Scheme? scheme)
    {
        if (scheme is null || posted is not { Treatment: Treatment.Earned }) return null;
        var (earned, near) = (posted.Earned, Near(posted, scheme));
        if (near.IsEmpty && earned is not { Multiplier: > 1 }) return null;
        return new() { Multiplier = earned?.Multiplier ?? 1, MultipliedBy = earned is { Multiplier: > 1 } ? MultipliedBy(earned, scheme) : [], AlmostThere = near };
    }

    private static ImmutableArray<AwardSentence> MultipliedBy(Earned earned, Scheme scheme) => scheme.Why(earned with
    {
        Applied =
        [
            .. earned.Applied.Where(applied => applied.Points > 0 && scheme.Book.Find(applied.Rule)?.Then.Any(effect => effect is Multiplier) == true)
                .OrderByDescending(applied => applied.Points).ThenBy(applied => applied.Rule.Rule, StringComparer.Ordinal).Take(TillNotes.Most),
        ],
    });

    private static ImmutableArray<NearGoal> Near(ReceiptPosted posted, Scheme scheme)
    {
        if (scheme.Recognition is not { } book || posted.Recognised is not { Changes: { IsEmpty: false } changes }) return [];
        ImmutableArray<NearGoal>.Builder? near = null;
        foreach (var change in changes)
        {
            if (change is not AlmostThere goal) continue;
            near ??= ImmutableArray.CreateBuilder<NearGoal>(TillNotes.Most);
            near.Add(new(goal.Goal, goal.Left, goal.Needed, book.Say(goal)));
            if (near.Count == TillNotes.Most) break;
        }

        return near?.DrainToImmutable() ?? [];
    }
}
