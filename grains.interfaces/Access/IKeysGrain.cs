using System.Collections.Immutable;

namespace Gamification.Access;

/// <summary>What an opaque key opens.</summary>
public enum KeyKind
{
    /// <summary>Posts receipts for its one store, and nothing else.</summary>
    Till,

    /// <summary>Reads boards; paired by a code.</summary>
    Screen,

    /// <summary>Reports what members do elsewhere, and their segments: a community's server, a survey tool. It reads nothing.</summary>
    Service,
}

/// <summary>A key as it is kept: its SHA-256, never itself. A key is 32 random bytes, so that a plain hash is enough.</summary>
[GenerateSerializer, Immutable, Alias("key-grant")]
public sealed record KeyGrant
{
    /// <summary>Names the key in lists and for revocation; says nothing about its secret.</summary>
    [Id(0)] public required string Id { get; init; }

    [Id(1)] public required KeyKind Kind { get; init; }

    /// <summary>The one store it belongs to; null for a screen that shows the whole programme.</summary>
    [Id(2)] public string? Store { get; init; }

    /// <summary>What people call it, e.g. "Gent, tills 1-4".</summary>
    [Id(3)] public required string Name { get; init; }

    /// <summary>SHA-256 of the key's text, lower-case hex.</summary>
    [Id(4)] public required string Hash { get; init; }

    [Id(5)] public required DateTimeOffset CreatedAt { get; init; }

    [Id(6)] public DateTimeOffset? RevokedAt { get; init; }

    /// <summary>What a screen speaks, <c>fr</c>, <c>nl</c> or <c>en</c>; null for whatever it likes.</summary>
    [Id(7)] public string? Language { get; init; }
}

/// <summary>All opaque keys of a programme, live and revoked. The key is the programme's id.</summary>
[Alias("keys")]
public interface IKeysGrain : IGrainWithStringKey
{
    /// <summary>Durable on return. Adding the same hash again returns the first grant. Null, and nothing added, when 10,000 keys are live.</summary>
    [Alias("add")]
    Task<KeyGrant?> Add(KeyGrant grant);

    /// <summary>False when there is no such key. Revoking again changes nothing. Edges learn of it within a second.</summary>
    [Alias("revoke")]
    Task<bool> Revoke(string id, DateTimeOffset at);

    /// <summary>The live grant with this hash, or null.</summary>
    [ReadOnly]
    [Alias("find")]
    Task<KeyGrant?> Find(string hash);

    /// <summary>All grants, oldest first.</summary>
    [ReadOnly]
    [Alias("list")]
    Task<ImmutableArray<KeyGrant>> List();

    /// <summary>Grows with every change, so that an edge can tell cheaply whether what it caches still holds.</summary>
    [ReadOnly]
    [Alias("version")]
    Task<long> Version();
}
