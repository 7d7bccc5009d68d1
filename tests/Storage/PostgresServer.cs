using System.Diagnostics;
using System.Globalization;
using Npgsql;

[assembly: AssemblyFixture(typeof(Gamification.Tests.Storage.PostgresServer))]

namespace Gamification.Tests.Storage;

/// <summary>
/// A real PostgreSQL for the tests, started when the first test asks for a database: the server named by <c>GAMIFICATION_TEST_POSTGRES</c>,
/// else a throwaway cluster from the binaries on this machine, on a Unix socket in a temporary folder, with fsync on.
/// Without either, tests are skipped by name, except where <c>CI=true</c> makes that a failure.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Setting = "GAMIFICATION_TEST_POSTGRES";

    private readonly SemaphoreSlim _starting = new(1);
    private string? _connectionString;
    private string? _missing;
    private Process? _cluster;
    private int _databases;

    /// <summary>An empty database of its own for the caller, who disposes the data source; the database goes with the server.</summary>
    public async Task<NpgsqlDataSource> CreateDatabase(string name)
    {
        await _starting.WaitAsync();
        try
        {
            if (_connectionString is null && _missing is null)
                await Start();
        }
        finally
        {
            _starting.Release();
        }

        if (_missing is { } missing)
        {
            if (Environment.GetEnvironmentVariable("CI") == "true")
                Assert.Fail($"PostgreSQL is not here: {missing}");
            Assert.Skip($"PostgreSQL is not here: {missing}");
        }

        var database = string.Create(
            CultureInfo.InvariantCulture, $"{name.ToLowerInvariant()}_{Environment.ProcessId}_{Interlocked.Increment(ref _databases)}");
        await using var server = NpgsqlDataSource.Create(_connectionString!);
        await using var create = server.CreateCommand($"create database \"{database}\" template template0 encoding 'UTF8'");
        await create.ExecuteNonQueryAsync();
        return NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(_connectionString) { Database = database, MaxPoolSize = 20 }.ToString());
    }

    public async ValueTask DisposeAsync()
    {
        if (_cluster is { } cluster)
        {
            NpgsqlConnection.ClearAllPools();
            cluster.StandardInput.Close();
            await cluster.WaitForExitAsync();
            cluster.Dispose();
        }

        _starting.Dispose();
    }

    private async Task Start()
    {
        if (Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } given)
        {
            _connectionString = given;
            return;
        }

        var binaries = Directory.Exists("/usr/lib/postgresql")
            ? Directory.GetDirectories("/usr/lib/postgresql")
                .Select(version => Path.Combine(version, "bin"))
                .Where(bin => File.Exists(Path.Combine(bin, "postgres")))
                .OrderDescending(StringComparer.Ordinal)
                .FirstOrDefault()
            : null;
        if (binaries is null)
        {
            _missing = $"no server binaries, and {Setting} is not set.";
            return;
        }

        // The shell owns server and folder, and both end with its standard input: when the tests are killed, nothing stays behind.
        const string script =
            """
            set -e
            folder=$(mktemp -d /tmp/gamification-pg-XXXXXX)
            "$1/initdb" -D "$folder/data" -U postgres -A trust -E UTF8 --no-locale >"$folder/init.log" 2>&1 || { cat "$folder/init.log" >&2; exit 1; }
            "$1/postgres" -D "$folder/data" -k "$folder" -c listen_addresses= -c fsync=on -c max_connections=400 >"$folder/server.log" 2>&1 &
            server=$!
            echo "$folder"
            read -r _ || true
            kill -INT $server
            wait $server || true
            rm -rf "$folder"
            """;
        string[] command = Environment.IsPrivilegedProcess
            ? ["runuser", "-u", "postgres", "--", "sh", "-c", script, "sh", binaries]
            : ["sh", "-c", script, "sh", binaries];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/tmp",
        };
        _cluster = Process.Start(start)!;
        if (await _cluster.StandardOutput.ReadLineAsync() is not { Length: > 0 } folder)
        {
            _missing = "its throwaway cluster did not start: " + await _cluster.StandardError.ReadToEndAsync();
            return;
        }

        var connectionString = new NpgsqlConnectionStringBuilder { Host = folder, Username = "postgres", Database = "postgres" }.ToString();
        await AwaitServer(connectionString);
        _connectionString = connectionString;
    }

    private static async Task AwaitServer(string connectionString)
    {
        await using var server = NpgsqlDataSource.Create(connectionString);
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await using var connection = await server.OpenConnectionAsync();
                return;
            }
            catch (NpgsqlException) when (attempt < 600)
            {
                // A server that starts has no event to wait for; its socket is asked until it answers.
                await Task.Delay(50);
            }
        }
    }
}
