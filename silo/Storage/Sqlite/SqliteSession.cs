using System.Data;
using System.Runtime.InteropServices;
using Microsoft.Data.Sqlite;

namespace Gamification.Storage.Sqlite;

/// <summary>One connection and the statements prepared on it. Belongs to one thread.</summary>
internal sealed class SqliteSession(SqliteConnection connection) : IDisposable
{
    private readonly Dictionary<string, SqliteCommand> _prepared = [];

    public SqliteConnection Connection => connection;

    /// <summary>Runs a statement with its parameters by position (<c>$1</c>, <c>$2</c> …) and returns the number of rows it changed.</summary>
    public int Run(string sql, params ReadOnlySpan<object?> parameters) => Prepare(sql, parameters).ExecuteNonQuery();

    public T Read<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> parameters)
    {
        using var reader = Prepare(sql, parameters).ExecuteReader();
        return read(reader);
    }

    public T? ReadFirst<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> parameters) =>
        Read(sql, reader => reader.Read() ? read(reader) : default, parameters);

    public List<T> ReadAll<T>(string sql, Func<SqliteDataReader, T> read, params ReadOnlySpan<object?> parameters) =>
        Read(
            sql,
            reader =>
            {
                List<T> rows = [];
                while (reader.Read())
                    rows.Add(read(reader));
                return rows;
            },
            parameters);

    /// <summary>Everything that <paramref name="read"/> reads is of one instant, and the file is locked for it once.</summary>
    public T AtOnce<T>(Func<T> read)
    {
        Run("begin");
        try
        {
            return read();
        }
        finally
        {
            Run("commit");
        }
    }

    /// <summary>Runs <paramref name="work"/> in a write transaction: the lock is taken first, and any fault rolls all of it back.</summary>
    public T InTransaction<T>(Func<T> work)
    {
        Run("begin immediate");
        T result;
        try
        {
            result = work();
        }
        catch
        {
            RollBack();
            throw;
        }

        Commit();
        return result;
    }

    public void RollBack()
    {
        if (SQLitePCL.raw.sqlite3_get_autocommit(connection.Handle!) == 0)
            Run("rollback");
    }

    public void Dispose()
    {
        foreach (var command in _prepared.Values)
            command.Dispose();
        connection.Dispose();
    }

    private void Commit()
    {
        try
        {
            Run("commit");
        }
        catch (SqliteException fault)
        {
            throw new SqliteCommitException(fault);
        }
    }

    private SqliteCommand Prepare(string sql, ReadOnlySpan<object?> parameters)
    {
        if (!_prepared.TryGetValue(sql, out var command))
        {
            command = connection.CreateCommand();
            command.CommandText = sql;
            for (var i = 1; i <= parameters.Length; i++)
                command.Parameters.Add(new SqliteParameter { ParameterName = "$" + i });
            command.Prepare();
            _prepared.Add(sql, command);
        }

        for (var i = 0; i < parameters.Length; i++)
            command.Parameters[i].Value = parameters[i] ?? DBNull.Value;
        return command;
    }
}

/// <summary>The fault came from COMMIT itself, so whether the transaction is in the file is not known.</summary>
internal sealed class SqliteCommitException(SqliteException inner) : Exception("COMMIT failed; its outcome is not known.", inner)
{
    /// <summary>A full disk is found while the log is written, before anything counts; SQLite has then rolled back.</summary>
    public bool NothingWritten => ((SqliteException)InnerException!).SqliteErrorCode == SQLitePCL.raw.SQLITE_FULL;
}

internal static class SqliteValues
{
    public static byte[] ToBlob(this Guid value) => value.ToByteArray(bigEndian: true);

    public static Guid GetBlobGuid(this SqliteDataReader reader, int column) => new(reader.GetFieldValue<byte[]>(column), bigEndian: true);

    public static byte[] ToBlob(this ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Offset == 0 && segment.Count == segment.Array!.Length ? segment.Array : bytes.ToArray();

    public static byte[] GetBlob(this SqliteDataReader reader, int column) => reader.GetFieldValue<byte[]>(column);

    /// <summary>Instants are kept as Unix microseconds.</summary>
    public static long ToMicroseconds(this DateTimeOffset instant) => (instant - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;

    public static DateTimeOffset ToInstant(this long microseconds) => DateTimeOffset.UnixEpoch.AddTicks(microseconds * TimeSpan.TicksPerMicrosecond);
}
