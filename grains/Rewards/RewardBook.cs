using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Gamification.Rewards;

/// <summary>
/// The catalogues as this node knows them, at most five seconds old, so that redeeming does not ask one actor for the price each time. The stock
/// of a reward still decides by terms of its own.
/// </summary>
public sealed class RewardBook(IGrainFactory grains, TimeProvider time)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, Page> _pages = new(StringComparer.Ordinal);

    /// <summary>The programme's rewards in their order, and by id.</summary>
    public async ValueTask<Page> Of(string programme)
    {
        var known = _pages.GetValueOrDefault(programme);
        if (known is not null && time.GetElapsedTime(known.ReadAt) < FreshFor) return known;
        var readAt = time.GetTimestamp();
        var published = await grains.GetGrain<IRewardCatalogueGrain>(programme).Published(known?.Version ?? -1);
        var page = published is null ? known! with { ReadAt = readAt } : new Page(published, readAt);
        _pages[programme] = page;
        return page;
    }

    /// <summary>It has changed on this very node: nobody here goes by the old one any more.</summary>
    public void Forget(string programme) => _pages.TryRemove(programme, out _);

    public sealed record Page
    {
        private readonly FrozenDictionary<string, PublishedReward> _byId;

        public Page(PublishedRewards published, long readAt)
        {
            (Version, Rewards, ReadAt) = (published.Version, [.. published.Rewards], readAt);
            _byId = published.Rewards.ToFrozenDictionary(one => one.Reward.Id, StringComparer.Ordinal);
        }

        public long Version { get; }

        public IReadOnlyList<PublishedReward> Rewards { get; }

        public long ReadAt { get; init; }

        public CatalogueReward? Find(string id) => _byId.GetValueOrDefault(id)?.Reward;

        /// <summary>Its number on vouchers; 0 when it is gone.</summary>
        public int NumberOf(string id) => _byId.GetValueOrDefault(id)?.Number ?? 0;
    }
}
