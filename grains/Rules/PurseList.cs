using System.Collections.Immutable;
using Gamification.Ledger;
using Gamification.Rules.Ledger;

namespace Gamification.Rules;

/// <summary>What a member has of each unit.</summary>
public static class PurseList
{
    /// <summary>
    /// The units of the scheme, points first, as they are at an instant, or for null as the newest posting left them. Without a ledger the points
    /// are the balance, and what it lies below zero is owed.
    /// </summary>
    public static ImmutableArray<PurseView> At(AccountState state, Scheme? scheme, DateTimeOffset? at)
    {
        if (scheme is null || state.Ledger is not { } ledger)
            return [new() { Unit = Unit.Points, Available = Math.Max(0, state.Balance), Owed = Math.Max(0, -state.Balance) }];
        return [.. scheme.Units.Select(terms => View(ledger.Of(terms.Unit), terms))];

        PurseView View(Purse purse, UnitTerms terms) => PurseViews.At(purse, at ?? DateTimeOffset.FromUnixTimeMilliseconds(purse.SettledAt), terms);
    }
}
