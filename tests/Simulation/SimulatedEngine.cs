using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Projections;
using Gamification.Rewards;
using Gamification.Runtime.Hosting;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Journal;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Simulation;

/// <summary>
/// One run of the real engine, grains and loops alike, on a simulated scheduler over storages that outlive it. Letting go of it without a word
/// is a crash: what it still has under way goes on until the next one fences it, as a process does that has not noticed its death.
/// </summary>
internal sealed class SimulatedEngine
{
    private readonly CancellationTokenSource _stop = new();

    public SimulatedEngine(SimulationScheduler scheduler, FaultyJournalStorage journal, MemoryRollup rollup, ProgrammeSettings programme, IReminderTable? reminders = null, Action<Span<byte>>? leases = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IActorScheduler>(scheduler);
        services.AddSingleton<IJournalStorage>(journal);
        services.AddSingleton<IRollupStorage>(rollup);
        services.AddSingleton(new ProgrammeCatalog([programme]));
        services.AddSingleton<BusinessClock>();
        services.AddSingleton(provider => new CampaignLeases(provider.GetRequiredService<IGrainFactory>(), scheduler.Time, leases ?? (_ => throw new InvalidOperationException("No campaigns are expected."))));
        services.AddSingleton<RewardBook>();
        services.AddSingleton<VoucherPress>();
        services.AddSingleton<VoucherSecret>((_, number) => [.. Enumerable.Repeat(number, 32)]);
        services.AddBoards();
        services.AddSingleton<ICircles>(provider => new MemberCircles(rollup, provider.GetRequiredService<ProgrammeCatalog>(), scheduler.Time));
        services.AddJournal(new JournalWriterOptions { Partitions = [0, 1], QueueCapacity = 64 });
        if (reminders is not null) services.AddSingleton(reminders);
        services.AddActorHost(options =>
        {
            options.Assemblies.Add(typeof(MemberGrain).Assembly);
            options.ResponseTimeout = TimeSpan.FromSeconds(20);
            options.CollectionAge = TimeSpan.FromMinutes(5);
        });

        var provider = services.BuildServiceProvider();
        Grains = provider.GetRequiredService<IGrainFactory>();
        Host = provider.GetRequiredService<ActorHost>();
        provider.RunBoards(scheduler, _stop.Token);
        provider.RunJournal(scheduler, _stop.Token);
    }

    public IGrainFactory Grains { get; }

    /// <summary>It takes calls as it is; reminders tick once it is started.</summary>
    public ActorHost Host { get; }

    public IMemberGrain Member(ProgrammeSettings programme, MemberId member) => Grains.GetGrain<IMemberGrain>($"{programme.Id}/{member}");

    public IBoardGrain Board(BoardId board) => Grains.GetGrain<IBoardGrain>(board.ToString());

    /// <summary>Tells the loops to end; what they have promised they still do.</summary>
    public void Stop() => _stop.Cancel();
}
