using Gamification.Runtime.Reminders;
using Gamification.Storage;
using Gamification.Storage.Postgres;
using Gamification.Storage.Sqlite;
using Npgsql;

namespace Gamification.Silo.Engine;

/// <summary>What the embedded host keeps of its own in the engine's database: reminders.</summary>
internal sealed class HostTables(IReminderTable reminders) : IAsyncDisposable
{
    public IReminderTable Reminders => reminders;

    public static HostTables In(string folder) => new(new SqliteReminderTable(Path.Combine(folder, "reminders.db")));

    public static async Task<HostTables> Open(NpgsqlDataSource database, EngineOptions options, CancellationToken cancellation)
    {
        _ = options;
        return new(await PostgresReminderTable.Open(database, cancellation));
    }

    /// <summary>One process runs all of the engine, so it writes as many partitions as it was told to.</summary>
    public IEnumerable<int> Partitions(EngineOptions options) => Enumerable.Range(0, options.Partitions);

    public async Task<IReadOnlyList<TransferRow.Reminder>> ReadReminders(CancellationToken cancellation) => [.. (await reminders.ReadAll(cancellation))
        .OrderBy(reminder => (reminder.Id.Grain, reminder.Id.Key, reminder.Id.Name))
        .Select(reminder => new TransferRow.Reminder(reminder.Id.Grain, reminder.Id.Key, reminder.Id.Name, reminder.FirstDue, reminder.Period, reminder.NextDue))];

    public async Task WriteReminders(IEnumerable<TransferRow.Reminder> rows)
    {
        foreach (var row in rows) await reminders.Upsert(new(new(row.Grain, row.Key, row.Name), row.FirstDue, row.Period, row.NextDue), CancellationToken.None);
    }

    public ValueTask DisposeAsync() => reminders is IAsyncDisposable owned ? owned.DisposeAsync() : default;
}
