using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Gamification.Programmes;
using Gamification.Rules.Redeeming;
using Gamification.Rules.Rewards;

namespace Gamification.Rewards;

/// <summary>32 secret bytes for one voucher key of a programme: always the same for a deployment, and nobody else can have them.</summary>
public delegate byte[] VoucherSecret(string programme, byte number);

/// <summary>
/// Signs and checks vouchers on this node. Private keys are derived from the deployment's secret by programme and number when they are needed:
/// nothing to store, to send or to lose apart from the secret itself, and every node has the same.
/// </summary>
public sealed class VoucherPress(VoucherSecret secret, IGrainFactory grains, ProgrammeCatalog programmes, RewardBook book, TimeProvider time)
{
    private static readonly TimeSpan FreshFor = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (VoucherKeyList List, ImmutableArray<VoucherKey> Public, long ReadAt)> _known = new(StringComparer.Ordinal);

    public async ValueTask<string?> Print(string programme, EntitlementView entitlement)
    {
        if (KindOf(entitlement) is not { } kind) return null;
        var (keys, _, _) = await Keys(programme);
        var settings = programmes.Of(programme);
        var isHeld = entitlement.State == EntitlementState.Held;
        var number = isHeld ? KeyCase.Online : keys.Keys[^1].Number;
        var today = RewardDays.DayOf(time.GetUtcNow(), settings.TimeZone);
        var amount = kind == VoucherKind.Product ? (await book.Of(programme)).NumberOf(entitlement.Reward.Id) : AmountOf(entitlement);
        using var key = Vouchers.KeyFrom(secret(programme, number));
        return Vouchers.Sign(
            new(NumberOf(programme), number, kind, checked((uint)amount), settings.Currency, isHeld ? today : entitlement.ValidThrough ?? today, entitlement.Id.Value), key);
    }

    /// <summary>What a connected till's voucher says, also of what is held.</summary>
    public async ValueTask<(VoucherVerdict Verdict, Voucher? Voucher)> Check(string programme, string text, DateOnly today)
    {
        var trust = await Trust(programme);
        var online = new VoucherKey(KeyCase.Online, PublicOf(programme, KeyCase.Online), today.AddDays(RewardDays.Max));
        return Vouchers.Check(text, trust with { Keys = trust.Keys.Add(online) }, today);
    }

    /// <summary>What tills may trust without asking.</summary>
    public async ValueTask<VoucherTrust> Trust(string programme)
    {
        var (list, keys, _) = await Keys(programme);
        var trust = new VoucherTrust { Programme = NumberOf(programme), Keys = keys, Revoked = [.. list.Revoked.Select(id => id.Value)] };
        return trust.On(RewardDays.DayOf(time.GetUtcNow(), programmes.Of(programme).TimeZone));
    }

    /// <summary>32 bits of SHA-256 over the programme's id.</summary>
    internal static uint NumberOf(string programme) => BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(programme)));

    private async ValueTask<(VoucherKeyList List, ImmutableArray<VoucherKey> Public, long ReadAt)> Keys(string programme)
    {
        var isKnown = _known.TryGetValue(programme, out var known);
        if (isKnown && time.GetElapsedTime(known.ReadAt) < FreshFor) return known;
        var readAt = time.GetTimestamp();
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var list = await grains.GetGrain<IVoucherKeysGrain>(programme).List(isKnown ? known.List.Version : -1, time.GetUtcNow());
        known = list is null
            ? known with { ReadAt = readAt }
            : (list, [.. list.Keys.Select(key => new VoucherKey(key.Number, PublicOf(programme, key.Number), key.ValidThrough ?? today.AddDays(RewardDays.Max + 2)))], readAt);
        return _known[programme] = known;
    }

    private byte[] PublicOf(string programme, byte number)
    {
        using var key = Vouchers.KeyFrom(secret(programme, number));
        return key.ExportSubjectPublicKeyInfo();
    }

    /// <summary>Null for what no till takes.</summary>
    private static VoucherKind? KindOf(EntitlementView entitlement) => entitlement switch
    {
        { State: not (EntitlementState.Held or EntitlementState.Ready) } => null,
        { Reward.Gives: DiscountReward or PayReward } => VoucherKind.Discount,
        { Reward.Gives: PercentReward } => VoucherKind.Percent,
        { Reward.Gives: DeliveryReward } => VoucherKind.Delivery,
        { Reward.Gives: DonationReward or StatusReward or WorkshopReward } => null,
        _ => VoucherKind.Product,
    };

    private static long AmountOf(EntitlementView entitlement) => entitlement.Reward.Gives switch
    {
        DiscountReward discount => discount.Amount,
        PayReward pay => pay.Amount * entitlement.Steps,
        PercentReward percent => percent.Percent,
        _ => 0,
    };
}
