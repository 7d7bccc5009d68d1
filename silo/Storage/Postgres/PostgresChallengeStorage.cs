using System.Runtime.CompilerServices;
using Gamification.Challenges;
using Gamification.Rules.Challenges;
using Npgsql;

namespace Gamification.Storage.Postgres;

/// <summary>Challenges in PostgreSQL. Whoever keeps tracks holds the run's row, so that two activations of one run take turns and the later finds its mistake.</summary>
public sealed class PostgresChallengeStorage : IChallengeStorage
{
    private readonly NpgsqlDataSource _database;
    private readonly PostgresProgrammes _programmes;

    private PostgresChallengeStorage(NpgsqlDataSource database)
    {
        _database = database;
        _programmes = new(database);
    }

    public static async Task<PostgresChallengeStorage> Open(NpgsqlDataSource database, CancellationToken cancellation = default)
    {
        await PostgresMigrations.Apply(database, "challenges", cancellation);
        return new(database);
    }

    public async ValueTask<TrackState> Tracked(TrackSet set, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead, cancellation);
        var programme = await NumberOf(set.Programme, cancellation);
        var isSealed = await new Session(connection, transaction).Scalar("select is_sealed from challenge_run where programme = $1 and run = $2", programme, set.Key) is true;
        return new(await Positions(new(connection, transaction), programme, set), isSealed);
    }

    public IAsyncEnumerable<TrackRow> Tracks(TrackSet set, CancellationToken cancellation) => Reach.Guard(ReadTracks(set, cancellation));

    public async ValueTask<TrackRow?> Track(TrackSet set, Guid member, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var command = new Session(connection, null).Command(
            "select version, track from challenge_track where programme = $1 and run = $2 and member = $3", await NumberOf(set.Programme, cancellation), set.Key, member);
        await using var row = await command.ExecuteReaderAsync(cancellation);
        return await row.ReadAsync(cancellation) ? new(member, row.GetInt64(0), row.GetFieldValue<byte[]>(1)) : null;
    }

    public async ValueTask Keep(TrackSet set, IReadOnlyList<TrackRow> rows, IReadOnlyList<Position> from, IReadOnlyList<Position> to, bool seals)
    {
        var programme = await _programmes.Ensure(set.Programme, CancellationToken.None);
        await using var connection = await _database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var session = new Session(connection, transaction);
        await Lock(session, programme, set);
        var stored = await Positions(session, programme, set);
        if (stored.Count != from.Count || from.Any(position => !stored.TryGetValue(position.Partition, out var seq) || seq != position.Seq))
            throw new InvalidOperationException($"The tracks of {set} do not stand where they are said to.");
        await session.Run(
            """
            insert into challenge_track as t (programme, run, member, version, track) select $1, $2, n.* from unnest($3, $4, $5) n (member, version, track)
            on conflict (programme, run, member) do update set version = excluded.version, track = excluded.track where t.version <= excluded.version
            """,
            programme, set.Key, rows.Select(row => row.Member).ToArray(), rows.Select(row => row.Version).ToArray(), rows.Select(row => row.Track.ToArray()).ToArray());
        await session.Run(
            """
            insert into challenge_position (programme, run, partition, seq) select $1, $2, n.* from unnest($3, $4) n (partition, seq)
            on conflict (programme, run, partition) do update set seq = excluded.seq
            """,
            programme, set.Key, to.Select(position => position.Partition).ToArray(), to.Select(position => position.Seq).ToArray());
        if (seals)
            await session.Run("update challenge_run set is_sealed = true where programme = $1 and run = $2", programme, set.Key);
        await transaction.CommitAsync();
    }

    public async ValueTask DropTracks(TrackSet set)
    {
        var programme = await _programmes.Ensure(set.Programme, CancellationToken.None);
        await using var connection = await _database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        var session = new Session(connection, transaction);
        await Lock(session, programme, set);
        await session.Run("delete from challenge_track where programme = $1 and run = $2", programme, set.Key);
        await session.Run("delete from challenge_position where programme = $1 and run = $2", programme, set.Key);
        await transaction.CommitAsync();
    }

    public async ValueTask WriteChunks(ChallengeRunId run, IReadOnlyList<StoredChunk> chunks)
    {
        var programme = await _programmes.Ensure(run.Programme, CancellationToken.None);
        await using var connection = await _database.OpenConnectionAsync();
        await new Session(connection, null).Run(
            """
            insert into challenge_chunk (programme, run, part, number, bytes) select $1, $2, n.* from unnest($3, $4, $5) n (part, number, bytes)
            on conflict (programme, run, part, number) do update set bytes = excluded.bytes
            """,
            programme, Key(run), chunks.Select(chunk => (short)chunk.Part).ToArray(), chunks.Select(chunk => chunk.Number).ToArray(), chunks.Select(chunk => chunk.Bytes.ToArray()).ToArray());
    }

    public async ValueTask<ReadOnlyMemory<byte>?> ReadChunk(ChallengeRunId run, StoredPart part, int number, CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        return await new Session(connection, null).Scalar(
            "select bytes from challenge_chunk where programme = $1 and run = $2 and part = $3 and number = $4",
            await NumberOf(run.Programme, cancellation), Key(run), (short)part, number) is byte[] bytes ? bytes : (ReadOnlyMemory<byte>?)null;
    }

    private static string Key(ChallengeRunId run) => run.Actor.Key;

    private async ValueTask<short> NumberOf(string programme, CancellationToken cancellation) => await _programmes.Find(programme, cancellation) ?? -1;

    private static async Task Lock(Session session, short programme, TrackSet set)
    {
        await session.Run("insert into challenge_run values ($1, $2, false) on conflict do nothing", programme, set.Key);
        if (await session.Scalar("select is_sealed from challenge_run where programme = $1 and run = $2 for update", programme, set.Key) is not false)
            throw new InvalidOperationException($"The tracks of {set} are sealed.");
    }

    private static async Task<Dictionary<int, long>> Positions(Session session, short programme, TrackSet set)
    {
        await using var command = session.Command("select partition, seq from challenge_position where programme = $1 and run = $2", programme, set.Key);
        await using var row = await command.ExecuteReaderAsync();
        Dictionary<int, long> positions = [];
        while (await row.ReadAsync())
            positions.Add(row.GetInt32(0), row.GetInt64(1));
        return positions;
    }

    private async IAsyncEnumerable<TrackRow> ReadTracks(TrackSet set, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await _database.OpenConnectionAsync(cancellation);
        await using var command = new Session(connection, null).Command(
            "select member, version, track from challenge_track where programme = $1 and run = $2", await NumberOf(set.Programme, cancellation), set.Key);
        command.CommandTimeout = 0;
        await using var row = await command.ExecuteReaderAsync(cancellation);
        while (await row.ReadAsync(cancellation))
            yield return new(row.GetGuid(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2));
    }

    private readonly record struct Session(NpgsqlConnection Connection, NpgsqlTransaction? Transaction)
    {
        public NpgsqlCommand Command(string sql, params ReadOnlySpan<object> parameters)
        {
            var command = new NpgsqlCommand(sql, Connection, Transaction);
            foreach (var parameter in parameters)
                command.Parameters.Add(new() { Value = parameter });
            return command;
        }

        public Task<int> Run(string sql, params ReadOnlySpan<object> parameters) => Finish(Command(sql, parameters), static command => command.ExecuteNonQueryAsync());

        public Task<object?> Scalar(string sql, params ReadOnlySpan<object> parameters) => Finish(Command(sql, parameters), static command => command.ExecuteScalarAsync());

        private static async Task<T> Finish<T>(NpgsqlCommand command, Func<NpgsqlCommand, Task<T>> run)
        {
            await using (command)
                return await run(command);
        }
    }
}
