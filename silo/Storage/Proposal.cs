using Gamification.Vault;

namespace Gamification.Storage;

/// <summary>One card that somebody wants admitted, as a vault's storage sees it.</summary>
internal sealed record Proposal(string Programme, Guid CardHash, NewMembership Membership)
{
    /// <summary>What the callers of one group commit asked for, a card once: the first proposal for it decides.</summary>
    public static List<Proposal> Distinct(IReadOnlyList<IReadOnlyList<Proposal>> groups) =>
        [.. groups.SelectMany(group => group).DistinctBy(proposal => (proposal.Programme, proposal.CardHash)).OrderBy(proposal => proposal.CardHash)];

    public InvalidOperationException NoPublicIdLeft() =>
        new($"All {Membership.PublicIds.Length} public ids proposed for member {Membership.Member} are taken; propose others.");
}
