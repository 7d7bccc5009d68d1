using Gamification.Journal;
using Npgsql;
using NpgsqlTypes;

namespace Gamification.Storage.Postgres;

/// <summary>A batch as the columns that its statement sends: a row an entry, in the order of their keys, a row a snapshot and a row a lease.</summary>
internal sealed class PostgresBatchColumns
{
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

    private readonly List<short> _leaseProgramme = [];
    private readonly List<Guid> _lease = [];
    private readonly List<long> _leasePoints = [];
    private readonly List<long> _leaseAwards = [];

    private readonly List<(int Append, int Index)> _rows = [];
    private readonly List<Row> _order = [];

    /// <summary>For each row sent, by position: the append it belongs to and its entry's place in it.</summary>
    public IReadOnlyList<(int Append, int Index)> Rows => _rows;

    /// <summary>The leases that the batch uses, in the order they are sent.</summary>
    public IReadOnlyList<Guid> Leases => _lease;

    /// <summary>Something in the batch can only be written after a look: a version that no index vouches for, or a lease that may be over.</summary>
    public bool MustLook { get; private set; }

    /// <summary>What both forms of the statement send, from their fifth parameter on.</summary>
    public NpgsqlParameter[] Entries() =>
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

    /// <summary>What a look needs besides.</summary>
    public NpgsqlParameter[] Conditions() =>
    [
        Column(_expected, NpgsqlDbType.Bigint),
        Column(_leaseProgramme, NpgsqlDbType.Smallint),
        Column(_lease, NpgsqlDbType.Uuid),
        Column(_leasePoints, NpgsqlDbType.Bigint),
        Column(_leaseAwards, NpgsqlDbType.Bigint),
    ];

    /// <summary>The appends at <paramref name="positions"/>, numbered in that order; <paramref name="isSure"/> tells whose version needs no look.</summary>
    public void Fill(IReadOnlyList<Append> batch, IReadOnlyList<int> positions, Func<string, short> programmeOf, Func<Append, bool> isSure)
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

        foreach (var of in positions.Where(position => !batch[position].Uses.IsEmpty).GroupBy(position => programmeOf(batch[position].Actor.Programme)).OrderBy(of => of.Key))
        {
            foreach (var sum in LeaseUse.Sums(of.SelectMany(position => batch[position].Uses)))
            {
                _leaseProgramme.Add(of.Key);
                _lease.Add(sum.Lease);
                _leasePoints.Add(sum.Points);
                _leaseAwards.Add(sum.Awards);
            }
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
            _expected.Add(row.Index == 0 && !isSure(append) ? append.ExpectedVersion : null);
            _type.Add(entry.Type);
            _payload.Add(entry.Payload);
            _month.Add(entry.Key?.Month);
            _digest.Add(entry.Key?.Digest);
            _content.Add(entry.Key?.Content);
        }

        MustLook = _lease.Count > 0 || _expected.Exists(static expected => expected is not null);
    }

    private void Clear()
    {
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
        _leaseProgramme.Clear();
        _lease.Clear();
        _leasePoints.Clear();
        _leaseAwards.Clear();
    }

    private static NpgsqlParameter<List<T>> Column<T>(List<T> values, NpgsqlDbType type) =>
        new() { TypedValue = values, NpgsqlDbType = NpgsqlDbType.Array | type };

    private readonly record struct Row(Guid? Digest, int Ordinal, int Append, int Index, short Programme, string Actor);
}
