using System.Collections.Immutable;
using Gamification.Leaderboards;

namespace Gamification.Api;

/// <summary>Boards: the top, a page, the neighbours of a member, the ranks of a list, a percentile.</summary>
internal sealed class BoardEndpoints(
    BoardAddress boards, ProgrammeDirectory programmes, MemberDirectory members, MemberNames names, CallLimits limits, IGrainFactory grains)
{
    private const string Route = "/v1/boards/{scope}/{period}/{metric}";
    private const int PageMax = 500;
    private const int EachMax = 50;

    private static readonly Problem TooMany = new(ProblemKind.TooManyRequests, "This caller asks about boards too often.") { RetryAfter = TimeSpan.FromSeconds(1) };
    private static readonly Problem NotYours = new(ProblemKind.Forbidden, "A store's screen reads the boards of its store and of the programme.");
    private static readonly Problem NoBoard = new(ProblemKind.UnknownBoard, "There is no such scope, period, metric or window.");

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<BoardEndpoints>(routes.ServiceProvider);
        routes.MapGet(Route, endpoints.Behind(door, endpoints.Get)).WithMetadata(BoardDocs.Get);
        routes.MapGet(Route + "/around/{member}", endpoints.Behind(door, endpoints.GetAround)).WithMetadata(BoardDocs.GetAround);
        routes.MapGet(Route + "/percentile/{member}", endpoints.Behind(door, endpoints.GetPercentile)).WithMetadata(BoardDocs.GetPercentile);
        routes.MapPost(Route + "/ranks", endpoints.Behind(door, endpoints.GetRanks)).WithMetadata(BoardDocs.GetRanks);
    }

    /// <summary>What every question about a board passes, after the door.</summary>
    private RequestDelegate Behind(Door door, Serve serve) => door.For(Operation.ReadBoards, Lane.Others, (context, caller) =>
    {
        var problem = !limits.TryAskBoard(caller, context.Response) ? TooMany
            : BoardNames.TryScope((string)context.Request.RouteValues["scope"]!, out var store) && !caller.MayReadBoards(store) ? NotYours
            : null;
        if (problem is null) return serve(context, caller);
        ProblemJson.Answer(context, problem);
        return default;
    });

    private async ValueTask Get(HttpContext context, Caller caller)
    {
        var query = new Query(context.Request);
        var offset = query.Number("offset", 0, 0, 100_000_000);
        var limit = query.Number("limit", 50, 1, PageMax);
        var programme = await programmes.Of(caller);
        var board = query.Problem is null ? await Find(context, programme) : null;
        if (board is not { } id)
        {
            ProblemJson.Answer(context, query.Problem ?? NoBoard);
            return;
        }

        if (await boards.IsOutOfTime(programme, id))
        {
            var nothing = (view: new BoardView(id, "empty", 0, 0, [], null), programme, topic: BoardAddress.Topic(id, query.Text("window")));
            JsonAnswer.Write(context, StatusCodes.Status200OK, nothing,
                static (writer, page) => BoardJson.WriteSnapshot(writer, page.topic, page.view, [], page.programme));
            return;
        }

        // The published top names a stream and version for whoever goes on with deltas; rows beyond it are read where they are.
        var grain = grains.GetGrain<IBoardGrain>(id.ToString());
        var view = await grain.View();
        var covered = offset == 0 && (view.Rows.Length >= limit || view.Rows.Length == view.Size);
        var rows = covered ? view.Rows[..Math.Min(limit, view.Rows.Length)] : (await grain.Top(offset, limit)).Rows;
        var page = (view: view with { Rows = rows }, names: await NamesOf(caller, rows), programme, topic: BoardAddress.Topic(id, query.Text("window")));
        JsonAnswer.Write(context, StatusCodes.Status200OK, page,
            static (writer, page) => BoardJson.WriteSnapshot(writer, page.topic, page.view, page.names, page.programme));
    }

    private async ValueTask GetAround(HttpContext context, Caller caller)
    {
        var query = new Query(context.Request);
        var each = query.Number("each", 5, 0, EachMax);
        if (await FindMember(context, caller, query) is not { } found) return;
        var page = found.Grain is { } grain ? await grain.Around(found.Member.Member, each) : new BoardPage(found.Board, 0, []);
        JsonAnswer.Write(context, StatusCodes.Status200OK, (page, names: await NamesOf(caller, page.Rows)), static (writer, answer) =>
        {
            writer.WriteStartObject();
            BoardJson.WriteWindow(writer, answer.page.Board.Window);
            writer.WriteNumber("size"u8, answer.page.Size);
            BoardJson.WriteRows(writer, answer.page.Rows, answer.names);
            writer.WriteEndObject();
        });
    }

    private async ValueTask GetPercentile(HttpContext context, Caller caller)
    {
        if (await FindMember(context, caller, new Query(context.Request)) is not { } found) return;
        var standings = found.Grain is { } grain ? await grain.Standings([found.Member.Member]) : [];
        JsonAnswer.Write(context, StatusCodes.Status200OK, (found.Member.PublicId, standings), static (writer, answer) =>
        {
            var standing = answer.standings is [var only] ? only : null;
            writer.WriteStartObject();
            writer.WriteString("id"u8, answer.PublicId);
            writer.WriteBoolean("ranked"u8, standing is not null);
            if (standing is not null)
            {
                writer.WriteNumber("rank"u8, standing.Row.Rank);
                writer.WriteNumber("size"u8, standing.Size);
                writer.WriteNumber("percentile"u8, standing.Percentile);
            }

            writer.WriteEndObject();
        });
    }

    private async ValueTask GetRanks(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var asked = document.Texts("members", PageMax, 32);
        var programme = await programmes.Of(caller);
        var board = await Find(context, programme);
        if ((document.Problem() ?? (board is null ? NoBoard : null)) is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        // Those who are unknown are not ranked, like those without a score: the answer says nothing about who exists.
        var found = await members.FindAll(caller, asked);
        var standings = await GrainOf(programme, board!.Value) is { } grain ? await grain.Standings(found) : [];
        var rows = standings.Select(standing => standing.Row).ToImmutableArray();
        JsonAnswer.Write(context, StatusCodes.Status200OK, (standings, names: await NamesOf(caller, rows)), static (writer, answer) =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("rows"u8);
            for (var i = 0; i < answer.standings.Length; i++)
            {
                writer.WriteStartObject();
                BoardJson.WriteRowFields(writer, answer.standings[i].Row, answer.names[i]);
                writer.WriteNumber("percentile"u8, answer.standings[i].Percentile);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    /// <summary>The board and member of the address; otherwise the problem is answered.</summary>
    private async ValueTask<(BoardId Board, IBoardGrain? Grain, NamedMember Member)?> FindMember(HttpContext context, Caller caller, Query query)
    {
        var programme = await programmes.Of(caller);
        var board = query.Problem is null ? await Find(context, programme) : null;
        var (member, problem) = board is null ? (default, query.Problem ?? NoBoard) : await members.FindAny(caller, (string)context.Request.RouteValues["member"]!);
        if (problem is null) return (board!.Value, await GrainOf(programme, board.Value), member);
        ProblemJson.Answer(context, problem);
        return null;
    }

    private ValueTask<BoardId?> Find(HttpContext context, Programme programme)
    {
        var route = context.Request.RouteValues;
        return boards.Find(programme, (string)route["scope"]!, (string)route["period"]!, (string)route["metric"]!, new Query(context.Request).Text("window"));
    }

    /// <summary>Null for a window in which nobody can be ranked.</summary>
    private async ValueTask<IBoardGrain?> GrainOf(Programme programme, BoardId board) =>
        await boards.IsOutOfTime(programme, board) ? null : grains.GetGrain<IBoardGrain>(board.ToString());

    private ValueTask<ImmutableArray<MemberName>> NamesOf(Caller caller, ImmutableArray<BoardRow> rows) =>
        names.Of(caller.Programme, rows.Select(row => row.Member).ToImmutableArray());
}
