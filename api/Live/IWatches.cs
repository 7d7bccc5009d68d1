using Gamification.Leaderboards;
using Gamification.Members;

namespace Gamification.Live;

/// <summary>
/// How the streams of this process hear of boards and members. A port: a node of the cluster lets grains call it, a host outside takes notices.
/// </summary>
internal interface IWatches
{
    IBoardWatch Of(IBoardObserver observer);

    IMemberWatch Of(string programme, MemberId member, IMemberObserver observer);

    /// <summary>Since when nobody is told anything, in <see cref="Uptime"/>, so that streams ask; null while all is well.</summary>
    TimeSpan? LostSince { get; }
}

/// <summary>One stream's watch of whichever board is current.</summary>
internal interface IBoardWatch : IDisposable
{
    /// <summary>From now on the observer is told of what the board publishes, until the watch runs out; the answer is where it starts from.</summary>
    Task<BoardView> Watch(BoardId board);

    Task Unwatch(BoardId board);
}

internal interface IMemberWatch : IDisposable
{
    /// <summary>From now on the observer is told of each change, until the watch runs out; the answer is where it starts from.</summary>
    Task<AccountNumbers> Watch();

    Task Unwatch();
}
