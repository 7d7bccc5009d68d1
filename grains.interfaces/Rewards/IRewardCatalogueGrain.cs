using System.Collections.Immutable;

namespace Gamification.Rewards;

/// <summary>A reward of the catalogue that stands, and its number on vouchers: given once, never to another.</summary>
[GenerateSerializer, Immutable, Alias("published-reward")]
public sealed record PublishedReward([property: Id(0)] CatalogueReward Reward, [property: Id(1)] int Number);

/// <summary>The catalogue that stands. <see cref="Version"/> grows with each change.</summary>
[GenerateSerializer, Immutable, Alias("published-rewards")]
public sealed record PublishedRewards([property: Id(0)] long Version, [property: Id(1)] ImmutableArray<PublishedReward> Rewards);

/// <summary>A programme's catalogue of rewards at run time. The key is the programme.</summary>
[Alias("reward-catalogue-actor")]
public interface IRewardCatalogueGrain : IGrainWithStringKey
{
    /// <summary>
    /// Makes this the catalogue, durable on return, and tells every reward's stock of its terms, again until it has heard them. The same again
    /// changes nothing. Nodes go by it within five seconds. What was promised before stays promised; a reward that is left out can no longer
    /// be asked for.
    /// </summary>
    /// <param name="catalogue">Checked: <c>RewardDocument</c> has no complaint.</param>
    /// <param name="by">Who did it.</param>
    /// <param name="at">The real time.</param>
    [Alias("publish")]
    Task Publish(RewardCatalogue catalogue, string by, DateTimeOffset at);

    /// <summary>Null when <paramref name="known"/> is the version that stands.</summary>
    [ReadOnly]
    [Alias("published")]
    Task<PublishedRewards?> Published(long known);
}
