using System.Globalization;
using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Projections;
using Gamification.Rewards;
using Gamification.Rules.Earning;
using Gamification.Runtime.Hosting;
using Gamification.Runtime.Reminders;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Earning;
using Gamification.Tests.Simulation;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Redeeming;

/// <summary>The real actors of members and rewards over storages that outlive them. Letting go of it without a word is a crash.</summary>
internal sealed class RedeemHost : IMortal
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.FromHours(1));

    private readonly CancellationTokenSource _stop = new();
    private readonly Task[] _loops;
    private readonly ServiceProvider _provider;

    public RedeemHost(IActorScheduler scheduler, IJournalStorage journal, IReminderTable? reminders = null, ProgrammeSettings? programme = null, TimeProvider? clock = null)
    {
        Programme = programme ?? WithLedger();
        var services = new ServiceCollection();
        services.AddLogging();
        if (clock is not null) services.AddSingleton(clock);
        services.AddSingleton(scheduler);
        services.AddSingleton(journal);
        services.AddSingleton<IRollupStorage>(new MemoryRollup());
        services.AddSingleton(new ProgrammeCatalog([Programme]));
        services.AddSingleton<BusinessClock>();
        services.AddSingleton<RewardBook>();
        services.AddSingleton<VoucherPress>();
        services.AddSingleton<VoucherSecret>((_, number) => [.. Enumerable.Repeat(number, 32)]);
        services.AddBoards();
        services.AddJournal(new JournalWriterOptions { Partitions = [0, 1], QueueCapacity = 20_000 });
        if (reminders is not null) services.AddSingleton(reminders);
        services.AddActorHost(options =>
        {
            options.Assemblies.Add(typeof(MemberGrain).Assembly);
            options.ResponseTimeout = TimeSpan.FromSeconds(60);
            options.MailboxLimit = 20_000;
        });
        _provider = services.BuildServiceProvider();
        Grains = _provider.GetRequiredService<IGrainFactory>();
        Host = _provider.GetRequiredService<ActorHost>();
        _loops = [.. _provider.RunBoards(scheduler, _stop.Token), .. _provider.RunJournal(scheduler, _stop.Token)];
    }

    public ProgrammeSettings Programme { get; }

    public IGrainFactory Grains { get; }

    public ActorHost Host { get; }

    public static ProgrammeSettings WithLedger() => Receipts.Programme() with { Earning = Books.Document(Books.Base) };

    public static CatalogueReward Mug(long points = 200, long? stock = 500, int? perMember = 1) => new()
    {
        Id = "mug", Fr = "Tasse", Nl = "Mok", En = "Mug", Gives = new ProductReward { Sku = "M-1" }, Points = points, Stock = stock, PerMember = perMember,
    };

    public static CatalogueReward Reward(string id, RewardKind gives, long points = 200) => new() { Id = id, Fr = id, Nl = id, En = id, Gives = gives, Points = points };

    public static RedeemReward Ask(string key = "app-1", string reward = "mug", int steps = 1, bool keep = false, bool mayWait = false) =>
        new() { Key = key, Reward = reward, Steps = steps, Keep = keep, MayWait = mayWait, By = "member" };

    public static EntitlementUse AtTill(string key = "receipt-1", string store = "BRU", DateOnly? date = null) =>
        new() { Store = store, Key = key, Date = date ?? new(2026, 11, 21), By = "till" };

    public static MemberId Number(int number) => new(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1));

    public IMemberGrain Account(MemberId member) => Grains.GetGrain<IMemberGrain>($"{Programme.Id}/{member}");

    public IRewardAccount Rewards(MemberId member) => Grains.GetGrain<IRewardAccount>($"{Programme.Id}/{member}");

    public IRewardGrain Stock(string reward = "mug") => Grains.GetGrain<IRewardGrain>($"{Programme.Id}/{reward}");

    public IVoucherDesk Desk => Grains.GetGrain<IVoucherDesk>(Programme.Id);

    public Task Publish(params CatalogueReward[] rewards) =>
        Grains.GetGrain<IRewardCatalogueGrain>(Programme.Id).Publish(new() { Rewards = [.. rewards] }, "marie", Noon);

    /// <summary>One sale worth so many points.</summary>
    public async Task Earn(MemberId member, int points)
    {
        var outcome = await Account(member).Post(Receipts.Sale(string.Create(CultureInfo.InvariantCulture, $"{member}"), points), Noon, held: false);
        Assert.IsType<ReceiptOutcome.Recorded>(outcome);
    }

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
