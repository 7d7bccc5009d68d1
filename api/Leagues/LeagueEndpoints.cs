using System.Globalization;
using System.Text;
using Gamification.Challenges;
using Gamification.Leagues;
using Gamification.Members;

namespace Gamification.Api;

/// <summary>Leagues as people read them (spec G6): each with the season of now and where the calling member stands; and what a settled season is certified by.</summary>
internal sealed class LeagueEndpoints(MemberNames names, IGrainFactory grains, TimeProvider clock)
{
    private const int SeasonMax = 1_000_000;
    private static readonly Problem NoLeague = new(ProblemKind.NotFound, "The programme has no such league.");
    private static readonly Problem NotSettled = new(ProblemKind.NotFound, "There is no such season, or it is not settled yet.");
    private static readonly Problem NotAMember = new(ProblemKind.Forbidden, "A member joins for itself.");

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<LeagueEndpoints>(routes.ServiceProvider);
        routes.MapGet("/v1/leagues", door.For(Operation.ReadLeagues, Lane.Others, endpoints.List)).WithMetadata(LeagueDocs.List);
        routes.MapGet("/v1/leagues/{league}", door.For(Operation.ReadLeagues, Lane.Others, endpoints.Get)).WithMetadata(LeagueDocs.Get);
        routes.MapPut("/v1/leagues/{league}/participation", door.For(Operation.JoinLeagues, Lane.Others, endpoints.Take)).WithMetadata(LeagueDocs.Take);
        routes.MapGet("/v1/leagues/{league}/seasons/{season}/{part}", door.For(Operation.ReadLeagues, Lane.Others, endpoints.Settlement)).WithMetadata(LeagueDocs.Settlement);
    }

    private async ValueTask List(HttpContext context, Caller caller)
    {
        var found = await Task.WhenAll((await LeagueReading.Ids(grains, caller.Programme)).Select(league => Find(caller, league)));
        ImpactMessage.Answer(context, new LeaguesMessage([.. found.OfType<LeagueMessage>()]));
    }

    private async ValueTask Get(HttpContext context, Caller caller)
    {
        if (await Find(caller, (string)context.Request.RouteValues["league"]!) is { } league) ImpactMessage.Answer(context, league);
        else ProblemJson.Answer(context, NoLeague);
    }

    private async ValueTask Take(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var joined = document.Flag("joined");
        var hidden = document.OptionalFlag("hidden") ?? false;
        var league = (string)context.Request.RouteValues["league"]!;
        var known = document.Problem() is null ? await Find(caller, league) : null;
        if ((document.Problem() ?? (caller.Member is null ? NotAMember : known is null ? NoLeague : null)) is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var part = new Participation(LeagueNames.PartOf(league), joined, Hidden: hidden);
        await grains.GetGrain<IContestant>(ActorKeys.Member(caller.Programme, caller.Member!.Value)).Take(part, clock.GetUtcNow());

        // Who joined a moment ago is seated a moment later.
        ImpactMessage.Answer(context, known! with { Own = known.Own! with { Joined = joined, Hidden = hidden } });
    }

    private async ValueTask Settlement(HttpContext context, Caller caller)
    {
        var route = context.Request.RouteValues;
        var (league, part) = ((string)route["league"]!, (string)route["part"]!);
        var isNumber = int.TryParse((string)route["season"]!, NumberStyles.None, CultureInfo.InvariantCulture, out var season) && season is > 0 and <= SeasonMax;
        var grain = grains.GetGrain<ILeagueGrain>($"{caller.Programme}/{league}");
        var isThere = isNumber && (part is "certificate" or "standings") && (await LeagueReading.Ids(grains, caller.Programme)).Contains(league);
        if (!isThere || await grain.Certificate(season) is not { } certificate)
        {
            ProblemJson.Answer(context, NotSettled);
            return;
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        if (part == "certificate")
        {
            await context.Response.Body.WriteAsync(Encoding.UTF8.GetBytes(certificate));
            return;
        }

        for (var chunk = 0; await grain.Standings(season, chunk) is { } text; chunk++) await context.Response.Body.WriteAsync(text);
    }

    private Task<LeagueMessage?> Find(Caller caller, string league) =>
        LeagueReading.Find(grains, caller.Programme, league, caller.Member, async members => await names.Of(caller.Programme, members));
}
