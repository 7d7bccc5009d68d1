using System.Collections.Immutable;
using Gamification.Live;
using Gamification.Programmes;
using Gamification.Projections;
using Microsoft.Extensions.Logging;

namespace Gamification.Leaderboards;

/// <summary>
/// One board in memory: loaded from the roll-up when somebody first looks, fed from then on. It writes nothing: the journal and the
/// roll-up are the truth, and live changes and loads go through the same versioned <see cref="Ranking.Apply"/>.
/// </summary>
internal sealed class BoardGrain(
    IBoardFeed feed, RollupProjector projector, IRollupStorage rollup, BusinessClock clock, TimeProvider time, ILogger<BoardGrain> log, INotices? notices = null)
    : Grain, IBoardGrain, IAnnouncedBoard
{
    private const int PublishedRows = 50;
    private const int PageMax = 500;
    private const int NeighboursMax = 50;
    private static readonly TimeSpan PublishEvery = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan WatchFor = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan AnnounceFor = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan IdleAfter = TimeSpan.FromMinutes(10);

    private readonly ObserverManager<IBoardObserver> _watchers = new(WatchFor, log);
    private BoardId _id;
    private BoardRegistration _registration = new(0, 0, ImmutableDictionary<int, long>.Empty);
    private Dictionary<int, long> _offsets = [];
    private Ranking _ranking = new(0);
    private BoardView _view = null!;
    private bool _unpublished;
    private long _publishedAt;
    private long _askedAt;
    private long? _announcedAt;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        _id = BoardId.Parse(this.GetPrimaryKeyString());
        _registration = await feed.Register(_id);
        try
        {
            await Load();
            _offsets = new(_registration.Positions);
            _view = Snapshot(version: 1);
        }
        catch
        {
            // Without an activation there is no deactivation that would do it.
            feed.Unregister(_id, _registration.Serial);
            throw;
        }

        (_publishedAt, _askedAt) = (time.GetTimestamp(), time.GetTimestamp());
        this.RegisterGrainTimer(Tick, new GrainTimerCreationOptions { DueTime = PublishEvery, Period = PublishEvery });
    }

    public override Task OnDeactivateAsync(DeactivationReason reason, CancellationToken cancellationToken)
    {
        feed.Unregister(_id, _registration.Serial);
        return Task.CompletedTask;
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
                await Load();
                _unpublished = true;
            }

            foreach (var change in stretch.Changes)
                _unpublished |= _ranking.Apply(change.Member.Value, change.Score, change.ReachedAt, change.Version) == RankingChange.Moved;
            _offsets[stretch.Partition] = Math.Max(offset, stretch.ToSeq);
        }

        if (_unpublished && time.GetElapsedTime(_publishedAt) >= PublishEvery) await Publish();
    }

    public Task<BoardView> View()
    {
        _askedAt = time.GetTimestamp();
        return Task.FromResult(_view);
    }

    public Task<BoardPage> Top(int offset, int limit) =>
        Page(_ranking.Page(Math.Max(0, offset), Math.Clamp(limit, 0, PageMax)));

    public Task<BoardPage> Around(MemberId member, int each)
    {
        var neighbours = Math.Clamp(each, 0, NeighboursMax);
        return Page(_ranking.Around(member.Value, neighbours, neighbours));
    }

    public Task<ImmutableArray<BoardStanding>> Standings(ImmutableArray<MemberId> members)
    {
        _askedAt = time.GetTimestamp();
        var standings = ImmutableArray.CreateBuilder<BoardStanding>();
        foreach (var member in members.Take(PageMax))
        {
            if (_ranking.PlaceOf(member.Value) is not { } place || _ranking.Find(member.Value) is not { } row) continue;
            var percentile = 100 * (_ranking.PercentileOf(row.Score) ?? 0);
            standings.Add(new(BoardRows.Of(_ranking, [new(row.Member, row.Score, row.ReachedAt, place)])[0], _ranking.Size, percentile));
        }

        return Task.FromResult(standings.DrainToImmutable());
    }

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

    /// <summary>
    /// Starts over from the roll-up, which is brought up to everything committed first: so at least to the registered positions,
    /// and past any change that was missed. What the feed then repeats is stale by version.
    /// </summary>
    private async Task Load()
    {
        await projector.CatchUp();
        var rows = new List<ScoreRow>();
        await foreach (var row in rollup.Scores(RollupWindow.Of(_id), CancellationToken.None)) rows.Add(row);
        _ranking = new(StableHash(_id.ToString()));
        _ranking.Load(rows);
    }

    /// <summary>Publishes what came too soon after the last time, and lets the board go when nobody has looked for a while.</summary>
    private async Task Tick(CancellationToken cancellation)
    {
        if (_unpublished) await Publish();
        _watchers.ClearExpired();
        var isIdle = _watchers.Count == 0 && time.GetElapsedTime(_askedAt) > IdleAfter;
        if (isIdle && await feed.TryRelease(_id, _registration.Serial)) DeactivateOnIdle();
    }

    private async Task Publish()
    {
        _view = Snapshot(_view.Version + 1);
        (_unpublished, _publishedAt) = (false, time.GetTimestamp());
        if (_announcedAt is { } announcedAt && time.GetElapsedTime(announcedAt) < AnnounceFor) notices?.Publish(new Notice.OfBoard(_view));
        await _watchers.Notify(watcher => watcher.Published(_view));
    }

    private BoardView Snapshot(long version) => new(
        _id,
        $"{_registration.Serial:x}-{_registration.Started:x}",
        version,
        _ranking.Size,
        BoardRows.Of(_ranking, _ranking.Top(PublishedRows)),
        clock.Now(_id.Programme));

    private Task<BoardPage> Page(Standing[] standings)
    {
        _askedAt = time.GetTimestamp();
        return Task.FromResult(new BoardPage(_id, _ranking.Size, BoardRows.Of(_ranking, standings)));
    }

    /// <summary>FNV-1a, the same in every process and version: the seed of the board's draw among full ties.</summary>
    private static ulong StableHash(string text)
    {
        var hash = 14695981039346656037UL;
        foreach (var character in text) hash = unchecked((hash ^ character) * 1099511628211UL);
        return hash;
    }
}
