using System.Collections.Immutable;
using Gamification.Projections;

namespace Gamification.Leaderboards;

/// <summary>A live board, and the day number from which it is told scores; 0 for those of its whole window.</summary>
public readonly record struct FedBoard(BoardId Board, int FromDay);

/// <summary>What the feed has gathered for one board since it last took something. Belongs to the feed's loop.</summary>
internal sealed class LiveBoard
{
    private readonly Dictionary<int, Stretch> _stretches = [];

    public LiveBoard(BoardId id, long serial, RollupWindow window, int fromDay, IReadOnlyDictionary<int, long> positions)
    {
        (Id, Serial, Window, FromDay) = (id, serial, window, fromDay);
        Tail = fromDay == 0 ? window : window with { FromDay = fromDay };
        foreach (var (partition, position) in positions) _stretches[partition] = new(position);
    }

    public BoardId Id { get; }

    public long Serial { get; }

    public RollupWindow Window { get; }

    /// <summary>The day number from which on the board is told scores, and holds by itself what lies before; 0 when it is told those of the whole window.</summary>
    public int FromDay { get; }

    /// <summary>The part of the window that scores are told of.</summary>
    public RollupWindow Tail { get; }

    public bool IsSending { get; set; }

    /// <summary>It lives on another node and registered there: here it is told of this node's commits alone.</summary>
    public bool IsElsewhere { get; init; }

    /// <summary>Whether a call is worth it: there are changes, or the board must learn that it missed some.</summary>
    public bool IsDirty { get; private set; }

    private sealed class Stretch(long position)
    {
        /// <summary>Up to here the board was sent everything; -1 once it was not.</summary>
        public long From { get; set; } = position;

        public long To { get; set; } = position;

        public long NewestOccurredAt { get; set; }

        /// <summary>Up to here the board has said that it took everything.</summary>
        public long Told { get; set; }

        public bool HasOldDays { get; set; }

        public Dictionary<MemberId, ScoreChange> Changes { get; } = [];

        public Dictionary<MemberId, VisibilityChange> Visibility { get; } = [];

        public Dictionary<(MemberId Member, string Store, int Day, string Thing), MeasuredChange> Measured { get; } = [];
    }

    public void MoveTo(int partition, long seq, bool missed)
    {
        Of(partition).To = seq;
        if (missed) MarkMissed(partition);
    }

    public void Add(int partition, ScoreChange change, long occurredAt)
    {
        var stretch = Of(partition);
        if (stretch.Changes.TryGetValue(change.Member, out var known) && known.Version > change.Version) return;
        stretch.Changes[change.Member] = change;
        stretch.NewestOccurredAt = Math.Max(stretch.NewestOccurredAt, occurredAt);
        IsDirty = true;
    }

    public void Add(int partition, VisibilityChange wish)
    {
        var stretch = Of(partition);
        if (stretch.Visibility.TryGetValue(wish.Member, out var known) && known.Version > wish.Version) return;
        stretch.Visibility[wish.Member] = wish;
        IsDirty = true;
    }

    public void Add(int partition, MeasuredChange change, long occurredAt)
    {
        var stretch = Of(partition);
        var key = (change.Member, change.Store, change.Day, change.Thing);
        if (stretch.Measured.TryGetValue(key, out var known) && known.Version > change.Version) return;
        stretch.Measured[key] = change;
        stretch.NewestOccurredAt = Math.Max(stretch.NewestOccurredAt, occurredAt);
        IsDirty = true;
    }

    /// <summary>The board took what was drained last.</summary>
    public void MarkTold()
    {
        foreach (var stretch in _stretches.Values) stretch.Told = stretch.From;
    }

    /// <summary>Up to here there is nothing of the partition that the board does not have.</summary>
    public long ToldUpTo(int partition) => Of(partition) is var stretch && (IsDirty || IsSending) ? stretch.Told : stretch.To;

    public void MarkMissed(int partition)
    {
        Of(partition).From = BoardChanges.Missed;
        IsDirty = true;
    }

    /// <summary>What changed lies before <see cref="FromDay"/>, or its member remembers less than that.</summary>
    public void MarkOldDays(int partition) => Of(partition).HasOldDays = IsDirty = true;

    public void MarkAllMissed()
    {
        foreach (var partition in _stretches.Keys.ToArray()) MarkMissed(partition);
    }

    public ImmutableArray<BoardChanges> Drain()
    {
        var drained = ImmutableArray.CreateBuilder<BoardChanges>(_stretches.Count);
        foreach (var (partition, stretch) in _stretches)
        {
            if (stretch.From == stretch.To) continue;
            drained.Add(new(partition, stretch.From, stretch.To, [.. stretch.Changes.Values], stretch.NewestOccurredAt)
            {
                FromDay = FromDay,
                HasOldDays = stretch.HasOldDays,
                Visibility = [.. stretch.Visibility.Values],
                Measured = [.. stretch.Measured.Values],
            });
            stretch.From = stretch.To;
            stretch.HasOldDays = false;
            stretch.Changes.Clear();
            stretch.Visibility.Clear();
            stretch.Measured.Clear();
        }

        IsDirty = false;
        return drained.DrainToImmutable();
    }

    private Stretch Of(int partition)
    {
        if (!_stretches.TryGetValue(partition, out var stretch)) _stretches[partition] = stretch = new(0);
        return stretch;
    }
}
