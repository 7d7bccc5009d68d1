using System.Collections.Concurrent;
using System.Text.Json;
using Gamification.Challenges;
using Gamification.Journal;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Rewards;
using Gamification.Runtime.Hosting;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Challenges;

/// <summary>What is durable in members' accounts: it outlives every engine.</summary>
internal sealed class PrizeBook
{
    public ConcurrentDictionary<PrizeId, Prize> Received { get; } = [];

    public ConcurrentDictionary<PrizeId, string> TakenBack { get; } = [];

    public ConcurrentDictionary<MemberId, bool> Erased { get; } = [];

    /// <summary>Calls that found the prize received before.</summary>
    public int Again { get; set; }
}

/// <summary>A member's side of the contract, as simple as it can be. It may die at any point, before it is durable and after.</summary>
internal sealed class FakePrizeReceiverGrain(PrizeBook book, Lifeline life) : Grain, IPrizeReceiver
{
    public Task<PrizeOutcome> Receive(Prize prize)
    {
        life.Pass("before a prize");
        if (book.Erased.ContainsKey(prize.Id.Member)) return Task.FromResult(PrizeOutcome.Gone);
        var isNew = book.Received.TryAdd(prize.Id, prize);
        if (!isNew) book.Again++;
        life.Pass("after a prize");
        return Task.FromResult(isNew ? PrizeOutcome.Received : PrizeOutcome.Known);
    }

    public Task<PrizeOutcome> TakeBack(PrizeId prize, string reason)
    {
        life.Pass("before taking back");
        var isNew = book.TakenBack.TryAdd(prize, reason);
        life.Pass("after taking back");
        return Task.FromResult(isNew ? PrizeOutcome.Received : PrizeOutcome.Known);
    }
}

/// <summary>Members' entries that are nothing but deeds.</summary>
internal sealed class PlainDeeds : IDeedReader
{
    public const string Type = "test.deeds";

    public static NewEntry Write(MemberDeeds deeds) => new(Type, JsonSerializer.SerializeToUtf8Bytes(deeds));

    public MemberDeeds? Read(StoredEntry entry) => entry.Type == Type ? JsonSerializer.Deserialize<MemberDeeds>(entry.Payload.Span) : null;
}

/// <summary>The actor of challenges with its feed, over storages that outlive it. Cutting its lifeline is a crash.</summary>
internal sealed class ChallengeHost
{
    private readonly CancellationTokenSource _stop = new();

    public ChallengeHost(SimulationScheduler scheduler, IJournalStorage journal, MemoryChallengeStorage storage, IReminderTable reminders, PrizeBook book, ProgrammeSettings programme, bool accounts = false)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddSingleton<IActorScheduler>(scheduler);
        services.AddSingleton(Life);
        services.AddSingleton<IJournalStorage>(new MortalJournal(journal, Life));
        services.AddSingleton<IChallengeStorage>(new MortalChallengeStorage(storage, Life));
        services.AddSingleton(reminders);
        services.AddSingleton(book);
        services.AddSingleton(new ProgrammeCatalog([programme]));
        services.AddSingleton<BusinessClock>();
        if (accounts) services.AddSingleton<IDeedReader, AccountDeeds>();
        else services.AddSingleton<IDeedReader, PlainDeeds>();
        services.AddSingleton<DeedPages>();
        services.AddSingleton<RewardBook>();
        if (accounts) services.AddSingleton<AccountsAtHand>().AddSingleton<PrizeDesk>();
        services.AddSingleton<ChallengeFeed>();
        services.AddSingleton<IChallengeFeed>(provider => provider.GetRequiredService<ChallengeFeed>());
        services.AddSingleton<ICommitObserver>(provider => provider.GetRequiredService<ChallengeFeed>());
        services.AddJournal(new JournalWriterOptions { Partitions = [0, 1] });
        services.AddActorHost(options =>
        {
            options.Grains.AddRange([typeof(ChallengeGrain), typeof(ChallengeListGrain), accounts ? typeof(MemberGrain) : typeof(FakePrizeReceiverGrain)]);
            if (accounts) options.Grains.Add(typeof(RewardCatalogueGrain));
            options.ResponseTimeout = TimeSpan.FromSeconds(60);
            options.MailboxLimit = 20_000;
        });
        var provider = services.BuildServiceProvider();
        Grains = provider.GetRequiredService<IGrainFactory>();
        Host = provider.GetRequiredService<ActorHost>();
        Journal = provider.GetRequiredService<IJournal>();
        provider.RunJournal(scheduler, _stop.Token);
        _ = scheduler.Run("challenge feed", provider.GetRequiredService<ChallengeFeed>().Run, stopping: _stop.Token);
    }

    public Lifeline Life { get; } = new();

    public IGrainFactory Grains { get; }

    public ActorHost Host { get; }

    public IJournal Journal { get; }

    public IChallengeGrain Challenge(ChallengeRunId run) => Grains.GetGrain<IChallengeGrain>(run.ToString());

    public void Stop() => _stop.Cancel();
}
