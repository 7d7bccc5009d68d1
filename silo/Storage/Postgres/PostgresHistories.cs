using System.Collections.Immutable;
using Gamification.Journal;
using Npgsql;

namespace Gamification.Storage.Postgres;

/// <summary>
/// What activations begin with: an actor's snapshot and the entries after it. After a restart, and on a Saturday when every receipt is another
/// member's, thousands of actors wake at once; those that come while a statement is under way share the next.
/// </summary>
internal sealed class PostgresHistories
{
    private readonly NpgsqlDataSource _database;
    private readonly PostgresProgrammes _programmes;
    private readonly SharedTrips<ActorId, ActorHistory> _trips;

    public PostgresHistories(NpgsqlDataSource database, PostgresProgrammes programmes)
    {
        _database = database;
        _programmes = programmes;
        _trips = new(8_192, 256, Read);
    }

    public async ValueTask<ActorHistory> Load(ActorId actor, CancellationToken cancellation) =>
        await _trips.Submit(actor).AsTask().WaitAsync(cancellation).ConfigureAwait(false);

    private ValueTask<IReadOnlyList<ActorHistory>> Read(IReadOnlyList<ActorId> actors) => Reach.Guard(async ValueTask<IReadOnlyList<ActorHistory>> () =>
    {
        var numbers = new short[actors.Count];
        for (var i = 0; i < numbers.Length; i++)
            numbers[i] = await _programmes.Find(actors[i].Programme, CancellationToken.None).ConfigureAwait(false) ?? -1;

        // One statement, or a snapshot taken between two would hide entries; lateral, so that each actor is an index lookup whatever the statistics say.
        await using var command = _database.CreateCommand(
            $"""
            with wanted as materialized (
                select w.n, w.programme, w.actor, s.version as newest, s.state
                from unnest($1::smallint[], $2::text[]) with ordinality w (programme, actor, n)
                left join lateral (
                    select s.version, s.state from journal_snapshot s where s.programme = w.programme and s.actor = w.actor limit 1) s on true
            )
            select n, null as seq, null as recorded_at, null as partition, null as programme, null as actor, newest as version, null as type, state
            from wanted where newest is not null
            union all
            select w.n, e.* from wanted w cross join lateral (
                select {PostgresEntry.Columns} from journal_entry e
                where e.programme = w.programme and e.actor = w.actor and e.version > coalesce(w.newest, 0) order by e.version offset 0) e
            order by n, version, seq nulls first
            """);
        command.Parameters.Add(new NpgsqlParameter<short[]> { TypedValue = numbers });
        command.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. actors.Select(actor => actor.Path)] });

        var found = new Found[actors.Count];
        await using var row = await command.ExecuteReaderAsync(CancellationToken.None).ConfigureAwait(false);
        while (await row.ReadAsync(CancellationToken.None).ConfigureAwait(false))
        {
            var place = (int)row.GetInt64(0) - 1;
            if (row.IsDBNull(1)) (found[place].Version, found[place].State) = (row.GetInt64(6), row.GetFieldValue<byte[]>(8));
            else (found[place].Tail ??= ImmutableArray.CreateBuilder<StoredEntry>()).Add(PostgresEntry.Read(row, at: 1).Of(actors[place]));
        }

        return [.. found.Select(history => history.Whole())];
    });

    private struct Found
    {
        public long Version;
        public byte[]? State;
        public ImmutableArray<StoredEntry>.Builder? Tail;

        public readonly ActorHistory Whole() =>
            State is null && Tail is null ? ActorHistory.Empty : new(Version, State is null ? null : (ReadOnlyMemory<byte>?)State, Tail?.DrainToImmutable() ?? []);
    }
}
