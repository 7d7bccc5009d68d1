using System.Text;
using Gamification.Challenges;

namespace Gamification.Api;

/// <summary>What a settled run can be held to, as the texts that its certificate hashes. They name nobody, so whoever reads boards reads them.</summary>
internal sealed class CertificateEndpoints(ChallengeAddress runs)
{
    private const string Text = "text/plain; charset=utf-8";
    private static readonly Problem NotSettled = new(ProblemKind.UnknownChallenge, "It has no certificate yet: standings are frozen when its grace is over.");
    private static readonly Problem NoSuchPart = new(ProblemKind.InvalidRequest, "part: Send certificate, challenge, standings or prizes.") { Errors = [new("part", "unknown-value", "Send certificate, challenge, standings or prizes.")] };

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<CertificateEndpoints>(routes.ServiceProvider);
        routes.MapGet("/v1/challenges/{challenge}/settlement/{part}", door.For(Operation.ReadChallenges, Lane.Others, endpoints.Get)).WithMetadata(ChallengeDocs.Settlement);
    }

    private async ValueTask Get(HttpContext context, Caller caller)
    {
        var part = (string)context.Request.RouteValues["part"]!;
        var (view, problem) = await runs.Find(context, caller);
        problem ??= view.Certificate is null ? NotSettled : part is "certificate" or "challenge" or "standings" or "prizes" ? null : NoSuchPart;
        if (problem is not null)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var run = runs.Of(view.Run);
        context.Response.ContentType = Text;
        if (part is "certificate" or "challenge") await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes((part == "certificate" ? await run.Certificate() : await run.Document())!), context.RequestAborted);
        else await WriteAll(context, run, part == "standings" ? ArchivePart.Standings : ArchivePart.Prizes);
    }

    /// <summary>Chunk after chunk, so that a million rows are never in memory at once.</summary>
    private static async Task WriteAll(HttpContext context, IChallengeGrain run, ArchivePart part)
    {
        for (var chunk = 0; await run.Archive(part, chunk) is { } text; chunk++) await context.Response.Body.WriteAsync(text, context.RequestAborted);
    }
}
