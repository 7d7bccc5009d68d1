using System.Collections.Immutable;
using Gamification.Live;
using Microsoft.Extensions.Logging;

namespace Gamification.Leaderboards;

/// <summary>
/// One board in memory: loaded from the roll-up when somebody first looks, fed from then on. It writes nothing: the journal and the
/// roll-up are the truth, and live changes and loads go through the same versioned <see cref="Ranking.Apply"/>. What has to be loaded anew is loaded beside what it shows.
/// </summary>
internal sealed class BoardGrain(IBoardFeed feed, BoardSources sources, TimeProvider time, ILogger<BoardGrain> log, INotices? notices = null)
    : Grain, IBoardGrain, IAnnouncedBoard
{
    private const int PublishedRows = 50;
    private const int PageMax = 500;
    private const int NeighboursMax = 50;
    private static readonly TimeSpan PublishEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WatchFor = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan AnnounceFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan IdleAfter = TimeSpan.FromMinutes(10);

    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(5);

    private readonly ObserverManager<IBoardObserver> _watchers = new(WatchFor, log);
    private BoardId _id;
    private BoardRenewal _renewal = null!;
    private IGrainTimer _renewing = null!;
    private BoardRegistration _registration = new(0, 0, ImmutableDictionary<int, long>.Empty);
    private Dictionary<int, long> _offsets = [];
    private int _fedFrom;
    private BoardContent _content = null!;
    private string _stream = "";
    private BoardView _view = null!;
    private bool _unpublished;
    private long _publishedAt;
    private long _askedAt;
    private long _lookedAt;
    private long? _announcedAt;

    private IStandings Order => _content.Standings;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = BoardId.Parse(this.GetPrimaryKeyString());
        _renewal = new(_id, sources, GrainFactory, time, log);
        try
        {
            await Register();
            (_content, _stream) = (await _renewal.Load(Registered, _fedFrom, cancellationToken), Registered);
            _view = await Snapshot(version: 1);
        }
        catch
        {
            // Without an activation there is no deactivation that would do it.
            feed.Unregister(_id, _registration.Serial);
            throw;
        }

        (_publishedAt, _askedAt) = (time.GetTimestamp(), time.GetTimestamp());
        _renewing = this.RegisterGrainTimer(Renew, new GrainTimerCreationOptions { DueTime = Timeout.InfiniteTimeSpan, Period = Timeout.InfiniteTimeSpan, Interleave = true });
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions { DueTime = PublishEvery, Period = PublishEvery });
    }

    public override async Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        feed.Unregister(_id, _registration.Serial);
        await _content.Leave();
        await _renewal.Leave();
    }

    public async Task Apply(ImmutableArray<BoardChanges> changes)
    {
        foreach (var stretch in changes)
        {
            // What overlaps repeats what is known, which is harmless; only a gap hides something.
            var offset = _offsets.GetValueOrDefault(stretch.Partition);
            if (stretch.PreviousSeq == BoardChanges.Missed || stretch.PreviousSeq > offset)
            {
                log.LogInformation("Board {Board} missed changes before {Seq} of partition {Partition}; it reloads.", _id, stretch.ToSeq, stretch.Partition);
                _renewal.Miss();
            }

            // Told from another day than it asked for, by a node that has not heard yet: the next load has it.
            if (stretch.HasOldDays || (stretch.FromDay != _fedFrom && !stretch.Changes.IsEmpty)) _renewal.Outdate();
            _offsets[stretch.Partition] = Math.Max(offset, stretch.ToSeq);
            _renewal.Tell(stretch);
            if (stretch.FromDay == _content.FromDay) await Show(async () => _unpublished |= await _content.Apply(stretch));
        }

        if (_unpublished && time.GetElapsedTime(_publishedAt) >= PublishEvery) await Show(Publish);
    }

    public Task<BoardView> View()
    {
        _askedAt = time.GetTimestamp();
        return Task.FromResult(_view);
    }

    public Task<BoardPage> Top(int offset, int limit) => Page(Math.Max(0, offset), Math.Clamp(limit, 0, PageMax));

    public async Task<BoardPage> Around(MemberId member, int each)
    {
        var neighbours = Math.Clamp(each, 0, NeighboursMax);
        if ((await Order.Find([member]))[0] is not { IsHidden: false, Row.Place: var place }) return await Page(0, 0);
        var first = Math.Max(0, place - 1 - neighbours);
        return await Page((int)first, (int)(place - first + neighbours));
    }

    public async Task<ImmutableArray<BoardStanding>> Standings(ImmutableArray<MemberId> members)
    {
        _askedAt = time.GetTimestamp();
        var found = await Order.Find([.. members.Take(PageMax)]);
        return [.. found.Where(standing => standing is { IsHidden: false, Row: not null }).Select(standing => new BoardStanding(standing.Row!, Order.Size, Percentile(standing)))];
    }

    public async Task<ImmutableArray<OwnStanding>> Own(ImmutableArray<MemberId> members)
    {
        _askedAt = time.GetTimestamp();
        var found = await Order.Find([.. members.Take(PageMax)]);
        return [.. found.Select(standing => new OwnStanding(standing.Row, standing.IsHidden, Order.Size, Percentile(standing)))];
    }

    public async Task<ImmutableArray<long>> DenseRanks(ImmutableArray<long> scores) => await Order.DenseRanks([.. scores.Take(PageMax)]);

    public Task<BoardView> Watch(IBoardObserver observer)
    {
        _watchers.Subscribe(observer, observer);
        return View();
    }

    public Task Unwatch(IBoardObserver observer)
    {
        _watchers.Unsubscribe(observer);
        return Task.CompletedTask;
    }

    public Task<BoardView> Announce()
    {
        _announcedAt = time.GetTimestamp();
        return View();
    }

    /// <summary>The share of ranked members with a strictly lower score, 0 to 100; a member that is not seen is not among them.</summary>
    private double Percentile(MemberStanding standing) => standing.Row is not { } row || Order.Size == 0 ? 0
        : 100d * (Order.Size - row.Rank - row.TiedWith + (standing.IsHidden ? 1 : 0)) / Order.Size;

    private string Registered => $"{_registration.Serial:x}-{_registration.Started:x}";

    private async Task Register()
    {
        var fromDay = sources.Windows.RememberedFrom(_id);
        _registration = await feed.Register(_id, fromDay);
        (_fedFrom, _offsets) = (fromDay, new(_registration.Positions));
    }

    /// <summary>What is shown goes on meanwhile, and a question that comes is not kept waiting.</summary>
    private Task Renew(CancellationToken cancellation) => _renewal.Run(
        async anew =>
        {
            if (anew) await Register();
            return (Registered, _fedFrom);
        },
        cancellation);

    private async Task TakeOver()
    {
        if (await _renewal.Take() is not { } next) return;
        var before = _content;
        (_content, _stream, _unpublished) = (next, Registered, true);
        await before.Leave();
    }

    /// <summary>What a lost shard had is in the next load.</summary>
    private async Task Show(Func<Task> work)
    {
        try
        {
            await work();
        }
        catch (BoardShardLostException)
        {
            _renewal.Miss();
        }
    }

    /// <summary>Publishes what came too soon after the last time, and lets the board go when nobody has looked for a while.</summary>
    private async Task Tick(CancellationToken cancellation)
    {
        await TakeOver();
        if (!_renewal.IsUnderWay && time.GetElapsedTime(_lookedAt) >= LookEvery && await HasChanged()) _renewal.Outdate();
        if (_renewal.IsDue) _renewing.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan);
        if (_unpublished) await Show(Publish);
        _watchers.ClearExpired();
        var isIdle = _watchers.Count == 0 && time.GetElapsedTime(_askedAt) > IdleAfter;
        if (isIdle && await feed.TryRelease(_id, _registration.Serial)) DeactivateOnIdle();
    }

    /// <summary>Whether the board would be loaded otherwise by now: another set of stores or members, other shards.</summary>
    private async ValueTask<bool> HasChanged()
    {
        _lookedAt = time.GetTimestamp();
        if (Order is WholeStandings && Order.Size > sources.Options.ShardAbove + (sources.Options.ShardAbove / 4)) return true;
        if (_id.Group is not { } group) return false;
        if (!group.IsOfMembers) return !sources.Windows.Of(_id).Region!.SetEquals(_content.Window.Region!);
        var circle = await sources.Circles.Find(_id.Programme, group, CancellationToken.None) ?? Circle.Nobody;
        return circle.Version != _content.Circle!.Version;
    }

    private async Task Publish()
    {
        _view = await Snapshot(_view.Version + 1);
        (_unpublished, _publishedAt) = (false, time.GetTimestamp());
        if (_announcedAt is { } announcedAt && time.GetElapsedTime(announcedAt) < AnnounceFor) notices?.Publish(new Notice.OfBoard(_view));
        await _watchers.Notify(watcher => watcher.Published(_view));
    }

    private async Task<BoardView> Snapshot(long version) => new(
        _id,
        _stream,
        version,
        Order.Size,
        await Order.Page(0, PublishedRows),
        sources.Clock.Now(_id.Programme));

    private async Task<BoardPage> Page(int offset, int count)
    {
        _askedAt = time.GetTimestamp();
        return new(_id, Order.Size, await Order.Page(offset, count));
    }
}
