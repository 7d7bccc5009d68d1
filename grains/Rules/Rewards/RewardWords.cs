using System.Diagnostics;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rewards;
using Gamification.Rules.Earning;

namespace Gamification.Rules.Rewards;

/// <summary>
/// A reward as one sentence in French, Dutch or English, from its fields alone. Only its name is free text, and the names of tiers as <paramref name="tiers"/> has them.
/// Instants are told by their own offset.
/// </summary>
public sealed class RewardWords(Language language, string currency, TierLadder? tiers = null)
{
    private readonly Formats _formats = new(language, currency);

    /// <summary>"Tasse: 1 produit M-1 pour 200 points et 2 €, au plus 1 par membre."</summary>
    public string Of(CatalogueReward reward) => $"{Pick(reward.Fr, reward.Nl, reward.En)}{Pick("\u00A0: ", ": ", ": ")}{Gives(reward.Gives)} {Price(reward)}{string.Concat(Limits(reward).Select(limit => $", {limit}"))}.";

    private string Gives(RewardKind kind) => kind switch
    {
        DiscountReward discount => Pick($"{_formats.Money(discount.Amount)} de remise", $"{_formats.Money(discount.Amount)} korting", $"{_formats.Money(discount.Amount)} off"),
        PercentReward percent => Pick($"{_formats.Number(percent.Percent)}\u00A0% de remise", $"{_formats.Number(percent.Percent)}% korting", $"{_formats.Number(percent.Percent)}% off"),
        ProductReward product => Pick($"un produit {product.Sku}", $"een product {product.Sku}", $"one product {product.Sku}"),
        DeliveryReward => Pick("la livraison offerte", "gratis levering", "free delivery"),
        EarlyAccessReward early => Pick($"un accès anticipé dès le {At(early.OpensAt)}", $"vroege toegang vanaf {At(early.OpensAt)}", $"early access from {At(early.OpensAt)}"),
        WorkshopReward workshop => Pick($"une place le {At(workshop.StartsAt)}", $"een plaats op {At(workshop.StartsAt)}", $"a seat on {At(workshop.StartsAt)}")
            + Pick($", annulable jusqu’à {Hours(workshop.CancelHours)} avant", $", annuleerbaar tot {Hours(workshop.CancelHours)} vooraf", $", to be cancelled up to {Hours(workshop.CancelHours)} before"),
        PriorityReward priority => Pick("un service prioritaire pendant ", "voorrang gedurende ", "priority service for ") + Days(priority.Days),
        PartnerReward partner => Pick($"une offre de {partner.Partner}", $"een aanbod van {partner.Partner}", $"an offer from {partner.Partner}"),
        DonationReward donation => Pick(
            $"un don de {_formats.Money(donation.Amount)} à {donation.Cause}", $"een gift van {_formats.Money(donation.Amount)} aan {donation.Cause}", $"a gift of {_formats.Money(donation.Amount)} to {donation.Cause}"),
        StatusReward status => Pick($"le statut {_formats.Quote(status.Status)}", $"de status {_formats.Quote(status.Status)}", $"the status {_formats.Quote(status.Status)}"),
        PayReward pay => Pick(
            $"{_formats.Money(pay.Amount)} payés en points, jusqu’à {_formats.Number(pay.Steps)} fois par achat,",
            $"{_formats.Money(pay.Amount)} betaald met punten, tot {_formats.Number(pay.Steps)} keer per aankoop,",
            $"{_formats.Money(pay.Amount)} paid with points, up to {_formats.Number(pay.Steps)} times a purchase,"),
        _ => throw new UnreachableException($"No words for {kind.GetType().Name}."),
    };

    private string Price(CatalogueReward reward)
    {
        if (reward.Welcome) return Pick("en cadeau de bienvenue", "als welkomstgeschenk", "as a welcome gift");
        string[] parts =
        [
            .. reward.Points > 0 ? new[] { _formats.Count(reward.Points, ("point", "points"), ("punt", "punten"), ("point", "points")) } : [],
            .. reward.Money > 0 ? new[] { _formats.Money(reward.Money) } : [],
        ];
        return parts.Length == 0 ? Pick("gratuitement", "gratis", "for free") : Pick("pour ", "voor ", "for ") + _formats.Both(parts);
    }

    private IEnumerable<string> Limits(CatalogueReward reward)
    {
        if (!reward.Tiers.IsEmpty) yield return Pick("pour ", "voor ", "for ") + _formats.Either([.. reward.Tiers.Select(tier => _formats.Quote(TierName(tier)))]);
        if (reward.PerMember is { } most) yield return Pick($"au plus {_formats.Number(most)} par membre", $"hoogstens {_formats.Number(most)} per lid", $"at most {_formats.Number(most)} per member");
        if (reward.Stock is { } stock) yield return Pick($"{_formats.Number(stock)} en tout", $"{_formats.Number(stock)} in totaal", $"{_formats.Number(stock)} in all");
        if (reward.From is { } from) yield return Pick($"à partir du {At(from)}", $"vanaf {At(from)}", $"from {At(from)}");
        if (reward.Until is { } until) yield return Pick($"avant le {At(until)}", $"vóór {At(until)}", $"before {At(until)}");
    }

    private string TierName(string id) => tiers?.Levels.FirstOrDefault(level => level.Id == id)?.Name is { } name ? Pick(name.Fr, name.Nl, name.En) : id;

    private string At(DateTimeOffset instant) =>
        $"{_formats.Date(DateOnly.FromDateTime(instant.DateTime))}{Pick(" à ", " om ", " at ")}{_formats.Time(TimeOnly.FromDateTime(instant.DateTime))}";

    private string Hours(int hours) => _formats.Count(hours, ("heure", "heures"), ("uur", "uur"), ("hour", "hours"));

    private string Days(int days) => _formats.Count(days, ("jour", "jours"), ("dag", "dagen"), ("day", "days"));

    private string Pick(string fr, string nl, string en) => _formats.Pick(fr, nl, en);
}
