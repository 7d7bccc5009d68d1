using Gamification.Silo.Engine;
using Npgsql;

namespace Gamification.LoadTests.Replays;

/// <summary>A new data folder, and with a server a new database on it, for one replay; both go when it is disposed.</summary>
internal sealed class ReplayPlace : IAsyncDisposable
{
    private readonly string? _server;
    private readonly string _name = $"replay_{Guid.NewGuid():N}";

    private ReplayPlace(string? server) => _server = server;

    public string Folder { get; } = Directory.CreateTempSubdirectory("replay-").FullName;

    public string? Postgres => _server is null ? null : new NpgsqlConnectionStringBuilder(_server) { Database = _name }.ToString();

    /// <param name="server">A PostgreSQL connection that may create databases; null for SQLite in the folder.</param>
    public static async Task<ReplayPlace> Create(string? server)
    {
        var place = new ReplayPlace(server);
        if (server is not null) await place.Run($"create database {place._name}");
        return place;
    }

    public EngineOptions In(EngineOptions options) => options with { DataFolder = Folder, Postgres = Postgres };

    public async ValueTask DisposeAsync()
    {
        Directory.Delete(Folder, recursive: true);
        if (_server is not null) await Run($"drop database {_name} with (force)");
    }

    private async Task Run(string sql)
    {
        await using var server = NpgsqlDataSource.Create(_server!);
        await using var command = server.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
