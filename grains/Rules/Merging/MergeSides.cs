using System.Collections.Immutable;
using Gamification.Members;

namespace Gamification.Rules.Merging;

/// <summary>One account as a merge looks at it: what it is, and everything that ever happened to it and to what is part of it.</summary>
/// <param name="State">The account.</param>
/// <param name="Entries">In version order, after those of the accounts that are part of it.</param>
internal sealed record MergeSide(AccountState State, ImmutableArray<AccountEntry> Entries)
{
    public SaleHistory History(AccountContext context) => SaleHistory.Of(Entries, context.Settings.NetSpend);
}
