using System.Globalization;
using Npgsql;
using NpgsqlTypes;

namespace Gamification.Storage.Postgres;

/// <summary>
/// The one statement of a commit in two forms, prepared on the connection that writes a partition: it moves the head under the epoch, numbers the
/// entries and inserts them in one round trip and one transaction. The looking form first looks keys, versions and leases up, and writes nothing
/// at all if something stands in the way. The plain form does not look: the unique indexes refuse what is taken.
/// </summary>
internal sealed class PostgresBatchStatement : IDisposable
{
    // The entries are sent in the order of their keys, so that two partitions that race for the same keys never wait for each other in a circle.
    private const string Moving =
        """
        head as (
            update journal_head set last_seq = last_seq + $3, last_at = greatest(last_at, $4)
            where partition = $1 and epoch = $2 {0}
            returning last_seq - $3 as base, last_at
        ), stored as (
            insert into journal_entry (seq, version, recorded_at, key_digest, key_content, partition, key_month, programme, actor, type, payload)
            select head.base + e.ordinal, e.version, head.last_at, e.digest, e.content, $1, e.month, e.programme, e.actor, e.type, e.payload
            from head, unnest($5, $6, $7, $8, $9, $10, $11, $12, $13) e (ordinal, programme, actor, version, type, month, digest, content, payload)
        ), snapshots as (
            insert into journal_snapshot (version, programme, actor, state)
            select s.version, s.programme, s.actor, s.state
            from head, unnest($14, $15, $16, $17) s (version, programme, actor, state)
            on conflict (programme, actor) do update set version = excluded.version, state = excluded.state
            where journal_snapshot.version < excluded.version
        )
        """;

    private static readonly string Plain = string.Format(CultureInfo.InvariantCulture, $"with {Moving} select 0, 0::bigint, base, last_at from head", "");

    private static readonly string Looking = string.Format(
        CultureInfo.InvariantCulture,
        $"""
        with taken as materialized (
            select k.n, e.*
            from unnest($6, $10, $11) with ordinality k (programme, month, digest, n)
            join journal_entry e on e.programme = k.programme and e.key_month = k.month and e.key_digest = k.digest
            where $23
        ), stale as materialized (
            select a.n, coalesce(newest.version, 0) as version
            from unnest($6, $7, $18) with ordinality a (programme, actor, expected, n)
            left join lateral (
                select e.version from journal_entry e where e.programme = a.programme and e.actor = a.actor order by e.version desc limit 1
            ) newest on true
            where a.expected is not null and coalesce(newest.version, 0) <> a.expected
        ), leased as materialized (
            select u.n, l.programme, l.lease, u.points, u.awards
            from unnest($19, $20, $21, $22) with ordinality u (programme, lease, points, awards, n)
            join journal_lease l on l.programme = u.programme and l.lease = u.lease
            where l.is_open order by u.n for no key update of l
        ), {Moving}, counted as (
            update journal_lease l set points = l.points + u.points, awards = l.awards + u.awards
            from leased u, head where l.programme = u.programme and l.lease = u.lease
        )
        select 0, 0, base, last_at, null, null, null, null, null, null, null from head
        union all
        select 1, n, seq, recorded_at, partition, programme, actor, version, type, payload, key_content from taken
        union all
        select 2, n, null, null, null, null, null, version, null, null, null from stale
        union all
        select 3, u.n, null, null, null, null, null, null, null, null, null
        from unnest($19, $20) with ordinality u (programme, lease, n) where not exists (select from leased where leased.n = u.n)
        """,
        "and not exists (select from taken) and not exists (select from stale) and (select count(*) from leased) = cardinality($20)");

    /// <summary>A database that takes longer has stopped answering: the writer gives the connection up and looks what became of the batch.</summary>
    private const int SecondsMax = 5;

    private readonly NpgsqlParameter<int> _partition = new() { NpgsqlDbType = NpgsqlDbType.Integer };
    private readonly NpgsqlParameter<long> _epoch = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<long> _count = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<DateTime> _now = new() { NpgsqlDbType = NpgsqlDbType.TimestampTz };
    private readonly NpgsqlParameter<bool> _looks = new() { NpgsqlDbType = NpgsqlDbType.Boolean };
    private readonly NpgsqlCommand _command;

    private PostgresBatchStatement(string sql, NpgsqlConnection connection, IEnumerable<NpgsqlParameter> columns, bool looks)
    {
        _command = new(sql, connection) { CommandTimeout = SecondsMax };
        foreach (var parameter in (NpgsqlParameter[])[_partition, _epoch, _count, _now, .. columns])
            _command.Parameters.Add(parameter);
        if (looks) _command.Parameters.Add(_looks);
    }

    public static PostgresBatchStatement WithoutLook(NpgsqlConnection connection, PostgresBatchColumns columns) =>
        new(Plain, connection, columns.Entries(), looks: false);

    public static PostgresBatchStatement WithLook(NpgsqlConnection connection, PostgresBatchColumns columns) =>
        new(Looking, connection, [.. columns.Entries(), .. columns.Conditions()], looks: true);

    public Task Prepare() => _command.PrepareAsync();

    /// <summary>Sends the columns as they are filled. <paramref name="looks"/> has each key looked up; the plain form has no use for it.</summary>
    public Task<NpgsqlDataReader> Run(int partition, long epoch, long count, DateTime now, bool looks)
    {
        (_partition.TypedValue, _epoch.TypedValue, _count.TypedValue, _now.TypedValue, _looks.TypedValue) = (partition, epoch, count, now, looks);
        return _command.ExecuteReaderAsync();
    }

    public void Dispose() => _command.Dispose();
}
