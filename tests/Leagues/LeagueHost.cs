using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Leagues;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Rules.Leagues;
using Gamification.Rules.Programmes;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Challenges;
using Gamification.Tests.Impacts;
using Gamification.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Leagues;

/// <summary>The actor of a league over storages that outlive it. Cutting its lifeline is a crash.</summary>
internal sealed class LeagueHost(SimulationScheduler scheduler, IJournalStorage journal, MemoryChallengeStorage storage, LeagueList leagues)
    : MortalActor(scheduler, journal, Programmes(leagues, scheduler.Time.GetUtcNow()), typeof(LeagueGrain), (services, life) => services.AddSingleton<IChallengeStorage>(new MortalChallengeStorage(storage, life)))
{
    public ILeagueGrain Grain => Grains.GetGrain<ILeagueGrain>($"demo/{leagues.Leagues[0].Id}");

    private static ProgrammeCatalog Programmes(LeagueList leagues, DateTimeOffset now)
    {
        var documents = ProgrammeDocuments.Empty.Apply(
            Publishing.Found([new(ProgrammePart.Settings, SettingsText.Of(ImpactDesk.Programme)), new(ProgrammePart.Leagues, new(LeagueDocument.Write(leagues)))], DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch);
        var programmes = new ProgrammeCatalog([ImpactDesk.Programme]);
        programmes.Show("demo", new ProgrammeInForce(documents, 1), 0, now);
        return programmes;
    }
}
