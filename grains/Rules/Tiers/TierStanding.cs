using System.Collections.Immutable;

namespace Gamification.Rules.Tiers;

/// <summary>Status points, by where they come from.</summary>
public readonly record struct StatusPoints(long Spend, long Engagement)
{
    public static StatusPoints operator +(StatusPoints left, StatusPoints right) =>
        new(checked(left.Spend + right.Spend), checked(left.Engagement + right.Engagement));

    public static StatusPoints operator -(StatusPoints points) => new(-points.Spend, -points.Engagement);
}

/// <summary>The status points of one stretch of a member's time; see <see cref="TierCalendar"/> for its number.</summary>
public readonly record struct StatusSum(int Stretch, StatusPoints Points);

/// <summary>
/// A member's tier and what it rests on. It changes with what is earned and with time; <see cref="TierRulings.At"/> tells the tier of any later
/// day without a job having run.
/// </summary>
public sealed record TierStanding
{
    /// <summary>The day of enrolment: where anniversary periods begin.</summary>
    public required int EnrolledOn { get; init; }

    /// <summary>The kind and length of periods that <see cref="PeriodFrom"/> and <see cref="Sums"/> are numbered by, see <see cref="TierCalendar.ShapeOf"/>.</summary>
    public int Shape { get; init; }

    /// <summary>0 for none, 1 for the ladder's lowest level.</summary>
    public int Level { get; init; }

    /// <summary>The stretch that the member's period begins with.</summary>
    public required int PeriodFrom { get; init; }

    /// <summary>Whether the period before has been judged: its grace is over, or it could cost nothing.</summary>
    public bool IsJudged { get; init; } = true;

    /// <summary>What was earned in the grace of the period before: it counts for that one too.</summary>
    public StatusPoints Grace { get; init; }

    /// <summary>In order, from the period before this one on, without empty ones.</summary>
    public ImmutableArray<StatusSum> Sums { get; init; } = [];
}
