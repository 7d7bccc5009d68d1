using System.Collections.Immutable;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Badges;

/// <summary>
/// What badges count of one event, as it stands: a sale less what came back of it. A return is the same activity before and after, a removal one
/// that is no longer there, so taking back is exact by construction.
/// </summary>
public readonly record struct Activity
{
    public required EarningEvent Type { get; init; }

    /// <summary>The business date; of a return that of its sale.</summary>
    public required DateOnly Date { get; init; }

    public string? Store { get; init; }

    /// <summary>Net, in minor units. A sale of which nothing is left is no activity.</summary>
    public long Spend { get; init; }

    public decimal Items { get; init; }

    /// <summary>Points that it earned and that stand, without gifts. A sale's are status points of spend, all others' of engagement.</summary>
    public long Points { get; init; }

    public DateTimeOffset OccurredAt { get; init; }

    /// <summary>It happened in no store, so that for streaks it counts on the member's own day (spec §2).</summary>
    public bool IsAtHome { get; init; }

    /// <summary>What earning rules brought, of which badges take their steps.</summary>
    public ImmutableArray<EarnedEffect> Effects { get; init; }

    internal decimal StepsOf(string badge)
    {
        decimal steps = 0;
        if (Effects.IsDefaultOrEmpty) return 0;
        foreach (var effect in Effects)
        {
            if (effect.Kind == NamedKind.Badge && effect.Id == badge) steps += effect.Quantity;
        }

        return steps;
    }
}

/// <summary>An activity before and after something happened to it; null for not there.</summary>
public readonly record struct ActivityChange(Activity? Before, Activity? After)
{
    public DateOnly Date => (After ?? Before ?? throw new ArgumentException("Nothing happened.")).Date;
}
