using System.Collections.Concurrent;
using Gamification.Journal;
using Gamification.Rewards;
using Gamification.Runtime.Hosting;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Rewards;

/// <summary>What members have durably done with reservations and gestures: it outlives every engine.</summary>
internal sealed class HolderBook
{
    public ConcurrentDictionary<ReservationId, ReservationFate> Fates { get; } = [];

    public ConcurrentDictionary<Guid, long> Gestures { get; } = [];

    /// <summary>When set, no holder answers.</summary>
    public Func<bool> IsSilent { get; set; } = () => false;

    /// <summary>What a member says to what comes free.</summary>
    public ReservationFate OnOffer { get; set; } = ReservationFate.Committed;

    /// <summary>The first of commit and abandonment stands.</summary>
    public ReservationFate Take(ReservationId id, ReservationFate fate) => Fates.GetOrAdd(id, fate);
}

/// <summary>A member's side of the protocol, as simple as it can be.</summary>
internal sealed class FakeHolderGrain(HolderBook book) : Grain, IReservationHolder, IGestureReceiver
{
    public Task<ReservationFate> Settle(ReservationAsk ask) =>
        book.IsSilent() ? throw new TimeoutException("The holder is silent.") : Task.FromResult(book.Take(ask.Id, ReservationFate.Abandoned));

    public Task<ReservationFate> Offered(ReservationAsk ask) =>
        book.IsSilent() ? throw new TimeoutException("The holder is silent.")
        : Task.FromResult(book.OnOffer == ReservationFate.Undecided ? book.Fates.GetValueOrDefault(ask.Id) : book.Take(ask.Id, book.OnOffer));

    public Task<Refusal?> Receive(Gesture gesture, string by)
    {
        if (book.IsSilent()) throw new TimeoutException("The account is silent.");
        book.Gestures.GetOrAdd(gesture.Id, gesture.Points);
        return Task.FromResult<Refusal?>(null);
    }
}

/// <summary>The owners' actors over storages that outlive them. Letting go of it without a word is a crash.</summary>
internal sealed class RewardHost : IMortal
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _loops;
    private readonly ServiceProvider _provider;

    public RewardHost(IActorScheduler scheduler, IJournalStorage journal, HolderBook holders, IReminderTable? reminders = null)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton(scheduler);
        services.AddSingleton(journal);
        services.AddSingleton(holders);
        services.AddJournal(new JournalWriterOptions { Partitions = [0] });
        if (reminders is not null) services.AddSingleton(reminders);
        services.AddActorHost(options =>
        {
            options.Grains.AddRange([typeof(RewardGrain), typeof(CampaignGrain), typeof(AgentGrain), typeof(FakeHolderGrain)]);
            options.ResponseTimeout = TimeSpan.FromSeconds(60);
            options.MailboxLimit = 20_000;
        });
        _provider = services.BuildServiceProvider();
        Grains = _provider.GetRequiredService<IGrainFactory>();
        Host = _provider.GetRequiredService<ActorHost>();
        _loops = _provider.RunJournal(scheduler, _stop.Token);
    }

    public IGrainFactory Grains { get; }

    public ActorHost Host { get; }

    public IJournal Journal => _provider.GetRequiredService<IJournal>();

    public IRewardGrain Reward(string id = "mug") => Grains.GetGrain<IRewardGrain>($"demo/{id}");

    public ICampaignGrain Campaign(string id = "launch") => Grains.GetGrain<ICampaignGrain>($"demo/{id}");

    public IAgentGrain Agent(string id = "sofie") => Grains.GetGrain<IAgentGrain>($"demo/{id}");

    public void Stop() => _stop.Cancel();

    /// <summary>Ends the loops and waits for them, where threads are real.</summary>
    public async Task Close()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_loops);
        await _provider.DisposeAsync();
        _stop.Dispose();
    }
}
