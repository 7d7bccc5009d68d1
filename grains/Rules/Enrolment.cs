using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Rewards;
using Gamification.Rules.Activities;
using Gamification.Rules.Badges;
using Gamification.Rules.Earning;
using Gamification.Rules.Recognition;
using Gamification.Rules.Redeeming;

namespace Gamification.Rules;

/// <summary>Whoever is known from its first receipt on, where cards need not enrol (spec §13).</summary>
/// <param name="Member">Who it is.</param>
/// <param name="OccurredAt">When that receipt was made: the same instant is that of joining, by whose rules it is rewarded.</param>
/// <param name="BusinessDate">Its business date.</param>
/// <param name="Catalogue">The rewards on offer, of which some are a welcome.</param>
public sealed record Newcomer(MemberId Member, DateTimeOffset OccurredAt, DateOnly BusinessDate, ImmutableArray<CatalogueReward> Catalogue);

/// <summary>What enrolling does: the holder is known from now on, and what is left of every sale that was held is credited, oldest first (spec §13).</summary>
public static class Enrolment
{
    /// <summary>Whether a receipt of this account makes a newcomer of its holder: the first that counts, in a programme that says what joining brings.</summary>
    public static bool Follows(AccountState state, AccountContext context, IEnumerable<CatalogueReward> catalogue) =>
        state is { Enrolled: false, Receipts: 0 } && context is { Kind: AccountKind.Member, Scheme: { } scheme }
        && (scheme.Recognition is not null || scheme.AsksJoining || scheme.Rewards(EarningEvent.Enrolment) || catalogue.Any(reward => reward.Welcome));

    /// <summary>
    /// A receipt's entries, and after them what a newcomer's joining brings: in one append, so that it comes with the first receipt, once, whatever is
    /// repeated, and never for a receipt that was not recorded.
    /// </summary>
    public static ImmutableArray<AccountEntry> After(ImmutableArray<AccountEntry> receipt, AccountState state, AccountContext context)
    {
        if (context.Newcomer is not var (member, _, _, catalogue)) return receipt;
        var history = context.History ?? new();
        foreach (var entry in receipt)
        {
            history.Fold(entry, context.Settings.NetSpend);
            state = state.Apply(entry);
            if (entry is ReceiptPosted { Earned.Campaigns: var used }) context = context with { Grants = context.Grants.Less(used) };
        }

        context = context with { History = history, TellsTime = false, Rated = null };
        var joined = Decide(state, member, context);
        return [.. receipt, .. joined, .. Gifts.Welcome(joined.Aggregate(state, (after, entry) => after.Apply(entry)), context.Settings.Id, member, catalogue, context)];
    }

    /// <summary>Whether campaigns may have a say in what enrolling brings.</summary>
    public static bool MayDraw(AccountState state, MemberId member, AccountContext context) => context.Scheme is { HasCampaigns: true } scheme
        && (!Founders.Wants(state, context with { Grants = Grants.Unlimited }).IsEmpty || (Joining(state, member, context) is { } joining && scheme.MayDraw(joining.Activity.Facts())));

    /// <summary>What joining and crediting all that was held may take of campaigns at the most, given what the context leaves.</summary>
    public static ImmutableArray<CampaignUse> Wants(AccountState state, MemberId member, AccountContext context) =>
        Sum((context.History?.Sales ?? []).Where(sale => !sale.Credited && sale.Counted)
            .SelectMany(sale => Awards.Wants(state, sale.Receipt, context))
            .Concat(Founders.Wants(state, context))
            .Concat(Joining(state, member, context) is { } joining ? ActivityRulings.Wants(state, joining, context) : []));

    /// <summary>What several decisions take, by campaign.</summary>
    internal static ImmutableArray<CampaignUse> Sum(IEnumerable<CampaignUse> uses) =>
        [.. uses.GroupBy(use => use.Campaign).Select(of => new CampaignUse(of.Key, of.Sum(use => use.Points), of.Sum(use => use.Awards)))];

    /// <summary>The enrolment, what rules give for it (spec A6), and the sales that were held.</summary>
    public static ImmutableArray<AccountEntry> Decide(AccountState state, MemberId member, AccountContext context)
    {
        var history = context.History ?? throw new ArgumentException("Enrolling looks at the account's past.", nameof(context));
        var entries = ImmutableArray.CreateBuilder<AccountEntry>();
        var booked = Bookkeeping.Recognise(state, "enrolment", draft => draft.Enrol(), context);
        var joining = Joining(state, member, context);
        var enrolled = new MemberEnrolled
        {
            JoinedAt = (context.Newcomer?.OccurredAt ?? context.At).ToUnixTimeMilliseconds(),
            Points = 0,
            Balance = booked?.Balance ?? state.Balance,
            Lifetime = state.Lifetime + (booked?.Gifts ?? 0),
            Receipts = state.Receipts,
            Tallies = [],
            ReceivedAt = context.ReceivedAt,
            Postings = booked?.Postings,
            Recognised = booked?.Recognised,
            Campaigns = Founders.Used(booked?.Recognised, context),
        };
        entries.Add(enrolled);
        if (booked is not null || joining is not null) Fold(enrolled, enrolled.Campaigns);
        if (joining is { } joined && ActivityRulings.Decide(state, joined, context) is { Refusal: null } rewarded)
        {
            foreach (var entry in rewarded.Entries)
            {
                entries.Add(entry);
                Fold(entry, (entry as ActivityPosted)?.Earned?.Campaigns);
            }
        }

        foreach (var held in history.Sales.Where(sale => !sale.Credited && sale.Counted).ToArray())
        {
            var credited = Account.Attribute(state, held.Receipt, held.Left, heldHere: true, context);
            entries.Add(credited);
            Fold(credited, credited.Earned?.Campaigns);
        }

        return entries.DrainToImmutable();

        void Fold(AccountEntry entry, ImmutableArray<CampaignUse>? used)
        {
            history.Fold(entry, context.Settings.NetSpend);
            state = state.Apply(entry);
            context = context with { Grants = context.Grants.Less(used ?? []) };
        }
    }

    /// <summary>The day of joining: of a newcomer the business date of the receipt, however much later that came; otherwise today.</summary>
    internal static DateOnly DayOf(RecognitionBook book, AccountContext context) => context.Newcomer?.BusinessDate ?? book.DayOf(context.At);

    /// <summary>Joining as an event that rules may reward, once in a member's life; null when none asks for it.</summary>
    private static ActivityCase? Joining(AccountState state, MemberId member, AccountContext context)
    {
        if (state.Enrolled || context is not { Kind: AccountKind.Member, Scheme: { } scheme } || !scheme.Rewards(EarningEvent.Enrolment)) return null;
        var key = new ActivityKey("gamification", $"{member}/{EarningEvent.Enrolment}");
        var (at, on) = context.Newcomer is { } newcomer ? (newcomer.OccurredAt, newcomer.BusinessDate)
            : (context.At, DateOnly.FromDayNumber(scheme.Points.Calendar.DayOf(context.At.ToUnixTimeMilliseconds())));
        return new(new() { Key = key, Type = EarningEvent.Enrolment, OccurredAt = at, BusinessDate = on, Content = key.Digest() }, member, Paired: null);
    }
}
