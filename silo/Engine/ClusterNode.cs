using System.Net;

namespace Gamification.Silo.Engine;

/// <summary>How one node of a cluster is found by the others. The embedded host has no others and ignores it.</summary>
public sealed record ClusterNode
{
    /// <summary>Nodes of one cluster share this name and a database. Two clusters on one database would fight over every member.</summary>
    public string Cluster { get; init; } = "gamification";

    /// <summary>The address under which the other nodes reach this one.</summary>
    public IPAddress Address { get; init; } = IPAddress.Loopback;

    /// <summary>Where the other nodes call this one.</summary>
    public int SiloPort { get; init; } = 11_111;

    /// <summary>Where clients outside the cluster call this node; 0 for none.</summary>
    public int GatewayPort { get; init; }
}
