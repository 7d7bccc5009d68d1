using Npgsql;

namespace Gamification.Storage.Postgres;

/// <summary>
/// A partition of the journal that belongs to this process until it lets go or is silent for <see cref="Duration"/>, by the database's clock.
/// Losing it makes nothing wrong, because the next owner's epoch fences this one; it says that this process should end.
/// </summary>
internal sealed class PostgresPartitionLease : IAsyncDisposable
{
    public static readonly TimeSpan Duration = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(2);

    private readonly NpgsqlDataSource _database;
    private readonly Guid _owner;
    private readonly CancellationTokenSource _stop = new();
    private readonly TaskCompletionSource _lost = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task _renewing;

    private PostgresPartitionLease(NpgsqlDataSource database, Guid owner, int partition)
    {
        (_database, _owner, Partition) = (database, owner, partition);
        _renewing = Renew();
    }

    public int Partition { get; }

    /// <summary>Completes when another process has taken the partition.</summary>
    public Task Lost => _lost.Task;

    /// <summary>Takes the lowest partition that nobody holds: one that was let go, one whose owner fell silent, or a new one.</summary>
    public static async Task<PostgresPartitionLease> Take(NpgsqlDataSource database, CancellationToken cancellation)
    {
        var owner = Guid.CreateVersion7();
        while (true)
        {
            await using var take = database.CreateCommand(
                """
                insert into partition_lease as l (partition, owner, until)
                select n, $1, clock_timestamp() + $2 from generate_series(0, 4095) n
                where not exists (select from partition_lease held where held.partition = n and held.until > clock_timestamp())
                order by n limit 1
                on conflict (partition) do update set owner = excluded.owner, until = excluded.until where l.until <= clock_timestamp()
                returning partition
                """);
            take.Parameters.Add(new() { Value = owner });
            take.Parameters.Add(new() { Value = Duration });

            // Nothing is returned when another process took the same one between the look and the write.
            if (await take.ExecuteScalarAsync(cancellation) is int partition) return new(database, owner, partition);
        }
    }

    /// <summary>Lets go, so that the next process to start takes this partition and needs no new one.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _renewing;
        _stop.Dispose();
        try
        {
            await Move(TimeSpan.Zero);
        }
        catch (NpgsqlException)
        {
            // The database is away; the lease runs out by itself.
        }
    }

    private async Task Renew()
    {
        using var timer = new PeriodicTimer(RenewEvery);
        while (true)
        {
            try
            {
                if (!await timer.WaitForNextTickAsync(_stop.Token)) return;
                if (await Move(Duration)) continue;
                _lost.TrySetResult();
                return;
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (Exception fault) when (fault is NpgsqlException or TimeoutException)
            {
                // Whether it is lost is known when the database answers again; until then nothing can be written anyway.
            }
        }
    }

    /// <summary>Never cancelled: a cancel that comes late would end the next statement of the pooled connection, which is the one that lets go.</summary>
    private async Task<bool> Move(TimeSpan by)
    {
        await using var move = _database.CreateCommand("update partition_lease set until = clock_timestamp() + $3 where partition = $1 and owner = $2");
        move.Parameters.Add(new() { Value = Partition });
        move.Parameters.Add(new() { Value = _owner });
        move.Parameters.Add(new() { Value = by });
        return await move.ExecuteNonQueryAsync(CancellationToken.None) == 1;
    }
}
