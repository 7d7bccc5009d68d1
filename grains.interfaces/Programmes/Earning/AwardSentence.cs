namespace Gamification.Programmes.Earning;

/// <summary>"Pourquoi ces points ?": what one rule brought, as a sentence made from the rule itself (spec A13).</summary>
[GenerateSerializer, Immutable, Alias("award-sentence")]
public sealed record AwardSentence(
    [property: Id(0)] RuleVersionId Rule,
    [property: Id(1)] long Points,
    [property: Id(2)] string Fr,
    [property: Id(3)] string Nl,
    [property: Id(4)] string En);
