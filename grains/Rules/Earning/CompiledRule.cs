using System.Collections.Immutable;
using Gamification.Programmes.Earning;

namespace Gamification.Rules.Earning;

/// <summary>One version of a rule, prepared.</summary>
internal sealed class CompiledRule
{
    public CompiledRule(EarningRule document, Campaign? campaign, ConditionTest? when, GoodsTest? lines, ImmutableArray<string>? stores)
    {
        (Document, Campaign, When, Lines, Stores, Id) = (document, campaign, when, lines, stores, document.VersionId);
        foreach (var effect in document.Then)
        {
            if (effect is PointsPerSpend or FixedPoints or Bonus or Multiplier) Points = effect;
            else Others = Others.Add(effect);
        }

        Hundredths = Points is Multiplier multiplier ? (int)(multiplier.Factor * 100) : 0;
        Asks = MemberQuestions.AskedBy(document.When);
    }

    public EarningRule Document { get; }

    public RuleVersionId Id { get; }

    public Campaign? Campaign { get; }

    public ConditionTest? When { get; }

    public GoodsTest? Lines { get; }

    /// <summary>The only stores where it can apply, when its condition says so at the top; null for no such limit.</summary>
    public ImmutableArray<string>? Stores { get; }

    /// <summary>The effect that brings points; null when none does.</summary>
    public Effect? Points { get; }

    public ImmutableArray<Effect> Others { get; } = [];

    public MemberQuestions Asks { get; }

    /// <summary>A multiplier's factor in hundredths; 0 for any other rule.</summary>
    public int Hundredths { get; }

    /// <summary>Whether something outside the decision can limit it: such a rule never brings more after a return than it did at the sale.</summary>
    public bool IsLimited => Document.Cap is not null || Campaign is not null;

    /// <summary>Counts every sale whole, without looking at its lines.</summary>
    public bool IsPlain => When is null && Lines is null && !IsLimited && Others.IsEmpty && Points is PointsPerSpend;
}

/// <summary>What a condition asks of a member.</summary>
internal readonly record struct MemberQuestions(bool Tier, ImmutableArray<string> Segments, FirstTime Firsts, bool Joining)
{
    private static readonly MemberQuestions Nothing = new(false, [], FirstTime.None, false);

    public bool IsNothing => !Tier && Segments.IsEmpty && Firsts == FirstTime.None && !Joining;

    public static MemberQuestions AskedBy(Condition? condition) => condition switch
    {
        AllOf all => all.Of.Select(AskedBy).Aggregate(Nothing, (sum, part) => sum.And(part)),
        AnyOf any => any.Of.Select(AskedBy).Aggregate(Nothing, (sum, part) => sum.And(part)),
        Not not => AskedBy(not.Of),
        TierIs => Nothing with { Tier = true },
        SegmentIs segment => Nothing with { Segments = segment.Segments },
        FirstTimeOf first => Nothing with { Firsts = first.Scope },
        JoinedWithin => Nothing with { Joining = true },
        _ => Nothing,
    };

    public MemberQuestions And(MemberQuestions other) => new(Tier || other.Tier, [.. Segments.Union(other.Segments)], Firsts | other.Firsts, Joining || other.Joining);
}
