using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Rules;

namespace Gamification.Projections;

/// <summary>
/// What the roll-up takes from one stretch of a partition: the last value of every row, so that a busy hour writes a row once.
/// Live notices and entries read back from the journal come to the same rows.
/// </summary>
/// <param name="newest">Where each programme's history stood before this stretch; moved along with it.</param>
internal sealed class RollupRows(Dictionary<string, long> newest)
{
    private readonly Dictionary<(ActorId Actor, string Store, int Day), RollupRow> _rows = [];
    private readonly Dictionary<string, long> _moved = [];

    public int Count => _rows.Count;

    public IReadOnlyList<RollupRow> Rows => [.. _rows.Values];

    /// <summary>Programmes whose history came further in this stretch, Unix milliseconds.</summary>
    public IReadOnlyDictionary<string, long> NewestOccurredAt => _moved;

    public void Add(AccountNotice notice)
    {
        foreach (var row in notice.Changed) Add(notice.Actor, row, notice.Version);
        Observe(notice.Actor.Programme, notice.OccurredAt);
    }

    public void Add(StoredEntry stored)
    {
        if (AccountEntryJson.Read(stored) is not { } entry) return;
        foreach (var row in entry.Tallies) Add(stored.Actor, row, stored.Version);
        Observe(stored.Actor.Programme, AccountNotice.OccurredAtOf(entry));
    }

    private void Add(ActorId actor, TallyRow row, long version)
    {
        if (row.Day == TallyRow.AllDays) return;
        var key = (actor, row.Store, row.Day);
        if (_rows.TryGetValue(key, out var known) && known.Version > version) return;
        _rows[key] = new()
        {
            Actor = actor,
            Store = row.Store,
            Day = row.Day,
            Points = row.Tally.Points,
            Receipts = row.Tally.Receipts,
            Spend = row.Tally.Spend,
            PointsReachedAt = row.Tally.PointsAt,
            ReceiptsReachedAt = row.Tally.ReceiptsAt,
            Version = version,
        };
    }

    private void Observe(string programme, long occurredAt)
    {
        if (occurredAt <= 0) return;
        long? known = newest.TryGetValue(programme, out var stood) ? stood : null;
        var later = BusinessClock.Later(known, occurredAt);
        if (later != known) newest[programme] = _moved[programme] = later;
    }
}
