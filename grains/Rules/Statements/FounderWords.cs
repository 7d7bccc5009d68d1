using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Earning;
using Gamification.Statements;

namespace Gamification.Rules.Statements;

/// <summary>Why joining made a founding member of somebody, or did not (spec D3, R4): what was asked, and what had been taken by then.</summary>
internal static class FounderWords
{
    /// <summary>Null where the programme had no such badge on that day.</summary>
    /// <param name="enrolled">The joining.</param>
    /// <param name="context">When and under what.</param>
    /// <param name="only">The badge that is asked for; null for all.</param>
    public static Sentence? Of(MemberEnrolled enrolled, AccountContext context, string? only = null)
    {
        if (context.Scheme is not { Recognition: { } book } scheme) return null;
        var on = enrolled.Recognised?.Dates?.EnrolledOn ?? book.DayOf(context.At);
        var badges = book.FounderBadges.Where(id => only is null || id == only).Select(id => book.Badges.InForceOn(id, on)).OfType<BadgeRule>().ToArray();
        return badges.Length == 0 ? null : new(Say(Language.Fr), Say(Language.Nl), Say(Language.En));

        string Say(Language language) => string.Join(' ', badges.Select(badge => Of(badge, (Founder)badge.For, IsAwarded(badge), new(language, context.Settings.Currency))));

        bool IsAwarded(BadgeRule badge) => enrolled.Recognised?.Changes.Any(change => change is BadgeAwarded award && award.Id.Badge == badge.Id) == true;

        string Of(BadgeRule badge, Founder founder, bool isAwarded, Formats formats)
        {
            var name = formats.Pick($"«\u00A0{badge.Name.Fr}\u00A0»", $"‘{badge.Name.Nl}’", $"“{badge.Name.En}”");
            if (isAwarded) return formats.Pick($"{name} obtenu à l’inscription.", $"{name} behaald bij de inschrijving.", $"{name} earned on joining.");
            if (founder.Before is { } before && on >= before)
                return formats.Pick($"{name} était pour les inscriptions avant le {formats.Date(before)}.", $"{name} was voor inschrijvingen vóór {formats.Date(before)}.", $"{name} was for those who joined before {formats.Date(before)}.");
            if (founder.Campaign is { } campaign && scheme.FindCampaign(campaign)?.Quota is { } quota)
                return formats.Pick($"{name} était pour les {formats.Number(quota)} premiers, et les {formats.Number(quota)} places étaient prises.",
                    $"{name} was voor de eerste {formats.Number(quota)}, en alle {formats.Number(quota)} plaatsen waren ingenomen.",
                    $"{name} was for the first {formats.Number(quota)}, and all {formats.Number(quota)} places were taken.");
            return formats.Pick($"{name} ne pouvait pas être obtenu à ce moment.", $"{name} kon op dat moment niet worden behaald.", $"{name} could not be earned then.");
        }
    }
}
