using System.Runtime.CompilerServices;

namespace Gamification.Storage.Sqlite;

/// <summary>The challenges' file as a whole.</summary>
internal sealed class SqliteChallengeCopy(SqliteDatabase database, SqliteProgrammes programmes) : IChallengeCopy
{
    public async IAsyncEnumerable<TransferRow> Rows([EnumeratorCancellation] CancellationToken cancellation)
    {
        // Databases number programmes as they come, so they go by name; within one the rows lie in order.
        var all = await database.Read(session => session.ReadAll("select number, name from programme order by name", row => (Number: row.GetInt64(0), Name: row.GetString(1))), cancellation);
        foreach (var (number, name) in all)
        {
            await foreach (var row in database.Stream(
                "select run, part, number, bytes from challenge_chunk where programme = $1 order by run, part, number",
                _ => [number],
                row => new TransferRow.ArchiveChunk(name, row.GetString(0), row.GetInt32(1), row.GetInt32(2), row.GetBlob(3)),
                cancellation)) yield return row;
        }

        foreach (var (number, name) in all)
        {
            await foreach (var row in database.Stream(
                "select run, member, version, track from challenge_track where programme = $1 order by run, member",
                _ => [number],
                row => new TransferRow.Track(name, row.GetString(0), row.GetBlobGuid(1), row.GetInt64(2), row.GetBlob(3)),
                cancellation)) yield return row;
        }

        foreach (var (number, name) in all)
        {
            await foreach (var row in database.Stream(
                "select run, partition, seq from challenge_position where programme = $1 order by run, partition",
                _ => [number],
                row => new TransferRow.Counted(name, row.GetString(0), row.GetInt32(1), row.GetInt64(2)),
                cancellation)) yield return row;
        }

        foreach (var (number, name) in all)
        {
            await foreach (var row in database.Stream(
                "select run from challenge_seal where programme = $1 order by run", _ => [number], row => new TransferRow.Sealed(name, row.GetString(0)), cancellation)) yield return row;
        }
    }

    public ValueTask<bool> IsEmpty(CancellationToken cancellation) => database.Read(
        session => session.ReadFirst("select not exists (select 1 from challenge_chunk) and not exists (select 1 from challenge_position)", row => row.GetBoolean(0)), cancellation);

    public async ValueTask Store(IReadOnlyList<TransferRow> rows)
    {
        TransferRow[] mine = [.. rows.Where(row => row is TransferRow.ArchiveChunk or TransferRow.Track or TransferRow.Counted or TransferRow.Sealed)];
        if (mine.Length == 0) return;
        await database.Write(session =>
        {
            foreach (var row in mine) programmes.Ensure(session, ProgrammeOf(row));
            return session.InTransaction(() => mine.Sum(row => Store(session, programmes.Find(session, ProgrammeOf(row))!.Value, row)));
        });
    }

    private static int Store(SqliteSession session, long programme, TransferRow row) => row switch
    {
        TransferRow.ArchiveChunk chunk => session.Run(
            "insert into challenge_chunk (programme, run, part, number, bytes) values ($1, $2, $3, $4, $5) on conflict do nothing", programme, chunk.Run, chunk.Part, chunk.Number, chunk.Bytes.ToBlob()),
        TransferRow.Track track => session.Run(
            "insert into challenge_track (programme, run, member, version, track) values ($1, $2, $3, $4, $5) on conflict do nothing", programme, track.Run, track.Surrogate.ToBlob(), track.Version, track.Bytes.ToBlob()),
        TransferRow.Counted counted => session.Run(
            "insert into challenge_position (programme, run, partition, seq) values ($1, $2, $3, $4) on conflict do nothing", programme, counted.Run, counted.Partition, counted.Seq),
        TransferRow.Sealed over => session.Run("insert into challenge_seal (programme, run) values ($1, $2) on conflict do nothing", programme, over.Run),
        _ => 0,
    };

    private static string ProgrammeOf(TransferRow row) => row switch
    {
        TransferRow.ArchiveChunk chunk => chunk.Programme,
        TransferRow.Track track => track.Programme,
        TransferRow.Counted counted => counted.Programme,
        TransferRow.Sealed over => over.Programme,
        _ => throw new NotSupportedException($"{row.GetType().Name} is no row of a challenge."),
    };
}
