using Gamification.Challenges;

namespace Gamification.Api;

/// <summary>Which run an address means: <c>?run=</c>, or the newest. A draft is there for those who write it.</summary>
internal sealed class ChallengeAddress(IGrainFactory grains, TimeProvider clock)
{
    private const int RunMax = 1_000_000;
    private static readonly Problem Unknown = new(ProblemKind.UnknownChallenge, "The programme has no such challenge, or no such run of it.");

    public async ValueTask<(ChallengeView View, Problem? Problem)> Find(HttpContext context, Caller caller)
    {
        var query = new Query(context.Request);
        var number = query.Number("run", 0, 1, RunMax);
        if (query.Problem is { } problem) return (null!, problem);
        var named = (string)context.Request.RouteValues["challenge"]!;
        if (await grains.GetGrain<IChallengeListGrain>(caller.Programme).Newest(named) is not { } newest || number > newest) return (null!, Unknown);
        var view = await Of(new(caller.Programme, named, number == 0 ? newest : number)).View(clock.GetUtcNow());
        return view.Challenge is null || (view.Phase == ChallengePhase.Draft && !Writes(caller)) ? (null!, Unknown) : (view, null);
    }

    public IChallengeGrain Of(ChallengeRunId run) => grains.GetGrain<IChallengeGrain>(run.ToString());

    public static bool Writes(Caller caller) => Permissions.Allow(caller.Role, Operation.ManageChallenges);
}
