using Gamification.Programmes.Earning;

namespace Gamification.Rewards;

/// <summary>
/// One campaign as one node draws on it: from a lease while that has room, without waiting; else one draw at a time for everybody who came up short.
/// Nobody is told that a campaign is used up as long as a decision under way may give something of it back.
/// </summary>
internal sealed class NodeCampaign(string programme, Campaign terms, ICampaignGrain owner, ICampaignLessor lessor, Func<Guid> newLease, TimeProvider time)
{
    /// <summary>How many times what it needs now a draw asks for, so that most decisions need none.</summary>
    private const int Ahead = 64;

    /// <summary>How long a campaign that was used up is believed to be: returns may bring points back.</summary>
    private static readonly TimeSpan UsedUpFor = TimeSpan.FromSeconds(1);

    private HeldLease? _lease;
    private CampaignDraw? _unanswered;
    private TaskCompletionSource? _drawing;
    private TaskCompletionSource? _settling;
    private int _underway;
    private long _given;
    private long _dryAt = -1;
    private long? _usedUpAt;

    public string Id => terms.Id;

    public Campaign Terms => terms;

    private bool IsUsedUp => _usedUpAt is { } at && time.GetElapsedTime(at) < UsedUpFor;

    /// <summary>Sets the amount aside, or at the campaign's very end as much of it as there is.</summary>
    /// <param name="wanted">What the decision would take.</param>
    /// <param name="mayWait">Whether to wait for others' decisions at the end. A decision that holds another campaign may not: they might wait for it.</param>
    public async ValueTask<DrawnCampaign> Draw(CampaignUse wanted, bool mayWait)
    {
        var want = Limited(wanted);
        while (true)
        {
            var lease = Volatile.Read(ref _lease);
            var fair = Degraded(want, lease?.Percent ?? 100);
            if (fair == default) return Nothing();
            if (lease is not null && Reserved(lease, fair) is { } drawn) return drawn;
            if (IsUsedUp) return Rest(lease, fair);

            var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            if (Interlocked.CompareExchange(ref _drawing, mine, null) is { } others) await others.Task;
            else if (await DrawMore(fair, mine) is { } settling && mayWait) await settling;
            else if (!mayWait && Interlocked.Read(ref _dryAt) == Interlocked.Read(ref _given)) return Rest(Volatile.Read(ref _lease), fair);
        }
    }

    /// <summary>An amount of what is limited; what is not is not counted.</summary>
    public CampaignAmount Limited(CampaignUse use) => new(terms.Budget is null ? 0 : use.Points, terms.Quota is null ? 0 : use.Awards);

    public CampaignGrant GrantOf(CampaignAmount reserved) =>
        new(terms.Id, terms.Budget is null ? long.MaxValue : reserved.Points, terms.Quota is null ? long.MaxValue : reserved.Awards);

    /// <summary>What a decision would be left now, for a preview: nothing is set aside.</summary>
    public async ValueTask<CampaignGrant> Left(CampaignUse wanted)
    {
        var view = await owner.View();
        var want = Degraded(Limited(wanted), terms.AtBudget == AtBudget.Degrade && view.AlertedAt is not null ? terms.DegradeTo : 100);
        return GrantOf(new(LeftOf(want.Points, terms.Budget, view.Spent.Points), LeftOf(want.Awards, terms.Quota, view.Spent.Awards)));
    }

    /// <summary>A decision is done. Whoever waits looks again when it gave something back, and when it was the last.</summary>
    public void Settled(bool gaveBack)
    {
        if (gaveBack) Interlocked.Increment(ref _given);
        if (Interlocked.Decrement(ref _underway) == 0 || gaveBack) Interlocked.Exchange(ref _settling, null)?.TrySetResult();
    }

    private static CampaignAmount Degraded(CampaignAmount want, int percent) => want with { Points = (long)((Int128)want.Points * percent / 100) };

    private static long LeftOf(long want, long? limit, long spent) => Math.Min(want, Math.Max(0, (limit ?? 0) - spent));

    private DrawnCampaign? Reserved(HeldLease lease, CampaignAmount amount)
    {
        if (lease.Of(amount) != amount) return null;

        // Counted before it is reserved, so that who sees nothing left and nobody under way may believe it.
        Interlocked.Increment(ref _underway);
        if (lease.Reserve(amount) is { } slot) return new(this, lease, slot, amount);
        Settled(gaveBack: false);
        return null;
    }

