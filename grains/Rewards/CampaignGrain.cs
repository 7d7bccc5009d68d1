using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Rules.Rewards;
using Microsoft.Extensions.Logging;

namespace Gamification.Rewards;

/// <summary>A campaign's budget, leased in chunks. What somebody holds is never given to another before the journal has ended the lease.</summary>
[Reentrant]
internal sealed class CampaignGrain(IJournal journal, JournalSnapshotOptions snapshots, ILogger<CampaignGrain> log, CampaignMetrics? metrics = null) : Grain, ICampaignGrain, IRemindable
{
    private const string Reminder = "leases";
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private ActorId _actor;
    private SharedAppends<Treasury, TreasuryEntry> _treasury = null!;
    private DueReminder _reminder = null!;
    private int _drawing;
    private long? _counted;
    private Task _callingIn = Task.CompletedTask;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var (programme, key) = ActorId.PartsOf(this.GetPrimaryKeyString());
        _actor = new(programme, "campaign", key);
        _treasury = new(_actor, journal, TreasuryForm.Json, snapshots, letGo: DeactivateOnIdle);
        _reminder = new(this, Reminder, Period);
        await _treasury.Load(cancellationToken);
        _counted = _treasury.State.AlertedAt;
    }

    public Task Set(CampaignTerms terms, string by, DateTimeOffset at) => _treasury.Change(
        Guid.Empty,
        treasury => (treasury.Terms == terms ? [] : ImmutableArray.Create<TreasuryEntry>(new TreasuryEntry.Set(terms, by, at.ToUnixTimeMilliseconds())), true));

    public async Task<LeaseOutcome> Draw(CampaignDraw draw)
    {
        _drawing++;
        try
        {
            await _reminder.Set();
            if (draw.Number == 1 && !_treasury.State.Leases.ContainsKey(draw.Lease)) await journal.OpenLease(_actor.Programme, draw.Lease);
            var outcome = await Change(draw.Lease, treasury => Leasing.Draw(treasury, draw));
            if (!Leasing.IsShort(outcome, draw) || !_treasury.State.Leases.Any(other => other.Key != draw.Lease && other.Value.Granted != other.Value.Spent)) return outcome;

            // Others hold what they have not spent. One round calls it in for everybody who came up short meanwhile.
            if (_callingIn.IsCompleted) _callingIn = CallInAll(draw.Lease, draw.At);
            await _callingIn;
            return await Change(draw.Lease, treasury => Leasing.Draw(treasury, draw, again: true));
        }
        finally
        {
            _drawing--;
        }
    }

    /// <summary>A lease that was granted more while it was being ended is looked at again.</summary>
    public async Task End(Guid lease, DateTimeOffset at)
    {
        while (_treasury.State.Leases.TryGetValue(lease, out var open))
        {
            var tally = await journal.EndLease(_actor.Programme, lease);
            if (await Change(lease, treasury => Leasing.Close(treasury, lease, new(tally.Points, tally.Awards), at, open.Granted)) is LeaseOutcome.Closed) return;
        }
    }

    public Task<CampaignView> View()
    {
        var treasury = _treasury.State;
        return Task.FromResult(new CampaignView
        {
            Terms = treasury.Terms,
            Spent = treasury.Spent(),
            Committed = treasury.Committed(),
            Leases = treasury.Leases.Count,
            AlertedAt = treasury.AlertedAt is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
        });
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var now = new DateTimeOffset(status.CurrentTickTime, TimeSpan.Zero);
        var at = now.ToUnixTimeMilliseconds();
        await Task.WhenAll(_treasury.State.Leases.Where(lease => lease.Value.Until <= at).Select(lease => CallIn(lease.Key, now)));
        if (_treasury.State.Leases.IsEmpty && _drawing == 0) await _reminder.Cancel();
    }

    /// <summary>A lease with this id was closed: its key is taken.</summary>
    private async Task<LeaseOutcome> Change(Guid lease, Func<Treasury, Decision<TreasuryEntry, LeaseOutcome>> rule)
    {
        var outcome = await _treasury.Change<LeaseOutcome>(
            lease,
            treasury => rule(treasury) is var decision ? (decision.Entries, decision.Answer) : default,
            _ => new LeaseOutcome.Closed());
        if (_treasury.State.AlertedAt is not { } at || at == _counted) return outcome;
        _counted = at;
        metrics?.Alerted(_actor.Programme, _actor.Key);
        log.LogWarning("Campaign {Campaign} has committed the part of its budget or quota at which it alerts.", _actor);
        return outcome;
    }

    private Task CallInAll(Guid except, DateTimeOffset now) => Task.WhenAll(_treasury.State.Leases
        .Where(lease => lease.Key != except && lease.Value.Granted != lease.Value.Spent)
        .Select(lease => CallIn(lease.Key, now)));

    private async Task CallIn(Guid lease, DateTimeOffset now)
    {
        try
        {
            await End(lease, now);
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "Lease {Lease} of {Campaign} stays open: the journal gave no answer. Nothing of it is given to others.", lease, _actor);
        }
    }
}
