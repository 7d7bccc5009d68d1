using System.Collections.Immutable;
using Gamification.Ledger;

namespace Gamification.Rules.Ledger;

/// <summary>All purses of a member: one for each unit that it ever had, in the order in which they came.</summary>
public sealed record MemberLedger(ImmutableArray<Purse> Purses)
{
    public static MemberLedger Empty { get; } = new([]);

    /// <summary>The unit's purse; an empty one when there is none yet.</summary>
    public Purse Of(Unit unit) => IndexOf(unit) is var at and >= 0 ? Purses[at] : Purse.Empty(unit);

    public MemberLedger With(Purse purse) =>
        IndexOf(purse.Unit) is var at and >= 0 ? new(Purses.SetItem(at, purse)) : new(Purses.Add(purse));

    /// <summary>The ledger after one more posting of any unit.</summary>
    public MemberLedger Apply(Posting posting) => With(Of(posting.Unit).Apply(posting));

    private int IndexOf(Unit unit)
    {
        for (var at = 0; at < Purses.Length; at++)
        {
            if (Purses[at].Unit == unit) return at;
        }

        return -1;
    }
}
