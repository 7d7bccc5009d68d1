using Gamification.Access;

namespace Gamification.Screens;

/// <summary>
/// A screen that waits to be claimed. Whoever stands in front of it reads the code aloud or types it; only the screen itself knows the secret,
/// of which we keep the SHA-256.
/// </summary>
[GenerateSerializer, Immutable, Alias("pairing-offer")]
public sealed record PairingOffer
{
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required string Code { get; init; }

    /// <summary>Lower-case hex.</summary>
    [Id(2)] public required string SecretHash { get; init; }

    [Id(3)] public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>The network that asked, so that none takes more than its share of the room. Forgotten with the pairing.</summary>
    [Id(4)] public required string Network { get; init; }
}

/// <summary>What a claimed screen is told, once.</summary>
[GenerateSerializer, Immutable, Alias("paired-screen")]
public sealed record PairedScreen([property: Id(0)] string Token, [property: Id(1)] string? Store, [property: Id(2)] string Language);

/// <summary>A staff member's claim of a code: the grant that will open boards to the screen, and what the screen is told.</summary>
[GenerateSerializer, Immutable, Alias("pairing-claim")]
public sealed record PairingClaim([property: Id(0)] string Programme, [property: Id(1)] KeyGrant Grant, [property: Id(2)] PairedScreen Screen);

public enum PairingOpened
{
    Opened,

    /// <summary>Another waiting screen shows this code; draw another.</summary>
    CodeTaken,

    /// <summary>As many screens of this network wait as may.</summary>
    NetworkFull,

    /// <summary>As many screens wait as may, wherever they are.</summary>
    Full,
}

public enum PairingClaimed
{
    Claimed,

    /// <summary>No waiting screen shows this code: mistyped, expired, or claimed before.</summary>
    Unknown,

    /// <summary>The programme has as many live keys as it may.</summary>
    TooManyKeys,
}

public enum PairingState
{
    Waiting,
    Paired,

    /// <summary>Never existed, or the secret is wrong: the two look the same from outside.</summary>
    Unknown,

    /// <summary>Expired, or its token was already handed out.</summary>
    Gone,
}

[GenerateSerializer, Immutable, Alias("pairing-answer")]
public sealed record PairingAnswer([property: Id(0)] PairingState State, [property: Id(1)] PairedScreen? Screen = null);

/// <summary>
/// Screens that wait for their code to be claimed, at most 10,000 and 32 of one network. They live in memory only: a stranger can open a pairing, so nothing of it
/// is durable before a claim, and a restart merely makes screens show a new code. There is one for the deployment; its key is <see cref="Key"/>.
/// </summary>
[Alias("pairings")]
public interface IPairingsGrain : IGrainWithStringKey
{
    public const string Key = "pairings";

    [Alias("open")]
    Task<PairingOpened> Open(PairingOffer offer, DateTimeOffset now);

    /// <summary>The grant is durable on return when the answer is <c>Claimed</c>.</summary>
    [Alias("claim")]
    Task<PairingClaimed> Claim(string code, PairingClaim claim, DateTimeOffset now);

    /// <summary>What the screen that holds the secret is told now. The token is handed out once.</summary>
    [Alias("ask")]
    Task<PairingAnswer> Ask(string id, string secretHash, DateTimeOffset now);
}
