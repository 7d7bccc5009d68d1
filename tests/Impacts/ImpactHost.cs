using System.Collections.Immutable;
using Gamification.Impacts;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Rules.Impacts;
using Gamification.Rules.Programmes;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Rules.Challenges;
using Gamification.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Impacts;

/// <summary>A programme's documents as marketers publish them: they outlive every engine.</summary>
internal sealed class ImpactDesk
{
    public static readonly ProgrammeSettings Programme = new()
    {
        Id = "demo", Name = "Demo", Currency = "EUR", TimeZone = Contests.Zone, PeopleMin = 1,
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
internal sealed class ImpactHost : MortalActor
{
    private readonly ProgrammeCatalog _programmes;

    public ImpactHost(SimulationScheduler scheduler, IJournalStorage journal, MemoryImpactStorage storage)
        : this(scheduler, journal, storage, new([ImpactDesk.Programme]))
    {
    }

    private ImpactHost(SimulationScheduler scheduler, IJournalStorage journal, MemoryImpactStorage storage, ProgrammeCatalog programmes)
        : base(scheduler, journal, programmes, typeof(ImpactGrain), (services, life) => services.AddSingleton<IImpactStorage>(new MortalImpactStorage(storage, life))) =>
        _programmes = programmes;

    public IImpactGrain Grain => Grains.GetGrain<IImpactGrain>("demo");

    /// <summary>What the node reads of the documents.</summary>
    public void Show(ImpactDesk desk, DateTimeOffset now) => _programmes.Show("demo", new ProgrammeInForce(desk.Documents, desk.Version), 0, now);

    public async Task CatchUp()
    {
        while (await Grain.CountOn())
        {
        }
    }
}
