using System.Diagnostics;
using Gamification.Members;
using Gamification.Recognition;
using Gamification.Rules.Badges;
using Gamification.Rules.Streaks;
using Gamification.Rules.Tiers;
using Gamification.Rules.Vip;

namespace Gamification.Rules.Recognition;

/// <summary>What people and other systems ask of a member's recognition: a pure rule that answers with the entry to make durable, or a refusal.</summary>
public static class Commanding
{
    private static readonly Refusal NoRecognition = new("no-recognition", "", "This programme has no recognition document.");
    private static readonly Refusal UnknownPlan = new("unknown-plan", "/plan", "Name a plan of the programme's recognition document.");
    private static readonly Refusal NoMembership = new("no-membership", "/plan", "The member has no such plan; start one.");
    private static readonly Refusal UnknownStreak = new("unknown-streak", "/streak", "Name a streak of the programme's recognition document.");

    /// <summary>Looks at the account's whole past, since what is taken away may have brought points.</summary>
    public static (RecognitionPosted? Entry, Refusal? Refusal) Decide(AccountState state, RecognitionCommand command, string by, AccountContext context)
    {
        Refusal? refusal = null;
        long refund = 0;
        var booked = Bookkeeping.Recognise(state, Name(command), draft =>
        {
            draft.Settle();
            (refusal, refund) = Do(draft, command, by);
            if (refusal is null) draft.Follow(takes: command is TakeBadge or JudgeFraud);
        }, context);
        if (booked is not { } done) return (null, NoRecognition);
        return refusal is not null ? (null, refusal) : (Entry(state, done, context) with { Command = command, By = by, Refund = refund }, null);
    }

    /// <summary>What time alone has brought; null when it brought nothing.</summary>
    public static RecognitionPosted? Tell(AccountState state, AccountContext context)
    {
        if (state.Recognition is null || Bookkeeping.Tell(state, context) is not { } done) return null;
        return done.Recognised is { Changes.IsEmpty: true, RemindOn: 0 } ? null : Entry(state, done, context);
    }

    internal static RecognitionPosted Entry(AccountState state, in Booked booked, AccountContext context) => new()
    {
        Points = 0,
        Balance = booked.Balance,
        Lifetime = state.Lifetime + booked.Gifts,
        Receipts = state.Receipts,
        Tallies = [],
        ReceivedAt = context.ReceivedAt,
        Postings = booked.Postings,
        Recognised = booked.Recognised,
    };

    private static (Refusal? Refusal, long Refund) Do(RecognitionDraft draft, RecognitionCommand command, string by) => command switch
    {
        StartPlan start => Plan(draft, start.Plan, (plan, before) => VipRulings.Start(before, plan, start.Reference, start.Amount, draft.Today)),
        RenewPlan renew => Running(draft, renew.Plan, (plan, before) => VipRulings.Renew(before, plan, renew.Reference, renew.Amount, draft.Today)),
        FailPlanPayment fail => Running(draft, fail.Plan, (plan, before) => VipRulings.FailPayment(before, plan)),
        CancelPlan cancel => Running(draft, cancel.Plan, (_, before) => VipRulings.Cancel(before, draft.Today)),
        RefundPlan refund => Running(draft, refund.Plan, (plan, before) => VipRulings.Refund(before, plan, refund.Reference, draft.Today)),
        UsePerk use => Math.Abs(use.Worth) > 100_000_000
            ? (new("out-of-bounds", "/worth", "Send at most 100,000,000 minor units."), 0)
            : Running(draft, use.Plan, (_, before) => VipRulings.Use(before, use.Worth, draft.Today)),
        TakePerk take => (Perks.Take(draft, take), 0),
        GiveBadge give => Badge(draft, give.Badge, badge => BadgeRulings.Give(badge, draft.Book.Badges, give.Scope, by, give.Reason, draft.Today)),
        TakeBadge take => Badge(draft, take.Award.Badge, badge => BadgeRulings.TakeAway(badge, draft.Book.Badges, take.Award, by, take.Reason, draft.Today)),
        BridgeStreaks bridge => Bridge(draft, bridge),
        TakeVacation vacation => Streak(draft, vacation.Streak, (rule, streak) => StreakRulings.TakeVacation(streak, rule, vacation.From, vacation.To, draft.HomeDay)),
        RepairStreak repair => Streak(draft, repair.Streak, (rule, streak) => StreakRulings.Repair(streak, rule, repair.Date, draft.HomeDay)),
        SilenceStreak silence => Streak(draft, silence.Streak, (_, streak) => new(streak.IsSilent == silence.IsSilent ? streak : streak with { IsSilent = silence.IsSilent }, [])),
        JudgeFraud => Judge(draft),
        MoveHome move => Move(draft, move.Zone),
        NoteBirthDate note => Note(draft, note),
        ReachTogether reached => Together(draft, reached),
        FillBadge => (new("not-a-command", "/badge", "A badge is filled in for a whole programme."), 0),
        _ => throw new UnreachableException($"Nothing is done for {command.GetType().Name}."),
    };

