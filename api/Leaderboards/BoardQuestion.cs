using System.Collections.Immutable;
using Gamification.Leaderboards;

namespace Gamification.Api;

/// <summary>What a request asks of a board: which, with ranks counted how, and by whom. The same for every endpoint of boards.</summary>
internal sealed class BoardQuestion(BoardAddress boards, ProgrammeDirectory programmes, MemberDirectory members, MemberNames names, CallLimits limits, IGrainFactory grains)
{
    public const string Route = "/v1/boards/{scope}/{period}/{metric}";

    private const int IdMax = 32;

    public static readonly Problem NoBoard = new(ProblemKind.UnknownBoard, "There is no such scope, period, metric or window.");

    private static readonly Problem TooMany = new(ProblemKind.TooManyRequests, "This caller asks about boards too often.") { RetryAfter = TimeSpan.FromSeconds(1) };
    private static readonly Problem NotYours = new(ProblemKind.Forbidden, "A store's screen reads the boards of its store and of the programme; segments are for staff.");

    /// <summary>What every question about a board passes, after the door.</summary>
    public RequestDelegate Behind(Door door, Serve serve) => door.For(Operation.ReadBoards, Lane.Others, (context, caller) =>
    {
        var problem = !limits.TryAskBoard(caller, context.Response) ? TooMany
            : BoardScope.TryParse((string)context.Request.RouteValues["scope"]!, out var scope) && !caller.MayReadBoards(scope) ? NotYours
            : null;
        if (problem is null) return serve(context, caller);
        ProblemJson.Answer(context, problem);
        return default;
    });

    public ValueTask<Programme> ProgrammeOf(Caller caller) => programmes.Of(caller);

    public ValueTask<BoardId?> Find(HttpContext context, Programme programme)
    {
        var route = context.Request.RouteValues;
        return boards.Find(programme, (string)route["scope"]!, (string)route["period"]!, (string)route["metric"]!, new Query(context.Request).Text("window"));
    }

    /// <summary>How ranks are to be counted: as asked, or as the programme does.</summary>
    public static TiePolicy Ties(Query query, Programme programme)
    {
        if (query.Text("ties") is not { } text) return programme.Settings.Boards.Ties;
        if (TieNames.TryParse(text, out var ties)) return ties;
        query.Refuse("ties", "unknown-ties", "Send standard, dense or ordinal.");
        return default;
    }

    /// <summary>The board and member of the address; otherwise the problem is answered.</summary>
    public async ValueTask<(BoardId Board, IBoardGrain? Grain, NamedMember Member, TiePolicy Ties)?> FindMember(HttpContext context, Caller caller, Query query, string named)
    {
        var programme = await programmes.Of(caller);
        var ties = Ties(query, programme);
        var board = query.Problem is null ? await Find(context, programme) : null;
        var (member, problem) = board is null ? (default, query.Problem ?? NoBoard) : await members.FindAny(caller, named);
        if (problem is null) return (board!.Value, await GrainOf(programme, board.Value), member, ties);
        ProblemJson.Answer(context, problem);
        return null;
    }

    /// <summary>
    /// The board of the address, and those of the body's <c>members</c> that there are, in the order asked; otherwise the problem is answered. Who is unknown is left
    /// out, as those without a score are: the answer says nothing about who exists.
    /// </summary>
    public async ValueTask<(BoardId Board, IBoardGrain? Grain, ImmutableArray<MemberId> Members, TiePolicy Ties)?> FindMembers(HttpContext context, Caller caller, int max)
    {
        using var document = await StrictDocument.Read(context.Request);
        var asked = document.Texts("members", max, IdMax);
        var query = new Query(context.Request);
        var programme = await programmes.Of(caller);
        var ties = Ties(query, programme);
        var board = await Find(context, programme);
        if ((document.Problem() ?? query.Problem ?? (board is null ? NoBoard : null)) is not { } problem)
            return (board!.Value, await GrainOf(programme, board.Value), await members.FindAll(caller, asked), ties);
        ProblemJson.Answer(context, problem);
        return null;
    }

    /// <summary>Null for a window in which nobody can be ranked.</summary>
    public async ValueTask<IBoardGrain?> GrainOf(Programme programme, BoardId board) =>
        await boards.IsOutOfTime(programme, board) ? null : grains.GetGrain<IBoardGrain>(board.ToString());

    public ValueTask<ImmutableArray<MemberName>> NamesOf(Caller caller, ImmutableArray<BoardRow> rows) =>
        names.Of(caller.Programme, rows.Select(row => row.Member).ToImmutableArray());
}
