using System.Text;

namespace Gamification.Api;

/// <summary>The page behind every problem's <c>type</c>, and the answer for addresses that lead nowhere.</summary>
internal static class ProblemEndpoints
{
    private static readonly OperationDoc Doc = new("getProblem", "Problems", "Read about a problem", "What a problem's `type` points at: what it means and what to do.")
    {
        Parameters = [new("code", "The last part of the `type`.", "duplicate-conflict")],
        Answer = new(200, "The page, in plain text.", null, "text/plain"),
        Problems = [ProblemKind.NotFound],
    };

    private static readonly Problem Nothing = new(ProblemKind.NotFound, "There is no such address, or not with this method.");

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        routes.MapGet("/problems/{code}", door.ForAll(Lane.Always, Get)).WithMetadata(Doc);
        routes.Map("/v1/{**rest}", door.ForAll(Lane.Others, static context =>
        {
            ProblemJson.Answer(context, Nothing);
            return default;
        }));
    }

    private static async ValueTask Get(HttpContext context)
    {
        if (!ProblemKind.All.TryGetValue((string)context.Request.RouteValues["code"]!, out var kind))
        {
            ProblemJson.Answer(context, Nothing);
            return;
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.WriteAsync($"{kind.Title}\n\nStatus {kind.Status}, type {kind.Type}\n\n{kind.Advice}\n", Encoding.UTF8);
    }
}
