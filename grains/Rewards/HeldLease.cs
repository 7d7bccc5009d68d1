namespace Gamification.Rewards;

/// <summary>
/// One lease of a campaign as its node spends it. Reserving and giving back take no lock: any member's turn may do both. What is reserved may be
/// less than what was granted and not yet spent, never more.
/// </summary>
internal sealed class HeldLease(Guid id)
{
    private long _points;
    private long _awards;
    private long _spentPoints;
    private long _spentAwards;
    private volatile bool _ended;
    private volatile bool _isDoubtful;

    public Guid Id => id;

    /// <summary>How many draws were answered.</summary>
    public long Draws { get; private set; }

    public CampaignAmount Granted { get; private set; }

    /// <summary>What the campaign takes to be spent: others' needs call in the rest.</summary>
    public CampaignAmount Told { get; private set; }

    /// <summary>What an award is worth: 100, or less once the campaign is near its budget and degrades.</summary>
    public int Percent { get; private set; } = 100;

    /// <summary>Nothing more is reserved under it.</summary>
    public bool IsEnded => _ended;

    /// <summary>Nobody knows whether some of it was spent: only the journal can tell.</summary>
    public bool IsDoubtful => _isDoubtful;

    /// <summary>Less what goods brought back, so it may fall.</summary>
    public CampaignAmount Spent => new(Interlocked.Read(ref _spentPoints), Interlocked.Read(ref _spentAwards));

    /// <summary>What is neither spent nor reserved.</summary>
    public CampaignAmount Room => new(Interlocked.Read(ref _points), Interlocked.Read(ref _awards));

    /// <summary>Takes a new answer in. Amounts are absolute. Called by one draw at a time.</summary>
    public void Take(CampaignAmount granted, CampaignAmount told, int percent)
    {
        var more = granted - Granted;
        (Granted, Told, Percent, Draws) = (granted, told, percent, Draws + 1);
        Interlocked.Add(ref _points, more.Points);
        Interlocked.Add(ref _awards, more.Awards);
    }

    /// <summary>Sets all of this amount aside; false when the lease is over or has less.</summary>
    public bool Reserve(CampaignAmount amount)
    {
        if (IsEnded || !Less(ref _points, amount.Points)) return false;
        if (Less(ref _awards, amount.Awards)) return true;
        Interlocked.Add(ref _points, amount.Points);
        return false;
    }

    /// <summary>What there is of an amount right now.</summary>
    public CampaignAmount Of(CampaignAmount amount) =>
        IsEnded ? default : new(Math.Clamp(Interlocked.Read(ref _points), 0, amount.Points), Math.Clamp(Interlocked.Read(ref _awards), 0, amount.Awards));

    public void Spend(CampaignAmount amount)
    {
        Interlocked.Add(ref _spentPoints, amount.Points);
        Interlocked.Add(ref _spentAwards, amount.Awards);
    }

    /// <summary>What was reserved and not spent is there again.</summary>
    public void GiveBack(CampaignAmount amount)
    {
        Interlocked.Add(ref _points, amount.Points);
        Interlocked.Add(ref _awards, amount.Awards);
    }

    public void End() => _ended = true;

    public void Doubt() => _isDoubtful = true;

    private static bool Less(ref long room, long amount)
    {
        if (Interlocked.Add(ref room, -amount) >= 0) return true;
        Interlocked.Add(ref room, amount);
        return false;
    }
}
