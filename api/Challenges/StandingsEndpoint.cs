using Gamification.Challenges;
using Gamification.Leaderboards;

namespace Gamification.Api;

/// <summary>The board of a challenge while it runs: who stands where, by pseudonym. Once it is settled its certificate says it.</summary>
internal sealed class StandingsEndpoint(ChallengeAddress runs, MemberNames names)
{
    private const int PageMax = 500;
    private static readonly Problem NoOrder = new(ProblemKind.UnknownBoard, "Members have a place where each is for itself, from its start until standings are frozen: then they are in its settlement.");

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoint = ActivatorUtilities.CreateInstance<StandingsEndpoint>(routes.ServiceProvider);
        routes.MapGet("/v1/challenges/{challenge}/standings", door.For(Operation.ReadChallenges, Lane.Others, endpoint.Get)).WithMetadata(ChallengeDocs.Standings);
    }

    private async ValueTask Get(HttpContext context, Caller caller)
    {
        var query = new Query(context.Request);
        var offset = query.Number("offset", 0, 0, 100_000_000);
        var limit = query.Number("limit", 50, 1, PageMax);
        var (view, problem) = query.Problem is null ? await runs.Find(context, caller) : (null!, query.Problem);
        var page = problem is null ? await runs.Of(view.Run).Top(offset, limit) : null;
        if (page is null)
        {
            ProblemJson.Answer(context, problem ?? NoOrder);
            return;
        }

        var ranked = new RankedRows(page.Rows, [.. page.Rows.Select(row => row.Rank)], await names.Of(caller.Programme, [.. page.Rows.Select(row => row.Member)]), TiePolicy.Standard);
        JsonAnswer.Write(context, StatusCodes.Status200OK, (view.Run, page.Size, ranked), static (writer, answer) =>
        {
            writer.WriteStartObject();
            writer.WriteString("challenge"u8, answer.Run.Challenge);
            writer.WriteNumber("run"u8, answer.Run.Run);
            writer.WriteNumber("size"u8, answer.Size);
            BoardJson.WriteRows(writer, answer.ranked);
            writer.WriteEndObject();
        });
    }
}
