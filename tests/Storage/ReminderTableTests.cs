using Gamification.Runtime.Reminders;
using Gamification.Storage.Postgres;
using Gamification.Storage.Sqlite;
using Npgsql;

namespace Gamification.Tests.Storage;

public sealed class SqliteReminderTableTests : ReminderTableContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gamification-").FullName;
    private SqliteReminderTable? _opened;

    protected override Task<IReminderTable> Open() => Task.FromResult<IReminderTable>(_opened = new(Path.Combine(_folder, "reminders.db")));

    protected override async Task<IReminderTable> Reopen()
    {
        await _opened!.DisposeAsync();
        return await Open();
    }

    protected override async Task Close()
    {
        await _opened!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

public sealed class PostgresReminderTableTests(PostgresServer server) : ReminderTableContract
{
    private NpgsqlDataSource? _database;

    protected override async Task<IReminderTable> Open() => await PostgresReminderTable.Open(_database ??= await server.CreateDatabase("reminders"));

    protected override Task<IReminderTable> Reopen() => Open();

    protected override async Task Close()
    {
        if (_database is { } database)
            await database.DisposeAsync();
    }
}
