using Gamification.Runtime.Reminders;
using Microsoft.Data.Sqlite;

namespace Gamification.Storage.Sqlite;

/// <summary>
/// Reminders in a SQLite file of their own: writing one off never waits for the journal's flush, and all who write at a time share one.
/// </summary>
public sealed class SqliteReminderTable : IReminderTable, IAsyncDisposable
{
    private const int Waiting = 8_192;
    private const int AtOnce = 1_024;

    private readonly SqliteDatabase _database;
    private readonly SharedTrips<Action<SqliteSession>, bool> _changes;

    public SqliteReminderTable(string path)
    {
        _database = new(path, "reminders", SqliteDurability.Full, readers: 1);
        _changes = new(Waiting, AtOnce, Write);
    }

    public ValueTask<IReadOnlyList<Reminder>> ReadAll(CancellationToken cancellationToken) => _database.Read<IReadOnlyList<Reminder>>(
        session => session.ReadAll("select grain, key, name, first_due, period, next_due from reminder", ReadReminder), cancellationToken);

    public async ValueTask Upsert(Reminder reminder, CancellationToken cancellationToken) => await _changes.Submit(session => session.Run(
        """
        insert into reminder (grain, key, name, first_due, period, next_due) values ($1, $2, $3, $4, $5, $6)
        on conflict (grain, key, name) do update set first_due = excluded.first_due, period = excluded.period, next_due = excluded.next_due
        """,
        reminder.Id.Grain,
        reminder.Id.Key,
        reminder.Id.Name,
        reminder.FirstDue.UtcTicks,
        reminder.Period.Ticks,
        reminder.NextDue.UtcTicks));

    public async ValueTask Remove(ReminderId id, CancellationToken cancellationToken) => await _changes.Submit(session => session.Run(
        "delete from reminder where grain = $1 and key = $2 and name = $3", id.Grain, id.Key, id.Name));

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private ValueTask<IReadOnlyList<bool>> Write(IReadOnlyList<Action<SqliteSession>> changes) => _database.Write<IReadOnlyList<bool>>(session => session.InTransaction(() =>
    {
        foreach (var change in changes) change(session);
        return new bool[changes.Count];
    }));

    private static Reminder ReadReminder(SqliteDataReader row) => new(
        new(row.GetString(0), row.GetString(1), row.GetString(2)),
        new(row.GetInt64(3), TimeSpan.Zero),
        TimeSpan.FromTicks(row.GetInt64(4)),
        new(row.GetInt64(5), TimeSpan.Zero));
}
