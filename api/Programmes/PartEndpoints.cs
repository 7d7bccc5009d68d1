using Gamification.Programmes;
using Gamification.Programmes.Documents;

namespace Gamification.Api;

/// <summary>A programme's parts, for marketers: what stands, what is being worked on, and how the one becomes the other.</summary>
internal sealed class PartEndpoints(IGrainFactory grains)
{
    private static readonly Problem NoPart = new(ProblemKind.UnknownPart, "The programme has no such part.");

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<PartEndpoints>(routes.ServiceProvider);
        routes.MapGet("/v1/programme", door.For(Operation.ReadProgramme, Lane.Others, endpoints.GetAll)).WithMetadata(DocumentDocs.GetProgramme);
        routes.MapDelete("/v1/programme/parts/{part}/draft", door.For(Operation.ChangeProgramme, Lane.Others, endpoints.Discard)).WithMetadata(DocumentDocs.DiscardDraft);
        routes.MapPut("/v1/programme/parts/{part}/draft", door.For(Operation.ChangeProgramme, Lane.Others, endpoints.Save)).WithMetadata(DocumentDocs.SaveDraft);
        routes.MapPost("/v1/programme/parts/{part}/validate", door.For(Operation.ChangeProgramme, Lane.Others, endpoints.Validate)).WithMetadata(DocumentDocs.ValidateDraft);
        routes.MapPost("/v1/programme/parts/{part}/publish", door.For(Operation.ChangeProgramme, Lane.Others, endpoints.Publish)).WithMetadata(DocumentDocs.PublishDraft);
        routes.MapPost("/v1/programme/parts/{part}/retire", door.For(Operation.ChangeProgramme, Lane.Others, endpoints.Retire)).WithMetadata(DocumentDocs.RetireVersion);
        routes.MapGet("/v1/programme/parts/{part}", door.For(Operation.ReadProgramme, Lane.Others, endpoints.Get)).WithMetadata(DocumentDocs.GetPart);
    }

    private async ValueTask GetAll(HttpContext context, Caller caller) =>
        JsonAnswer.Write(context, StatusCodes.Status200OK, await Documents(caller).View(), DocumentJson.WriteOverview);

    private async ValueTask Get(HttpContext context, Caller caller)
    {
        if (PartOf(context) is not { } part) return;
        JsonAnswer.Write(context, StatusCodes.Status200OK, (part, view: await Documents(caller).Read(part)), static (writer, answer) => DocumentJson.WritePart(writer, answer.part, answer.view));
    }

    private async ValueTask Discard(HttpContext context, Caller caller)
    {
        if (PartOf(context) is not { } part) return;
        DocumentJson.Answer(context, await Documents(caller).SaveDraft(part, text: null, caller.Id));
    }

    private async ValueTask Save(HttpContext context, Caller caller)
    {
        if (PartOf(context) is not { } part) return;
        var (text, problem) = await DocumentBody.Read(context.Request, DocumentBody.PartMax);
        if (problem is not null) ProblemJson.Answer(context, problem);
        else DocumentJson.Answer(context, await Documents(caller).SaveDraft(part, text, caller.Id));
    }

    /// <summary>What is wrong with a draft is the answer, not a failure of the question.</summary>
    private async ValueTask Validate(HttpContext context, Caller caller)
    {
        if (PartOf(context) is not { } part) return;
        var outcome = await Documents(caller).Validate(part, caller.Id);
        JsonAnswer.Write(context, StatusCodes.Status200OK, outcome is DocumentsOutcome.Refused refused ? refused.Errors : [], DocumentJson.WriteValidation);
    }

    private async ValueTask Publish(HttpContext context, Caller caller)
    {
        if (PartOf(context) is not { } part) return;
        using var document = await StrictDocument.Read(context.Request);
        var from = document.Instant("effectiveFrom");
        if (document.Problem() is { } problem) ProblemJson.Answer(context, problem);
        else DocumentJson.Answer(context, await Documents(caller).Publish(part, from, caller.Id));
    }

    private async ValueTask Retire(HttpContext context, Caller caller)
    {
        if (PartOf(context) is not { } part) return;
        using var document = await StrictDocument.Read(context.Request);
        var number = document.OptionalNumber("number", 1, int.MaxValue);
        if (number is null) document.Refuse("number", "missing", "This field is required.");
        if (document.Problem() is { } problem) ProblemJson.Answer(context, problem);
        else DocumentJson.Answer(context, await Documents(caller).Withdraw(part, number!.Value, caller.Id));
    }

    private IDocumentsGrain Documents(Caller caller) => grains.GetGrain<IDocumentsGrain>(caller.Programme);

    private static ProgrammePart? PartOf(HttpContext context)
    {
        if (ProgrammeParts.TryParse((string?)context.Request.RouteValues["part"], out var part)) return part;
        ProblemJson.Answer(context, NoPart);
        return null;
    }
}
