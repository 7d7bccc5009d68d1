using System.Collections.Immutable;
using Gamification.Leagues;
using Gamification.Members;

namespace Gamification.Api;

/// <summary>A league with the names that people see, for answers and live topics.</summary>
internal static class LeagueReading
{
    public static async Task<ImmutableArray<string>> Ids(IGrainFactory grains, string programme) => await grains.GetGrain<ILeaguesGrain>(programme).Ids();

    /// <summary>Null for a league that the programme has not. Without a member it says nothing of anybody.</summary>
    public static async Task<LeagueMessage?> Find(
        IGrainFactory grains, string programme, string league, MemberId? member, Func<ImmutableArray<MemberId>, Task<ImmutableArray<MemberName>>> names)
    {
        if (!(await Ids(grains, programme)).Contains(league)) return null;
        var grain = grains.GetGrain<ILeagueGrain>($"{programme}/{league}");
        if (await grain.View() is not { } view) return null;
        if (member is null) return LeagueMessage.Of(view, own: null);
        var standing = await grain.Of(member.Value);
        ImmutableArray<MemberId> seen = [.. standing.Rows.Select(row => row.Member)];
        var found = await names(seen);
        return LeagueMessage.Of(view, OwnLeagueMessage.Of(standing, view.Rules, one => found[seen.IndexOf(one)]));
    }
}
