using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Impacts;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Rules.Impacts;
using Gamification.Rules.Programmes;
using Gamification.Runtime.Hosting;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Challenges;
using Gamification.Tests.Rules.Challenges;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Impacts;

/// <summary>A programme's documents as marketers publish them: they outlive every engine.</summary>
internal sealed class ImpactDesk
{
    public static readonly ProgrammeSettings Programme = new()
    {
        Id = "demo", Name = "Demo", Currency = "EUR", TimeZone = Contests.Zone,
        Stores = [.. new[] { "s1", "s2" }.Select(id => new Store { Id = id, NameFr = id, NameNl = id, NameEn = id, TimeZone = Contests.Zone })],
    };

    public ProgrammeDocuments Documents { get; private set; } = ProgrammeDocuments.Empty;

    public long Version { get; private set; }

    public ImpactFactors Newest { get; private set; } = ImpactFactors.None;

    public void Publish(ImpactFactors factors, DateTimeOffset at)
    {
        if (Newest != ImpactFactors.None) Assert.Empty(ImpactSuccession.Faults(Newest, factors));
        Assert.Empty(ImpactValidation.Check(factors));
        var part = new PartText(ProgrammePart.Impact, new(ImpactDocument.Write(factors)));
        ProgrammeEntry entry = Documents.IsFounded
            ? new ProgrammeEntry.Published { By = "marie", At = at, From = at, Parts = [part] }
            : Publishing.Found([new(ProgrammePart.Settings, SettingsText.Of(Programme)), part], at);
        (Documents, Version, Newest) = (Documents.Apply(entry, at), Version + 1, factors);
    }
}

/// <summary>The actor of impact over storages that outlive it. Cutting its lifeline is a crash.</summary>
internal sealed class ImpactHost
{
    private readonly CancellationTokenSource _stop = new();
    private readonly ProgrammeCatalog _programmes = new([ImpactDesk.Programme]);

    public ImpactHost(SimulationScheduler scheduler, IJournalStorage journal, MemoryImpactStorage storage)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IActorScheduler>(scheduler);
        services.AddSingleton<TimeProvider>(scheduler.Time);
        services.AddSingleton<IJournalStorage>(new MortalJournal(journal, Life));
        services.AddSingleton<IImpactStorage>(new MortalImpactStorage(storage, Life));
        services.AddSingleton<IReminderTable, InMemoryReminderTable>();
        services.AddSingleton(_programmes);
        services.AddSingleton<BusinessClock>();
        services.AddSingleton<IDeedReader, PlainDeeds>();
        services.AddSingleton(new JournalWriterOptions { Partitions = [0, 1] });
        services.AddSingleton(new JournalSnapshotOptions());
        services.AddSingleton<ICommitObserver>(new CommitFanOut());
        services.AddSingleton<JournalWriter>();
        services.AddSingleton<IJournal>(provider => provider.GetRequiredService<JournalWriter>());
        services.AddActorHost(options =>
        {
            options.Grains.Add(typeof(ImpactGrain));
            options.ResponseTimeout = TimeSpan.FromSeconds(60);
        });
        var provider = services.BuildServiceProvider();
        Host = provider.GetRequiredService<ActorHost>();
        Journal = provider.GetRequiredService<IJournal>();
        Grain = provider.GetRequiredService<IGrainFactory>().GetGrain<IImpactGrain>("demo");
        var writer = provider.GetRequiredService<JournalWriter>();
        foreach (var partition in writer.Partitions) _ = scheduler.Run($"journal {partition}", stop => writer.Run(partition, stop), stopping: _stop.Token);
    }

    public Lifeline Life { get; } = new();

    public ActorHost Host { get; }

    public IJournal Journal { get; }

    public IImpactGrain Grain { get; }

    /// <summary>What the node reads of the documents.</summary>
    public void Show(ImpactDesk desk, DateTimeOffset now) => _programmes.Show("demo", new ProgrammeInForce(desk.Documents, desk.Version), 0, now);

    public async Task CatchUp()
    {
        while (await Grain.CountOn())
        {
        }
    }

    public void Stop() => _stop.Cancel();
}
