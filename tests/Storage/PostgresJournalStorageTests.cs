using Gamification.Journal;
using Gamification.Storage;
using Gamification.Storage.Postgres;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using static Gamification.Tests.Storage.Appends;

namespace Gamification.Tests.Storage;

public sealed class PostgresJournalStorageTests(PostgresServer server) : JournalStorageContract
{
    private NpgsqlDataSource? _database;

    [Fact]
    public async Task A_database_of_a_newer_program_is_left_alone()
    {
        await Run("update schema_version set version = 99 where component = 'journal'");

        var refused = await Assert.ThrowsAsync<DatabaseTooNewException>(Open);

        Assert.Contains("at version 99, this program knows 3", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delete from journal_entry where seq = 2", "head is at 3")]
    [InlineData("update journal_entry set version = 9 where seq = 3", "newest version is 9")]
    [InlineData("update journal_head set last_seq = 7", "head is at 7")]
    [InlineData("update journal_entry set recorded_at = '2001-01-01' where seq = 2", "entry 2 was recorded before")]
    [InlineData("insert into journal_snapshot values (8, 1, 'member/a', '')", "snapshot of member/a is at version 8")]
    public async Task Verify_finds_what_was_tampered_with(string damage, string finding)
    {
        var head = await Storage.Acquire(0, default);
        await Storage.CommitOne(head, Append("a", 0, Entry("1", Key("r1")), Entry("2"), Entry("3")));
        var checking = (ISelfChecking)Storage;
        var sound = await checking.Verify(default);
        Assert.True(sound.IsSound);
        Assert.Equal((3, 1, 1), (sound.Entries, sound.Actors, sound.Keys));

        await Run(damage);

        Assert.Contains((await checking.Verify(default)).Findings, line => line.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public async Task Starting_together_migrates_once()
    {
        await using var fresh = await server.CreateDatabase("together");

        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => PostgresJournalStorage.Open(fresh)));

        await using var command = fresh.CreateCommand("select version from schema_version where component = 'journal'");
        Assert.Equal(3, await command.ExecuteScalarAsync());
    }

    [Fact]
    public async Task Connections_killed_under_load_lose_nothing_and_store_nothing_twice()
    {
        using var journal = new JournalWriter(
            Storage, new() { Partitions = [0, 1], BatchSizeMax = 32 }, TimeProvider.System, NullLogger<JournalWriter>.Instance);
        using var stop = new CancellationTokenSource();
        var loops = journal.Partitions.Select(partition => journal.Run(partition, stop.Token)).ToArray();
        await using var killer = await _database!.OpenConnectionAsync();
        var (answers, kills) = (0, 0);
        await Task.WhenAll(Enumerable.Range(0, 64).Select(actor => Task.Run(async () =>
        {
            for (var version = 0; version < 60; version++)
            {
                Assert.IsType<AppendOutcome.Appended>(await journal.Append(Append($"m{actor}", version, Entry($"{version}", Key($"{actor}/{version}")))));
                if (Interlocked.Increment(ref answers) % 200 == 0)
                    Interlocked.Add(ref kills, KillWriters(killer));
            }
        })));
        await stop.CancelAsync();
        await Task.WhenAll(loops);
        Assert.NotEqual(0, kills);
        Assert.Equal(64 * 60, (await Storage.ReadAll(0)).Count + (await Storage.ReadAll(1)).Count);
        Assert.True((await ((ISelfChecking)Storage).Verify(default)).IsSound);
    }

    protected override async Task CreateDatabase() => _database = await server.CreateDatabase("journal");

    protected override async Task DropDatabase()
    {
        if (_database is { } database)
            await database.DisposeAsync();
    }

    protected override async Task<IJournalStorage> Open() => await PostgresJournalStorage.Open(_database!);

    protected override async Task StealPartition(int partition) => await (await OpenAnother()).Acquire(partition, default);

    private static int KillWriters(NpgsqlConnection killer)
    {
        // Whoever is in the middle of a commit goes first; one that is caught between two is as good.
        lock (killer)
        {
            using var kill = new NpgsqlCommand(
                """
                select count(pg_terminate_backend(pid)) from pg_stat_activity
                where datname = current_database() and pid <> pg_backend_pid() and query ~ '^with (taken|head) as'
                """,
                killer);
            return (int)(long)kill.ExecuteScalar()!;
        }
    }

    private async Task Run(string sql)
    {
        await using var command = _database!.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
