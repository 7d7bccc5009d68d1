using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Rules.Rewards;
using Microsoft.Extensions.Logging;

namespace Gamification.Rewards;

/// <summary>One agent's gestures: decided here, within the quota; then sent to the member until the account has taken them.</summary>
[Reentrant]
internal sealed class AgentGrain(IJournal journal, JournalSnapshotOptions snapshots, ILogger<AgentGrain> log) : Grain, IAgentGrain, IRemindable
{
    private const string Reminder = "gestures";
    private const int AuditMax = 200;
    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    private ActorId _actor;
    private SharedAppends<Desk, DeskEntry> _desk = null!;
    private DueReminder _reminder = null!;
    private int _giving;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        var (programme, key) = ActorId.PartsOf(this.GetPrimaryKeyString());
        _actor = new(programme, "agent", key);
        _desk = new(_actor, journal, DeskForm.Json, snapshots, letGo: DeactivateOnIdle);
        _reminder = new(this, Reminder, Period);
        return _desk.Load(cancellationToken);
    }

    public Task Set(AgentTerms terms, string by, DateTimeOffset at) =>
        _desk.Change(Guid.Empty, _ => (ImmutableArray.Create<DeskEntry>(new DeskEntry.Set(terms, by, at.ToUnixTimeMilliseconds())), true));

    public Task<GestureOutcome> Give(Gesture gesture, DateTimeOffset at) => Step(gesture.Id, at, gesture, desk => desk.Give(gesture, _actor.Key, at));

    public Task<GestureOutcome> Decide(Guid gesture, string secondAgent, bool approved, DateTimeOffset at) =>
        Step(gesture, at, null, desk => desk.Decide(gesture, _actor.Key, secondAgent, approved, at));

    public Task<ImmutableArray<GestureLine>> Open() => Task.FromResult(_desk.State.Open.ToImmutableArray());

    public async Task<ImmutableArray<AgentAuditLine>> Audit(long before, int limit)
    {
        var stored = await journal.ReadBackward(_actor, before, Math.Clamp(limit, 1, AuditMax), CancellationToken.None);
        return [.. stored.Select(entry => Line(entry, DeskForm.Json.Read(entry))).OfType<AgentAuditLine>()];
    }

    public async Task ReceiveReminder(string reminderName, TickStatus status)
    {
        var now = new DateTimeOffset(status.CurrentTickTime, TimeSpan.Zero);
        foreach (var line in _desk.State.Open.Where(line => line.State == GestureState.Approved))
        {
            try
            {
                await Send(line, now);
            }
            catch (Exception fault)
            {
                log.LogWarning(fault, "Gesture {Gesture} of {Agent} has not arrived yet; it is sent again in a minute.", line.Gesture.Id, _actor);
            }
        }

        if (_giving == 0 && !_desk.State.Open.Exists(line => line.State == GestureState.Approved)) await _reminder.Cancel();
    }

    private async Task<GestureOutcome> Step(Guid id, DateTimeOffset at, Gesture? gesture, Func<Desk, Decision<DeskEntry, GestureOutcome>> rule)
    {
        _giving++;
        try
        {
            // Whoever dies from here on, the reminder finds what has not arrived.
            await _reminder.Set();
            if (gesture is not null && await Find(id, "given") is DeskEntry.Given { Gesture: var first } && first != gesture)
                return new GestureOutcome.Refused(new("gesture-id-used", "/id", "Give another gesture its own id."));
            if (await Finished(id) is { } before) return before;
            var outcome = await _desk.Change<GestureOutcome?>(id, desk => rule(desk) is var decision ? (decision.Entries, decision.Answer) : default, _ => null);
            if (outcome is GestureOutcome.Now { State: GestureState.Approved } && _desk.State.Open.Find(line => line.Gesture.Id == id) is { } line) return await Send(line, at);
            return outcome ?? await Finished(id) ?? new GestureOutcome.Refused(new("gesture-id-used", "/id", "Give another gesture its own id."));
        }
        finally
        {
            _giving--;
        }
    }

    private async Task<GestureOutcome> Send(GestureLine line, DateTimeOffset at)
    {
        var by = line.SecondAgent is { } second ? $"{_actor.Key}, {second}" : _actor.Key;
        var refusal = await GrainFactory.GetGrain<IGestureReceiver>($"{_actor.Programme}/{line.Gesture.Member}").Receive(line.Gesture, by);
        await _desk.Change(
            line.Gesture.Id,
            desk => (desk.Open.Exists(open => open.Gesture.Id == line.Gesture.Id) ? ImmutableArray.Create<DeskEntry>(new DeskEntry.Arrived(line.Gesture.Id, refusal?.Code, at.ToUnixTimeMilliseconds())) : [], true),
            _ => true);
        return new GestureOutcome.Now(refusal is null ? GestureState.Granted : GestureState.Declined);
    }

    private async Task<GestureOutcome?> Finished(Guid id) => await Find(id, "finished") switch
    {
        DeskEntry.Arrived arrived => new GestureOutcome.Now(arrived.Refusal is null ? GestureState.Granted : GestureState.Declined),
        DeskEntry.Decided => new GestureOutcome.Now(GestureState.Declined),
        _ => null,
    };

    private async Task<DeskEntry?> Find(Guid id, string step) =>
        await journal.FindKey(_actor.Programme, DeskForm.KeyOf(id, step), CancellationToken.None) is { } stored ? DeskForm.Json.Read(stored) : null;

    private AgentAuditLine? Line(StoredEntry stored, DeskEntry? entry) => entry switch
    {
        DeskEntry.Set set => new(stored.Version, stored.Type, null, set.By, stored.RecordedAt),
        DeskEntry.Given given => new(stored.Version, stored.Type, given.Gesture.Id, given.By, stored.RecordedAt),
        DeskEntry.Decided decided => new(stored.Version, stored.Type, decided.Id, decided.By, stored.RecordedAt),
        DeskEntry.Arrived arrived => new(stored.Version, stored.Type, arrived.Id, _actor.Key, stored.RecordedAt),
        _ => null,
    };
}
