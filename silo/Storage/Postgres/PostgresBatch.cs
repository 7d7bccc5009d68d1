using System.Globalization;
using Gamification.Journal;
using Npgsql;
using NpgsqlTypes;

namespace Gamification.Storage.Postgres;

/// <summary>
/// The one statement of a commit in two forms, prepared on the connection that writes a partition, and the columns it sends.
/// It looks keys and versions up, and only if nothing stands in the way moves the head under the epoch, numbers the entries and inserts them:
/// one round trip, one transaction, and a batch with a refusal writes nothing at all. A batch that expects no refusal takes the plain form, which
/// does not look: the unique indexes refuse what is taken, and the caller runs it again with a look. A version that this connection has not
/// written itself is looked up in any case, because an index cannot see a gap.
/// </summary>
internal sealed class PostgresBatch : IDisposable
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
            where $19
        ), stale as materialized (
            select a.n, coalesce(newest.version, 0) as version
            from unnest($6, $7, $18) with ordinality a (programme, actor, expected, n)
            left join lateral (
                select e.version from journal_entry e where e.programme = a.programme and e.actor = a.actor order by e.version desc limit 1
            ) newest on true
            where a.expected is not null and coalesce(newest.version, 0) <> a.expected
        ), {Moving}
        select 0, 0, base, last_at, null, null, null, null, null, null, null from head
        union all
        select 1, n, seq, recorded_at, partition, programme, actor, version, type, payload, key_content from taken
        union all
        select 2, n, null, null, null, null, null, version, null, null, null from stale
        """,
        "and not exists (select from taken) and not exists (select from stale)");

    /// <summary>A database that takes longer has stopped answering: the writer gives the connection up and looks what became of the batch.</summary>
    private const int SecondsMax = 5;

    private const int WrittenMax = 131_072;

    private readonly List<int> _ordinal = [];
    private readonly List<short> _programme = [];
    private readonly List<string> _actor = [];
    private readonly List<long> _version = [];
    private readonly List<string> _type = [];
    private readonly List<int?> _month = [];
    private readonly List<Guid?> _digest = [];
    private readonly List<Guid?> _content = [];
    private readonly List<ReadOnlyMemory<byte>> _payload = [];
    private readonly List<long?> _expected = [];

    private readonly List<long> _snapshotVersion = [];
    private readonly List<short> _snapshotProgramme = [];
    private readonly List<string> _snapshotActor = [];
    private readonly List<ReadOnlyMemory<byte>> _snapshot = [];

    /// <summary>For each row sent, by position: the append it belongs to and its entry's place in it.</summary>
    private readonly List<(int Append, int Index)> _rows = [];

    /// <summary>The newest versions written over this connection, of the actors that wrote lately.</summary>
    private readonly Dictionary<ActorId, long> _written = [];

    private readonly List<Row> _order = [];

    /// <summary>There is a version in the batch that has to be looked up.</summary>
    private bool _isUnsure;

    private readonly Statement _plain;
    private readonly Statement _looking;

    public PostgresBatch(NpgsqlConnection connection)
    {
        _plain = new(Plain, connection, Entries());
        _looking = new(Looking, connection, [.. Entries(), Column(_expected, NpgsqlDbType.Bigint)], looks: true);
    }

    /// <summary>What the statement answered, in the order of the rows: either the head moved, or some appends were refused and nothing was written.</summary>
    internal abstract record Answer(int Append)
    {
        internal sealed record Moved(long Base, DateTime At) : Answer(-1);

        internal sealed record Taken(int Append, int Index, Guid Content, PostgresEntry First) : Answer(Append);

        internal sealed record Stale(int Append, long Version) : Answer(Append);
    }

    public async Task Prepare()
    {
        await _plain.Command.PrepareAsync().ConfigureAwait(false);
        await _looking.Command.PrepareAsync().ConfigureAwait(false);
    }

    /// <summary>Runs the statement for the appends at <paramref name="positions"/> of the batch, numbered in that order.</summary>
    public async Task<List<Answer>> Run(
        int partition, long epoch, DateTime now, IReadOnlyList<Append> batch, IReadOnlyList<int> positions, Func<string, short> programmeOf, bool looks)
    {
        Fill(batch, positions, programmeOf, looks);
        var command = (looks || _isUnsure ? _looking : _plain).With(partition, epoch, _rows.Count, now, looks);
        List<Answer> answers = [];
        await using var reader = await command.ExecuteReaderAsync().ConfigureAwait(false);
        while (await reader.ReadAsync().ConfigureAwait(false))
            answers.Add(Read(reader));
        if (answers is [Answer.Moved]) Remember(batch, positions);
        return answers;
    }

    public void Dispose()
    {
        _plain.Command.Dispose();
        _looking.Command.Dispose();
    }

    private NpgsqlParameter[] Entries() =>
    [
        Column(_ordinal, NpgsqlDbType.Integer),
        Column(_programme, NpgsqlDbType.Smallint),
        Column(_actor, NpgsqlDbType.Text),
        Column(_version, NpgsqlDbType.Bigint),
        Column(_type, NpgsqlDbType.Text),
        Column(_month, NpgsqlDbType.Integer),
        Column(_digest, NpgsqlDbType.Uuid),
        Column(_content, NpgsqlDbType.Uuid),
        Column(_payload, NpgsqlDbType.Bytea),
        Column(_snapshotVersion, NpgsqlDbType.Bigint),
        Column(_snapshotProgramme, NpgsqlDbType.Smallint),
        Column(_snapshotActor, NpgsqlDbType.Text),
        Column(_snapshot, NpgsqlDbType.Bytea),
    ];

    private static NpgsqlParameter<List<T>> Column<T>(List<T> values, NpgsqlDbType type) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };

    private Answer Read(NpgsqlDataReader reader)
    {
        var kind = reader.GetInt32(0);
        if (kind == 0)
            return new Answer.Moved(reader.GetInt64(2), reader.GetDateTime(3));

        var (append, index) = _rows[(int)reader.GetInt64(1) - 1];
        if (kind == 2)
            return new Answer.Stale(append, reader.GetInt64(7));

        return new Answer.Taken(append, index, reader.GetGuid(10), PostgresEntry.Read(reader, at: 2));
    }

    private void Remember(IReadOnlyList<Append> batch, IReadOnlyList<int> positions)
    {
        if (_written.Count + positions.Count > WrittenMax) _written.Clear();
        foreach (var position in positions) _written[batch[position].Actor] = batch[position].NextVersion;
    }

    /// <summary>A first version is refused by the index when there is one already; any other is sure only after one that was written here.</summary>
    private bool IsSure(Append append) =>
        append.ExpectedVersion == 0 || (_written.TryGetValue(append.Actor, out var written) && written == append.ExpectedVersion);

    private void Fill(IReadOnlyList<Append> batch, IReadOnlyList<int> positions, Func<string, short> programmeOf, bool looks)
    {
        Clear();
        var ordinal = 0;
        foreach (var position in positions)
        {
            var append = batch[position];
            var programme = programmeOf(append.Actor.Programme);
            var path = append.Actor.Path;
            for (var index = 0; index < append.Entries.Length; index++)
                _order.Add(new(append.Entries[index].Key?.Digest, ++ordinal, position, index, programme, path));

            if (append.Snapshot is not { } state)
                continue;
            _snapshotVersion.Add(append.NextVersion);
            _snapshotProgramme.Add(programme);
            _snapshotActor.Add(path);
            _snapshot.Add(state);
        }

        _order.Sort(static (one, other) => Nullable.Compare(one.Digest, other.Digest) is var byDigest and not 0 ? byDigest : one.Ordinal.CompareTo(other.Ordinal));
        foreach (var row in _order)
        {
            var append = batch[row.Append];
            var entry = append.Entries[row.Index];
            _rows.Add((row.Append, row.Index));
            _ordinal.Add(row.Ordinal);
            _programme.Add(row.Programme);
            _actor.Add(row.Actor);
            _version.Add(append.ExpectedVersion + 1 + row.Index);
            var isDoubtful = row.Index == 0 && (looks || !IsSure(append));
            _isUnsure |= isDoubtful;
            _expected.Add(isDoubtful ? append.ExpectedVersion : null);
            _type.Add(entry.Type);
            _payload.Add(entry.Payload);
            _month.Add(entry.Key?.Month);
            _digest.Add(entry.Key?.Digest);
            _content.Add(entry.Key?.Content);
        }
    }

    private void Clear()
    {
        _isUnsure = false;
        _rows.Clear();
        _order.Clear();
        _ordinal.Clear();
        _programme.Clear();
        _actor.Clear();
        _version.Clear();
        _expected.Clear();
        _type.Clear();
        _payload.Clear();
        _month.Clear();
        _digest.Clear();
        _content.Clear();
        _snapshotVersion.Clear();
        _snapshotProgramme.Clear();
        _snapshotActor.Clear();
        _snapshot.Clear();
    }

    /// <summary>One of the two forms, with parameters of its own over the same columns.</summary>
    private sealed class Statement
    {
        private readonly NpgsqlParameter<int> _partition = new() { NpgsqlDbType = NpgsqlDbType.Integer };
        private readonly NpgsqlParameter<long> _epoch = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
        private readonly NpgsqlParameter<long> _count = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
        private readonly NpgsqlParameter<DateTime> _now = new() { NpgsqlDbType = NpgsqlDbType.TimestampTz };
        private readonly NpgsqlParameter<bool> _looks = new() { NpgsqlDbType = NpgsqlDbType.Boolean };

        public Statement(string sql, NpgsqlConnection connection, NpgsqlParameter[] columns, bool looks = false)
        {
            Command = new(sql, connection) { CommandTimeout = SecondsMax };
            Command.Parameters.AddRange(new NpgsqlParameter[] { _partition, _epoch, _count, _now });
            Command.Parameters.AddRange(columns);
            if (looks) Command.Parameters.Add(_looks);
        }

        public NpgsqlCommand Command { get; }

        public NpgsqlCommand With(int partition, long epoch, long count, DateTime now, bool looks)
        {
            (_partition.TypedValue, _epoch.TypedValue, _count.TypedValue, _now.TypedValue, _looks.TypedValue) = (partition, epoch, count, now, looks);
            return Command;
        }
    }

    private readonly record struct Row(Guid? Digest, int Ordinal, int Append, int Index, short Programme, string Actor);
}
