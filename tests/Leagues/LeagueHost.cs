using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Leagues;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Rules.Leagues;
using Gamification.Rules.Programmes;
using Gamification.Runtime.Hosting;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Challenges;
using Gamification.Tests.Impacts;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Leagues;

/// <summary>The actor of a league over storages that outlive it. Cutting its lifeline is a crash.</summary>
internal sealed class LeagueHost
{
    private readonly CancellationTokenSource _stop = new();

    public LeagueHost(SimulationScheduler scheduler, IJournalStorage journal, MemoryChallengeStorage storage, LeagueList leagues)
    {
        var documents = ProgrammeDocuments.Empty.Apply(
            Publishing.Found([new(ProgrammePart.Settings, SettingsText.Of(ImpactDesk.Programme)), new(ProgrammePart.Leagues, new(LeagueDocument.Write(leagues)))], DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch);
        var programmes = new ProgrammeCatalog([ImpactDesk.Programme]);
        programmes.Show("demo", new ProgrammeInForce(documents, 1), 0, scheduler.Time.GetUtcNow());
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IActorScheduler>(scheduler);
        services.AddSingleton<TimeProvider>(scheduler.Time);
        services.AddSingleton<IJournalStorage>(new MortalJournal(journal, Life));
        services.AddSingleton<IChallengeStorage>(new MortalChallengeStorage(storage, Life));
        services.AddSingleton<IReminderTable, InMemoryReminderTable>();
        services.AddSingleton(programmes);
        services.AddSingleton<BusinessClock>();
        services.AddSingleton<IDeedReader, PlainDeeds>();
        services.AddSingleton(new JournalWriterOptions { Partitions = [0, 1] });
        services.AddSingleton(new JournalSnapshotOptions());
        services.AddSingleton<ICommitObserver>(new CommitFanOut());
        services.AddSingleton<JournalWriter>();
        services.AddSingleton<IJournal>(provider => provider.GetRequiredService<JournalWriter>());
        services.AddActorHost(options =>
        {
            options.Grains.Add(typeof(LeagueGrain));
            options.ResponseTimeout = TimeSpan.FromSeconds(60);
        });
        var provider = services.BuildServiceProvider();
        Host = provider.GetRequiredService<ActorHost>();
        Journal = provider.GetRequiredService<IJournal>();
        Grain = provider.GetRequiredService<IGrainFactory>().GetGrain<ILeagueGrain>($"demo/{leagues.Leagues[0].Id}");
        var writer = provider.GetRequiredService<JournalWriter>();
        foreach (var partition in writer.Partitions) _ = scheduler.Run($"journal {partition}", stop => writer.Run(partition, stop), stopping: _stop.Token);
    }

    public Lifeline Life { get; } = new();

    public ActorHost Host { get; }

    public IJournal Journal { get; }

    public ILeagueGrain Grain { get; }

    public void Stop() => _stop.Cancel();
}