    private static (Refusal? Refusal, long Refund) Plan(RecognitionDraft draft, string id, Func<VipPlan, VipMembership?, VipRuling> decide)
    {
        if (draft.Book.PlanOf(id) is not { } plan) return (UnknownPlan, 0);
        var ruling = decide(plan, draft.State.PlanOf(id));
        if (ruling is { Refusal: null, Membership: { } membership }) draft.Take(membership);
        return (ruling.Refusal, ruling.Refund);
    }

    private static (Refusal? Refusal, long Refund) Running(RecognitionDraft draft, string id, Func<VipPlan, VipMembership, VipRuling> decide) =>
        Plan(draft, id, (plan, before) => before is null ? new(null, Refusal: NoMembership) : decide(plan, before));

    private static (Refusal? Refusal, long Refund) Badge(RecognitionDraft draft, string id, Func<BadgeStanding, BadgeRuling> decide)
    {
        var ruling = decide(draft.State.BadgeOf(id));
        if (ruling.Refusal is null) draft.Take(ruling);
        return (ruling.Refusal, 0);
    }

    private static (Refusal? Refusal, long Refund) Streak(RecognitionDraft draft, string id, Func<StreakRule, Streak, StreakRuling> decide)
    {
        if (draft.Book.StreakOf(id) is not { } rule) return (UnknownStreak, 0);
        var ruling = decide(rule, draft.State.StreakOf(id));
        if (ruling.Refusal is null) draft.Take(id, ruling);
        return (ruling.Refusal, 0);
    }

    /// <summary>Only streaks that have begun: a bridge leads nowhere else.</summary>
    private static (Refusal? Refusal, long Refund) Bridge(RecognitionDraft draft, BridgeStreaks bridge)
    {
        if (bridge.Streak is { } only) return Streak(draft, only, (rule, streak) => StreakRulings.Bridge(streak, rule, bridge.From, bridge.To, draft.HomeDay));
        foreach (var standing in draft.State.Streaks)
        {
            var (refusal, _) = Streak(draft, standing.Id, (rule, streak) => StreakRulings.Bridge(streak, rule, bridge.From, bridge.To, draft.HomeDay));
            if (refusal is not null && refusal != UnknownStreak) return (refusal, 0);
        }

        return (null, 0);
    }

    private static (Refusal? Refusal, long Refund) Judge(RecognitionDraft draft)
    {
        if (draft.Book.Rules.Tiers is not { } ladder || draft.State.Tier is not { } standing) return (new("no-tier", "", "The member has no tier that could fall."), 0);
        draft.Take(TierRulings.JudgeFraud(standing, ladder, draft.Today));
        return (null, 0);
    }

    private static (Refusal? Refusal, long Refund) Move(RecognitionDraft draft, string zone)
    {
        var (home, refusal) = (draft.State.Home ?? new HomeZone(draft.Book.Zone)).Move(zone, draft.At);
        if (refusal is null) draft.Take(home);
        return (refusal, 0);
    }

    private static (Refusal? Refusal, long Refund) Note(RecognitionDraft draft, NoteBirthDate note)
    {
        draft.LookAnew(note.IsKnown);
        return (null, 0);
    }

    private static (Refusal? Refusal, long Refund) Together(RecognitionDraft draft, ReachTogether reached)
    {
        foreach (var id in draft.Book.CollectiveBadges)
        {
            if (draft.Book.Badges.InForceOn(id, draft.Today) is { For: Collective collective } && collective.Challenge == reached.Challenge)
                draft.Take(BadgeRulings.ReachTogether(draft.State.BadgeOf(id), draft.Book.Badges, reached.Run, reached.Milestone, reached.Contribution, draft.Today));
        }

        return (null, 0);
    }

    private static string Name(RecognitionCommand command) => $"recognition {command.GetType().Name}";
}
