using System.Collections.Concurrent;
using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Impacts;
using Gamification.Leaderboards;
using Gamification.Leagues;
using Gamification.Live;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Rewards;

namespace Gamification.Tests.Live;

/// <summary>The grains that live delivery talks to, each as simple as its interface allows, and told by a test what to say.</summary>
internal sealed class FakeGrains : IGrainFactory
{
    private readonly ConcurrentDictionary<string, FakeBoard> _boards = [];
    private readonly ConcurrentDictionary<string, FakeMember> _members = [];

    public FakeProgramme Programme { get; } = new();

    public FakeChallenge Challenge { get; } = new();

    public FakeCampaign Campaign { get; } = new();

    public FakeImpact Impact { get; } = new();

    public FakeLeague League { get; } = new();

    /// <summary>A board by its key, e.g. <c>demo|programme|points|week|2011-W19</c>.</summary>
    public FakeBoard Board(string key) => _boards.GetOrAdd(key, id => new(BoardId.Parse(id)));

    public FakeMember Member(MemberId member) => _members.GetOrAdd($"demo/{member}", _ => new(member));

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey
    {
        object grain = typeof(TGrainInterface) == typeof(IBoardGrain) || typeof(TGrainInterface) == typeof(IAnnouncedBoard) ? Board(primaryKey)
            : typeof(TGrainInterface) == typeof(IProgrammeGrain) ? Programme
            : typeof(TGrainInterface) == typeof(IImpactGrain) ? Impact
            : typeof(TGrainInterface) == typeof(ILeagueGrain) || typeof(TGrainInterface) == typeof(ILeaguesGrain) ? League
            : typeof(TGrainInterface) == typeof(IChallengeGrain) || typeof(TGrainInterface) == typeof(IChallengeListGrain) ? Challenge
            : typeof(TGrainInterface) == typeof(ICampaignGrain) ? Campaign
            : _members[primaryKey];
        return (TGrainInterface)grain;
    }

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver => (TGrainObserverInterface)obj;

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver
    {
        // Nothing is kept for it.
    }
}

internal sealed class FakeProgramme : IProgrammeGrain
{
    /// <summary>A Thursday afternoon in Brussels, in ISO week 19.</summary>
    public DateTimeOffset? Time { get; set; } = new(2011, 5, 12, 12, 0, 0, TimeSpan.Zero);

    public Task<ProgrammeSettings?> Settings() => Task.FromResult<ProgrammeSettings?>(new()
    {
        Id = "demo", Name = "Demo", Currency = "EUR", TimeZone = "Europe/Brussels",
        Earning = new() { Rules = [], Campaigns = [new() { Id = "boost", Budget = 100 }] },
        Stores = [Store("BRU", "Europe/Brussels"), Store("TYO", "Asia/Tokyo")],
    });

    public Task<DateTimeOffset?> BusinessTime() => Task.FromResult(Time);

    public Task<ReceiptPreview> Preview(Receipt receipt, DateTimeOffset receivedAt) => throw new NotSupportedException();

    public Task<ProgrammeTotals> Totals(string? store) => throw new NotSupportedException();

    public Task<bool> HasGroup(BoardGroup group) => Task.FromResult(false);

    private static Store Store(string id, string zone) => new() { Id = id, NameFr = id, NameNl = id, NameEn = id, TimeZone = zone };
}

internal sealed class FakeMember(MemberId member) : IMemberGrain, IWatchedMember
{
    private readonly ConcurrentDictionary<IMemberObserver, bool> _observers = [];

    public MemberView Account { get; private set; } = new(member, 1, 100, 100, 1, true, []);

    private AccountNumbers Numbers => new(Account.Version, Account.Balance, Account.Lifetime, Account.Receipts);

    /// <summary>As long as it is false the member answers but cannot be watched.</summary>
    public bool Watchable { get; set; } = true;

    public async Task Change(long balance, bool silently = false)
    {
        Account = Account with { Version = Account.Version + 1, Balance = balance };
        foreach (var observer in silently ? [] : _observers.Keys) await observer.Changed(Numbers);
    }

    /// <summary>Released once for each watch.</summary>
    public SemaphoreSlim Watches { get; } = new(0);

    /// <summary>The actor ends; the next one knows no observers.</summary>
    public async Task LetGo()
    {
        var observers = _observers.Keys.ToArray();
        _observers.Clear();
        foreach (var observer in observers) await observer.Left();
    }

    public Task<ReceiptPreview> Preview(Receipt receipt, DateTimeOffset receivedAt) => throw new NotSupportedException();

    public Task<AccountNumbers> Watch(IMemberObserver observer)
    {
        if (!Watchable) throw new InvalidOperationException("No such grain.");
        _observers[observer] = true;
        Watches.Release();
        return Task.FromResult(Numbers);
    }

    public Task Unwatch(IMemberObserver observer)
    {
        _observers.TryRemove(observer, out _);
        return Task.CompletedTask;
    }

    public Task<MemberView> View() => Task.FromResult(Account);

    public Task<StatementPage> Statement(long before, int limit) => throw new NotSupportedException();

    public Task<ClaimOutcome> Claim(ReceiptKey sale, DateTimeOffset receivedAt) => throw new NotSupportedException();

    public Task<MemberView> Enrol(DateTimeOffset receivedAt) => throw new NotSupportedException();

    public Task<ReceiptOutcome> Post(Receipt receipt, DateTimeOffset receivedAt, bool held) => throw new NotSupportedException();
}
