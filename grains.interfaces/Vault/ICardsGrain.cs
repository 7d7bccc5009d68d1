using System.Collections.Immutable;

namespace Gamification.Vault;

/// <summary>
/// What ties a card to a surrogate. Only the vault holds this; the ledger never sees a card number.
/// <see cref="PublicId"/> is what other people may see of a member: random, short, never reused.
/// </summary>
[GenerateSerializer, Immutable, Alias("membership")]
public sealed record Membership([property: Id(0)] MemberId Member, [property: Id(1)] string PublicId, [property: Id(2)] bool Enrolled);

/// <summary>A body that was refused or that contradicts an earlier one, as the vault keeps it.</summary>
[GenerateSerializer, Immutable, Alias("quarantined")]
public sealed record Quarantined
{
    /// <summary>Grows with time within a programme; the cursor of the listing.</summary>
    [Id(0)] public long Number { get; init; }

    [Id(1)] public required string Store { get; init; }

    /// <summary>The problem's code, e.g. <c>duplicate-conflict</c>.</summary>
    [Id(2)] public required string Reason { get; init; }

    [Id(3)] public required string Detail { get; init; }

    [Id(4)] public required ReadOnlyMemory<byte> Body { get; init; }

    [Id(5)] public required DateTimeOffset ReceivedAt { get; init; }
}

/// <summary>The way to the vault. Stateless: any number may run. The key is the programme's id.</summary>
[Alias("cards")]
public interface ICardsGrain : IGrainWithStringKey
{
    /// <summary>
    /// The memberships of these cards by position, admitting unknown ones as the programme's settings say: enrolled under <c>auto-create</c>,
    /// not enrolled under <c>hold</c>, null under <c>refuse</c>. Durable on return. At most 10,000 cards.
    /// </summary>
    [Alias("resolve")]
    Task<ImmutableArray<Membership?>> Resolve(ImmutableArray<string> cards);

    /// <summary>The membership of a card, or null; nobody is admitted.</summary>
    [Alias("find-card")]
    Task<Membership?> FindCard(string card);

    /// <summary>The membership behind a public id, or null.</summary>
    [Alias("find-public")]
    Task<Membership?> FindPublicId(string publicId);

    /// <summary>The memberships behind public ids by position; null for those unknown. At most 1,000.</summary>
    [Alias("find-public-ids")]
    Task<ImmutableArray<Membership?>> FindPublicIds(ImmutableArray<string> publicIds);

    /// <summary>Memberships by position; null for members unknown or erased. At most 1,000.</summary>
    [Alias("find-members")]
    Task<ImmutableArray<Membership?>> FindMembers(ImmutableArray<MemberId> members);

    /// <summary>Enrols a card, admitting it when it is unknown, whatever the settings say of unknown cards. Safe to repeat.</summary>
    [Alias("enrol")]
    Task<Membership> Enrol(string card, DateTimeOffset receivedAt);

    /// <summary>Keeps a body for a person to look at, once per store and content. Durable on return; older ones may go to make room.</summary>
    [Alias("quarantine")]
    Task Quarantine(Quarantined body);

    /// <summary>Newest first, numbers below <paramref name="before"/>; of one store or of all. At most 100.</summary>
    [Alias("read-quarantine")]
    Task<ImmutableArray<Quarantined>> ReadQuarantine(string? store, long before, int limit);
}
