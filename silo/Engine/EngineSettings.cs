using System.Collections.Immutable;
using System.Globalization;
using System.Net;
using Gamification.Leaderboards;
using Gamification.Rules.Earning;
using Gamification.Rules.Programmes;
using Gamification.Silo.Programmes;
using Gamification.Vault;
using Microsoft.Extensions.Configuration;

namespace Gamification.Silo.Engine;

/// <summary>Settings by the command line, the environment (<c>Gamification__…</c>) or appsettings, in that order.</summary>
public static class EngineSettings
{
    /// <summary>Throws <see cref="FormatException"/> or <see cref="ProgrammeFileException"/> with one line for the person who typed it.</summary>
    public static EngineOptions Read(IConfiguration configuration, string dataFolder, string programmeFile)
    {
        var shipped = Path.Combine(AppContext.BaseDirectory, "Programmes");
        var file = Text(configuration, "programme") is { } stated ? Shipped(shipped, stated) ?? stated : Path.Combine(shipped, programmeFile);
        var programme = ProgrammeFile.Read(file);
        return new()
        {
            DataFolder = configuration["data"] ?? configuration["Gamification:DataFolder"] ?? dataFolder,
            Postgres = Text(configuration, "postgres"),
            Redis = Text(configuration, "redis"),
            Programmes = [programme],
            Catalogues = ImmutableDictionary<string, Catalogue>.Empty.Add(programme.Id, ProgrammeFile.ReadCatalogue(file)),
            OtherParts = ImmutableDictionary<string, ImmutableArray<PartText>>.Empty.Add(programme.Id, ProgrammeFile.ReadOtherParts(file)),
            Partitions = (int)Number(configuration, "partitions", 1, 1, 64),
            Quarantine = Quarantine(configuration),
            Boards = Boards(configuration),
            Node = Node(configuration),
        };
    }

    /// <summary>
    /// <c>--silo-port</c> on the command line is <c>Gamification__SiloPort</c> in the environment, where neither a shell nor systemd takes a hyphen.
    /// </summary>
    public static string? Text(IConfiguration configuration, string name) =>
        configuration[name] ?? configuration[$"Gamification:{name.Replace("-", "", StringComparison.Ordinal)}"];

    public static double Number(IConfiguration configuration, string name, double otherwise, double min, double max)
    {
        if (Text(configuration, name) is not { } text) return otherwise;
        return double.TryParse(text, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max
            ? number
            : throw new FormatException($"--{name} takes a number from {min} to {max}, not '{text}'.");
    }

    /// <summary>A programme that comes with the program, by its name: supermarket, cafe. Null for what is none of them, or a file.</summary>
    private static string? Shipped(string folder, string name) =>
        !File.Exists(name) && !name.AsSpan().ContainsAnyExceptInRange('a', 'z') && Path.Combine(folder, name, "programme.json") is var file && File.Exists(file) ? file : null;

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

    private static BoardOptions Boards(IConfiguration configuration)
    {
        var kept = new BoardOptions();
        return new()
        {
            ShardAbove = (int)Number(configuration, "boardShardAbove", kept.ShardAbove, 1_000, 100_000_000),
            Shards = (int)Number(configuration, "boardShards", kept.Shards, 2, 64),
        };
    }

    private static ClusterNode Node(IConfiguration configuration)
    {
        var standard = new ClusterNode();
        var address = Text(configuration, "node-address");
        return new()
        {
            Cluster = Text(configuration, "cluster") ?? standard.Cluster,
            Address = address is null ? standard.Address
                : IPAddress.TryParse(address, out var known) ? known
                : throw new FormatException($"--node-address takes the IP address under which the other nodes reach this one, not '{address}'."),
            SiloPort = (int)Number(configuration, "silo-port", standard.SiloPort, 1, 65_535),
            GatewayPort = (int)Number(configuration, "gateway-port", standard.GatewayPort, 0, 65_535),
        };
    }
}
