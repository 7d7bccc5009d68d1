using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules.Badges;
using Gamification.Rules.Earning;
using Gamification.Rules.Ledger;

namespace Gamification.Rules;

/// <summary>What a sale earns: the points, and under a scheme what is recorded of how they came about.</summary>
internal readonly record struct Awarded(long Points)
{
    public static Awarded Nothing { get; } = new(0);

    /// <summary>Null without a scheme, and when no rule applied.</summary>
    public Earned? Earned { get; init; }

    /// <summary>The counters that capped rules come to; null when none applied.</summary>
    public ImmutableArray<CapCount>? Counters { get; init; }

    public Refusal? Refusal { get; init; }

    /// <summary>How its points wait; default for as the unit's terms say.</summary>
    public ImmutableArray<Wait> Waits { get; init; }

    /// <summary>The rule that brought all of it; null when several did.</summary>
    public string? Rule => Earned is { Applied: [{ Rule: var only }] } ? only.ToString() : null;

    /// <summary>Which line earned what; the lines add up to the points.</summary>
    public ImmutableArray<long> ByLine(Receipt receipt, NetSpendSettings settings) => Earned switch
    {
        { Lines: { IsEmpty: false } lines } => [.. lines.Select(line => line.Points)],
        _ => Award.Attribute(Points, receipt.Lines.AsSpan(), settings),
    };
}

/// <summary>
/// Rates sales: by the programme's rules, or where there is no scheme by the one plain award. Award and preview are this same function.
/// </summary>
internal static class Awards
{
    /// <summary>Whether the state no longer holds what a rule may ask of the member's past.</summary>
    public static bool NeedPast(AccountState state, Receipt sale, Scheme scheme)
    {
        var date = sale.Key.BusinessDate;
        return NeedCounters(state, date, scheme) || (scheme.AsksFirsts && Firsts.FirstDayAsked(date) < state.Tallies.CompleteFrom);
    }

    /// <summary>Whether memory has dropped the counters of a date.</summary>
    public static bool NeedCounters(AccountState state, DateOnly date, Scheme scheme) =>
        scheme.HasCaps && state.Counters is { } counters && date.DayNumber < counters.CompleteFrom;

    public static Awarded Of(AccountState state, Receipt sale, AccountContext context, EarningDetail detail = EarningDetail.Award)
    {
        if (context.Scheme is not { } scheme) return new(Award.PointsFor(NetSpend.Of(sale, context.Settings.NetSpend), Currency.MinorPerUnit(sale.Currency)));
        var counts = CountsFor(state, sale.Key.BusinessDate, context);
        var earned = Rate(state, sale, counts, scheme, context, detail);
        return Of(earned, counts, "/lines") with { Waits = scheme.Waiting.Of(earned, earned.Points, sale, scheme) };
    }

    /// <summary>
    /// What rules make of this sale, given what the context leaves of campaigns: its uses are what it takes of them. Once all that it takes is set
    /// aside, this is what it earns, see <see cref="AccountContext.Rated"/>. Null without a scheme.
    /// </summary>
    public static Earned? Rate(AccountState state, Receipt sale, AccountContext context) => context.Scheme is { } scheme
        ? Rate(state, sale, CountsFor(state, sale.Key.BusinessDate, context), scheme, context, EarningDetail.Award)
        : null;

    /// <summary>What rating this sale would take of campaigns, given what the context leaves; empty when it concerns none.</summary>
    public static ImmutableArray<CampaignUse> Wants(AccountState state, Receipt sale, AccountContext context) => Rate(state, sale, context)?.Campaigns ?? [];

    /// <summary>What rules decided, as an award; refused at a field when no ledger could hold it.</summary>
    public static Awarded Of(Earned earned, ImmutableArray<CapCount> counts, string field)
    {
        if (earned.Points > LedgerChecks.AmountMax)
            return Awarded.Nothing with { Refusal = new("award-too-large", field, "This would earn more than 1,000,000,000,000 points; split it, or have the rules looked at.") };
        return new(earned.Points)
        {
            Earned = earned.Applied.IsEmpty ? null : earned,
            Counters = earned.Counts.IsEmpty ? null : RuleCounters.After(counts, earned.Counts, 1),
        };
    }

