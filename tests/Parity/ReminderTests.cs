using System.Net;
using Gamification.Tests.Storage;
using Npgsql;

namespace Gamification.Tests.Parity;

/// <summary>What was promised for later, on either host: with an engine of its own, because it is stopped on the way.</summary>
public sealed class ReminderTests(PostgresServer postgres) : IAsyncLifetime
{
    private readonly ParityEngine _engine = new(postgres);

    public ValueTask InitializeAsync() => _engine.InitializeAsync();

    public ValueTask DisposeAsync() => _engine.DisposeAsync();

    /// <summary>
    /// The till has handed the sale over, the member's commit fails, every node stops. The reminder that was stored before both is all that is left of
    /// the claim, and its minute is made to be nearly over while nobody runs.
    /// </summary>
    [Fact]
    public async Task A_claim_that_ended_half_way_is_finished_after_a_restart_though_nobody_asks_again()
    {
        var number = _engine.Number();
        var (_, sale) = await _engine.Post(ParityEngine.Sale(25, null, number));
        var (_, own) = await _engine.Post(ParityEngine.Sale(10, "half-way", _engine.Number()));
        var claim = $$"""{ "receipt": "BRU/3/2011-05-12/{{number}}", "code": "{{sale["claimCode"]}}" }""";
        await Run(_engine.Database, """
            create function keep_out() returns trigger language plpgsql as $$ begin raise 'kept out' using errcode = '55000'; end $$;
            create trigger keep_out before insert on journal_entry for each row when (new.type = 'sale.attributed') execute function keep_out()
            """);
        var (halfWay, _) = await _engine.Claim((string)own["member"]!, claim);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, halfWay);

        await _engine.Restart(async database =>
        {
            await Run(database, "drop function keep_out cascade");
            Assert.Equal(1, await Run(database, NearlyDue));
        });

        // It comes onto the board though nobody asks for it again, and asking finds it done.
        await Eventually.Holds(async () => (await _engine.Board("programme/all/points")).SequenceEqual([((string)own["member"]!, 35L)]));
        var (status, answer) = await _engine.Claim((string)own["member"]!, claim);
        Assert.True(status == HttpStatusCode.OK, $"{status}: {answer}");
        Assert.Equal(35, (long)answer["balance"]!);
        await Eventually.Holds(async () => await Count(_engine.Database) == 0);
    }

#if ORLEANS
    private const string Table = "cluster_reminder";
    private const string NearlyDue = "update cluster_reminder set start_time = now() + interval '10 s'";
#else
    private const string Table = "reminder";
    private const string NearlyDue = "update reminder set next_due = next_due - 55 * 10000000, first_due = first_due - 55 * 10000000";
#endif

    private static async Task<int> Run(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> Count(NpgsqlDataSource database)
    {
        await using var command = database.CreateCommand($"select count(*) from {Table}");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
