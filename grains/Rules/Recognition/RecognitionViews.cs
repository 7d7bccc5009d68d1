using System.Collections.Immutable;
using Gamification.Ledger;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Badges;
using Gamification.Rules.Ledger;
using Gamification.Rules.Streaks;
using Gamification.Rules.Tiers;

namespace Gamification.Rules.Recognition;

/// <summary>A member's recognition as it is seen on a day: a pure function of the standings and the day, the same whether or not any job ran by then.</summary>
public static class RecognitionViews
{
    /// <param name="account">The account.</param>
    /// <param name="book">The programme's recognition.</param>
    /// <param name="at">The business time; null when there is none yet.</param>
    /// <param name="incidents">Those of the programme, also what the account has not bridged yet; null for none.</param>
    public static RecognitionView At(AccountState account, RecognitionBook book, DateTimeOffset? at, IncidentList? incidents = null)
    {
        var state = account.Recognition ?? RecognitionState.Empty;
        var (today, homeDay) = DaysOf(account, book, at);
        return new()
        {
            Tier = book.Rules.Tiers is { } ladder ? Tier(state.Tier ?? TierRulings.Enrol(ladder, today), ladder, book, today) : null,
            Badges = [.. book.Badges.Badges.Select(id => Badge(state.BadgeOf(id), book, today)).OfType<BadgeView>()],
            Streaks = [.. book.Rules.Streaks.Select(rule => Streak(StreakOf(account, rule, incidents), rule, book, homeDay))],
            Cards = [.. book.Rules.Cards.Select(card => Card(card, state, account.Ledger, book, at))],
            Plans = [.. state.Plans.Select(plan => Plan(plan, book, today)).OfType<PlanView>()],
            Perks = Perks.At(state, book, today),
            Home = state.Home is { } lives ? new(lives.Zone, DateTimeOffset.FromUnixTimeMilliseconds(lives.ChangedAt)) : null,
        };
    }

    /// <summary>The day that the account is seen on, in the programme's zone and as the member lives it.</summary>
    internal static (DateOnly Today, DateOnly HomeDay) DaysOf(AccountState account, RecognitionBook book, DateTimeOffset? at)
    {
        var seen = Math.Max(1, account.Recognition?.SeenThrough ?? 0);
        var today = DateOnly.FromDayNumber(Math.Max(seen, at is { } now ? book.DayOf(now).DayNumber : 0));
        return (today, account.Recognition?.Home is { } home && at is { } here ? home.DatesOf(here).Date : today);
    }

    /// <summary>The streak with the incidents that the account has not bridged yet.</summary>
    internal static Streak StreakOf(AccountState account, StreakRule rule, IncidentList? incidents)
    {
        var (state, seen) = (account.Recognition ?? RecognitionState.Empty, account.Recognition?.IncidentsSeen ?? 0);
        var streak = state.StreakOf(rule.Id);
        if (incidents is null || incidents.Last <= seen || streak.Dates.IsEmpty) return streak;
        return streak with { Bridged = incidents.Concerning(account.Tallies, seen).Aggregate(streak.Bridged, (days, incident) => days.Union(DateSet.Range(incident.From.DayNumber, incident.To.DayNumber))) };
    }

    private static TierView Tier(TierStanding standing, TierLadder ladder, RecognitionBook book, DateOnly today)
    {
        var tier = TierRulings.At(standing, ladder, today);
        var has = TierRulings.Counted(standing, ladder, today);
        var above = (tier is null ? -1 : ladder.Levels.IndexOf(tier)) + 1;
        var next = above < ladder.Levels.Length ? ladder.Levels[above] : null;
        return new()
        {
            Id = tier?.Id,
            Name = tier?.Name,
            Spend = has.Spend,
            Engagement = has.Engagement,
            Next = next?.Id,
            NextName = next?.Name,
            MissingSpend = Math.Max(0, (next?.Spend ?? 0) - has.Spend),
            MissingEngagement = Math.Max(0, (next?.Engagement ?? 0) - has.Engagement),
            Both = next?.Both ?? false,
            How = next is null ? null : book.Say(words => words.Of(next)),
            Benefits = tier?.Benefits ?? [],
        };
    }

    /// <summary>Null for a badge that is not offered now and not held, and for a secret one that is not held.</summary>
    private static BadgeView? Badge(BadgeStanding standing, RecognitionBook book, DateOnly today)
    {
        var level = standing.Level;
        if (book.Badges.InForceOn(standing.Badge, today) is not { } rule) return null;
        if (rule.Secret && level == 0) return null;
        var scope = BadgeScopes.Of(rule.For, today)?.Scope ?? BadgeStanding.Ever;
        var counts = BadgeCounting.Counts(rule.For);
        var done = standing.ValueIn(scope);
        var last = standing.Awards.IsEmpty ? null : standing.Awards[^1];
        return new()
        {
            Id = standing.Badge,
            Name = rule.Name,
            Level = level,
            Levels = rule.Levels.Length,
            Times = standing.Awards.Count(award => award.Stands) + standing.Past.Sum(past => past.Count),
            Done = counts ? done : null,
            Needed = counts ? rule.Levels.FirstOrDefault(one => one.At > done)?.At : null,
            AwardedOn = last is null ? null : DateOnly.FromDayNumber(last.On),
            RevokedOn = last?.RevokedOn is { } day ? DateOnly.FromDayNumber(day) : null,
            How = book.Say(words => words.Of(rule)),
        };
    }

    private static MemberStreak Streak(Streak streak, StreakRule rule, RecognitionBook book, DateOnly today)
    {
        var view = StreakRulings.At(streak, rule, today);
        return new()
        {
            Id = rule.Id,
            Name = rule.Name,
            Per = rule.Per,
            View = view,
            IsSilent = streak.IsSilent,
            How = book.Say(words => words.Of(rule)),
            Says = book.Say(words => words.Of(view, rule.Per)),
        };
    }

    private static CardView Card(StampCard card, RecognitionState state, MemberLedger? ledger, RecognitionBook book, DateTimeOffset? at)
    {
        var terms = book.CardOf(card.Id)!.Stamps;
        var purse = ledger?.Of(terms.Unit) ?? Purse.Empty(terms.Unit);
        return new()
        {
            Id = card.Id,
            Name = card.Name,
            Stamps = PurseViews.At(purse, at ?? DateTimeOffset.FromUnixTimeMilliseconds(purse.SettledAt), terms).Available,
            Needed = card.Stamps,
            Filled = state.FilledOf(card.Id),
            How = book.Say(words => words.Of(card)),
        };
    }

    private static PlanView? Plan(Vip.VipMembership membership, RecognitionBook book, DateOnly today) => book.PlanOf(membership.Plan) is not { } plan
        ? null
        : new()
        {
            Id = plan.Id,
            Name = plan.Name,
            Status = membership.StatusOn(today),
            PaidUntil = DateOnly.FromDayNumber(membership.PaidUntil),
            Saved = membership.Saved,
            Paid = membership.Paid,
            How = book.Say(words => words.Of(plan)),
            EarnedBack = book.Say(words => words.EarnedBack(membership.Saved, membership.Paid)),
        };
}
