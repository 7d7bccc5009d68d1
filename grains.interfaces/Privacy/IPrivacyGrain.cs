namespace Gamification.Privacy;

/// <summary>How much of a member others may see (spec G5, §11).</summary>
public enum PrivacyMode
{
    /// <summary>Boards show the member under its pseudonym. The default.</summary>
    Shown,

    /// <summary>Out of the ranking: on no board, and the ranks of others pass over it; the member alone sees where it would stand.</summary>
    Private,

    /// <summary>The public profile is withdrawn: as private, and nothing of the member is shown anywhere else either.</summary>
    Hidden,

    /// <summary>The member left for good. Nothing comes after it.</summary>
    Erased,
}

/// <summary>What a member wishes, since when. <see cref="Since"/> is null for who never said anything.</summary>
[GenerateSerializer, Immutable, Alias("privacy-view")]
public sealed record PrivacyView([property: Id(0)] PrivacyMode Mode, [property: Id(1)] DateTimeOffset? Since);

/// <summary>
/// How much of one member others may see. A wish is durable when its task completes, and live boards follow within a moment; repeating it changes
/// nothing. The key is the member's, <c>programme/surrogate</c>.
/// </summary>
[Alias("privacy")]
public interface IPrivacyGrain : IGrainWithStringKey
{
    [ReadOnly]
    [Alias("view")]
    Task<PrivacyView> View();

    /// <summary>
    /// The answer is what holds from now on: for an erased member that is <see cref="PrivacyMode.Erased"/>, whatever was asked.
    /// </summary>
    [Alias("set")]
    Task<PrivacyView> Set(PrivacyMode mode, DateTimeOffset at);
}
