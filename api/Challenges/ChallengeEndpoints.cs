using System.Collections.Immutable;
using Gamification.Challenges;
using Gamification.Programmes;
using Gamification.Programmes.Earning;

namespace Gamification.Api;

/// <summary>Challenges as people read them: the list, one run, and for a member where it stands and whether it takes part.</summary>
internal sealed class ChallengeEndpoints(ChallengeAddress runs, IGrainFactory grains, TimeProvider clock)
{
    private const int PageMax = 50;

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<ChallengeEndpoints>(routes.ServiceProvider);
        routes.MapGet("/v1/challenges", door.For(Operation.ReadChallenges, Lane.Others, endpoints.List)).WithMetadata(ChallengeDocs.List);
        routes.MapGet("/v1/challenges/{challenge}", door.For(Operation.ReadChallenges, Lane.Others, endpoints.Get)).WithMetadata(ChallengeDocs.Get);
        routes.MapPut("/v1/challenges/{challenge}/participation", door.For(Operation.JoinChallenges, Lane.Others, endpoints.Take)).WithMetadata(ChallengeDocs.Take);
    }

    private async ValueTask List(HttpContext context, Caller caller)
    {
        var query = new Query(context.Request);
        var show = query.Text("show") ?? "open";
        if (show is not ("open" or "over")) query.Refuse("show", "unknown-value", "Send open or over.");
        var limit = query.Number("limit", 20, 1, PageMax);
        var skip = query.Number("skip", 0, 0, 1_000);
        if (query.Problem is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var list = await grains.GetGrain<IChallengeListGrain>(caller.Programme).View();
        var named = show == "over" ? list.Over : list.Open;
        var now = clock.GetUtcNow();
        var views = await Task.WhenAll(named.Skip(skip).Take(limit).Select(run => runs.Of(run).View(now)));
        var shown = views.Where(view => view.Challenge is not null && (view.Phase != ChallengePhase.Draft || ChallengeAddress.Writes(caller))).ToArray();
        var own = await Task.WhenAll(shown.Select(view => Own(view, caller)));
        JsonAnswer.Write(context, StatusCodes.Status200OK, (runs: shown.Zip(own), now: views is [var first, ..] ? first.At : now, more: named.Length > skip + limit), static (writer, answer) =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("challenges"u8);
            foreach (var (view, progress) in answer.runs) ChallengeAnswers.Write(writer, view, progress);
            writer.WriteEndArray();
            writer.WriteBoolean("more"u8, answer.more);
            writer.WriteString("serverTime"u8, answer.now);
            writer.WriteEndObject();
        });
    }

    private async ValueTask Get(HttpContext context, Caller caller)
    {
        var (view, problem) = await runs.Find(context, caller);
        if (problem is not null) ProblemJson.Answer(context, problem);
        else ChallengeAnswers.Answer(context, view, await Own(view, caller));
    }

    private async ValueTask Take(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var joined = document.Flag("joined");
        var team = document.OptionalText("team", 40);
        var hidden = document.OptionalFlag("hidden") ?? false;
        if (document.Problem() is { } wrong)
        {
            ProblemJson.Answer(context, wrong);
            return;
        }

        var (view, problem) = await runs.Find(context, caller);
        problem ??= caller.Member is null ? new(ProblemKind.Forbidden, "A member joins for itself.") : Objection(view, joined, team);
        if (problem is not null)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var part = new Participation(view.Run.Challenge, joined, joined ? team : null, hidden);
        await grains.GetGrain<IContestant>(ActorKeys.Member(caller.Programme, caller.Member!.Value)).Take(part, clock.GetUtcNow());
        ChallengeAnswers.Answer(context, view, await Own(view, caller) is { } own ? own with { HasJoined = joined || !view.Challenge!.Audience.OptIn, Team = part.Team, IsHidden = hidden } : null);
    }

    /// <summary>Joining is for as long as it counts; leaving and hiding for as long as standings are not frozen.</summary>
    private static Problem? Objection(ChallengeView view, bool joined, string? team)
    {
        if (view.Phase is not (ChallengePhase.Scheduled or ChallengePhase.Live or ChallengePhase.Grace)) return Refused("", "over", "It is over: nobody joins or leaves it any more.");
        if (!joined) return null;
        if (view.Challenge!.By is not InTeams teams) return team is null ? null : Refused("/team", "no-teams", "Leave it out: there are no teams.");
        return teams.Teams.Any(one => one.Id == team) ? null : Refused("/team", "unknown-team", $"Name one of {string.Join(", ", teams.Teams.Select(one => one.Id))}.");
    }

    private static Problem Refused(string field, string code, string remedy) => new(ProblemKind.RefusedChallenge, remedy) { Errors = [new(field, code, remedy)] };

    /// <summary>Where the caller stands; null for who is no member. Who joined a moment ago may not be counted yet.</summary>
    private async Task<MemberProgress?> Own(ChallengeView view, Caller caller)
    {
        if (caller.Member is not { } member || view.Phase == ChallengePhase.Draft) return null;
        var progress = await runs.Of(view.Run).ProgressOf(member);
        if (progress is { HasJoined: true }) return progress;
        var takes = view.Challenge!.Audience.OptIn ? (await grains.GetGrain<IContestant>(ActorKeys.Member(caller.Programme, member)).Takes()).FirstOrDefault(one => one.Challenge == view.Run.Challenge) : null;
        progress ??= new(0, 0, false, !view.Challenge.Audience.OptIn);
        return takes is null ? progress : progress with { HasJoined = true, Team = takes.Team, IsHidden = takes.Hidden };
    }
}
