using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Vault;

namespace Gamification.Api;

/// <summary>A card's holder, and the actor that keeps its account.</summary>
internal sealed record CardHolder(Membership Membership, string Key, IMemberGrain Account);

/// <summary>
/// Who holds which card: a bounded memory before the vault. Only enrolled holders are kept, since the others change by enrolling, and each only
/// briefly, so that an erased card earns nothing for longer than <see cref="EdgeOptions.CardsCachedFor"/>.
/// </summary>
public sealed class Cards(EdgeOptions options, IGrainFactory grains, TimeProvider clock)
{
    private readonly BoundedCache<(string Programme, string Card), CardHolder> _kept = new(options.CardsCached, options.CardsCachedFor, clock);

    /// <summary>Null when the programme refuses unknown cards and this is one.</summary>
    internal ValueTask<CardHolder?> Resolve(string programme, string card) =>
        _kept.TryGet((programme, card), out var holder) ? new(holder) : Ask(programme, card);

    /// <summary>The holder's membership, or null: nobody is admitted.</summary>
    internal async ValueTask<Membership?> Find(string programme, string card) =>
        _kept.TryGet((programme, card), out var holder) ? holder.Membership : await grains.GetGrain<ICardsGrain>(programme).FindCard(card);

    /// <summary>Asks the vault once for all those cards that are not known, so that <see cref="Resolve"/> of each finds it here.</summary>
    internal async ValueTask<Dictionary<string, CardHolder?>> ResolveAll(string programme, IEnumerable<string> cards)
    {
        var holders = new Dictionary<string, CardHolder?>(StringComparer.Ordinal);
        var unknown = ImmutableArray.CreateBuilder<string>();
        foreach (var card in cards)
        {
            if (holders.ContainsKey(card)) continue;
            holders[card] = _kept.TryGet((programme, card), out var holder) ? holder : null;
            if (holders[card] is null) unknown.Add(card);
        }

        if (unknown.Count == 0) return holders;
        var found = await grains.GetGrain<ICardsGrain>(programme).Resolve(unknown.ToImmutable());
        for (var i = 0; i < unknown.Count; i++) holders[unknown[i]] = Keep(programme, unknown[i], found[i]);
        return holders;
    }

    /// <summary>The next receipt with this card asks the vault.</summary>
    internal void Forget(string programme, string card) => _kept.Forget((programme, card));

    private async ValueTask<CardHolder?> Ask(string programme, string card) =>
        Keep(programme, card, (await grains.GetGrain<ICardsGrain>(programme).Resolve([card]))[0]);

    private CardHolder? Keep(string programme, string card, Membership? membership)
    {
        if (membership is null) return null;
        var key = ActorKeys.Member(programme, membership.Member);
        var holder = new CardHolder(membership, key, grains.GetGrain<IMemberGrain>(key));
        if (membership.Enrolled) _kept.Put((programme, card), holder);
        return holder;
    }
}

/// <summary>The keys of actors, in one place.</summary>
internal static class ActorKeys
{
    public static string Member(string programme, MemberId member) => $"{programme}/{member}";

    public static string Till(string programme, ReceiptKey receipt) => $"{programme}/{receipt.Store}/{receipt.Till}";
}
