using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rules.Recognition;

namespace Gamification.Rules.Challenges;

/// <summary>What types cannot say about a challenge: order, reach and references, and what nobody may be asked for (spec E4, E5).</summary>
public static class ChallengeValidation
{
    private const int ErrorsMax = 100;
    private const int DaysMax = 366;

    private static readonly DateOnly Earliest = new(2000, 1, 1);
    private static readonly DateOnly Latest = new(2100, 1, 1);

    /// <summary>Errors in the document's order, at most 100; empty when it can be used.</summary>
    public static ImmutableArray<DocumentError> Check(Challenge challenge)
    {
        var errors = new ChallengeErrors(challenge.Names);
        errors.Wording(challenge.Name, "/name");
        CheckWindow(challenge.Window, errors);
        CheckAudience(challenge.Audience, errors);
        CheckContest(challenge, errors);
        GoalValidation.Check(challenge.Goal, challenge.Window, "/goal", errors);
        if (GoalParts.Count(challenge.Goal) > GoalParts.Max) errors.Add("/goal", "too-many-parts", FormattableString.Invariant($"A goal has at most {GoalParts.Max} parts in all."));
        CheckCaps(challenge, errors);
        PrizeValidation.Check(challenge, errors);
        CheckTeasers(challenge.Teasers, errors);
        return [.. errors.All.Take(ErrorsMax)];
    }

    /// <summary>Whether the stores it names are the programme's; to be asked before it is scheduled.</summary>
    public static ImmutableArray<DocumentError> CheckStores(Challenge challenge, ProgrammeSettings settings)
    {
        var errors = new ChallengeErrors(challenge.Names);
        var known = settings.Stores.Select(store => store.Id).ToHashSet();
        Known(challenge.Audience.Stores, "/audience/stores");
        if (challenge.By is StoreAgainstStore contest) Known(contest.Stores, "/by/stores");
        return [.. errors.All.Take(ErrorsMax)];

        void Known(ImmutableArray<string> stores, string pointer)
        {
            for (var at = 0; at < stores.Length; at++)
            {
                if (!known.Contains(stores[at])) errors.Add(FormattableString.Invariant($"{pointer}/{at}"), "unknown-store", "Name a store of this programme.");
            }
        }
    }

    /// <summary>Whether the badges that it gives are manual ones of the programme's recognition; to be asked before it goes live.</summary>
    public static ImmutableArray<DocumentError> CheckBadges(Challenge challenge, RecognitionBook? book)
    {
        var known = (book?.Rules.Badges ?? []).Where(badge => badge.For is Manual).Select(badge => badge.Id).ToHashSet();
        var errors = new ChallengeErrors(challenge.Names);
        foreach (var (gift, pointer) in PrizeValidation.Gifts(challenge))
        {
            if (gift.Badge is { } badge && !known.Contains(badge)) errors.Add($"{pointer}/badge", "unknown-badge", "Name a manual badge of the programme's recognition document.");
        }

        return [.. errors.All.Take(ErrorsMax)];
    }

    private static void CheckWindow(ChallengeWindow window, ChallengeErrors errors)
    {
        if (window.From < Earliest || window.From > Latest) errors.Add("/window/from", "out-of-bounds", "Give a date between 2000-01-01 and 2100-01-01.");
        if (window.Until < Earliest || window.Until > Latest) errors.Add("/window/until", "out-of-bounds", "Give a date between 2000-01-01 and 2100-01-01.");
        var (from, until) = (window.From.ToDateTime(window.StartsAt), window.Until.ToDateTime(window.EndsAt));
        if (until <= from) errors.Add("/window/until", "ends-before-start", "Give a date after from: the day named by until is no longer within.");
        else if (until - from < TimeSpan.FromHours(1)) errors.Add("/window/until", "short-window", "Less than an hour makes people hurry. Give them a day.");
        else if (until - from > TimeSpan.FromDays(DaysMax)) errors.Add("/window/until", "too-long", FormattableString.Invariant($"A challenge lasts at most {DaysMax} days."));
    }

    private static void CheckAudience(Audience audience, ChallengeErrors errors)
    {
        errors.Twice(audience.Stores, "/audience/stores", "store-twice", "Name each store once.");
        errors.Twice(audience.Segments, "/audience/segments", "segment-twice", "Name each segment once.");
        errors.Twice(audience.Tiers, "/audience/tiers", "tier-twice", "Name each tier once.");
    }

    private static void CheckContest(Challenge challenge, ChallengeErrors errors)
    {
        switch (challenge.By)
        {
            case InTeams teams:
                errors.Twice([.. teams.Teams.Select(team => team.Id)], "/by/teams", "team-twice", "Give each team its own id.");
                for (var at = 0; at < teams.Teams.Length; at++) errors.Wording(teams.Teams[at].Name, FormattableString.Invariant($"/by/teams/{at}/name"));
                if (!challenge.Audience.OptIn) errors.Add("/audience/optIn", "nobody-in-a-team", "Members choose their team when they join: set optIn.");
                break;
            case StoreAgainstStore stores:
                errors.Twice(stores.Stores, "/by/stores", "store-twice", "Name each store once.");
                for (var at = 0; at < stores.Stores.Length; at++)
                {
                    if (!challenge.Audience.Stores.IsEmpty && !challenge.Audience.Stores.Contains(stores.Stores[at]))
                        errors.Add(FormattableString.Invariant($"/by/stores/{at}"), "outside-the-audience", "Nothing in this store counts: add it to /audience/stores, or leave that list empty.");
                }

                break;
            case Together together:
                for (var at = 0; at < together.Milestones.Length; at++)
                {
                    var pointer = FormattableString.Invariant($"/by/milestones/{at}");
                    if (at > 0 && together.Milestones[at].At <= together.Milestones[at - 1].At) errors.Add($"{pointer}/at", "not-higher", "Give more than the milestone before.");
                    if (together.Milestones[at].Gift is { } gift) errors.Gift(gift, $"{pointer}/gift");
                }

                break;
        }
    }

    private static void CheckCaps(Challenge challenge, ChallengeErrors errors)
    {
        var (caps, target) = (challenge.Caps, GoalParts.TargetOf(challenge.Goal));
        if (caps.PerDay is not null && challenge.Goal is not (CountGoal or SumGoal or SomeOf)) errors.Add("/caps/perDay", "no-count", "Only counts and sums have a daily cap: leave it out.");
        if (caps.PerMember is not null && challenge.By is Individually) errors.Add("/caps/perMember", "no-shared-total", "Only a shared total has it: leave it out.");
        if (caps.PerMember < target && challenge.By is not Individually && challenge.Prizes.Completion is not null)
            errors.Add("/caps/perMember", "goal-out-of-reach", FormattableString.Invariant($"The goal is {target}: nobody could reach it. Give at least as much."));
        if (challenge.Beyond && challenge.By is not Individually) errors.Add("/beyond", "always-beyond", "What goes into a shared total always goes on: leave it out.");
    }

    private static void CheckTeasers(ImmutableArray<Teaser> teasers, ChallengeErrors errors)
    {
        for (var at = 0; at < teasers.Length; at++)
        {
            errors.Wording(teasers[at].Text, FormattableString.Invariant($"/teasers/{at}/text"));
            if (at > 0 && teasers[at].HoursBefore >= teasers[at - 1].HoursBefore)
                errors.Add(FormattableString.Invariant($"/teasers/{at}/hoursBefore"), "not-lower", "Give fewer hours than the one before: the earliest comes first.");
        }
    }
}
