using Gamification.Members;

namespace Gamification.Live;

/// <summary>
/// A member whose owner is looking. The member grain implements it beside <see cref="IMemberGrain"/>, under the same key, so that a till's
/// receipt reaches the phone at once.
/// </summary>
[Alias("watched-member")]
public interface IWatchedMember : IGrainWithStringKey
{
    /// <summary>
    /// From now on the observer is told of each change once it is durable; the answer is where it starts from. Lasts 2 minutes unless repeated.
    /// </summary>
    [Alias("watch")]
    Task<MemberView> Watch(IMemberObserver observer);

    [Alias("unwatch")]
    Task Unwatch(IMemberObserver observer);
}

/// <summary>Told of an account as it became. Newest version wins; whoever is behind may skip all but the last.</summary>
[Alias("member-observer")]
public interface IMemberObserver : IGrainObserver
{
    [OneWay]
    [Alias("changed")]
    Task Changed(MemberView view);
}
