using System.Collections.Immutable;

namespace Gamification.Challenges;

/// <summary>A member as it takes part in challenges that are joined. The key is <c>programme/surrogate</c>. Whether there is such a challenge, and such a team, was asked before.</summary>
[Alias("contestant")]
public interface IContestant : IGrainWithStringKey
{
    /// <summary>Joins, leaves, or hides from standings: durable on return, and nothing when it is so already.</summary>
    [Alias("take-part")]
    Task Take(Participation part, DateTimeOffset at);

    /// <summary>What the member has joined, at most the newest 50.</summary>
    [ReadOnly]
    [Alias("takes-part")]
    Task<ImmutableArray<Participation>> Takes();
}
