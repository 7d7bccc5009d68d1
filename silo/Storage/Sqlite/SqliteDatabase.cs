using System.Collections.Concurrent;
using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace Gamification.Storage.Sqlite;

/// <summary>What a lost second of commits would mean for this file.</summary>
internal enum SqliteDurability
{
    /// <summary>Every commit is flushed before it is answered.</summary>
    Full,

    /// <summary>The newest commits may be lost with the power, in order and never in part: enough for what is rebuilt from the journal.</summary>
    Rebuildable,
}

/// <summary>
/// One SQLite file in WAL mode: one thread writes, a few read. ADO.NET for SQLite blocks, so callers never run it on their own thread.
/// </summary>
internal sealed class SqliteDatabase : IAsyncDisposable
{
    /// <summary>A connection belongs to one thread, and nobody reads SQLite's count of its memory: both would take a lock at every call, the latter one for all connections.</summary>
    static SqliteDatabase()
    {
        Batteries_V2.Init();
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MULTITHREAD);
        _ = raw.sqlite3_config(raw.SQLITE_CONFIG_MEMSTATUS, 0);
    }

    private readonly string _path;
    private readonly SqliteDurability _durability;
    private readonly SqliteLane _writer;
    private readonly SqliteLane _readers;

    public SqliteDatabase(string path, string component, SqliteDurability durability, int readers = 4)
    {
        _path = path;
        _durability = durability;
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(path))!);
        using (var session = Open())
            Migrate(session, Migrations.Of("Sqlite", component));

        _writer = new($"{component} writer", 1, Open);
        _readers = new($"{component} reader", readers, OpenForReading);
    }

    /// <summary>Runs on the writing thread, after everything that was asked before.</summary>
    public ValueTask<T> Write<T>(Func<SqliteSession, T> work) => _writer.Run(work, CancellationToken.None);

    /// <summary>Runs on a reading thread and sees what is committed.</summary>
    public ValueTask<T> Read<T>(Func<SqliteSession, T> work, CancellationToken cancellation) => _readers.Run(work, cancellation);

    /// <summary>Closes and opens the writing connection, so that SQLite reads its log anew.</summary>
    public ValueTask Reopen() => _writer.Reopen();

    public SqliteSession OpenForReading() => Open(readOnly: true);

    public async ValueTask DisposeAsync()
    {
        await _readers.DisposeAsync();
        await _writer.DisposeAsync();
    }

    private SqliteSession Open() => Open(readOnly: false);

    private SqliteSession Open(bool readOnly)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = _path, Pooling = false, DefaultTimeout = 5 }.ToString());
        connection.Open();

        // Or a statement whose limit is a parameter is parsed and planned anew each time that it is bound.
        _ = raw.sqlite3_db_config(connection.Handle, raw.SQLITE_DBCONFIG_ENABLE_QPSG, 1, out _);
        var session = new SqliteSession(connection);
        session.ReadFirst("pragma busy_timeout = 5000", _ => 0);
        session.ReadFirst("pragma journal_mode = wal", _ => 0);
        session.Run(_durability == SqliteDurability.Full ? "pragma synchronous = full" : "pragma synchronous = normal");
        session.Run("pragma cache_size = -65536");
        session.Run("pragma temp_store = memory");

        // The log is folded into the file every 16 MB and cut back to 64 MB should a long reader have made it grow.
        session.ReadFirst("pragma wal_autocheckpoint = 4096", _ => 0);
        session.ReadFirst("pragma journal_size_limit = 67108864", _ => 0);
        if (readOnly)
            session.Run("pragma query_only = on");
        return session;
    }

    private static void Migrate(SqliteSession session, Migrations migrations) => session.InTransaction(() =>
    {
        session.Run("create table if not exists schema_version (component text primary key, version integer not null) strict");
        var version = session.ReadFirst("select version from schema_version where component = $1", row => row.GetInt32(0), migrations.Component);
        foreach (var (next, script) in migrations.After(version))
        {
            using var command = session.Connection.CreateCommand();
            command.CommandText = script;
            command.ExecuteNonQuery();
            session.Run(
                "insert into schema_version values ($1, $2) on conflict (component) do update set version = excluded.version", migrations.Component, next);
        }

        return 0;
    });
}
