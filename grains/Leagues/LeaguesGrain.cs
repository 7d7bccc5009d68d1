using System.Collections.Immutable;
using Gamification.Programmes;

namespace Gamification.Leagues;

[StatelessWorker, Reentrant]
internal sealed class LeaguesGrain(ProgrammeCatalog programmes) : Grain, ILeaguesGrain
{
    public Task<ImmutableArray<string>> Ids() => Task.FromResult<ImmutableArray<string>>([.. programmes.LeagueIdsOf(this.GetPrimaryKeyString())]);
}
