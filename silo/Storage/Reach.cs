using Gamification.Journal;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Gamification.Storage;

/// <summary>
/// Turns a database that is away into the one fault that callers know, for whatever may simply be asked again: reads, and the vault, whose
/// writes change nothing when they are repeated. A statement that the database does not understand stays the bug that it is.
/// </summary>
internal static class Reach
{
    public static async ValueTask<T> Guard<T>(Func<ValueTask<T>> work)
    {
        try
        {
            return await work().ConfigureAwait(false);
        }
        catch (Exception fault) when (IsAway(fault))
        {
            throw new JournalUnavailableException($"The database cannot be reached: {fault.Message}", fault);
        }
    }

    public static async IAsyncEnumerable<T> Guard<T>(IAsyncEnumerable<T> rows)
    {
        var row = rows.GetAsyncEnumerator();
        await using var ending = row.ConfigureAwait(false);
        while (await Guard(row.MoveNextAsync).ConfigureAwait(false)) yield return row.Current;
    }

    private static bool IsAway(Exception fault) => fault switch
    {
        PostgresException { SqlState: ['2', '2' or '3', ..] or ['4', '0' or '2', ..] } => false,
        SqliteException { SqliteErrorCode: SQLitePCL.raw.SQLITE_ERROR or SQLitePCL.raw.SQLITE_CONSTRAINT or SQLitePCL.raw.SQLITE_MISMATCH or SQLitePCL.raw.SQLITE_RANGE } => false,
        _ => fault is NpgsqlException or SqliteException or Sqlite.SqliteCommitException or ObjectDisposedException,
    };
}
