using System.Collections.Immutable;
using Gamification.Journal;
using Npgsql;

namespace Gamification.Storage.Postgres;

/// <summary>Writes one partition of the journal: a connection of its own with the batch's statement prepared. One commit at a time.</summary>
internal sealed class PostgresPartitionWriter(NpgsqlConnection connection, PostgresBatch statement, PostgresProgrammes programmes, int partition) : IAsyncDisposable
{
    private const int RaceAttemptsMax = 16;
    private const int LooksAfterRefusal = 64;

    // One plan for ever, whatever the statistics of a young table say: look up by index, never scan. A client that dies inside a
    // transaction must not hold the head row for longer than a writer looks for a lost commit.
    private const string Settings =
        """
        set plan_cache_mode = force_generic_plan; set enable_seqscan = off; set enable_bitmapscan = off; set enable_hashjoin = off;
        set enable_mergejoin = off; set jit = off; set synchronous_commit = on; set idle_in_transaction_session_timeout = '5s'
        """;

    /// <summary>Held during a commit, so that closing waits for the one under way.</summary>
    private readonly SemaphoreSlim _busy = new(1);

    /// <summary>How many of the next batches look before they write.</summary>
    private int _looksLeft;

    public static async Task<PostgresPartitionWriter> Open(NpgsqlDataSource database, PostgresProgrammes programmes, int partition)
    {
        var connection = await database.OpenConnectionAsync().ConfigureAwait(false);
        try
        {
            await using (var settings = new NpgsqlCommand(Settings, connection))
                await settings.ExecuteNonQueryAsync().ConfigureAwait(false);
            var batch = new PostgresBatch(connection);
            await batch.Prepare().ConfigureAwait(false);
            return new(connection, batch, programmes, partition);
        }
        catch
        {
            await connection.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>All appends of the batch whose version and keys are right, in one transaction; the others are answered as they stand.</summary>
    public async ValueTask<ImmutableArray<AppendOutcome>> Commit(long epoch, IReadOnlyList<Append> batch, DateTimeOffset now)
    {
        await _busy.WaitAsync().ConfigureAwait(false);
        try
        {
            return await Insist(epoch, batch, now).ConfigureAwait(false);
        }
        finally
        {
            _busy.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _busy.WaitAsync().ConfigureAwait(false);
        statement.Dispose();
        await connection.DisposeAsync().ConfigureAwait(false);
    }

    private async ValueTask<ImmutableArray<AppendOutcome>> Insist(long epoch, IReadOnlyList<Append> batch, DateTimeOffset now)
    {
        var at = new DateTime(now.UtcTicks - (now.UtcTicks % TimeSpan.TicksPerMicrosecond), DateTimeKind.Utc);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return await Store(epoch, batch, at, looks: attempt > 1 || TakeLook()).ConfigureAwait(false);
            }
            catch (Exception race) when (PostgresFaults.IsRace(race) && attempt < RaceAttemptsMax)
            {
                // What is in the way is visible now, and the next attempt answers with it. Repeats come in bursts: a till sends its queue again.
                _looksLeft = LooksAfterRefusal;
            }
            catch (Exception bad) when (PostgresFaults.IsBadRow(bad) && !PostgresFaults.IsRace(bad))
            {
                throw new BadAppendException("A row of the batch was refused by the database.", bad);
            }
            catch (Exception fault) when (PostgresFaults.NothingWritten(fault))
            {
                throw PostgresFaults.Unavailable(fault);
            }
        }
    }

    /// <summary>
    /// One try at the whole batch. Appends that repeat a key of an earlier one in the batch go in a round of their own, after it,
    /// and then all rounds share a transaction; nearly always there is one round, and the statement is the transaction.
    /// </summary>
    private async Task<ImmutableArray<AppendOutcome>> Store(long epoch, IReadOnlyList<Append> batch, DateTime now, bool looks)
    {
        var outcomes = new AppendOutcome[batch.Count];
        var rounds = Rounds(batch);
        if (rounds.Count == 1)
        {
            await Round(rounds[0]).ConfigureAwait(false);
            return ImmutableArray.Create(outcomes);
        }

        var transaction = await connection.BeginTransactionAsync().ConfigureAwait(false);
        await using (transaction.ConfigureAwait(false))
        {
            foreach (var round in rounds)
                await Round(round).ConfigureAwait(false);
            await transaction.CommitAsync().ConfigureAwait(false);
            return ImmutableArray.Create(outcomes);
        }

        async Task Round(List<int> positions)
        {
            while (positions.Count > 0)
            {
                var answers = await statement.Run(partition, epoch, now, batch, positions, ProgrammeOf, looks).ConfigureAwait(false);
                if (answers is [PostgresBatch.Answer.Moved moved])
                {
                    Number(batch, positions, moved, outcomes);
                    return;
                }

                if (answers.Count == 0)
                    throw new PartitionFencedException(partition, epoch);
                if (!looks)
                {
                    // A stale version alone was seen. Its key may be taken as well, and that goes first.
                    looks = true;
                    continue;
                }

                foreach (var answer in answers)
                    outcomes[answer.Append] = await Refusal(answer, outcomes[answer.Append]).ConfigureAwait(false);
                positions = positions.FindAll(position => outcomes[position] is null);
            }
        }
    }

    private void Number(IReadOnlyList<Append> batch, List<int> positions, PostgresBatch.Answer.Moved moved, AppendOutcome[] outcomes)
    {
        var (seq, at) = (moved.Base, new DateTimeOffset(moved.At));
        foreach (var position in positions)
        {
            var count = batch[position].Entries.Length;
            outcomes[position] = new AppendOutcome.Appended(partition, seq + 1, seq + count, at);
            seq += count;
        }
    }

    /// <summary>A taken key goes before a stale version, that before a lease that is over, and the first taken key before the others.</summary>
    private async ValueTask<AppendOutcome> Refusal(PostgresBatch.Answer answer, AppendOutcome? before) => (answer, before) switch
    {
        (PostgresBatch.Answer.Taken taken, AppendOutcome.KeyTaken other) when other.Index < taken.Index => other,
        (PostgresBatch.Answer.Taken taken, _) => new AppendOutcome.KeyTaken(taken.Index, taken.Content, await programmes.Entry(taken.First).ConfigureAwait(false)),
        (PostgresBatch.Answer.Stale, AppendOutcome.KeyTaken other) => other,
        (PostgresBatch.Answer.Stale stale, _) => new AppendOutcome.StaleVersion(stale.Version),
        (PostgresBatch.Answer.Over over, _) => before ?? new AppendOutcome.LeaseOver(over.Lease),
        _ => throw new InvalidOperationException("The head moved although an append was refused."),
    };

    private static List<List<int>> Rounds(IReadOnlyList<Append> batch)
    {
        List<List<int>> rounds = [[]];
        Dictionary<(string, int, Guid), int>? roundOf = null;
        for (var position = 0; position < batch.Count; position++)
        {
            var round = 0;
            foreach (var entry in batch[position].Entries)
            {
                if (entry.Key is { } key && (roundOf ??= []).TryGetValue((batch[position].Actor.Programme, key.Month, key.Digest), out var taken))
                    round = Math.Max(round, taken + 1);
            }

            if (round == rounds.Count)
                rounds.Add([]);
            rounds[round].Add(position);
            foreach (var entry in batch[position].Entries)
            {
                if (entry.Key is { } key)
                    roundOf![(batch[position].Actor.Programme, key.Month, key.Digest)] = round;
            }
        }

        return rounds;
    }

    private short ProgrammeOf(string name) =>
        programmes.TryGet(name, out var number) ? number : throw new InvalidOperationException($"Programme {name} has no number yet.");

    private bool TakeLook()
    {
        if (_looksLeft == 0) return false;
        _looksLeft--;
        return true;
    }
}
