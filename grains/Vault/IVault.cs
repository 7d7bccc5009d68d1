using System.Collections.Immutable;
using Gamification.Rules.Recognition;

namespace Gamification.Vault;

/// <summary>Personal data, apart from the ledger: cards, public ids, birth dates, quarantined bodies. Erasure happens here.</summary>
public interface IVault
{
    /// <summary>The membership of a card, or null when the card is unknown.</summary>
    ValueTask<Membership?> FindCard(string programme, string card, CancellationToken cancellation);

    /// <summary>Memberships by card; cards that are unknown are missing from the answer.</summary>
    ValueTask<IReadOnlyDictionary<string, Membership>> FindCards(string programme, IReadOnlyCollection<string> cards, CancellationToken cancellation);

    ValueTask<Membership?> FindPublicId(string programme, string publicId, CancellationToken cancellation);

    /// <summary>Memberships by public id; those that are unknown are missing from the answer.</summary>
    ValueTask<IReadOnlyDictionary<string, Membership>> FindPublicIds(string programme, IReadOnlyCollection<string> publicIds, CancellationToken cancellation);

    /// <summary>Memberships by surrogate; those that are unknown or erased are missing from the answer.</summary>
    ValueTask<IReadOnlyDictionary<MemberId, Membership>> FindMembers(string programme, IReadOnlyCollection<MemberId> members, CancellationToken cancellation);

    /// <summary>
    /// The membership of each card, created where it is unknown, with the proposed surrogate and public id. Durable on return.
    /// Two callers that race for one card both get the membership that was stored first. A proposed public id that is taken is answered by
    /// storing the one with the next <see cref="NewMembership.PublicIds"/> candidate.
    /// </summary>
    ValueTask<ImmutableArray<Membership>> Admit(string programme, IReadOnlyList<NewMembership> proposals);

    /// <summary>Marks a membership as enrolled; true when it was not before.</summary>
    ValueTask<bool> Enrol(string programme, MemberId member);

    /// <summary>What is known of a member's birth; nothing for whoever the vault does not know.</summary>
    ValueTask<BirthDate> FindBirthDate(string programme, MemberId member, CancellationToken cancellation);

    /// <summary>Replaces it, durable on return; false when it is not <paramref name="before"/> any more, or the member is unknown.</summary>
    ValueTask<bool> SetBirthDate(string programme, MemberId member, BirthDate before, BirthDate after);

    /// <summary>
    /// Keeps a body that could not be accepted, with the reason, once per (store, digest): a till that repeats itself adds nothing. Durable on return.
    /// Then the store's oldest go until it is within its bounds in number and bytes; answers how many went. The newest stays, however large it is.
    /// </summary>
    ValueTask<int> Quarantine(QuarantinedBody body, QuarantineBounds bounds);

    /// <summary>Lets go of every quarantined body, of all programmes, that was received before that instant (exclusive); answers how many.</summary>
    ValueTask<int> ForgetQuarantined(DateTimeOffset before);

    /// <summary>Quarantined bodies, newest first, starting below <paramref name="before"/> (exclusive; long.MaxValue for the first page).</summary>
    ValueTask<ImmutableArray<QuarantinedBody>> ReadQuarantine(string programme, string? store, long before, int limit, CancellationToken cancellation);
}

public sealed record NewMembership(string Card, MemberId Member, ImmutableArray<string> PublicIds, bool Enrolled);

/// <summary>A receipt that was refused or that contradicts an earlier one. <see cref="Number"/> is given by the vault.</summary>
public sealed record QuarantinedBody
{
    public long Number { get; init; }

    public required string Programme { get; init; }

    public required string Store { get; init; }

    /// <summary>128 bits of SHA-256 over <see cref="Body"/> and <see cref="Reason"/>.</summary>
    public required Guid Digest { get; init; }

    /// <summary>The problem's type, e.g. <c>duplicate-conflict</c>.</summary>
    public required string Reason { get; init; }

    public required string Detail { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }
}
