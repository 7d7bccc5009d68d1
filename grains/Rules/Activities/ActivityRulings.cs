using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;
using Gamification.Rules.Ledger;

namespace Gamification.Rules.Activities;

/// <summary>The award that an actor and a target have brought already, in this account or in another.</summary>
public readonly record struct Pairing(ActivityKey First, bool IsHere);

/// <summary>An event that meets an account.</summary>
/// <param name="Activity">What is reported.</param>
/// <param name="Member">Whose account it is.</param>
/// <param name="Paired">Null when its actor and target are new, and when it names no target.</param>
public readonly record struct ActivityCase(ReportedActivity Activity, MemberId Member, Pairing? Paired);

/// <summary>
/// What an event that is no receipt does to a member's account, and what its removal and return do: a pure rule over records, by the same rule
/// book, caps and ledger as receipts (spec A8). A removal takes exactly what the event brought, a return grants exactly that again (spec §12).
/// </summary>
public static class ActivityRulings
{
    /// <summary>Whether deciding takes the account's past from the journal.</summary>
    public static bool NeedPast(AccountState state, in ActivityCase reported, Scheme? scheme)
    {
        var activity = reported.Activity;
        if (reported.Paired is { IsHere: true } || state.Activities?.WaitingFor(activity.Key, activity.OccurredAt) is not null) return true;
        var day = activity.BusinessDate.DayNumber;
        if (day < state.Tallies.CompleteFrom) return true;
        return scheme is not null && (Awards.NeedCounters(state, activity.BusinessDate, scheme) || ActivityFirsts.NeedPast(state, activity, scheme));
    }

    /// <summary>
    /// The entries that record this event: itself, then what was waiting for it. Refused when it would earn more than a ledger holds.
    /// </summary>
    public static (ImmutableArray<AccountEntry> Entries, Refusal? Refusal) Decide(AccountState state, in ActivityCase reported, AccountContext context)
    {
        var (treatment, award) = Judge(reported, context);
        var rated = treatment == ActivityTreatment.Earned ? Rate(state, reported.Activity, context) : Awarded.Nothing;
        if (rated.Refusal is { } tooMuch) return ([], tooMuch);
        var posted = treatment == ActivityTreatment.Regranted
            ? Regrant(state, reported.Activity, award!, context)
            : Post(state, reported.Activity, treatment, award, rated, context);
        return state.Activities?.WaitingFor(posted.Activity.Key, posted.Activity.OccurredAt) is { } waiting
            ? ([posted, Settle(state, posted, waiting.Revision, context)], null)
            : ([posted], null);
    }

    /// <summary>What reporting the event would do, by the same rule.</summary>
    public static ActivityPreview Preview(AccountState state, in ActivityCase reported, AccountContext context)
    {
        var (treatment, award) = Judge(reported, context);
        if (treatment == ActivityTreatment.Regranted) return new(award!.Points, treatment, null) { Why = context.Scheme?.Why(award.Earned) ?? [] };
        if (treatment != ActivityTreatment.Earned) return new(0, treatment, null);
        var rated = Rate(state, reported.Activity, context);
        return new(rated.Points, treatment, rated.Refusal) { Why = context.Scheme?.Why(rated.Earned) ?? [] };
    }

    /// <summary>What the event would take of campaigns, given what the context leaves; empty when it concerns none.</summary>
    public static ImmutableArray<CampaignUse> Wants(AccountState state, in ActivityCase reported, AccountContext context) =>
        context.Scheme is { } scheme && Judge(reported, context).Treatment == ActivityTreatment.Earned
            ? scheme.Wants(reported.Activity.Facts(), FactsOf(state, reported.Activity, scheme, context), context.Grants)
            : [];

