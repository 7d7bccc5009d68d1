using System.Collections.Immutable;

namespace Gamification.Rules.Rewards;

/// <summary>What a rule answers: the facts to make durable, none when nothing changes, and what to say once they are.</summary>
public readonly record struct Decision<TEntry, TAnswer>(ImmutableArray<TEntry> Entries, TAnswer Answer);
