using Gamification.Members;

namespace Gamification.Live;

/// <summary>The numbers of an account that its owner watches; versions only grow.</summary>
[GenerateSerializer, Immutable, Alias("account-numbers")]
public sealed record AccountNumbers(
    [property: Id(0)] long Version, [property: Id(1)] long Balance, [property: Id(2)] long Lifetime, [property: Id(3)] long Receipts);

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
    Task<AccountNumbers> Watch(IMemberObserver observer);

    [Alias("unwatch")]
    Task Unwatch(IMemberObserver observer);
}

/// <summary>Told of an account as it became. The newest version wins; whoever is behind may skip all but the last.</summary>
[Alias("member-observer")]
public interface IMemberObserver : IGrainObserver
{
    [OneWay]
    [Alias("changed")]
    Task Changed(AccountNumbers account);

    /// <summary>Nothing more is told: the account's actor was let go, and the next one knows no observers. Watch anew.</summary>
    [OneWay]
    [Alias("left")]
    Task Left();
}
