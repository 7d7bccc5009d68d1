using System.Globalization;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;

namespace Gamification.Api;

/// <summary>Earning rules one by one: their stage, what they say in three languages, and publishing and retiring a version.</summary>
internal sealed class RuleEndpoints(IGrainFactory grains)
{
    private static readonly Problem NoRule = new(ProblemKind.UnknownPart, "A version of a rule is named by the rule's id and a number.");

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<RuleEndpoints>(routes.ServiceProvider);
        routes.MapGet("/v1/programme/rules", door.For(Operation.ReadProgramme, Lane.Others, endpoints.List)).WithMetadata(DocumentDocs.ListRules);
        routes.MapPost("/v1/programme/rules/{rule}/{version}/publish", door.For(Operation.ChangeProgramme, Lane.Others, endpoints.Publish)).WithMetadata(DocumentDocs.PublishRule);
        routes.MapPost("/v1/programme/rules/{rule}/{version}/retire", door.For(Operation.ChangeProgramme, Lane.Others, endpoints.Retire)).WithMetadata(DocumentDocs.RetireRule);
    }

    private async ValueTask List(HttpContext context, Caller caller)
    {
        var only = new Query(context.Request).Text("rule");
        var rules = await Documents(caller).Rules();
        JsonAnswer.Write(context, StatusCodes.Status200OK, only is null ? rules : [.. rules.Where(rule => rule.Rule.Rule == only)], DocumentJson.WriteRules);
    }

    private async ValueTask Publish(HttpContext context, Caller caller)
    {
        if (RuleOf(context) is not { } rule) return;
        using var document = await StrictDocument.Read(context.Request);
        var from = document.Instant("effectiveFrom");
        var until = document.OptionalInstant("effectiveUntil");
        if (document.Problem() is { } problem) ProblemJson.Answer(context, problem);
        else DocumentJson.Answer(context, await Documents(caller).PublishRule(rule, from, until, caller.Id));
    }

    private async ValueTask Retire(HttpContext context, Caller caller)
    {
        if (RuleOf(context) is not { } rule) return;
        using var document = await StrictDocument.Read(context.Request);
        var at = document.Instant("at");
        if (document.Problem() is { } problem) ProblemJson.Answer(context, problem);
        else DocumentJson.Answer(context, await Documents(caller).RetireRule(rule, at, caller.Id));
    }

    private IDocumentsGrain Documents(Caller caller) => grains.GetGrain<IDocumentsGrain>(caller.Programme);

    private static RuleVersionId? RuleOf(HttpContext context)
    {
        var (rule, version) = ((string)context.Request.RouteValues["rule"]!, (string?)context.Request.RouteValues["version"]);
        if (rule.Length <= 40 && int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return new(rule, number);
        ProblemJson.Answer(context, NoRule);
        return null;
    }
}
