using System.Collections.Immutable;
using Gamification.Leaderboards;
using Gamification.Projections;

namespace Gamification.Challenges;

/// <summary>Who wishes to be seen in no standings, as of now.</summary>
public sealed class MemberWishes(RollupProjector projector, IRollupStorage rollup)
{
    /// <summary>Of everybody who ever wished, each wish with its version.</summary>
    public async Task<ImmutableArray<VisibilityChange>> Of(string programme)
    {
        await projector.CatchUp();
        return await rollup.Visibility(programme, CancellationToken.None);
    }
}