    private DrawnCampaign Rest(HeldLease? lease, CampaignAmount fair) =>
        lease?.Of(fair) is { } rest && rest != default && Reserved(lease, rest) is { } drawn ? drawn : Nothing();

    private DrawnCampaign Nothing() => new(this, null, 0, default);

    /// <summary>Null when there is reason to look again at once; else what to wait for.</summary>
    private async Task<Task?> DrawMore(CampaignAmount want, TaskCompletionSource done)
    {
        try
        {
            var lease = Volatile.Read(ref _lease);
            if (lease is { IsOver: false } && lease.Of(want) == want) return null;
            var given = Interlocked.Read(ref _given);
            if (Interlocked.Read(ref _dryAt) != given || lease is null or { IsOver: true })
            {
                if (await Grows(want)) return null;
                Interlocked.Exchange(ref _dryAt, given);
            }

            var settling = Volatile.Read(ref _settling);
            if (settling is null)
            {
                var fresh = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                settling = Interlocked.CompareExchange(ref _settling, fresh, null) ?? fresh;
            }

            if (Volatile.Read(ref _underway) > 0) return Interlocked.Read(ref _given) == given ? settling.Task : null;
            if (Volatile.Read(ref _lease) is { IsDoubtful: true } doubtful) await Close(doubtful);
            else if (Interlocked.Read(ref _given) == given) _usedUpAt = time.GetTimestamp();

            // Whoever asks later asks the campaign again.
            Interlocked.Exchange(ref _dryAt, -1);
            return null;
        }
        finally
        {
            Volatile.Write(ref _drawing, null);
            done.TrySetResult();
        }
    }

    /// <summary>Whether there is more than before.</summary>
    private async Task<bool> Grows(CampaignAmount want)
    {
        var lease = await Open();
        var answer = await owner.Draw(_unanswered ??= Next(lease, want));
        _unanswered = null;
        switch (answer)
        {
            case LeaseOutcome.Leased leased:
                var before = lease.Granted;
                lease.Take(leased.Granted, leased.Percent);
                return leased.Granted != before;
            case LeaseOutcome.Closed:
                lease.End();
                return true;
            case LeaseOutcome.Refused { Refusal: var refusal }:
                throw new InvalidOperationException($"Campaign {terms.Id} refuses to lease: {refusal.Code}, {refusal.Remedy}");
            default:
                throw new NotSupportedException($"{answer} is not an answer to a draw.");
        }
    }

    /// <summary>What decisions under way have set aside is not spent yet, and not to be had.</summary>
    private CampaignDraw Next(HeldLease lease, CampaignAmount want)
    {
        var spent = lease.Spent;
        var underway = lease.Granted - spent - lease.Of(lease.Granted);
        return new()
        {
            Lease = lease.Id,
            Lessor = programme,
            Number = lease.Draws + 1,
            Spent = spent,
            Want = underway + new CampaignAmount(want.Points * Ahead, want.Awards * Ahead),
            Least = underway + want,
            At = time.GetUtcNow(),
        };
    }

    /// <summary>The lease to draw under: the one there is, or a new one in its place.</summary>
    private async Task<HeldLease> Open()
    {
        var lease = Volatile.Read(ref _lease);
        if (lease is { IsOver: false }) return lease;
        if (lease is { IsEnded: false }) await Close(lease);
        await owner.Set(TermsOf(terms), "programme", time.GetUtcNow());
        _unanswered = null;
        var fresh = new HeldLease(newLease());
        Volatile.Write(ref _lease, fresh);
        return fresh;
    }

    /// <summary>Gives up a lease for good, with what was not spent. Where every slot was used and every commit is known, the journal need not be asked.</summary>
    private async Task Close(HeldLease lease)
    {
        lease.End();

        // Ended before anybody is counted: who reserves later counts itself first and then finds the lease over.
        Interlocked.MemoryBarrier();
        var isKnown = lease is { IsDoubtful: false } && Volatile.Read(ref _underway) == 0;
        var spent = isKnown ? lease.Spent : await lessor.End(terms.Id, lease.Id, lease.Granted);
        await owner.Close(lease.Id, spent, time.GetUtcNow());
    }

    private static CampaignTerms TermsOf(Campaign campaign) => new()
    {
        Points = campaign.Budget,
        Awards = campaign.Quota,
        AtBudget = campaign.AtBudget,
        AlertAt = campaign.AlertAt,
        DegradeTo = campaign.DegradeTo,
    };
}
