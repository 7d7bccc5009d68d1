using System.Collections.Immutable;
using Microsoft.AspNetCore.SignalR;

namespace Gamification.Live;

/// <summary>
/// The newest view of a board, and those shortly before it from which a delta can be told. Its messages are made when first asked for and
/// shared by all connections; they go when the next edition comes.
/// </summary>
internal sealed class BoardEdition
{
    private readonly long _arrivedAt;
    private readonly ImmutableArray<BoardSnapshot> _past;
    private readonly SerializedHubMessage _snapshot;
    private readonly Dictionary<long, SerializedHubMessage> _deltas = [];

    /// <param name="arrivedAt">The clock's timestamp at which the first view that is newer than the last edition came.</param>
    public BoardEdition(BoardSnapshot newest, long arrivedAt)
        : this(newest, arrivedAt, [])
    {
    }

    private BoardEdition(BoardSnapshot newest, long arrivedAt, ImmutableArray<BoardSnapshot> past)
    {
        Newest = newest;
        _arrivedAt = arrivedAt;
        _past = past;
        _snapshot = Messages.Serialized(newest);
    }

    public BoardSnapshot Newest { get; }

    private Cursor Cursor => new(Newest.StreamId, Newest.Version);

    /// <summary>The next edition. It forgets the past when the stream is another: no delta leads from one to the other.</summary>
    public BoardEdition Then(BoardSnapshot next, long arrivedAt, int pastMax)
    {
        if (next.StreamId != Newest.StreamId) return new(next, arrivedAt);
        var kept = _past.Length < pastMax ? _past : _past.RemoveRange(0, _past.Length - pastMax + 1);
        return new(next, arrivedAt, kept.Add(Newest));
    }

    public Push? Next(Cursor? sent)
    {
        if (sent is not { } at || at.StreamId != Newest.StreamId) return new(_snapshot, Cursor, PushKind.Snapshot, _arrivedAt);
        if (at.Version == Newest.Version) return null;
        return DeltaFrom(at.Version) is { } delta
            ? new(delta, Cursor, PushKind.Delta, _arrivedAt)
            : new(_snapshot, Cursor, PushKind.CatchUp, _arrivedAt);
    }

    private SerializedHubMessage? DeltaFrom(long version)
    {
        lock (_deltas)
        {
            if (_deltas.TryGetValue(version, out var known)) return known;
            foreach (var older in _past)
            {
                if (older.Version == version) return _deltas[version] = Messages.Serialized(Difference(older, Newest));
            }

            return null;
        }
    }

    /// <summary>Rows that are new or differ, in full, and the ids of those that are no longer among the top.</summary>
    internal static BoardDelta Difference(BoardSnapshot older, BoardSnapshot newer)
    {
        var before = older.Rows.ToDictionary(row => row.Id);
        var changed = newer.Rows.Where(row => !before.Remove(row.Id, out var was) || was != row).ToImmutableArray();
        return new(newer.Topic, newer.StreamId, older.Version, newer.Version, newer.AsOf, newer.Size, [.. before.Keys], changed);
    }
}
