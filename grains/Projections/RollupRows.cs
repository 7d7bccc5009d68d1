using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Members;
using Gamification.Privacy;
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
    private readonly Dictionary<(ActorId Actor, string Measure, string Store, int Day, string Thing), MeasureRow> _measures = [];
    private readonly Dictionary<(string Programme, MemberId Member), VisibilityChange> _wishes = [];
    private readonly Dictionary<(ActorId Actor, CircleKind Kind), CircleRow> _circles = [];
    private readonly Dictionary<string, long> _moved = [];

    /// <summary>Programmes whose history came further in this stretch, Unix milliseconds.</summary>
    public IReadOnlyDictionary<string, long> NewestOccurredAt => _moved;

    public RollupBatch Batch() => new()
    {
        Rows = [.. _rows.Values],
        Measures = _measures.Count == 0 ? [] : [.. _measures.Values],
        Circles = _circles.Count == 0 ? [] : [.. _circles.Values],
        Visibility = _wishes.Count == 0 ? [] : [.. _wishes.Select(wish => (wish.Key.Programme, wish.Value))],
        NewestOccurredAt = _moved,
    };

    public void Add(AccountNotice notice)
    {
        foreach (var row in notice.Changed) Add(notice.Actor, row, notice.Version);
        foreach (var change in notice.Measures) Add(notice.Actor, change, notice.Version);
        foreach (var row in notice.Circles) Add(row);
        Observe(notice.Actor.Programme, notice.OccurredAt);
    }

    /// <summary>What an entry read back says of measures.</summary>
    public void Add(ActorId actor, IEnumerable<MeasureChange> measures, long version)
    {
        foreach (var change in measures) Add(actor, change, version);
    }

    public void Add(PrivacyNotice notice)
    {
        var key = (notice.Programme, notice.Wish.Member);
        if (!_wishes.TryGetValue(key, out var known) || notice.Wish.Version > known.Version) _wishes[key] = notice.Wish;
    }

    public void Add(StoredEntry stored)
    {
        if (stored.Actor.Kind == PrivacyForm.ActorKind)
        {
            if (PrivacyForm.NoticeOf(stored) is { } wish) Add(wish);
            return;
        }

        if (AccountEntryJson.Read(stored) is not { } entry) return;
        foreach (var row in entry.Tallies) Add(stored.Actor, row, stored.Version);
        foreach (var row in CircleRow.Of(stored.Actor, entry, stored.Version)) Add(row);
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

    private void Add(ActorId actor, MeasureChange change, long version)
    {
        var key = (actor, change.Measure, change.Store, change.Day, change.Thing);
        if (_measures.TryGetValue(key, out var known) && known.Version > version) return;
        _measures[key] = new()
        {
            Actor = actor,
            Measure = change.Measure,
            Store = change.Store,
            Day = change.Day,
            Thing = change.Thing,
            Value = change.Value,
            ReachedAt = change.ReachedAt,
            Version = version,
        };
    }

    private void Add(CircleRow row)
    {
        if (row.Actor.Kind != "member" || (_circles.TryGetValue((row.Actor, row.Kind), out var known) && known.Version > row.Version)) return;
        _circles[(row.Actor, row.Kind)] = row;
    }

    private void Observe(string programme, long occurredAt)
    {
        if (occurredAt <= 0) return;
        long? known = newest.TryGetValue(programme, out var stood) ? stood : null;
        var later = BusinessClock.Later(known, occurredAt);
        if (later != known) newest[programme] = _moved[programme] = later;
    }
}
