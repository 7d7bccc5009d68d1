using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Rules.Ledger;

namespace Gamification.Incidents;

/// <summary>A programme's incidents: decided here, made durable, then shown to this node; the others read the journal.</summary>
[Reentrant]
internal sealed class IncidentsGrain(IJournal journal, JournalSnapshotOptions snapshots, ProgrammeCatalog programmes, BusinessClock clock) : Grain, IIncidentsGrain
{
    private ActorId _actor;
    private SharedAppends<Rules.Streaks.IncidentList, Incident> _incidents = null!;

    public override Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _actor = IncidentForm.ActorOf(this.GetPrimaryKeyString());
        _incidents = new(_actor, journal, IncidentForm.Json, snapshots, letGo: DeactivateOnIdle);
        return _incidents.Load(cancellationToken);
    }

    public async Task<IncidentOutcome> Declare(DeclareIncident declaration, DateTimeOffset at)
    {
        var settings = programmes.Of(_actor.Programme);
        var now = clock.Now(_actor.Programme) ?? at;
        var today = DateOnly.FromDayNumber(LedgerCalendar.In(settings.TimeZone).DayOf(now.ToUnixTimeMilliseconds()));
        var outcome = await _incidents.Change<IncidentOutcome>(Guid.Empty, list => list.Decide(declaration, settings, today, at) is var (made, answer) && made is not null ? ([made], answer) : ([], answer));
        programmes.Show(_actor.Programme, _incidents.State);
        return outcome;
    }

    public Task<ImmutableArray<Incident>> All() => Task.FromResult<ImmutableArray<Incident>>([.. _incidents.State.All.Reverse()]);
}
