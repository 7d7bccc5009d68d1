using Gamification.Runtime.Reminders;
using Npgsql;

namespace Gamification.Storage.Postgres;

/// <summary>Reminders in PostgreSQL. Each change is one statement, committed and flushed when its task completes.</summary>
public sealed class PostgresReminderTable : IReminderTable
{
    private readonly NpgsqlDataSource _database;

    private PostgresReminderTable(NpgsqlDataSource database) => _database = database;

    public static async Task<PostgresReminderTable> Open(NpgsqlDataSource database, CancellationToken cancellation = default)
    {
        await PostgresMigrations.Apply(database, "reminders", cancellation);
        return new(database);
    }

    public async ValueTask<IReadOnlyList<Reminder>> ReadAll(CancellationToken cancellationToken)
    {
        await using var command = _database.CreateCommand("select grain, key, name, first_due, period, next_due from reminder");
        await using var row = await command.ExecuteReaderAsync(cancellationToken);
        List<Reminder> reminders = [];
        while (await row.ReadAsync(cancellationToken))
            reminders.Add(ReadReminder(row));
        return reminders;
    }

    public ValueTask Upsert(Reminder reminder, CancellationToken cancellationToken) => Run(
        """
        insert into reminder (grain, key, name, first_due, period, next_due) values ($1, $2, $3, $4, $5, $6)
        on conflict (grain, key, name) do update set first_due = excluded.first_due, period = excluded.period, next_due = excluded.next_due
        """,
        cancellationToken,
        reminder.Id.Grain,
        reminder.Id.Key,
        reminder.Id.Name,
        reminder.FirstDue.UtcTicks,
        reminder.Period.Ticks,
        reminder.NextDue.UtcTicks);

    public ValueTask Remove(ReminderId id, CancellationToken cancellationToken) => Run(
        "delete from reminder where grain = $1 and key = $2 and name = $3", cancellationToken, id.Grain, id.Key, id.Name);

    private static Reminder ReadReminder(NpgsqlDataReader row) => new(
        new(row.GetString(0), row.GetString(1), row.GetString(2)),
        new(row.GetInt64(3), TimeSpan.Zero),
        TimeSpan.FromTicks(row.GetInt64(4)),
        new(row.GetInt64(5), TimeSpan.Zero));

    private async ValueTask Run(string sql, CancellationToken cancellation, params object[] parameters)
    {
        await using var command = _database.CreateCommand(sql);
        foreach (var parameter in parameters)
            command.Parameters.Add(new() { Value = parameter });
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
