using Gamification.Impacts;

namespace Gamification.Api;

/// <summary>What members' deeds come to (spec F7): of the community, a store, the calling member; and what corrections changed of it.</summary>
internal sealed class ImpactEndpoints(ProgrammeDirectory programmes, IGrainFactory grains)
{
    private const int PageMax = 100;

    private static readonly Problem NotAMember = new(ProblemKind.Forbidden, "A member reads its own impact.");
    private static readonly Problem NoStore = new(ProblemKind.NotFound, "The programme has no such store.");

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<ImpactEndpoints>(routes.ServiceProvider);
        routes.MapGet("/v1/impact", door.For(Operation.ReadImpact, Lane.Others, endpoints.Community)).WithMetadata(ImpactDocs.Community);
        routes.MapGet("/v1/impact/stores/{store}", door.For(Operation.ReadImpact, Lane.Others, endpoints.Store)).WithMetadata(ImpactDocs.Store);
        routes.MapGet("/v1/impact/me", door.For(Operation.ReadImpact, Lane.Others, endpoints.Own)).WithMetadata(ImpactDocs.Own);
        routes.MapGet("/v1/impact/restatements", door.For(Operation.ReadImpact, Lane.Others, endpoints.Restatements)).WithMetadata(ImpactDocs.Restatements);
    }

    private async ValueTask Community(HttpContext context, Caller caller) => ImpactMessage.Answer(context, ImpactMessage.Of(await Impact(caller).View(store: null)));

    private async ValueTask Store(HttpContext context, Caller caller)
    {
        var store = (string)context.Request.RouteValues["store"]!;
        if ((await programmes.Of(caller)).Settings.Stores.Any(one => one.Id == store)) ImpactMessage.Answer(context, ImpactMessage.Of(await Impact(caller).View(store)));
        else ProblemJson.Answer(context, NoStore);
    }

    private async ValueTask Own(HttpContext context, Caller caller)
    {
        if (caller.Member is { } member) ImpactMessage.Answer(context, ImpactMessage.Of(await Impact(caller).Of(member)));
        else ProblemJson.Answer(context, NotAMember);
    }

    private async ValueTask Restatements(HttpContext context, Caller caller)
    {
        var query = new Query(context.Request);
        var limit = query.Number("limit", 20, 1, PageMax);
        var skip = query.Number("skip", 0, 0, 1_000);
        if (query.Problem is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var found = await Impact(caller).Restatements(skip, limit + 1);
        ImpactMessage.Answer(context, new RestatementsMessage([.. found.Take(limit).Select(RestatementMessage.Of)], found.Length > limit));
    }

    private IImpactGrain Impact(Caller caller) => grains.GetGrain<IImpactGrain>(caller.Programme);
}
