using System.Collections.Concurrent;

namespace Gamification.Rewards;

/// <summary>
/// One lease of a campaign as its node spends it. Reserving and giving back take no lock: any member's turn may do both. What is reserved may be
/// less than what was granted and not yet spent, never more.
/// </summary>
internal sealed class HeldLease(Guid id)
{
    private readonly ConcurrentQueue<int> _given = new();
    private long _points;
    private long _awards;
    private long _spentPoints;
    private long _spentAwards;
    private int _slots;
    private volatile bool _ended;
    private volatile bool _isDoubtful;

    public Guid Id => id;

    /// <summary>How many draws were answered.</summary>
    public long Draws { get; private set; }

    public CampaignAmount Granted { get; private set; }

    /// <summary>What an award is worth: 100, or less once the campaign is near its budget and degrades.</summary>
    public int Percent { get; private set; } = 100;

    public bool IsEnded => _ended;

    /// <summary>All of its slots are used.</summary>
    public bool IsFull => Volatile.Read(ref _slots) >= LeaseSlots.Max && _given.IsEmpty;

    /// <summary>Nothing more is reserved under it.</summary>
    public bool IsOver => IsEnded || IsFull;

    /// <summary>Nobody knows whether some of it was spent: only the journal can tell.</summary>
    public bool IsDoubtful => _isDoubtful;

    public CampaignAmount Spent => new(Interlocked.Read(ref _spentPoints), Interlocked.Read(ref _spentAwards));

    /// <summary>Takes a new answer in. Amounts are absolute. Called by one draw at a time.</summary>
    public void Take(CampaignAmount granted, int percent)
    {
        var more = granted - Granted;
        (Granted, Percent, Draws) = (granted, percent, Draws + 1);
        Interlocked.Add(ref _points, more.Points);
        Interlocked.Add(ref _awards, more.Awards);
    }

    /// <summary>A slot with all of this amount set aside; null when the lease is over or has less.</summary>
    public int? Reserve(CampaignAmount amount)
    {
        if (IsOver) return null;
        if (!Less(ref _points, amount.Points)) return null;
        if (!Less(ref _awards, amount.Awards))
        {
            Interlocked.Add(ref _points, amount.Points);
            return null;
        }

        if (NextSlot() is { } slot) return slot;
        GiveBack(amount, null);
        return null;
    }

    /// <summary>What there is of an amount right now.</summary>
    public CampaignAmount Of(CampaignAmount amount) =>
        IsOver ? default : new(Math.Clamp(Interlocked.Read(ref _points), 0, amount.Points), Math.Clamp(Interlocked.Read(ref _awards), 0, amount.Awards));

    public void Spend(CampaignAmount amount)
    {
        Interlocked.Add(ref _spentPoints, amount.Points);
        Interlocked.Add(ref _spentAwards, amount.Awards);
    }

    /// <summary>
    /// What was reserved and not spent is there again, and so is its slot, unless that was used. The slot first: so there are never more slots in use
    /// than points and awards are taken, and whoever ends the lease knows how many to close.
    /// </summary>
    public void GiveBack(CampaignAmount amount, int? slot)
    {
        if (slot is { } unused) _given.Enqueue(unused);
        Interlocked.Add(ref _points, amount.Points);
        Interlocked.Add(ref _awards, amount.Awards);
    }

    public void End() => _ended = true;

    public void Doubt() => _isDoubtful = true;

    private int? NextSlot()
    {
        if (_given.TryDequeue(out var given)) return given;
        var next = Interlocked.Increment(ref _slots) - 1;
        return next < LeaseSlots.Max ? next : null;
    }

    private static bool Less(ref long room, long amount)
    {
        if (Interlocked.Add(ref room, -amount) >= 0) return true;
        Interlocked.Add(ref room, amount);
        return false;
    }
}
