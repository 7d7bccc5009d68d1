namespace Gamification.Api;

/// <summary>What other systems call: report one event, or ask what it would earn.</summary>
internal sealed class EventEndpoints(EventDesk desk, ProgrammeDirectory programmes, ReceivingTime time)
{
    public const string ContentType = "application/cloudevents+json";
    private const int BodyMax = 64 * 1024;

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<EventEndpoints>(routes.ServiceProvider);
        routes.MapPost("/v1/events", door.For(Operation.ReportEvents, Lane.Others, endpoints.Post)).WithMetadata(EventDocs.Post);
        routes.MapPost("/v1/events/preview", door.For(Operation.ReportEvents, Lane.Others, endpoints.Preview)).WithMetadata(EventDocs.Preview);
    }

    private async ValueTask Post(HttpContext context, Caller caller)
    {
        using var body = await Read(context.Request);
        if (body.Problem is { } unreadable)
        {
            ProblemJson.Answer(context, unreadable);
            return;
        }

        var programme = await programmes.Of(caller);
        var receivedAt = await time.Of(programme);
        var (stated, problem) = StatedEvent.Read(body.Bytes, programme);
        var answer = await desk.Post(programme, body.Bytes, stated, problem, receivedAt);
        LineAnswer.Answer(context, answer);
    }

    private async ValueTask Preview(HttpContext context, Caller caller)
    {
        using var body = await Read(context.Request);
        var programme = await programmes.Of(caller);
        var (stated, problem) = body.Problem is { } unreadable ? (null, unreadable) : StatedEvent.Read(body.Bytes, programme);
        var (preview, refused) = problem is null ? await desk.Preview(programme, stated!, await time.Of(programme)) : (null, problem);
        if (refused is null && preview!.Refusal is { } refusal) refused = new(ProblemKind.RefusedEvent, refusal.Remedy) { Errors = [new(refusal.Field, refusal.Code, refusal.Remedy)] };
        if (refused is not null) ProblemJson.Answer(context, refused);
        else JsonAnswer.Write(context, StatusCodes.Status200OK, preview!, EventJson.Write);
    }

    private static ValueTask<Body> Read(HttpRequest request) =>
        Body.Read(request, BodyMax, Body.IsOfType(request.ContentType, ContentType) ? ContentType : JsonAnswer.ContentType);
}
