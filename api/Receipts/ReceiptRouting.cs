using Gamification.Members;
using Gamification.Vault;

namespace Gamification.Api;

/// <summary>The account a receipt goes to. <see cref="Held"/> when its card is not enrolled yet; <see cref="Key"/> tells accounts apart.</summary>
internal readonly record struct Route(IReceiptAccount Account, string Key, Membership? Membership)
{
    public bool Held => Membership is { Enrolled: false };
}

/// <summary>
/// Finds the account: of a return or void, whoever holds the sale it names; else whoever holds the card; else the till itself.
/// </summary>
public sealed class ReceiptRouting(IGrainFactory grains, Cards cards)
{
    /// <summary>Null when there is a card that this programme refuses. <paramref name="holders"/> are cards resolved beforehand.</summary>
    internal async ValueTask<Route?> Of(string programme, ParsedReceipt parsed, Dictionary<string, CardHolder?>? holders = null)
    {
        var receipt = parsed.Receipt!;
        if (NeedsOwner(receipt) && await grains.GetGrain<IReceiptIndexGrain>(programme).OwnerOf(receipt.Original!.Value) is { } owner)
        {
            return await OfOwner(programme, owner);
        }

        if (parsed.Card is not { } card) return OfTill(ActorKeys.Till(programme, receipt.Key));
        var holder = holders is null ? await cards.Resolve(programme, card) : holders[card];
        return holder is null ? null : new Route(holder.Account, holder.Key, holder.Membership);
    }

    public static bool NeedsOwner(Receipt receipt) => receipt is { Type: not ReceiptType.Sale, Original: not null };

    private async ValueTask<Route> OfOwner(string programme, ActorId owner)
    {
        var key = $"{programme}/{owner.Key}";
        if (owner.Kind != "member") return OfTill(key);

        // Whether a member's sales still wait for its enrolment changes, so the vault is asked anew; returns are few.
        var membership = (await grains.GetGrain<ICardsGrain>(programme).FindMembers([MemberId.Parse(owner.Key)]))[0];
        return new(grains.GetGrain<IMemberGrain>(key), key, membership);
    }

    private Route OfTill(string key) => new(grains.GetGrain<ITillGrain>(key), key, null);
}
