using Gamification.Programmes.Earning;

namespace Gamification.Rewards;

/// <summary>
/// One campaign as one node draws on it: from a lease while that has room, without waiting; else one draw at a time for everybody who came up short.
/// Nobody is told that a campaign is used up as long as a decision under way may give something of it back.
/// </summary>
internal sealed class NodeCampaign(Campaign terms, ICampaignGrain owner, Func<Guid> newLease, TimeProvider time)
{
    /// <summary>How many times what it needs now a draw asks for, so that most decisions need none.</summary>
    private const int Ahead = 256;

    /// <summary>How long a campaign that was used up is believed to be: returns may bring points back.</summary>
    private static readonly TimeSpan UsedUpFor = TimeSpan.FromSeconds(1);

    private HeldLease? _lease;
    private CampaignDraw? _unanswered;
    private TaskCompletionSource? _drawing;
    private TaskCompletionSource? _settling;
    private int _underway;
    private int _untold;
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

            var (mine, others) = Turn();
            if (others is not null) await others;
            else if (await DrawMore(fair, mine) is { } settling && mayWait) await settling;
            else if (!mayWait && Interlocked.Read(ref _dryAt) == Interlocked.Read(ref _given)) return Rest(Volatile.Read(ref _lease), fair);
        }
    }

    /// <summary>Where points that goods bring back are counted: under the lease at hand, so that whoever is next here has them.</summary>
    public async ValueTask<DrawnCampaign> TakeBack()
    {
        while (true)
        {
            if (Volatile.Read(ref _lease) is { IsEnded: false, Draws: > 0 } lease)
            {
                Interlocked.Increment(ref _underway);
                return new(this, lease, reserved: default, isReturn: true);
            }

            var (mine, others) = Turn();
            await (others ?? DrawOnce(mine));
        }
    }

    /// <summary>
    /// Tells the campaign that a lease of which it takes all to be spent has room again, so that others may call it in. Nobody waits for that, and
    /// when it fails nothing is lost: the lease comes to its end by itself.
    /// </summary>
    public void Tell(HeldLease lease)
    {
        if (lease.Told == lease.Granted && Interlocked.Exchange(ref _untold, 1) == 0) _ = TellNow();
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
        if (lease.Reserve(amount)) return new(this, lease, amount);
        Settled(gaveBack: false);
        return null;
    }

    private DrawnCampaign Rest(HeldLease? lease, CampaignAmount fair) =>
        lease?.Of(fair) is { } rest && rest != default && Reserved(lease, rest) is { } drawn ? drawn : Nothing();

    private DrawnCampaign Nothing() => new(this, null, default);

    /// <summary>The turn to ask the campaign, or else whose end to wait for.</summary>
    private (TaskCompletionSource Mine, Task? Others) Turn()
    {
        var mine = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        return (mine, Interlocked.CompareExchange(ref _drawing, mine, null)?.Task);
    }

    private void EndTurn(TaskCompletionSource turn)
    {
        Volatile.Write(ref _drawing, null);
        turn.TrySetResult();
    }

    private async Task DrawOnce(TaskCompletionSource turn)
    {
        try
        {
            await Grows(default);
        }
        finally
        {
            EndTurn(turn);
        }
    }

    private async Task TellNow()
    {
        try
        {
            var (mine, others) = Turn();
            for (; others is not null; (mine, others) = Turn()) await others;
            Volatile.Write(ref _untold, 0);
            await DrawOnce(mine);
        }
        catch (Exception)
        {
            Volatile.Write(ref _untold, 0);
        }
    }

    /// <summary>Null when there is reason to look again at once; else what to wait for.</summary>
    private async Task<Task?> DrawMore(CampaignAmount want, TaskCompletionSource done)
    {
        try
        {
            var lease = Volatile.Read(ref _lease);
            if (lease is { IsEnded: false } && lease.Of(want) == want) return null;
            var given = Interlocked.Read(ref _given);
            if (Interlocked.Read(ref _dryAt) != given || lease is null or { IsEnded: true })
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
            if (Volatile.Read(ref _lease) is { IsDoubtful: true } doubtful) await End(doubtful);
            else if (Interlocked.Read(ref _given) == given) _usedUpAt = time.GetTimestamp();

            // Whoever asks later asks the campaign again.
            Interlocked.Exchange(ref _dryAt, -1);
            return null;
        }
        finally
        {
            EndTurn(done);
        }
    }

    /// <summary>Whether there is more than before.</summary>
    private async Task<bool> Grows(CampaignAmount want)
    {
        var lease = await Open();
        var draw = _unanswered ??= Next(lease, want);
        var answer = await owner.Draw(draw);
        _unanswered = null;
        switch (answer)
        {
            case LeaseOutcome.Leased leased:
                var before = lease.Granted;
                lease.Take(leased.Granted, draw.Spent, leased.Percent);
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
        var underway = lease.Granted - spent - lease.Room;
        return new()
        {
            Lease = lease.Id,
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
        if (lease is { IsEnded: false }) return lease;
        await owner.Set(TermsOf(terms), "programme", time.GetUtcNow());
        _unanswered = null;
        var fresh = new HeldLease(newLease());
        Volatile.Write(ref _lease, fresh);
        return fresh;
    }

    /// <summary>Gives up a lease for good: the journal says what was spent of it.</summary>
    private async Task End(HeldLease lease)
    {
        lease.End();
        await owner.End(lease.Id, time.GetUtcNow());
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