    /// <summary>
    /// A sale credited after some of it may have come back: rated whole, as it would have been, and credited with what stands of that. Never
    /// refused, since whoever claims it can do nothing about its size.
    /// </summary>
    public static Awarded OfLeft(AccountState state, Receipt sale, SaleLeft left, AccountContext context)
    {
        if (context.Scheme is not { } scheme) return new(Award.PointsFor(left.Spend, Currency.MinorPerUnit(sale.Currency)));
        var back = SaleHistory.BackOf(left, NetSpend.Of(sale, context.Settings.NetSpend));
        var counts = CountsFor(state, sale.Key.BusinessDate, context);
        var earned = Rate(state, sale, counts, scheme, context, EarningDetail.Award);
        var standing = left.Spend <= 0 ? Earned.Nothing : scheme.Standing(earned, sale, back.AsSpan());
        return new(Math.Min(standing.Points, LedgerChecks.AmountMax))
        {
            Earned = earned.Applied.IsEmpty ? null : earned,
            Counters = standing.Counts.IsEmpty ? null : RuleCounters.After(counts, standing.Counts, 1),
            Waits = scheme.Waiting.Of(standing, Math.Min(standing.Points, LedgerChecks.AmountMax), sale, scheme),
        };
    }

    /// <summary>What rules made of a sale, decided again with each line's share and the reason of every rule that did not count. The scheme is given, the past whole.</summary>
    public static Earned Explain(AccountState before, Receipt sale, AccountContext context)
    {
        var counts = CountsFor(before, sale.Key.BusinessDate, context);
        return context.Scheme!.Rate(sale, Facts(before, sale, counts, context.Scheme, context), context.Grants, EarningDetail.Lines | EarningDetail.WhyNot);
    }

    /// <summary>What recognition counts of a sale of which some may have come back; null without recognition.</summary>
    public static Activity? ActivityOf(Receipt sale, SaleLeft left, in Awarded award, AccountContext context) => context.Scheme is { Recognition: not null } scheme
        ? scheme.ActivityOf(sale, award.Earned, award.Points, SaleHistory.BackOf(left, NetSpend.Of(sale, context.Settings.NetSpend)))
        : null;

    /// <summary>Who the member is to rules right now.</summary>
    public static MemberFacts Facts(AccountState state, FirstTime firsts, ImmutableArray<CapCount> counts, Scheme scheme, AccountContext context) => new()
    {
        Segments = state.Segments ?? [],
        Firsts = firsts,
        Counts = counts,
        Tier = scheme.TierOf(state, context.At),
        JoinedAt = scheme.AsksJoining && state.JoinedAt is { } joined ? DateTimeOffset.FromUnixTimeMilliseconds(joined) : null,
    };

    private static Earned Rate(AccountState state, Receipt sale, ImmutableArray<CapCount> counts, Scheme scheme, AccountContext context, EarningDetail detail) =>
        detail == EarningDetail.Award && context.Rated is { } rated
            ? rated
            : scheme.Rate(sale, Facts(state, sale, counts, scheme, context), context.Grants, scheme.Waiting.ByGoods ? detail | EarningDetail.Lines : detail);

    private static MemberFacts Facts(AccountState state, Receipt sale, ImmutableArray<CapCount> counts, Scheme scheme, AccountContext context)
    {
        var facts = Facts(state, scheme.AsksFirsts ? Firsts.Of(state, sale, context.History) : FirstTime.None, counts, scheme, context);
        // Whoever joins with this very sale, see Enrolment.Follows, has joined when it was made.
        return scheme.AsksJoining && state is { Enrolled: false, Receipts: 0 }
            ? facts with { JoinedAt = DateTimeOffset.FromUnixTimeMilliseconds(sale.OccurredAt.ToUnixTimeMilliseconds()) }
            : facts;
    }

    /// <summary>The counters that an event of this date meets: memory has the newest periods, the past has all.</summary>
    public static ImmutableArray<CapCount> CountsFor(AccountState state, DateOnly date, AccountContext context)
    {
        if (state.Counters is not { } counters) return [];
        return date.DayNumber < counters.CompleteFrom && context.History is { } history ? [.. history.Counters] : counters.Rows;
    }
}
