using System.Text.Json;
using Gamification.Recognition;

namespace Gamification.Api;

/// <summary>
/// Fills a new badge in for the past (spec D1), page by page: whoever asks goes on with <c>next</c> until there is none. What a caller that went away meanwhile has done is done;
/// beginning anew does nothing twice.
/// </summary>
internal sealed class BadgeFillingEndpoint(IGrainFactory grains, TimeProvider clock)
{
    private const int PlaceMax = 40;

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoint = ActivatorUtilities.CreateInstance<BadgeFillingEndpoint>(routes.ServiceProvider);
        routes.MapPost("/v1/badges/{badge}/fill-in", door.For(Operation.ChangeProgramme, Lane.Others, endpoint.Post)).WithMetadata(BadgeFillingDocs.Post);
    }

    private async ValueTask Post(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var order = new FillingOrder
        {
            Badge = (string)context.Request.RouteValues["badge"]!,
            After = document.OptionalText("after", PlaceMax),
            IsPreview = document.OptionalFlag("preview") ?? false,
            By = caller.Id,
            ReceivedAt = clock.GetUtcNow(),
        };
        if (document.Problem() is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        switch (await grains.GetGrain<IBadgeFillingGrain>(caller.Programme).Page(order))
        {
            case FillingOutcome.Page page:
                JsonAnswer.Write(context, StatusCodes.Status200OK, (page, order.IsPreview), static (writer, answer) => Write(writer, answer.page, answer.IsPreview));
                break;
            case FillingOutcome.Refused { Refusal: var refusal }:
                ProblemJson.Answer(context, new(refusal.Code == "unknown-badge" ? ProblemKind.UnknownStanding : ProblemKind.RefusedCommand, refusal.Remedy) { Errors = [new(refusal.Field, refusal.Code, refusal.Remedy)] });
                break;
        }
    }

    private static void Write(Utf8JsonWriter writer, FillingOutcome.Page page, bool isPreview)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("preview"u8, isPreview);
        writer.WriteNumber("members"u8, page.Members);
        writer.WriteNumber("changed"u8, page.Changed);
        writer.WriteNumber("awards"u8, page.Awards);
        writer.WriteNumber("points"u8, page.Points);
        writer.WriteString("next"u8, page.Next);
        writer.WriteEndObject();
    }
}