    private static (ActivityTreatment Treatment, ActivityAward? Award) Judge(in ActivityCase reported, AccountContext context)
    {
        if (reported.Activity.Actor == reported.Member) return (ActivityTreatment.OwnDeed, null);
        if (reported.Paired is not { } pair) return (ActivityTreatment.Earned, null);
        if (!pair.IsHere) return (ActivityTreatment.Repeated, null);
        var award = context.History!.Activities.Find(pair.First) ?? throw new InvalidOperationException($"This account took the pair of {pair.First}, and does not hold it.");
        return (award.Stands ? ActivityTreatment.Repeated : ActivityTreatment.Regranted, award);
    }

    /// <summary>What rules made of an event, decided again with the reason of every rule that did not count. The scheme is given, the past whole.</summary>
    internal static Earned Explain(AccountState before, ReportedActivity activity, AccountContext context) =>
        context.Scheme!.Rate(activity.Facts(), FactsOf(before, activity, context.Scheme, context), context.Grants, EarningDetail.WhyNot);

    private static Awarded Rate(AccountState state, ReportedActivity activity, AccountContext context)
    {
        if (context.Scheme is not { } scheme) return Awarded.Nothing;
        var member = FactsOf(state, activity, scheme, context);
        return Awards.Of(scheme.Rate(activity.Facts(), member, context.Grants), member.Counts, "/data");
    }

    private static MemberFacts FactsOf(AccountState state, ReportedActivity activity, Scheme scheme, AccountContext context) => Awards.Facts(
        state,
        scheme.AsksFirsts ? ActivityFirsts.Of(state, activity, context.History) : FirstTime.None,
        Awards.CountsFor(state, activity.BusinessDate, context),
        scheme,
        context);

    private static ActivityPosted Post(
        AccountState state, ReportedActivity activity, ActivityTreatment treatment, ActivityAward? award, in Awarded rated, AccountContext context)
    {
        var counts = treatment == ActivityTreatment.Earned;
        var booked = counts ? Bookkeeping.Earn(state, CreditOf(activity, rated.Earned, rated.Points, context), rated.Points, rated.Rule, context, Revisions.Comes(activity, rated.Earned, rated.Points, activity.Key)) : new(null, state.Balance);
        return new()
        {
            Activity = activity,
            Treatment = treatment,
            Award = award?.Activity.Key,
            Earned = rated.Earned,
            Points = rated.Points,
            Balance = booked.Balance,
            Lifetime = state.Lifetime + rated.Points + booked.Gifts,
            Receipts = state.Receipts,
            Tallies = ActivityTallies.Adding(state, context.History, activity, rated.Points),
            ReceivedAt = context.ReceivedAt,
            Postings = booked.Postings,
            Counters = rated.Counters,
            Times = counts ? ActivityFirsts.Counted(state, activity, 1) : null,
            Recognised = booked.Recognised,
            Was = MemberWas.Of(state, context),
        };
    }

    internal static Credit CreditOf(ReportedActivity activity, Earned? earned, long points, AccountContext context) =>
        Credit.Of(activity) with { Waits = context.Scheme is { } scheme ? scheme.Waiting.Of(earned, points, sale: null, scheme) : default };

    private static ActivityPosted Regrant(AccountState state, ReportedActivity activity, ActivityAward award, AccountContext context)
    {
        var moved = Revisions.Give(state, award, activity.Key, context);
        return new()
        {
            Activity = activity,
            Treatment = ActivityTreatment.Regranted,
            Award = award.Activity.Key,
            Points = award.Points,
            Balance = moved.Booked.Balance,
            Lifetime = state.Lifetime + award.Points + moved.Booked.Gifts,
            Receipts = state.Receipts,
            Tallies = moved.Tallies,
            ReceivedAt = context.ReceivedAt,
            Postings = moved.Booked.Postings,
            Counters = moved.Counters,
            Times = moved.Times,
            Recognised = moved.Booked.Recognised,
            Deeds = award.Counts ? Standing.Of(award, stands: true) : null,
        };
    }

    private static ActivityRevised Settle(AccountState state, ActivityPosted posted, ActivityRevision waiting, AccountContext context)
    {
        context.History!.Fold(posted, context.Settings.NetSpend);
        return Revisions.Decide(state.Apply(posted), waiting, context);
    }
}
