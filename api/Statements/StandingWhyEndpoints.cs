using Gamification.Statements;

namespace Gamification.Api;

/// <summary>"Pourquoi ?" of what a member is: its tier, a streak, a badge (spec R4). For whoever may read its entries.</summary>
internal sealed class StandingWhyEndpoints(MemberDirectory members, IGrainFactory grains)
{
    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<StandingWhyEndpoints>(routes.ServiceProvider);
        routes.MapGet("/v1/members/{member}/why/tier", door.For(Operation.ReadEntries, Lane.Others, endpoints.GetTier)).WithMetadata(StandingWhyDocs.GetTier);
        routes.MapGet("/v1/members/{member}/why/streaks/{streak}", door.For(Operation.ReadEntries, Lane.Others, endpoints.GetStreak)).WithMetadata(StandingWhyDocs.GetStreak);
        routes.MapGet("/v1/members/{member}/why/badges/{badge}", door.For(Operation.ReadEntries, Lane.Others, endpoints.GetBadge)).WithMetadata(StandingWhyDocs.GetBadge);
    }

    private async ValueTask GetTier(HttpContext context, Caller caller)
    {
        if (await Find(context, caller) is not { } statement) return;
        if (await statement.WhyTier() is { } why) JsonAnswer.Write(context, StatusCodes.Status200OK, why, StandingWhyJson.Write);
        else ProblemJson.Answer(context, new(ProblemKind.UnknownStanding, "This programme has no tiers."));
    }

    private async ValueTask GetStreak(HttpContext context, Caller caller)
    {
        if (await Find(context, caller) is not { } statement) return;
        if (await statement.WhyStreak((string)context.Request.RouteValues["streak"]!) is { } why) JsonAnswer.Write(context, StatusCodes.Status200OK, why, StandingWhyJson.Write);
        else ProblemJson.Answer(context, new(ProblemKind.UnknownStanding, "This programme has no streak of this id."));
    }

    private async ValueTask GetBadge(HttpContext context, Caller caller)
    {
        if (await Find(context, caller) is not { } statement) return;
        if (await statement.WhyBadge((string)context.Request.RouteValues["badge"]!) is { } why) JsonAnswer.Write(context, StatusCodes.Status200OK, why, StandingWhyJson.Write);
        else ProblemJson.Answer(context, new(ProblemKind.UnknownStanding, "This programme offers no badge of this id, or it is secret and not held."));
    }

    private async ValueTask<IStatementGrain?> Find(HttpContext context, Caller caller)
    {
        var (member, problem) = await members.Find(caller, (string)context.Request.RouteValues["member"]!);
        if (problem is null) return grains.GetGrain<IStatementGrain>(ActorKeys.Member(caller.Programme, member.Member));
        ProblemJson.Answer(context, problem);
        return null;
    }
}
