using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Gamification.Challenges;
using Gamification.Rules.Challenges;
using Microsoft.Data.Sqlite;

namespace Gamification.Storage.Sqlite;

/// <summary>Challenges in a SQLite file of their own, so that an archive of a million rows never competes with the journal for the one write lock. Every commit is flushed.</summary>
public sealed class SqliteChallengeStorage(string path) : IChallengeStorage, IAsyncDisposable
{
    private readonly SqliteDatabase _database = new(path, "challenges", SqliteDurability.Full, readers: 2);
    private readonly SqliteProgrammes _programmes = new();

    internal SqliteChallengeCopy Copy => new(_database, _programmes);

    public ValueTask<TrackState> Tracked(TrackSet set, CancellationToken cancellation) => _database.Read(
        session => new TrackState(Positions(session, set), IsSealed(session, set)), cancellation);

    public IAsyncEnumerable<TrackRow> Tracks(TrackSet set, CancellationToken cancellation) => _database.Stream(
        "select member, version, track from challenge_track where programme = $1 and run = $2",
        session => [Number(session, set.Programme), set.Key],
        row => new TrackRow(row.GetBlobGuid(0), row.GetInt64(1), row.GetBlob(2)),
        cancellation);

    public ValueTask<TrackRow?> Track(TrackSet set, Guid member, CancellationToken cancellation) => _database.Read(
        session => session.ReadAll(
            "select version, track from challenge_track where programme = $1 and run = $2 and member = $3",
            row => new TrackRow(member, row.GetInt64(0), row.GetBlob(1)),
            Number(session, set.Programme), set.Key, member.ToBlob()) is [var row] ? row : (TrackRow?)null,
        cancellation);

    public async ValueTask Keep(TrackSet set, IReadOnlyList<TrackRow> rows, IReadOnlyList<Position> from, IReadOnlyList<Position> to, bool seals) =>
        await _database.Write(session =>
        {
            _programmes.Ensure(session, set.Programme);
            return session.InTransaction(() =>
            {
                CheckOpen(session, set, from);
                foreach (var row in rows)
                    Upsert(session, set, row);
                foreach (var position in to)
                    session.Run(
                        "insert into challenge_position values ($1, $2, $3, $4) on conflict (programme, run, partition) do update set seq = excluded.seq",
                        Number(session, set.Programme), set.Key, position.Partition, position.Seq);
                if (seals)
                    session.Run("insert into challenge_seal values ($1, $2)", Number(session, set.Programme), set.Key);
                return 0;
            });
        });

    public async ValueTask DropTracks(TrackSet set) => await _database.Write(session => session.InTransaction(() =>
    {
        if (IsSealed(session, set))
            throw new InvalidOperationException($"The tracks of {set} are sealed.");
        return session.Run("delete from challenge_track where programme = $1 and run = $2", Number(session, set.Programme), set.Key)
            + session.Run("delete from challenge_position where programme = $1 and run = $2", Number(session, set.Programme), set.Key);
    }));

    public async ValueTask WriteChunks(ChallengeRunId run, IReadOnlyList<StoredChunk> chunks) => await _database.Write(session =>
    {
        _programmes.Ensure(session, run.Programme);
        return session.InTransaction(() =>
        {
            foreach (var chunk in chunks)
                session.Run(
                    """
                    insert into challenge_chunk (programme, run, part, number, bytes) values ($1, $2, $3, $4, $5)
                    on conflict (programme, run, part, number) do update set bytes = excluded.bytes
                    """,
                    Number(session, run.Programme), Key(run), (int)chunk.Part, chunk.Number, chunk.Bytes.ToBlob());
            return 0;
        });
    });

    public ValueTask<ReadOnlyMemory<byte>?> ReadChunk(ChallengeRunId run, StoredPart part, int number, CancellationToken cancellation) => _database.Read(
        session => session.ReadFirst(
            "select bytes from challenge_chunk where programme = $1 and run = $2 and part = $3 and number = $4",
            row => row.GetBlob(0),
            Number(session, run.Programme), Key(run), (int)part, number) is { } bytes ? bytes : (ReadOnlyMemory<byte>?)null,
        cancellation);

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private static string Key(ChallengeRunId run) => run.Actor.Key;

    private long Number(SqliteSession session, string programme) => _programmes.Find(session, programme) ?? -1;

    private Dictionary<int, long> Positions(SqliteSession session, TrackSet set) => session.ReadAll(
        "select partition, seq from challenge_position where programme = $1 and run = $2",
        row => (Partition: row.GetInt32(0), Seq: row.GetInt64(1)),
        Number(session, set.Programme), set.Key).ToDictionary(position => position.Partition, position => position.Seq);

    private bool IsSealed(SqliteSession session, TrackSet set) => session.ReadFirst(
        "select 1 from challenge_seal where programme = $1 and run = $2", row => row.GetInt32(0), Number(session, set.Programme), set.Key) == 1;

    private void CheckOpen(SqliteSession session, TrackSet set, IReadOnlyList<Position> from)
    {
        if (IsSealed(session, set))
            throw new InvalidOperationException($"The tracks of {set} are sealed.");
        var stored = Positions(session, set);
        if (stored.Count != from.Count || from.Any(position => !stored.TryGetValue(position.Partition, out var seq) || seq != position.Seq))
            throw new InvalidOperationException($"The tracks of {set} do not stand where they are said to.");
    }

    private void Upsert(SqliteSession session, TrackSet set, TrackRow row) => session.Run(
        """
        insert into challenge_track values ($1, $2, $3, $4, $5)
        on conflict (programme, run, member) do update set version = excluded.version, track = excluded.track where version <= excluded.version
        """,
        Number(session, set.Programme), set.Key, row.Member.ToBlob(), row.Version, row.Track.ToBlob());

}
