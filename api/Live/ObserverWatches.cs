using Gamification.Leaderboards;
using Gamification.Members;

namespace Gamification.Live;

/// <summary>Inside the cluster grains call observers: there is nothing between that could be lost and not be the cluster's own trouble.</summary>
internal sealed class ObserverWatches(IGrainFactory grains) : IWatches
{
    public TimeSpan? LostSince => null;

    public IBoardWatch Of(IBoardObserver observer) => new BoardWatch(grains, grains.CreateObjectReference<IBoardObserver>(observer));

    public IMemberWatch Of(string programme, MemberId member, IMemberObserver observer) =>
        new MemberWatch(grains, $"{programme}/{member}", grains.CreateObjectReference<IMemberObserver>(observer));

    private sealed class BoardWatch(IGrainFactory grains, IBoardObserver reference) : IBoardWatch
    {
        public Task<BoardView> Watch(BoardId board) => grains.GetGrain<IBoardGrain>(board.ToString()).Watch(reference);

        public Task Unwatch(BoardId board) => grains.GetGrain<IBoardGrain>(board.ToString()).Unwatch(reference);

        public void Dispose() => grains.DeleteObjectReference<IBoardObserver>(reference);
    }

    private sealed class MemberWatch(IGrainFactory grains, string key, IMemberObserver reference) : IMemberWatch
    {
        public Task<AccountNumbers> Watch() => grains.GetGrain<IWatchedMember>(key).Watch(reference);

        public Task Unwatch() => grains.GetGrain<IWatchedMember>(key).Unwatch(reference);

        public void Dispose() => grains.DeleteObjectReference<IMemberObserver>(reference);
    }
}
