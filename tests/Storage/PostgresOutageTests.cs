using Gamification.Journal;
using Gamification.Projections;
using Gamification.Storage;
using Gamification.Storage.Postgres;
using Npgsql;

namespace Gamification.Tests.Storage;

/// <summary>A server that is away is one fault to everybody who asks, whatever they asked.</summary>
public sealed class PostgresOutageTests(PostgresServer server)
{
    [Fact]
    public async Task Reads_and_the_vault_say_that_the_database_is_unavailable()
    {
        await using var database = await server.CreateDatabase("outage");
        var journal = await PostgresJournalStorage.Open(database);
        var vault = await PostgresVault.Open(database, new CardHash("a secret of thirty-two bytes, yes"u8));
        var rollup = await PostgresRollupStorage.Open(database);
        var head = await journal.Acquire(0, default);
        await journal.CommitOne(head, Appends.Append("a", 0, Appends.Entry("{}")));
        await journal.DisposeAsync();
        await TakeAway(database.ConnectionString);

        await Unavailable(async () => await journal.Load(Appends.Actor("a"), default));
        await Unavailable(async () => await journal.Load(Appends.Actor("a", "other"), default));
        await Unavailable(async () => await journal.ReadForward(Appends.Actor("a"), 0, 1, default));
        await Unavailable(async () => await journal.ReadBackward(Appends.Actor("a"), 9, 1, default));
        await Unavailable(async () => await journal.FindKey("demo", Appends.Key("k"), default));
        await Unavailable(async () => await journal.ReadPartition(0, 0, 1, default));
        await Unavailable(async () => await journal.Heads(default));
        await Unavailable(async () => await vault.FindCard("demo", "c", default));
        await Unavailable(async () => await vault.FindCards("demo", ["c"], default));
        await Unavailable(async () => await vault.FindPublicIds("demo", ["p"], default));
        await Unavailable(async () => await vault.FindMembers("demo", [new(Guid.Empty)], default));
        await Unavailable(async () => await vault.Admit("demo", [new("c", new(Guid.Empty), ["p"], true)]));
        await Unavailable(async () => await vault.Enrol("demo", new(Guid.Empty)));
        await Unavailable(async () => await vault.ReadQuarantine("demo", null, 1, 1, default));
        await Unavailable(async () => await rollup.Totals("demo", null, default));
        await Unavailable(async () =>
        {
            await foreach (var row in rollup.Scores(new("demo", null, 0, 1, RollupMetric.Points), default)) Assert.Fail($"{row} came from nowhere.");
        });
    }

    private static Task<JournalUnavailableException> Unavailable(Func<Task> ask) => Assert.ThrowsAsync<JournalUnavailableException>(ask);

    private static async Task TakeAway(string connection)
    {
        var settings = new NpgsqlConnectionStringBuilder(connection);
        var name = settings.Database!;
        settings.Database = "postgres";
        await using var operatorsDoor = NpgsqlDataSource.Create(settings.ToString());
        await using var close = operatorsDoor.CreateCommand($"alter database \"{name}\" with allow_connections false");
        await close.ExecuteNonQueryAsync();
        await using var end = operatorsDoor.CreateCommand("select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = $1");
        end.Parameters.Add(new() { Value = name });
        await end.ExecuteNonQueryAsync();
    }
}
