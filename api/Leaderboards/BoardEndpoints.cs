using System.Collections.Immutable;
using Gamification.Leaderboards;

namespace Gamification.Api;

/// <summary>Boards: the top, a page, the neighbours of a member, the ranks of a list, a percentile.</summary>
internal sealed class BoardEndpoints(BoardQuestion ask)
{
    private const int PageMax = 500;
    private const int EachMax = 50;

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var ask = ActivatorUtilities.CreateInstance<BoardQuestion>(routes.ServiceProvider);
        var endpoints = new BoardEndpoints(ask);
        routes.MapGet(BoardQuestion.Route, ask.Behind(door, endpoints.Get)).WithMetadata(BoardDocs.Get);
        routes.MapGet(BoardQuestion.Route + "/around/{member}", ask.Behind(door, endpoints.GetAround)).WithMetadata(BoardDocs.GetAround);
        routes.MapGet(BoardQuestion.Route + "/percentile/{member}", ask.Behind(door, endpoints.GetPercentile)).WithMetadata(BoardDocs.GetPercentile);
        routes.MapPost(BoardQuestion.Route + "/ranks", ask.Behind(door, endpoints.GetRanks)).WithMetadata(BoardDocs.GetRanks);
        CircleEndpoints.Map(routes, door, ask);
        BoardChoiceEndpoint.Map(routes, door);
        HistoryEndpoint.Map(routes, door, ask);
        SettledEndpoint.Map(routes, door, ask);
    }

    private async ValueTask Get(HttpContext context, Caller caller)
    {
        var query = new Query(context.Request);
        var offset = query.Number("offset", 0, 0, 100_000_000);
        var limit = query.Number("limit", 50, 1, PageMax);
        var programme = await ask.ProgrammeOf(caller);
        var ties = BoardQuestion.Ties(query, programme);
        var board = query.Problem is null ? await ask.Find(context, programme) : null;
        if (board is not { } id)
        {
            ProblemJson.Answer(context, query.Problem ?? BoardQuestion.NoBoard);
            return;
        }

        var topic = BoardAddress.Topic(id, query.Text("window"));
        if (await ask.GrainOf(programme, id) is not { } grain)
        {
            var nothing = (view: new BoardView(id, "empty", 0, 0, [], null), programme, topic, ties);
            JsonAnswer.Write(context, StatusCodes.Status200OK, nothing,
                static (writer, page) => BoardJson.WriteSnapshot(writer, page.topic, page.view, RankedRows.Nobody(page.ties), page.programme));
            return;
        }

        // The published top names a stream and version for whoever goes on with deltas; rows beyond it are read where they are.
        var view = await grain.View();
        var covered = offset == 0 && (view.Rows.Length >= limit || view.Rows.Length == view.Size);
        var rows = covered ? view.Rows[..Math.Min(limit, view.Rows.Length)] : (await grain.Top(offset, limit)).Rows;
        var ranked = new RankedRows(rows, await TieRanks.Of(rows, ties, grain), await ask.NamesOf(caller, rows), ties);
        JsonAnswer.Write(context, StatusCodes.Status200OK, (view, ranked, programme, topic),
            static (writer, page) => BoardJson.WriteSnapshot(writer, page.topic, page.view, page.ranked, page.programme));
    }

    private async ValueTask GetAround(HttpContext context, Caller caller)
    {
        var query = new Query(context.Request);
        var each = query.Number("each", 5, 0, EachMax);
        if (await ask.FindMember(context, caller, query, (string)context.Request.RouteValues["member"]!) is not { } found) return;
        var page = found.Grain is { } grain ? await grain.Around(found.Member.Member, each) : new BoardPage(found.Board, 0, []);
        var ranked = new RankedRows(page.Rows, await TieRanks.Of(page.Rows, found.Ties, found.Grain), await ask.NamesOf(caller, page.Rows), found.Ties);
        JsonAnswer.Write(context, StatusCodes.Status200OK, (page, ranked), static (writer, answer) =>
        {
            writer.WriteStartObject();
            BoardJson.WriteWindow(writer, answer.page.Board.Window);
            writer.WriteNumber("size"u8, answer.page.Size);
            BoardJson.WriteRows(writer, answer.ranked);
            writer.WriteEndObject();
        });
    }

    private async ValueTask GetPercentile(HttpContext context, Caller caller)
    {
        if (await ask.FindMember(context, caller, new Query(context.Request), (string)context.Request.RouteValues["member"]!) is not { } found) return;
        var standings = found.Grain is { } grain ? await grain.Standings([found.Member.Member]) : [];
        var ranks = await TieRanks.Of([.. standings.Select(standing => standing.Row)], found.Ties, found.Grain);
        JsonAnswer.Write(context, StatusCodes.Status200OK, (found.Member.PublicId, standings, ranks), static (writer, answer) =>
        {
            var standing = answer.standings is [var only] ? only : null;
            writer.WriteStartObject();
            writer.WriteString("id"u8, answer.PublicId);
            writer.WriteBoolean("ranked"u8, standing is not null);
            if (standing is not null)
            {
                writer.WriteNumber("rank"u8, answer.ranks[0]);
                writer.WriteNumber("size"u8, standing.Size);
                writer.WriteNumber("percentile"u8, standing.Percentile);
            }

            writer.WriteEndObject();
        });
    }

    private async ValueTask GetRanks(HttpContext context, Caller caller)
    {
        if (await ask.FindMembers(context, caller, PageMax) is not (_, var grain, var found, var ties)) return;
        var standings = grain is null ? [] : await grain.Standings(found);
        var rows = standings.Select(standing => standing.Row).ToImmutableArray();
        var ranked = new RankedRows(rows, await TieRanks.Of(rows, ties, grain), await ask.NamesOf(caller, rows), ties);
        JsonAnswer.Write(context, StatusCodes.Status200OK, (standings, ranked), static (writer, answer) =>
        {
            writer.WriteStartObject();
            writer.WriteString("ties"u8, TieNames.Of(answer.ranked.Ties));
            writer.WriteStartArray("rows"u8);
            for (var i = 0; i < answer.standings.Length; i++)
            {
                writer.WriteStartObject();
                BoardJson.WriteRowFields(writer, answer.ranked, i);
                writer.WriteNumber("percentile"u8, answer.standings[i].Percentile);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }
}
