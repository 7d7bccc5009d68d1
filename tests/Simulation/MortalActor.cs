using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Runtime.Hosting;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Challenges;
using Gamification.Tests.Rules.Challenges;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Simulation;

/// <summary>One kind of actor that follows deeds, over storages that outlive it. Cutting its lifeline is a crash.</summary>
internal abstract class MortalActor
{
    private readonly CancellationTokenSource _stop = new();

    /// <param name="scheduler">Of the simulation.</param>
    /// <param name="journal">Outlives the actor.</param>
    /// <param name="programmes">As this life of it reads them.</param>
    /// <param name="grain">Its class.</param>
    /// <param name="keep">Adds what else it keeps, on the same lifeline.</param>
    protected MortalActor(SimulationScheduler scheduler, IJournalStorage journal, ProgrammeCatalog programmes, Type grain, Action<IServiceCollection, Lifeline> keep)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IActorScheduler>(scheduler);
        services.AddSingleton<TimeProvider>(scheduler.Time);
        services.AddSingleton<IJournalStorage>(new MortalJournal(journal, Life));
        keep(services, Life);
        services.AddSingleton<IReminderTable, InMemoryReminderTable>();
        services.AddSingleton(programmes);
        services.AddSingleton<BusinessClock>();
        services.AddSingleton<IDeedReader, PlainDeeds>();
        services.AddSingleton<DeedPages>();
        services.AddJournal(new JournalWriterOptions { Partitions = [0, 1] });
        services.AddSingleton<ICommitObserver>(new CommitFanOut());
        services.AddActorHost(options =>
        {
            options.Grains.Add(grain);
            options.ResponseTimeout = TimeSpan.FromSeconds(60);
        });
        var provider = services.BuildServiceProvider();
        Host = provider.GetRequiredService<ActorHost>();
        Journal = provider.GetRequiredService<IJournal>();
        Grains = provider.GetRequiredService<IGrainFactory>();
        provider.RunJournal(scheduler, _stop.Token);
    }

    public Lifeline Life { get; } = new();

    public ActorHost Host { get; }

    public IJournal Journal { get; }

    protected IGrainFactory Grains { get; }

    public void Stop() => _stop.Cancel();
}
