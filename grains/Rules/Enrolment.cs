using System.Collections.Immutable;
using Gamification.Members;
using Gamification.Programmes.Earning;

namespace Gamification.Rules;

/// <summary>What enrolling does: the holder is known from now on, and what is left of every sale that was held is credited, oldest first (spec §13).</summary>
public static class Enrolment
{
    /// <summary>What crediting all that was held may take of campaigns at the most, given what the context leaves.</summary>
    public static ImmutableArray<CampaignUse> Wants(AccountState state, AccountContext context) =>
    [
        .. context.History!.Sales.Where(sale => !sale.Credited && sale.Counted)
            .SelectMany(sale => Awards.Wants(state, sale.Receipt, context))
            .GroupBy(use => use.Campaign)
            .Select(uses => new CampaignUse(uses.Key, uses.Sum(use => use.Points), uses.Sum(use => use.Awards))),
    ];

    public static ImmutableArray<AccountEntry> Decide(AccountState state, AccountContext context)
    {
        var history = context.History ?? throw new ArgumentException("Enrolling looks at the account's past.", nameof(context));
        var entries = ImmutableArray.CreateBuilder<AccountEntry>();
        var booked = Bookkeeping.Recognise(state, "enrolment", draft => draft.Enrol(), context);
        var enrolled = new MemberEnrolled
        {
            Points = 0,
            Balance = booked?.Balance ?? state.Balance,
            Lifetime = state.Lifetime + (booked?.Gifts ?? 0),
            Receipts = state.Receipts,
            Tallies = [],
            ReceivedAt = context.ReceivedAt,
            Postings = booked?.Postings,
            Recognised = booked?.Recognised,
        };
        entries.Add(enrolled);
        if (booked is not null)
        {
            history.Fold(enrolled, context.Settings.NetSpend);
            state = state.Apply(enrolled);
        }

        foreach (var held in history.Sales.Where(sale => !sale.Credited && sale.Counted).ToArray())
        {
            var credited = Account.Attribute(state, held.Receipt, held.Left, heldHere: true, context);
            history.Fold(credited, context.Settings.NetSpend);
            context = context with { Grants = context.Grants.Less(credited.Earned?.Campaigns ?? []) };
            state = state.Apply(credited);
            entries.Add(credited);
        }

        return entries.DrainToImmutable();
    }
}
