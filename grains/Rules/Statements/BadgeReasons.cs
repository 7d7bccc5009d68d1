using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Recognition;
using Gamification.Rules.Badges;
using Gamification.Rules.Recognition;
using Gamification.Rules.Streaks;
using Gamification.Rules.Tiers;
using Gamification.Statements;

namespace Gamification.Rules.Statements;

/// <summary>Why a badge is held, or not: what counts towards it, what is missing, and what became of its awards.</summary>
internal static class BadgeReasons
{
    /// <summary>Null for a badge that is not offered and not held, and for a secret one that is not held.</summary>
    /// <param name="badge">Its id.</param>
    /// <param name="account">The account.</param>
    /// <param name="scheme">Of a programme that recognises its members.</param>
    /// <param name="history">The account's whole past.</param>
    /// <param name="today">The day that it is asked on.</param>
    /// <param name="homeDay">The same as the member lives it, by which streaks go.</param>
    /// <param name="joining">Why joining made a founder of the member or did not; null for nobody who joined.</param>
    public static BadgeWhy? Of(string badge, AccountState account, Scheme scheme, SaleHistory history, DateOnly today, DateOnly homeDay, Func<BadgeRule, Sentence?> joining)
    {
        var (book, state) = (scheme.Recognition!, account.Recognition ?? RecognitionState.Empty);
        var standing = state.BadgeOf(badge);
        var current = book.Badges.InForceOn(badge, today);
        var rule = current ?? (standing.Awards.IsEmpty ? null : book.Badges.Find(badge, standing.Awards[^1].Version));
        if (rule is null || (rule.Secret && standing.Level == 0)) return null;
        var why = new BadgeWhy
        {
            Id = badge,
            Name = rule.Name,
            Level = standing.Level,
            Awards = [.. standing.Awards.Select(award => new AwardWhy(award.Level, award.Scope, Day(award.On), award.RevokedOn is { } gone ? Day(gone) : null, award.By, award.Reason))],
            PastAwards = standing.Past.Sum(past => past.Count),
            How = book.Say(words => words.Of(rule)),
        };
        why = current switch
        {
            null => why,
            { For: StreakOf streak } => Towards(why, rule, book.BestOf(streak.Streak, state, homeDay)),
            { For: Conditional conditional } => why with { Requires = [.. conditional.Requires.Select(one => new RequirementWhy(book.Say(words => words.Of(one)), Holds(one, state, book, today, homeDay)))] },
            _ when BadgeCounting.Counts(rule.For) && BadgeScopes.Of(rule.For, today) is { } scope => Counting(why, standing, rule, scope, new BadgeDeeds(scheme, rule, scope.Scope, today).In(history)),
            _ => why,
        };
        return why with { Says = BadgeReasonWords.Say(why, rule, current is not null, book, joining(rule)) };
    }

    private static BadgeWhy Counting(BadgeWhy why, BadgeStanding standing, BadgeRule rule, (string Scope, int End) scope, BadgeDeeds deeds) => Towards(why, rule, standing.ValueIn(scope.Scope)) with
    {
        Scope = scope.Scope,
        Through = scope.End == int.MaxValue ? null : Day(scope.End - 1),
        Counted = [.. deeds.Counted.OrderByDescending(deed => deed.On).Take(BadgeWhy.CountedMax)],
        MoreCounted = Math.Max(0, deeds.Counted.Count - BadgeWhy.CountedMax),
        TakenBack = deeds.TakenBack,
        Uncounted = deeds.Uncounted,
    };

    private static BadgeWhy Towards(BadgeWhy why, BadgeRule rule, decimal done) => why with { Done = done, Needed = rule.Levels.FirstOrDefault(level => level.At > done)?.At };

    private static bool Holds(Requirement requirement, RecognitionState state, RecognitionBook book, DateOnly today, DateOnly homeDay) =>
        new Recognised(badge => state.BadgeOf(badge).Level, tier => book.HasTier(LevelOn(today, state, book), tier), streak => book.BestOf(streak, state, homeDay)).Meets(new([requirement])) > 0;

    /// <summary>The member's place on the ladder, also where nobody has noted yet that time has moved it.</summary>
    private static int LevelOn(DateOnly today, RecognitionState state, RecognitionBook book) =>
        state.Tier is { } standing && book.Rules.Tiers is { } ladder && TierRulings.At(standing, ladder, today) is { } has ? ladder.Levels.IndexOf(has) + 1 : 0;

    private static DateOnly Day(int day) => DateOnly.FromDayNumber(day);
}
