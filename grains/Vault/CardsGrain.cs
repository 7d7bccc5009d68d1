using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Gamification.Programmes;

namespace Gamification.Vault;

/// <summary>The way to the vault. It keeps nothing: who is who is decided by the vault's unique cards, whichever activation asks.</summary>
[StatelessWorker]
[Reentrant]
internal sealed class CardsGrain(IVault vault, QuarantineShelf shelf, Surrogates surrogates, ProgrammeCatalog programmes) : Grain, ICardsGrain
{
    private string Programme => this.GetPrimaryKeyString();

    private UnknownCard Unknown => programmes.Of(Programme).UnknownCard;

    public async Task<ImmutableArray<Membership?>> Resolve(ImmutableArray<string> cards)
    {
        var known = await vault.FindCards(Programme, cards, CancellationToken.None);
        var memberships = new Membership?[cards.Length];
        List<int>? unknown = null;
        for (var i = 0; i < cards.Length; i++)
        {
            memberships[i] = known.GetValueOrDefault(cards[i]);
            if (memberships[i] is null) (unknown ??= []).Add(i);
        }

        if (unknown is not null && Unknown != UnknownCard.Refuse) await Admit(cards, unknown, memberships);
        return ImmutableArray.Create(memberships);
    }

    public async Task<Membership?> FindCard(string card) => await vault.FindCard(Programme, card, CancellationToken.None);

    public async Task<Membership?> FindPublicId(string publicId) => await vault.FindPublicId(Programme, publicId, CancellationToken.None);

    public async Task<ImmutableArray<Membership?>> FindPublicIds(ImmutableArray<string> publicIds)
    {
        var found = await vault.FindPublicIds(Programme, publicIds, CancellationToken.None);
        return [.. publicIds.Select(publicId => found.GetValueOrDefault(publicId))];
    }

    public async Task<ImmutableArray<Membership?>> FindMembers(ImmutableArray<MemberId> members)
    {
        var found = await vault.FindMembers(Programme, members, CancellationToken.None);
        return [.. members.Select(member => found.GetValueOrDefault(member))];
    }

    public async Task<Membership> Enrol(string card, DateTimeOffset receivedAt)
    {
        var membership = await vault.FindCard(Programme, card, CancellationToken.None)
            ?? (await vault.Admit(Programme, [surrogates.Propose(card, enrolled: true)]))[0];
        if (!membership.Enrolled) await vault.Enrol(Programme, membership.Member);
        return membership with { Enrolled = true };
    }

    public Task Quarantine(Quarantined body) => shelf.Keep(new()
    {
        Programme = Programme,
        Store = body.Store,
        Digest = DigestOf(body),
        Reason = body.Reason,
        Detail = body.Detail,
        Body = body.Body,
        ReceivedAt = body.ReceivedAt,
    });

    public async Task<ImmutableArray<Quarantined>> ReadQuarantine(string? store, long before, int limit)
    {
        var bodies = await vault.ReadQuarantine(Programme, store, before, Math.Clamp(limit, 1, 100), CancellationToken.None);
        return [.. bodies.Select(body => new Quarantined
        {
            Number = body.Number,
            Store = body.Store,
            Reason = body.Reason,
            Detail = body.Detail,
            Body = body.Body,
            ReceivedAt = body.ReceivedAt,
        })];
    }

    private async Task Admit(ImmutableArray<string> cards, List<int> unknown, Membership?[] memberships)
    {
        // A card may stand several times in one call; it is one proposal.
        var enrolled = Unknown == UnknownCard.AutoCreate;
        var distinct = unknown.Select(i => cards[i]).Distinct(StringComparer.Ordinal).ToList();
        var admitted = await vault.Admit(Programme, [.. distinct.Select(card => surrogates.Propose(card, enrolled))]);
        var byCard = distinct.Zip(admitted).ToDictionary(pair => pair.First, pair => pair.Second, StringComparer.Ordinal);
        foreach (var i in unknown) memberships[i] = byCard[cards[i]];
    }

    private static Guid DigestOf(Quarantined body)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(body.Body.Span);
        hash.AppendData(Encoding.UTF8.GetBytes(body.Reason));
        return new Guid(hash.GetHashAndReset().AsSpan(0, 16), bigEndian: true);
    }
}
