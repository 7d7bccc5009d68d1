using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Rules.Rewards;
using Microsoft.Extensions.Logging;

namespace Gamification.Rewards;

/// <summary>
/// The stock of one reward. Ten thousand may ask at once: what waits is decided together and made durable in one append. A reservation whose
/// holder went silent is ended by asking him, never by the clock alone.
/// </summary>
[Reentrant]
internal sealed class RewardGrain(IJournal journal, JournalSnapshotOptions snapshots, ILogger<RewardGrain> log) : Grain, IRewardGrain, IRemindable
{
    private const string Reminder = "reservations";
    private const int AsksTogether = 64;
    private const int AsksMax = 2_048;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private ActorId _actor;
    private SharedAppends<Shelf, ShelfEntry> _shelf = null!;
    private DueReminder _reminder = null!;
    private int _reserving;
    private bool _asking;

    /// <summary>Who was told of an offer since the last tick.</summary>
    private readonly HashSet<ReservationId> _told = [];

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var (programme, key) = ActorId.PartsOf(this.GetPrimaryKeyString());
        _actor = new(programme, "reward", key);
        _shelf = new(_actor, journal, ShelfForm.Json, snapshots, letGo: DeactivateOnIdle);
        _reminder = new(this, Reminder, Period);
        return _shelf.Load(cancellationToken);
    }

    public async Task Offer(RewardTerms terms, string by, DateTimeOffset at)
    {
        await _reminder.Set();
        await Change(_actor.Key, shelf => (Same(shelf.Terms, terms) ? [] : Reserving.Offer(shelf, terms, by, at), true));
        Tell(at);
    }

    public async Task<ReserveOutcome> Reserve(ReserveReward ask)
    {
        _reserving++;
        try
        {
            // Whoever dies from here on, the reminder finds what is left open.
            await _reminder.Set();
            var answer = await Change<ReserveOutcome?>(ask.Id, shelf => Both(Reserving.Reserve(shelf, ask)), _ => null);
            if (answer is not null && (answer is not ReserveOutcome.Refused || _shelf.State.Forgotten == 0)) return answer;
            return await Past(ask.Id) is { } past ? new ReserveOutcome.Ended(past) : answer ?? throw Lost(ask.Id);
        }
        finally
        {
            _reserving--;
        }
    }

    public Task<ReservationOutcome> Confirm(ReservationId id, DateTimeOffset at) => Step(id, shelf => Reserving.Confirm(shelf, id, at));

    public async Task<ReservationOutcome> Release(ReservationId id, DateTimeOffset at)
    {
        var outcome = await Step(id, shelf => Reserving.Release(shelf, id, at));
        Tell(at);
        return outcome;
    }

    public async Task<ReservationOutcome> Cancel(ReservationId id, DateTimeOffset at)
    {
        var holder = _shelf.State.Forgotten > 0 && await Past(id) == ReservationState.Confirmed ? await HolderOf(id) : null;
        var outcome = await Step(id, shelf => Reserving.Cancel(shelf, id, holder, at));
        Tell(at);
        return outcome;
    }

    public Task<ReservationOutcome> Attend(ReservationId id, bool came, DateTimeOffset at) => Step(id, shelf => Reserving.Attend(shelf, id, came, at));

    public Task<RewardView> View()
    {
        var shelf = _shelf.State;
        return Task.FromResult(new RewardView
        {
            Terms = shelf.Terms,
            Taken = shelf.Taken,
            Open = shelf.Open.Count,
            Waiting = shelf.Waiting.Count,
            Left = shelf.Left(),
            Booked = [.. shelf.Booked.Keys.Select(id => new ReservationId(id))],
        });
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        if (_asking) return;
        _asking = true;
        try
        {
            var now = new DateTimeOffset(status.CurrentTickTime, TimeSpan.Zero);
            _told.Clear();
            var (due, offers) = Reserving.Asks(_shelf.State, _actor.Key, now);
            foreach (var asks in due.Take(AsksMax).Chunk(AsksTogether)) await Task.WhenAll(asks.Select(ask => Settle(ask, now)));
            foreach (var asks in offers.Take(AsksMax).Chunk(AsksTogether)) await Task.WhenAll(asks.Select(ask => MakeOffer(ask, now)));
            if (_shelf.State is { Open.IsEmpty: true, Waiting.IsEmpty: true } && _reserving == 0) await _reminder.Cancel();
        }
        finally
        {
            _asking = false;
        }
    }

    /// <summary>A step on what the shelf does not hold is answered by what the journal's keys remember.</summary>
    private async Task<ReservationOutcome> Step(ReservationId id, Func<Shelf, Decision<ShelfEntry, ReservationOutcome>> rule)
    {
        var answer = await Change<ReservationOutcome?>(id, shelf => Both(rule(shelf)), _ => null);
        if (answer is not null and not ReservationOutcome.Refused { Refusal.Code: Reserving.Unknown }) return answer;
        return await Past(id) is { } past ? new ReservationOutcome.Now(past) : answer ?? throw Lost(id);
    }

    private static InvalidOperationException Lost(ReservationId id) => new($"Reservation {id} has a key in the journal, and no end.");

    private Task<TAnswer> Change<TAnswer>(string subject, Func<Shelf, (ImmutableArray<ShelfEntry>, TAnswer)> decide) =>
        _shelf.Change(ShelfForm.KeyOf(default, subject).Digest, decide);

    private Task<TAnswer> Change<TAnswer>(ReservationId id, Func<Shelf, (ImmutableArray<ShelfEntry>, TAnswer)> decide, Func<StoredEntry, TAnswer> taken) =>
        _shelf.Change(id.Value, decide, taken);

    /// <summary>How a reservation that the shelf has forgotten ended, or null.</summary>
    private async Task<ReservationState?> Past(ReservationId id) =>
        await Find(id, "used") switch
        {
            ShelfEntry.Returned => ReservationState.Returned,
            ShelfEntry.Attended attended => attended.Came ? ReservationState.Attended : ReservationState.NoShow,
            _ => await Find(id, "ended") switch
            {
                ShelfEntry.Confirmed => ReservationState.Confirmed,
                ShelfEntry.Released => ReservationState.Released,
                _ => null,
            },
        };

    private async Task<MemberId?> HolderOf(ReservationId id) => await Find(id, "begun") switch
    {
        ShelfEntry.Reserved reserved => reserved.Member,
        ShelfEntry.Queued queued => queued.Member,
        _ => null,
    };

    private async Task<ShelfEntry?> Find(ReservationId id, string step) =>
        await journal.FindKey(_actor.Programme, ShelfForm.KeyOf(id, step), CancellationToken.None) is { } stored ? ShelfForm.Json.Read(stored) : null;

    /// <summary>Tells whoever was just served from the waiting list; the reminder tells those whom this does not reach.</summary>
    private void Tell(DateTimeOffset at)
    {
        foreach (var ask in Reserving.Asks(_shelf.State, _actor.Key, at).Offers.Where(ask => _told.Add(ask.Id)).Take(AsksTogether)) _ = MakeOffer(ask, at);
    }

    private Task Settle(ReservationAsk ask, DateTimeOffset now) => Ended(ask, now, holder => holder.Settle(ask));

    private Task MakeOffer(ReservationAsk ask, DateTimeOffset now) => Ended(ask, now, holder => holder.Offered(ask));

    private async Task Ended(ReservationAsk ask, DateTimeOffset now, Func<IReservationHolder, Task<ReservationFate>> question)
    {
        try
        {
            if (!_shelf.State.Open.TryGetValue(ask.Id.Value, out var open)) return;
            var fate = await question(GrainFactory.GetGrain<IReservationHolder>($"{_actor.Programme}/{open.Member}"));
            if (fate == ReservationFate.Committed) await Confirm(ask.Id, now);
            else if (fate == ReservationFate.Abandoned) await Release(ask.Id, now);
        }
        catch (Exception fault)
        {
            log.LogWarning(fault, "Reservation {Reservation} of {Reward} stays open: its holder gave no answer. It is asked again in a minute.", ask.Id, _actor);
        }
    }

    private static bool Same(RewardTerms? before, RewardTerms terms) =>
        before is not null && before.Tiers.SequenceEqual(terms.Tiers) && before with { Tiers = [] } == terms with { Tiers = [] };

    private static (ImmutableArray<ShelfEntry> Entries, TAnswer? Answer) Both<TAnswer>(Decision<ShelfEntry, TAnswer> decision) => (decision.Entries, decision.Answer);
}
