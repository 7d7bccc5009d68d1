using System.Runtime.CompilerServices;
using Npgsql;

namespace Gamification.Storage.Postgres;

/// <summary>The challenges' tables as a whole.</summary>
internal sealed class PostgresChallengeCopy(NpgsqlDataSource database) : IChallengeCopy
{
    private readonly PostgresProgrammes _programmes = new(database);

    public async IAsyncEnumerable<TransferRow> Rows([EnumeratorCancellation] CancellationToken cancellation)
    {
        await foreach (var row in database.Stream(
            "select p.name, c.run, c.part, c.number, c.bytes from challenge_chunk c join programme p on p.number = c.programme order by p.name, c.run, c.part, c.number",
            row => new TransferRow.ArchiveChunk(row.GetString(0), row.GetString(1), row.GetInt16(2), row.GetInt32(3), row.GetFieldValue<byte[]>(4)),
            cancellation)) yield return row;
        await foreach (var row in database.Stream(
            "select p.name, t.run, t.member, t.version, t.track from challenge_track t join programme p on p.number = t.programme order by p.name, t.run, t.member",
            row => new TransferRow.Track(row.GetString(0), row.GetString(1), row.GetGuid(2), row.GetInt64(3), row.GetFieldValue<byte[]>(4)),
            cancellation)) yield return row;
        await foreach (var row in database.Stream(
            "select p.name, c.run, c.partition, c.seq from challenge_position c join programme p on p.number = c.programme order by p.name, c.run, c.partition",
            row => new TransferRow.Counted(row.GetString(0), row.GetString(1), row.GetInt32(2), row.GetInt64(3)),
            cancellation)) yield return row;
        await foreach (var row in database.Stream(
            "select p.name, r.run from challenge_run r join programme p on p.number = r.programme where r.is_sealed order by p.name, r.run",
            row => new TransferRow.Sealed(row.GetString(0), row.GetString(1)),
            cancellation)) yield return row;
    }

    public async ValueTask<bool> IsEmpty(CancellationToken cancellation) => await database.First(
        "select not exists (select from challenge_chunk) and not exists (select from challenge_position)", row => row.GetBoolean(0), cancellation);

    public async ValueTask Store(IReadOnlyList<TransferRow> rows)
    {
        var (chunks, tracks) = (rows.OfType<TransferRow.ArchiveChunk>().ToArray(), rows.OfType<TransferRow.Track>().ToArray());
        var (counted, over) = (rows.OfType<TransferRow.Counted>().ToArray(), rows.OfType<TransferRow.Sealed>().ToArray());
        if (chunks.Length + tracks.Length + counted.Length + over.Length == 0) return;
        await using var connection = await database.OpenConnectionAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await Run(
            "insert into challenge_chunk (programme, run, part, number, bytes) select * from unnest($1::smallint[], $2::text[], $3::smallint[], $4::integer[], $5::bytea[]) on conflict do nothing",
            await Numbers(chunks.Select(chunk => chunk.Programme)), chunks.Select(chunk => chunk.Run).ToArray(),
            chunks.Select(chunk => (short)chunk.Part).ToArray(), chunks.Select(chunk => chunk.Number).ToArray(), chunks.Select(chunk => chunk.Bytes.ToArray()).ToArray());
        await Run(
            "insert into challenge_track (programme, run, member, version, track) select * from unnest($1::smallint[], $2::text[], $3::uuid[], $4::bigint[], $5::bytea[]) on conflict do nothing",
            await Numbers(tracks.Select(track => track.Programme)), tracks.Select(track => track.Run).ToArray(),
            tracks.Select(track => track.Surrogate).ToArray(), tracks.Select(track => track.Version).ToArray(), tracks.Select(track => track.Bytes.ToArray()).ToArray());
        await Run(
            "insert into challenge_position (programme, run, partition, seq) select * from unnest($1::smallint[], $2::text[], $3::integer[], $4::bigint[]) on conflict do nothing",
            await Numbers(counted.Select(one => one.Programme)), counted.Select(one => one.Run).ToArray(), counted.Select(one => one.Partition).ToArray(), counted.Select(one => one.Seq).ToArray());
        await Run(
            "insert into challenge_run (programme, run, is_sealed) select n.programme, n.run, true from unnest($1::smallint[], $2::text[]) n (programme, run) on conflict do nothing",
            await Numbers(over.Select(one => one.Programme)), over.Select(one => one.Run).ToArray());
        await transaction.CommitAsync();

        async Task Run(string sql, params object[] parameters)
        {
            await using var command = new NpgsqlCommand(sql, connection, transaction);
            foreach (var parameter in parameters) command.Parameters.Add(new() { Value = parameter });
            await command.ExecuteNonQueryAsync();
        }
    }

    private async Task<short[]> Numbers(IEnumerable<string> names)
    {
        List<short> numbers = [];
        foreach (var name in names) numbers.Add(await _programmes.Ensure(name, CancellationToken.None));
        return [.. numbers];
    }
}
