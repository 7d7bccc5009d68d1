using System.Text.Json;
using Gamification.Members;
using Gamification.Rewards;

namespace Gamification.Api;

/// <summary>Rewards and what members have of them, as apps and tills read them. Money is in units of the programme's currency.</summary>
internal static class RewardJson
{
    public static void Write(Utf8JsonWriter writer, EntitlementView one, Programme programme, string? voucher)
    {
        writer.WriteStartObject();
        WriteFields(writer, one, programme, voucher);
        writer.WriteEndObject();
    }

    public static void WriteFields(Utf8JsonWriter writer, EntitlementView one, Programme programme, string? voucher)
    {
        writer.WriteString("id"u8, one.Id.ToString());
        writer.WriteString("state"u8, Word(one.State.ToString()));
        WriteReward(writer, one.Reward, programme);
        writer.WriteNumber("steps"u8, one.Steps);
        writer.WriteNumber("worth"u8, WorthOf(one, programme));
        writer.WriteNumber("points"u8, one.Points);
        writer.WriteString("until"u8, one.Until);
        writer.WriteDate("validThrough"u8, one.ValidThrough);
        writer.WriteNumber("place"u8, one.Place);
        writer.WriteString("cause"u8, one.Cause);
        writer.WriteString("voucher"u8, voucher);
    }

    /// <summary>One line of the catalogue for one member.</summary>
    public static void Write(Utf8JsonWriter writer, RewardOffer offer, long? left, Programme programme)
    {
        var reward = offer.Reward;
        var refusal = offer.Refusal ?? (left == 0 ? new("sold-out", "/reward", "None is left.") : null);
        writer.WriteStartObject();
        WriteReward(writer, reward, programme);
        writer.WriteNumber("points"u8, reward.Points);
        writer.WriteNumber("stepsMax"u8, reward.Gives is PayReward pay ? pay.Steps : 1);
        writer.WriteText("text"u8, offer.Text.Fr, offer.Text.Nl, offer.Text.En);
        writer.WriteBoolean("available"u8, refusal is null);
        writer.WriteBoolean("affordable"u8, offer.Missing == 0);
        writer.WriteNumber("missing"u8, offer.Missing);
        writer.WriteNumber("left"u8, left);
        if (refusal is null)
        {
            writer.WriteNull("why"u8);
        }
        else
        {
            writer.WriteStartObject("why"u8);
            writer.WriteString("code"u8, refusal.Code);
            writer.WriteString("remedy"u8, refusal.Remedy);
            writer.WriteEndObject();
        }

        writer.WriteEndObject();
    }

    /// <summary>What a statement's entry says of a reward.</summary>
    public static void WriteLine(Utf8JsonWriter writer, StatementReward? line)
    {
        if (line is null)
        {
            writer.WriteNull("reward"u8);
            return;
        }

        writer.WriteStartObject("reward"u8);
        writer.WriteString("redemption"u8, line.Entitlement?.ToString());
        writer.WriteString("id"u8, line.Reward);
        writer.WriteText("text"u8, line.Fr, line.Nl, line.En);
        writer.WriteEndObject();
    }

    /// <summary>The words of the wire: <c>no-show</c>.</summary>
    public static string Word(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    private static void WriteReward(Utf8JsonWriter writer, CatalogueReward reward, Programme programme)
    {
        writer.WriteString("reward"u8, reward.Id);
        writer.WriteString("kind"u8, KindOf(reward.Gives));
        writer.WriteText("name"u8, reward.Fr, reward.Nl, reward.En);
        writer.WriteNumber("money"u8, programme.InUnits(reward.Money));
    }

    /// <summary>What it takes off a purchase; null for what is no money.</summary>
    private static decimal? WorthOf(EntitlementView one, Programme programme) => one.Reward.Gives switch
    {
        DiscountReward discount => programme.InUnits(discount.Amount),
        PayReward pay => programme.InUnits(pay.Amount * one.Steps),
        _ => null,
    };

    private static string KindOf(RewardKind kind) => kind switch
    {
        DiscountReward => "discount",
        PercentReward => "percent",
        ProductReward => "product",
        DeliveryReward => "free-delivery",
        EarlyAccessReward => "early-access",
        WorkshopReward => "workshop",
        PriorityReward => "priority",
        PartnerReward => "partner",
        DonationReward => "donation",
        StatusReward => "status",
        _ => "pay",
    };
}
