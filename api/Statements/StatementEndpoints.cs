using System.Globalization;
using System.IO.Pipelines;
using Gamification.Members;
using Gamification.Statements;

namespace Gamification.Api;

/// <summary>
/// A member's whole account for the member itself and for admins: what it has down to the lots, its whole history as CSV or JSON, and why an entry came to its
/// points. Histories are sent page by page as they are read: a long one takes no more memory than a short one, and a slow reader holds nothing up but itself.
/// </summary>
internal sealed class StatementEndpoints(MemberDirectory members, ProgrammeDirectory programmes, IGrainFactory grains)
{
    private const int HistoryPageSize = 200;

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<StatementEndpoints>(routes.ServiceProvider);
        routes.MapGet("/v1/members/{member}/holdings", door.For(Operation.ReadEntries, Lane.Others, endpoints.GetHoldings)).WithMetadata(StatementDocs.GetHoldings);
        routes.MapGet("/v1/members/{member}/statement.csv", door.For(Operation.ReadEntries, Lane.Others, endpoints.GetCsv)).WithMetadata(StatementDocs.GetCsv);
        routes.MapGet("/v1/members/{member}/statement.json", door.For(Operation.ReadEntries, Lane.Others, endpoints.GetJson)).WithMetadata(StatementDocs.GetJson);
        routes.MapGet("/v1/members/{member}/entries/{version}/why", door.For(Operation.ReadEntries, Lane.Others, endpoints.GetWhy)).WithMetadata(StatementDocs.GetWhy);
    }

    private async ValueTask GetHoldings(HttpContext context, Caller caller)
    {
        if (await Find(context, caller) is not { } member) return;
        var holdings = await StatementOf(caller, member).Holdings();
        JsonAnswer.Write(context, StatusCodes.Status200OK, (member, holdings), static (writer, answer) =>
        {
            writer.WriteStartObject();
            StatementJson.WriteHoldings(writer, answer.member.PublicId, answer.holdings);
            writer.WriteEndObject();
        });
    }

    private async ValueTask GetWhy(HttpContext context, Caller caller)
    {
        if (await Find(context, caller) is not { } member) return;
        var known = long.TryParse((string)context.Request.RouteValues["version"]!, NumberStyles.None, CultureInfo.InvariantCulture, out var version);
        if (!known || await StatementOf(caller, member).Why(version) is not { } why)
        {
            ProblemJson.Answer(context, new(ProblemKind.UnknownEntry, "The account has no entry of this version."));
            return;
        }

        JsonAnswer.Write(context, StatusCodes.Status200OK, (why, programme: await programmes.Of(caller)), static (writer, answer) => WhyJson.Write(writer, answer.why, answer.programme));
    }

    private async ValueTask GetCsv(HttpContext context, Caller caller)
    {
        if (await Find(context, caller) is not { } member) return;
        var (statement, programme) = (StatementOf(caller, member), await programmes.Of(caller));
        var until = (await statement.Holdings()).Version;
        var language = Languages.Asked(context.Request);
        Begin(context, member, "csv", "text/csv; charset=utf-8; header=present");
        context.Response.Headers.Vary = "Accept-Language";
        if (language is { } spoken) context.Response.Headers.ContentLanguage = Languages.CodeOf(spoken);
        var csv = new StatementCsv(context.Response.BodyWriter, programme, language);
        csv.WriteHeader();
        await EachPage(context, statement, until, lines =>
        {
            foreach (var line in lines) csv.WriteLine(line);
        });
    }

    private async ValueTask GetJson(HttpContext context, Caller caller)
    {
        if (await Find(context, caller) is not { } member) return;
        var (statement, programme) = (StatementOf(caller, member), await programmes.Of(caller));
        var holdings = await statement.Holdings();
        Begin(context, member, "json", JsonAnswer.ContentType);
        await using var writer = JsonAnswer.Into(context.Response.BodyWriter);
        writer.WriteStartObject();
        StatementJson.WriteHoldings(writer, member.PublicId, holdings);
        writer.WriteStartArray("entries"u8);
        await EachPage(context, statement, holdings.Version, lines =>
        {
            foreach (var line in lines) MemberJson.WriteLine(writer, line, programme);
            writer.Flush();
        });
        writer.WriteEndArray();
        writer.WriteEndObject();
    }

    /// <summary>The history up to a version, oldest first. Each page is on its way to the caller before the next is read.</summary>
    private static async Task EachPage(HttpContext context, IStatementGrain statement, long until, Action<IEnumerable<StatementLine>> write)
    {
        for (var after = 0L; after < until;)
        {
            var page = await statement.History(after, HistoryPageSize);
            if (page.Through == after) return;
            write(page.Lines.Where(line => line.Version <= until));
            after = page.Through;
            FlushResult sent = await context.Response.BodyWriter.FlushAsync(context.RequestAborted);
            if (sent.IsCompleted) return;
        }
    }

    private static void Begin(HttpContext context, NamedMember member, string extension, string type)
    {
        context.Response.StatusCode = StatusCodes.Status200OK;
        context.Response.ContentType = type;
        context.Response.Headers.ContentDisposition = $"attachment; filename=\"statement-{member.PublicId}.{extension}\"";
        context.Response.Headers.CacheControl = "no-store";
    }

    private async ValueTask<NamedMember?> Find(HttpContext context, Caller caller)
    {
        var (member, problem) = await members.Find(caller, (string)context.Request.RouteValues["member"]!);
        if (problem is null) return member;
        ProblemJson.Answer(context, problem);
        return null;
    }

    private IStatementGrain StatementOf(Caller caller, NamedMember member) => grains.GetGrain<IStatementGrain>(ActorKeys.Member(caller.Programme, member.Member));
}
