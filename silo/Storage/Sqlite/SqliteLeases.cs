using System.Runtime.InteropServices;
using Gamification.Journal;

namespace Gamification.Storage.Sqlite;

/// <summary>The leases that one batch uses: each is read once and written once, however many appends take of it.</summary>
internal sealed class SqliteLeases(SqliteSession session)
{
    private Dictionary<(long Programme, Guid Lease), (LeaseTally Tally, bool IsOpen, bool IsUsed)>? _leases;

    public static int Open(SqliteSession session, long programme, Guid lease) => session.Run(
        "insert into journal_lease (programme, lease, points, awards, is_open) values ($1, $2, 0, 0, 1) on conflict do nothing", programme, lease.ToBlob());

    public static LeaseTally End(SqliteSession session, long programme, Guid lease)
    {
        session.Run("update journal_lease set is_open = 0 where programme = $1 and lease = $2 and is_open = 1", programme, lease.ToBlob());
        return Read(session, programme, lease).Tally;
    }

    /// <summary>The first lease of an append that is over; null when all are open.</summary>
    public Guid? Over(long programme, Append append)
    {
        foreach (var use in append.Uses)
        {
            _leases ??= [];
            ref var lease = ref CollectionsMarshal.GetValueRefOrAddDefault(_leases, (programme, use.Lease), out var isKnown);
            if (!isKnown) (lease.Tally, lease.IsOpen) = Read(session, programme, use.Lease);
            if (!lease.IsOpen) return use.Lease;
        }

        return null;
    }

    /// <summary>Counts what a stored append uses; durable with the batch once they are <see cref="Save">saved</see>.</summary>
    public void Count(long programme, Append append)
    {
        foreach (var use in append.Uses)
        {
            ref var lease = ref CollectionsMarshal.GetValueRefOrNullRef(_leases!, (programme, use.Lease));
            (lease.Tally, lease.IsUsed) = (lease.Tally.Plus(use), true);
        }
    }

    public void Save()
    {
        foreach (var ((programme, id), lease) in _leases ?? [])
        {
            if (lease.IsUsed)
                session.Run("update journal_lease set points = $3, awards = $4 where programme = $1 and lease = $2", programme, id.ToBlob(), lease.Tally.Points, lease.Tally.Awards);
        }
    }

    private static (LeaseTally Tally, bool IsOpen) Read(SqliteSession session, long programme, Guid lease) => session.ReadFirst(
        "select points, awards, is_open from journal_lease where programme = $1 and lease = $2",
        row => (new LeaseTally(row.GetInt64(0), row.GetInt64(1)), row.GetBoolean(2)),
        programme,
        lease.ToBlob());
}
