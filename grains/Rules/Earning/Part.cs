using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>One rule's part of an award while it is worked out. Raw amounts are in units of 1/<c>unit</c> of a point, so that nothing is rounded early.</summary>
internal struct Part
{
    public CompiledRule Rule;
    public Scope Scope;

    /// <summary>False when a smaller basket no longer meets the rule.</summary>
    public bool Holds;

    /// <summary>Whole points that the member's cap leaves; what the campaign leaves comes on top.</summary>
    public long CapRoom;

    public Int128 Raw;
    public Int128 Remainder;

    /// <summary>What cap or budget allowed, when it was less than the raw amount.</summary>
    public long? Granted;

    /// <summary>The most whole points that rounding may give.</summary>
    public long Bound;
    public long Share;

    /// <summary>A multiplier had something to multiply.</summary>
    public bool Contended;

    /// <summary>A multiplier's raw amount by line; only when lines are asked for.</summary>
    public Int128[]? ByLine;

    /// <summary>What multipliers multiply.</summary>
    public readonly bool IsBase => Rule.Points is PointsPerSpend or FixedPoints;

    /// <summary>Whether it does anything at all. One that was granted nothing does nothing.</summary>
    public readonly bool Counts => Holds && Granted != 0 && (Raw > 0 || !Rule.Others.IsEmpty);

    /// <summary>Outdone on every line, and free to take over when the greater one falls away with a return.</summary>
    public readonly bool IsOutdone => Contended && Raw == 0 && Granted is null && Rule.Points is Multiplier;
}
