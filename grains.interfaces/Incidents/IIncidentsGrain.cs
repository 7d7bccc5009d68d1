using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Gamification.Incidents;

/// <summary>
/// Something for which no member is to blame: a closed store, a till without a network (spec E3). Nobody who has bought or earned points in one of its stores missed its
/// days.
/// </summary>
[GenerateSerializer, Immutable, Alias("incident")]
public sealed record Incident
{
    /// <summary>From 1, in the order declared.</summary>
    [Id(0)] public required int Number { get; init; }

    /// <summary>Given by whoever declared it.</summary>
    [Id(1)] public required string Id { get; init; }

    /// <summary>The first day.</summary>
    [Id(2)] public required DateOnly From { get; init; }

    /// <summary>The first day after it.</summary>
    [Id(3)] public required DateOnly To { get; init; }

    /// <summary><c>programme</c>, <c>store:BRU</c> or <c>region:north</c>.</summary>
    [Id(4)] public required string Scope { get; init; }

    /// <summary>The stores that the scope had when it was declared; empty for the whole programme.</summary>
    [Id(5)] public ImmutableArray<string> Stores { get => field.IsDefault ? [] : field; init; } = [];

    [Id(6)] public required string Reason { get; init; }

    [Id(7)] public required string By { get; init; }

    [Id(8)] public required DateTimeOffset DeclaredAt { get; init; }

    [JsonIgnore]
    public bool IsEverywhere => Stores.IsEmpty;
}

/// <summary>What an operator states.</summary>
[GenerateSerializer, Immutable, Alias("declare-incident")]
public sealed record DeclareIncident
{
    /// <summary>1 to 64 printable characters: the same again is the same incident.</summary>
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required DateOnly From { get; init; }

    [Id(2)] public required DateOnly To { get; init; }

    [Id(3)] public required string Scope { get; init; }

    [Id(4)] public required string Reason { get; init; }

    [Id(5)] public required string By { get; init; }
}

[GenerateSerializer, Immutable, Alias("incident-outcome")]
public abstract record IncidentOutcome
{
    /// <summary>Durable, now or when the same was declared first.</summary>
    [GenerateSerializer, Immutable, Alias("incident-outcome.declared")]
    public sealed record Declared([property: Id(0)] Incident Incident, [property: Id(1)] bool Replayed) : IncidentOutcome;

    /// <summary>The id is that of another incident.</summary>
    [GenerateSerializer, Immutable, Alias("incident-outcome.conflict")]
    public sealed record Conflict : IncidentOutcome;

    [GenerateSerializer, Immutable, Alias("incident-outcome.refused")]
    public sealed record Refused([property: Id(0)] Refusal Refusal) : IncidentOutcome;
}

/// <summary>
/// The incidents of a programme. The key is the programme. No member is touched by declaring one: each account bridges its streaks when it is next looked
/// at or something happens to it, however much later, once.
/// </summary>
[Alias("incidents")]
public interface IIncidentsGrain : IGrainWithStringKey
{
    /// <summary>Durable on return; every node goes by it within a few seconds. Repeating it changes nothing.</summary>
    [Alias("declare")]
    Task<IncidentOutcome> Declare(DeclareIncident declaration, DateTimeOffset at);

    /// <summary>Newest first.</summary>
    [ReadOnly]
    [Alias("all")]
    Task<ImmutableArray<Incident>> All();
}
