using Gamification.Leaderboards;

namespace Gamification.Live;

/// <summary>
/// A board that is watched from outside the cluster. The board grain implements it beside <see cref="IBoardGrain"/>, under the same key.
/// </summary>
[Alias("announced-board")]
public interface IAnnouncedBoard : IGrainWithStringKey
{
    /// <summary>
    /// From now on each published view is a <see cref="Notice"/> too; the answer is where they start from. Lasts 30 s from the last time that anybody
    /// asked, so that nothing is sent where nobody watches.
    /// </summary>
    [Alias("announce")]
    Task<BoardView> Announce();
}

/// <summary>A member that is watched from outside the cluster. The member grain implements it, under the same key.</summary>
[Alias("announced-member")]
public interface IAnnouncedMember : IGrainWithStringKey
{
    /// <summary>From now on each change is a <see cref="Notice"/> once it is durable, for 30 s; the answer is where they start from.</summary>
    [Alias("announce")]
    Task<AccountNumbers> Announce();
}
