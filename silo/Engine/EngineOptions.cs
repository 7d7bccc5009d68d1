using System.Collections.Immutable;
using Gamification.Leaderboards;
using Gamification.Programmes;
using Gamification.Rules.Earning;
using Gamification.Rules.Programmes;
using Gamification.Vault;

namespace Gamification.Silo.Engine;

/// <summary>Where the engine keeps what it knows, and which programmes it runs.</summary>
public sealed record EngineOptions
{
    /// <summary>Holds the deployment's secret, and with the embedded default the databases. Created when missing.</summary>
    public required string DataFolder { get; init; }

    /// <summary>A PostgreSQL connection string; null for SQLite in <see cref="DataFolder"/>.</summary>
    public string? Postgres { get; init; }

    /// <summary>A Redis connection string: hosts outside the cluster are told of live topics through it, and top lists are mirrored to it. Null for none.</summary>
    public string? Redis { get; init; }

    public required ImmutableArray<ProgrammeSettings> Programmes { get; init; }

    /// <summary>The goods that rules speak of, by programme; a programme without a catalogue is not in it.</summary>
    public ImmutableDictionary<string, Catalogue> Catalogues { get; init; } = ImmutableDictionary<string, Catalogue>.Empty;

    /// <summary>What programmes' files state beside settings, rules, terms and goods, by programme.</summary>
    public ImmutableDictionary<string, ImmutableArray<PartText>> OtherParts { get; init; } = ImmutableDictionary<string, ImmutableArray<PartText>>.Empty;
    /// <summary>Journal partitions that this process writes. More than one helps only when one commit at a time is the limit.</summary>
    public int Partitions { get; init; } = 1;

    /// <summary>How much of what was refused is kept for a person to look at.</summary>
    public QuarantineBounds Quarantine { get; init; } = new();

    /// <summary>From which size on a board is kept in shards, and in how many.</summary>
    public BoardOptions Boards { get; init; } = new();

    /// <summary>This process as a node of a cluster.</summary>
    public ClusterNode Node { get; init; } = new();
}
