using Gamification.Projections;
using Gamification.Storage.Postgres;
using Gamification.Storage.Sqlite;
using Npgsql;

namespace Gamification.Tests.Storage;

public sealed class SqliteRollupStorageTests : RollupStorageContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gamification-").FullName;

    protected override Task<IRollupStorage> Open() => Task.FromResult<IRollupStorage>(new SqliteRollupStorage(Path.Combine(_folder, "projections.db")));

    protected override async Task Close()
    {
        await ((SqliteRollupStorage)Rollup).DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

public sealed class PostgresRollupStorageTests(PostgresServer server) : RollupStorageContract
{
    private NpgsqlDataSource? _database;

    protected override async Task<IRollupStorage> Open() =>
        await PostgresRollupStorage.Open(_database = await server.CreateDatabase("rollup"));

    protected override async Task Close()
    {
        if (_database is { } database)
            await database.DisposeAsync();
    }
}
