using System.Collections.Immutable;
using Gamification.Leaderboards;

namespace Gamification.Api;

/// <summary>Rows of a board with what an answer adds to them, by position: ranks under the policy asked, and names.</summary>
internal sealed record RankedRows(ImmutableArray<BoardRow> Rows, ImmutableArray<long> Ranks, ImmutableArray<MemberName> Names, TiePolicy Ties)
{
    public static RankedRows Nobody(TiePolicy ties) => new([], [], [], ties);
}
