using System.Collections.Immutable;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Recognition;

namespace Gamification.Rules.Badges;

/// <summary>Founding members by number (spec D3): the first so many who enrol, as the quota of a campaign counts them, each taking one of it.</summary>
internal static class Founders
{
    /// <summary>What enrolling would take of campaigns at the most.</summary>
    public static ImmutableArray<CampaignUse> Wants(AccountState state, AccountContext context)
    {
        if (state.Enrolled || context.Scheme is not { Recognition: { } book } scheme) return [];
        return [.. book.FounderBadges.Select(badge => CampaignOf(book, badge, Enrolment.DayOf(book, context))).OfType<string>().Distinct().Where(campaign => scheme.FindCampaign(campaign) is not null)
            .Where(campaign => context.Grants.Of(campaign).Awards > 0).Select(campaign => new CampaignUse(campaign, 0, 1))];
    }

    /// <summary>What awarded badges have taken; null for nothing.</summary>
    public static ImmutableArray<CampaignUse>? Used(RecognitionMade? made, AccountContext context)
    {
        if (made is null || context.Scheme?.Recognition is not { } book) return null;
        var campaigns = made.Changes.OfType<BadgeAwarded>().Select(award => CampaignOf(book, award.Id.Badge, Enrolment.DayOf(book, context))).OfType<string>().Distinct().ToArray();
        return campaigns.Length == 0 ? null : [.. campaigns.Select(campaign => new CampaignUse(campaign, 0, 1))];
    }

    /// <summary>The campaign's word; null for a badge that asks none.</summary>
    public static bool? IsGranted(RecognitionBook book, string badge, AccountContext context) =>
        CampaignOf(book, badge, Enrolment.DayOf(book, context)) is { } campaign ? context.Scheme?.FindCampaign(campaign) is not null && context.Grants.Of(campaign).Awards > 0 : null;

    private static string? CampaignOf(RecognitionBook book, string badge, DateOnly on) =>
        book.Badges.InForceOn(badge, on) is { For: Founder { Campaign: { } campaign } founder } && (founder.Before is null || on < founder.Before) ? campaign : null;
}
