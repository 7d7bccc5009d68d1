namespace Gamification.Programmes.Earning;

/// <summary>What is wrong with a document: the field as a JSON pointer, a stable code, and what to do about it, in English.</summary>
[GenerateSerializer, Immutable, Alias("document-error")]
public sealed record DocumentError([property: Id(0)] string Field, [property: Id(1)] string Code, [property: Id(2)] string Remedy);
