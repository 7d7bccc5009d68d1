using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Gamification.Programmes;
using Gamification.Silo.Programmes;
using Gamification.Vault;
using Microsoft.Extensions.Configuration;

namespace Gamification.Silo.Engine;

/// <summary>Settings by the command line, the environment (<c>Gamification__…</c>) or appsettings, in that order.</summary>
public static class EngineSettings
{
    /// <summary>Throws <see cref="FormatException"/> or <see cref="ProgrammeFileException"/> with one line for the person who typed it.</summary>
    public static EngineOptions Read(IConfiguration configuration, string dataFolder, string programmeFile) => new()
    {
        DataFolder = configuration["data"] ?? configuration["Gamification:DataFolder"] ?? dataFolder,
        Postgres = configuration["postgres"] ?? configuration["Gamification:Postgres"],
        Programmes = Programmes(configuration["programme"] ?? configuration["Gamification:Programme"] ?? Path.Combine(AppContext.BaseDirectory, "Programmes", programmeFile)),
        Partitions = (int)Number(configuration, "partitions", 1, 1, 64),
        Quarantine = Quarantine(configuration),
        Node = Node(configuration),
    };

    public static double Number(IConfiguration configuration, string name, double otherwise, double min, double max)
    {
        if ((configuration[name] ?? configuration[$"Gamification:{name}"]) is not { } text) return otherwise;
        return double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new FormatException($"--{name} takes a number from {min} to {max}, not '{text}'.");
    }

    private static ImmutableArray<ProgrammeSettings> Programmes(string file) => [ProgrammeFile.Read(file)];

    private static QuarantineBounds Quarantine(IConfiguration configuration)
    {
        var kept = new QuarantineBounds();
        return new()
        {
            BodiesPerStore = (int)Number(configuration, "quarantineBodies", kept.BodiesPerStore, 1, 1_000_000),
            BytesPerStore = (long)Number(configuration, "quarantineMegabytes", kept.BytesPerStore >> 20, 1, 100_000) << 20,
            KeepFor = TimeSpan.FromDays(Number(configuration, "quarantineDays", kept.KeepFor.TotalDays, 1, 3_660)),
        };
    }

    private static ClusterNode Node(IConfiguration configuration)
    {
        var standard = new ClusterNode();
        var address = configuration["node-address"] ?? configuration["Gamification:node-address"];
        return new()
        {
            Cluster = configuration["cluster"] ?? configuration["Gamification:cluster"] ?? standard.Cluster,
            Address = address is null ? standard.Address
                : IPAddress.TryParse(address, out var known) ? known
                : throw new FormatException($"--node-address takes the IP address under which the other nodes reach this one, not '{address}'."),
            SiloPort = (int)Number(configuration, "silo-port", standard.SiloPort, 1, 65_535),
            GatewayPort = (int)Number(configuration, "gateway-port", standard.GatewayPort, 0, 65_535),
        };
    }
}
