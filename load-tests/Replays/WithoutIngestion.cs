using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;

namespace Gamification.LoadTests.Replays;

/// <summary>
/// A programme without what is decided when an event is ingested and never decided again (spec §4, §5): what is left must come out the same in
/// whatever order the events of the grace come.
/// </summary>
internal static class WithoutIngestion
{
    /// <summary>What <see cref="Of"/> drops, a line each.</summary>
    public static IReadOnlyList<string> Dropped { get; } =
    [
        "caps: the first ingested fills them",
        "campaigns: budgets and instant quotas go to who is received first",
        "rules that ask for a tier: the tier that multiplied is that of the moment",
        "rules that ask for a first: the first is the first received",
        "rules that reward joining: whoever is not enrolled joins with the first receipt received",
        "stamp cards: a full card consumes the lots that are there",
        "gifts and freezes of streaks, which depend on what was paid or held when a run grew",
        "gifts of badges: they are dated when the badge is found to be earned",
        "matching of unlinked returns: an allocation once made is final, so that they are only counted",
    ];

    public static ProgrammeSettings Of(ProgrammeSettings programme) => programme with
    {
        UnlinkedReturns = UnlinkedReturns.Audit,
        Earning = programme.Earning is { } earning
            ? earning with { Campaigns = [], Rules = [.. earning.Rules.Where(rule => !rule.On.Contains(EarningEvent.Enrolment) && !AsksOfMoment(rule.When)).Select(Plain).Where(rule => !rule.Then.IsEmpty)] }
            : null,
        Recognition = programme.Recognition is { } recognition
            ? recognition with 
            {
                Cards = [],
                Badges = [.. recognition.Badges.Select(badge => badge with { Levels = [.. badge.Levels.Select(level => level with { Gift = null })] })],
                Streaks = [.. recognition.Streaks.Select(streak => streak with { Freezes = null, Milestones = [] })],
            }
            : null,
    };

    private static EarningRule Plain(EarningRule rule) => rule with { Cap = null, Campaign = null, Then = rule.Then.RemoveAll(effect => effect is Stamps) };

    private static bool AsksOfMoment(Condition? condition) => condition switch
    {
        TierIs or FirstTimeOf or JoinedWithin => true,
        AllOf all => all.Of.Any(AsksOfMoment),
        AnyOf any => any.Of.Any(AsksOfMoment),
        Not not => AsksOfMoment(not.Of),
        _ => false,
    };
}
