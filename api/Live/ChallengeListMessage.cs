using System.Collections.Immutable;
using Gamification.Challenges;

namespace Gamification.Live;

/// <summary>A run as its list names it: what a list shows otherwise when it changes. Scores are the runs' own topics'.</summary>
internal sealed record ListedChallenge(string Challenge, int Run, string Phase, bool Paused, int Versions, int Revealed, DateTimeOffset? NextAt);

/// <summary>Which challenges there are, the newest runs of those that are over included: the same for everybody, without drafts.</summary>
internal sealed record ChallengeListMessage(ImmutableArray<ListedChallenge> Challenges, int Over)
{
    private const int OpenMax = 50;

    public static async Task<ChallengeListMessage> Of(LiveProgramme programme, LiveContext live)
    {
        var (list, now) = (await live.Grains.GetGrain<IChallengeListGrain>(programme.Id).View(), live.Clock.GetUtcNow());
        var views = await Task.WhenAll(list.Open.Take(OpenMax).Select(run => live.Grains.GetGrain<IChallengeGrain>(run.ToString()).View(now)));
        return new(
            [
                .. views.Where(view => view is { Challenge: not null, Phase: not ChallengePhase.Draft })
                    .Select(view => new ListedChallenge(view.Run.Challenge, view.Run.Run, Api.ChallengeAnswers.PhaseOf(view.Phase), view.IsPaused, view.Versions.Length, view.Revealed.Length, view.NextAt)),
            ],
            list.Over.Length);
    }
}
