namespace Gamification.Statements;

/// <summary>One thing said in the three languages of a programme.</summary>
[GenerateSerializer, Immutable, Alias("sentence")]
public sealed record Sentence([property: Id(0)] string Fr, [property: Id(1)] string Nl, [property: Id(2)] string En);
