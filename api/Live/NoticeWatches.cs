using Gamification.Leaderboards;
using Gamification.Members;

namespace Gamification.Live;

/// <summary>
/// Outside the cluster: follows a topic's notices, then has its actor announce them for half a minute. Repeated by the stream for as long as
/// somebody looks; it runs out by itself.
/// </summary>
internal sealed class NoticeWatches(INotices notices, IGrainFactory grains, TimeProvider clock) : IWatches
{
    public TimeSpan? LostSince => notices.AwaySince is { } since ? Uptime.Now(clock) - clock.GetElapsedTime(since) : null;

    public IBoardWatch Of(IBoardObserver observer) => new BoardWatch(notices, grains, observer);

    public IMemberWatch Of(string programme, MemberId member, IMemberObserver observer) => new MemberWatch(notices, grains, programme, member, observer);

    private sealed class BoardWatch(INotices notices, IGrainFactory grains, IBoardObserver observer) : IBoardWatch
    {
        public async Task<BoardView> Watch(BoardId board)
        {
            // Followed first, so that nothing falls between the answer and the first notice.
            await notices.Follow(NoticeTopic.Of(board), notice =>
            {
                if (notice is Notice.OfBoard { View: var view }) _ = observer.Published(view);
            });
            return await grains.GetGrain<IAnnouncedBoard>(board.ToString()).Announce();
        }

        public Task Unwatch(BoardId board) => notices.Unfollow(NoticeTopic.Of(board));

        public void Dispose()
        {
            // Nothing is kept for it.
        }
    }

    private sealed class MemberWatch(INotices notices, IGrainFactory grains, string programme, MemberId member, IMemberObserver observer) : IMemberWatch
    {
        public async Task<AccountNumbers> Watch()
        {
            await notices.Follow(NoticeTopic.Of(programme, member), notice =>
            {
                if (notice is Notice.OfAccount account) _ = account.Numbers is { } numbers ? observer.Changed(numbers) : observer.Left();
            });
            return await grains.GetGrain<IAnnouncedMember>($"{programme}/{member}").Announce();
        }

        public Task Unwatch() => notices.Unfollow(NoticeTopic.Of(programme, member));

        public void Dispose()
        {
            // Nothing is kept for it.
        }
    }
}
