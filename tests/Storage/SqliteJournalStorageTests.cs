using Gamification.Journal;
using Gamification.Storage;
using Gamification.Storage.Sqlite;
using Microsoft.Data.Sqlite;
using static Gamification.Tests.Storage.Appends;

namespace Gamification.Tests.Storage;

public sealed class SqliteJournalStorageTests : JournalStorageContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gamification-").FullName;

    private string File => Path.Combine(_folder, "journal.db");

    [Fact]
    public async Task A_file_of_a_newer_program_is_left_alone()
    {
        Run("update schema_version set version = 99 where component = 'journal'");

        var refused = await Assert.ThrowsAsync<DatabaseTooNewException>(Open);

        Assert.Contains("at version 99, this program knows 3", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("delete from journal_entry where place = 2", "head is at 3")]
    [InlineData("update journal_entry set version = 9 where place = 3", "newest version is 9")]
    [InlineData("update journal_head set last_seq = 7", "head is at 7")]
    [InlineData("update journal_entry set recorded_at = 1 where place = 2", "entry 2 was recorded before")]
    [InlineData("insert into journal_snapshot values (1, 'member/a', 8, x'00')", "snapshot of member/a is at version 8")]
    public async Task Verify_finds_what_was_tampered_with(string damage, string finding)
    {
        var head = await Storage.Acquire(0, default);
        await Storage.CommitOne(head, Append("a", 0, Entry("1", Key("r1")), Entry("2"), Entry("3")));
        var checking = (ISelfChecking)Storage;
        var sound = await checking.Verify(default);
        Assert.True(sound.IsSound);
        Assert.Equal((3, 1, 1), (sound.Entries, sound.Actors, sound.Keys));

        Run(damage);

        Assert.Contains((await checking.Verify(default)).Findings, line => line.Contains(finding, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_another_program_holds_is_unavailable_and_nothing_is_written()
    {
        var head = await Storage.Acquire(0, default);
        using var other = new SqliteConnection($"Data Source={File};Pooling=False");
        other.Open();
        using (var begin = other.CreateCommand())
        {
            begin.CommandText = "begin immediate";
            begin.ExecuteNonQuery();
            await Assert.ThrowsAsync<JournalUnavailableException>(async () => await Storage.CommitOne(head, Append("a", 0, Entry("1"))));
            begin.CommandText = "rollback";
            begin.ExecuteNonQuery();
        }

        Assert.Equal(new AppendOutcome.Appended(0, 1, 1, Now), await Storage.CommitOne(head, Append("a", 0, Entry("1"))));
    }

    protected override Task CreateDatabase() => Task.CompletedTask;

    protected override Task DropDatabase()
    {
        Directory.Delete(_folder, recursive: true);
        return Task.CompletedTask;
    }

    protected override Task<IJournalStorage> Open() => Task.FromResult<IJournalStorage>(new SqliteJournalStorage(File));

    protected override async Task StealPartition(int partition) => await (await OpenAnother()).Acquire(partition, default);

    private void Run(string sql)
    {
        using var connection = new SqliteConnection($"Data Source={File};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
