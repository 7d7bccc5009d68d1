using Gamification.Leaderboards;

namespace Gamification.Api;

/// <summary>
/// Boards that are over, as they stood when nothing counted any more, with the certificate by which anybody can check them. Staff may have one settled that
/// is due; everybody who reads boards reads what is.
/// </summary>
internal sealed class SettledEndpoint(BoardQuestion ask, IGrainFactory grains)
{
    private const string Route = BoardQuestion.Route + "/settled";

    public static void Map(IEndpointRouteBuilder routes, Door door, BoardQuestion ask)
    {
        var endpoint = ActivatorUtilities.CreateInstance<SettledEndpoint>(routes.ServiceProvider, ask);
        routes.MapGet(Route, ask.Behind(door, endpoint.Get)).WithMetadata(SettledDocs.Get);
        routes.MapGet(Route + "/certificate", ask.Behind(door, endpoint.GetCertificate)).WithMetadata(SettledDocs.GetCertificate);
        routes.MapGet(Route + "/standings/{chunk:int}", ask.Behind(door, endpoint.GetStandings)).WithMetadata(SettledDocs.GetStandings);
    }

    private async ValueTask Get(HttpContext context, Caller caller)
    {
        var query = new Query(context.Request);
        var offset = query.Number("offset", 0, 0, 100_000_000);
        var limit = query.Number("limit", 50, 1, 500);
        if (await Find(context, caller, query) is not var (grain, settled, programme)) return;
        var page = await grain.Page(offset, limit);
        var ties = BoardQuestion.Ties(query, programme);

        // As with history: a page that does not begin at the top tells standard ranks where dense ones were asked.
        var known = ties == TiePolicy.Dense && offset > 0 ? TiePolicy.Standard : ties;
        var ranked = new RankedRows(page.Rows, TieRanks.OfTop(page.Rows, known), await ask.NamesOf(caller, page.Rows), known);
        JsonAnswer.Write(context, StatusCodes.Status200OK, (page, ranked, settled, programme), static (writer, answer) =>
        {
            writer.WriteStartObject();
            BoardJson.WriteWindow(writer, answer.page.Board.Window);
            writer.WriteString("closedAt"u8, answer.programme.Local(answer.settled.ClosesAt!.Value));
            writer.WriteString("hash"u8, answer.settled.Hash);
            writer.WriteNumber("chunks"u8, answer.settled.Chunks);
            writer.WriteNumber("size"u8, answer.page.Size);
            BoardJson.WriteRows(writer, answer.ranked);
            writer.WriteEndObject();
        });
    }

    private async ValueTask GetCertificate(HttpContext context, Caller caller)
    {
        if (await Find(context, caller, new(context.Request)) is not var (_, settled, _)) return;
        context.Response.ContentType = "text/plain; charset=utf-8";
        context.Response.Headers.ETag = $"\"{settled.Hash}\"";
        await context.Response.WriteAsync(settled.Certificate!);
    }

    private async ValueTask GetStandings(HttpContext context, Caller caller)
    {
        if (await Find(context, caller, new(context.Request)) is not var (grain, _, _)) return;
        if (await grain.Standings(int.Parse((string)context.Request.RouteValues["chunk"]!, System.Globalization.CultureInfo.InvariantCulture)) is not { } text)
        {
            ProblemJson.Answer(context, new(ProblemKind.UnknownBoard, "The standings have no such chunk: they are numbered from 0."));
            return;
        }

        context.Response.ContentType = "text/plain; charset=utf-8";
        await context.Response.Body.WriteAsync(text);
    }

    /// <summary>The settled board of the address; otherwise the problem is answered.</summary>
    private async ValueTask<(ISettledBoardGrain Grain, SettledBoard Settled, Programme Programme)?> Find(HttpContext context, Caller caller, Query query)
    {
        var programme = await ask.ProgrammeOf(caller);
        if (query.Text("window") is null) query.Refuse("window", "missing-window", "Name a window that is over: 2026-11-20, 2026-W46, 2026-10, or a season's id.");
        _ = BoardQuestion.Ties(query, programme);
        var board = query.Problem is null ? await ask.Find(context, programme) : null;
        if (board is not { } id || id.Window.Period == BoardPeriod.All)
        {
            ProblemJson.Answer(context, query.Problem ?? BoardQuestion.NoBoard);
            return null;
        }

        var grain = grains.GetGrain<ISettledBoardGrain>(id.ToString());
        var settled = Permissions.Allow(caller.Role, Operation.ReadHistory) ? await grain.Settle() : await grain.View();
        if (settled.Hash is not null) return (grain, settled, programme);
        ProblemJson.Answer(context, new(ProblemKind.UnknownBoard, settled.ClosesAt is { } closes
            ? $"This board is not settled; it can be from {programme.Local(closes):yyyy-MM-ddTHH:mm:sszzz} on."
            : "This board has no end."));
        return null;
    }
}
