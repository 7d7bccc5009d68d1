using System.Collections.Immutable;
using Gamification.Leaderboards;

namespace Gamification.Api;

/// <summary>What a board looks like from a member's own place: where it stands, seen or not, and among the friends that it names.</summary>
internal sealed class CircleEndpoints(BoardQuestion ask)
{
    private const int FriendsMax = 200;

    private static readonly Problem NotYours = new(ProblemKind.Forbidden, "A member reads where it stands itself.");

    public static void Map(IEndpointRouteBuilder routes, Door door, BoardQuestion ask)
    {
        var endpoints = new CircleEndpoints(ask);
        routes.MapGet(BoardQuestion.Route + "/standing/{member}", ask.Behind(door, endpoints.GetOwn)).WithMetadata(CircleDocs.GetOwn);
        routes.MapPost(BoardQuestion.Route + "/among", ask.Behind(door, endpoints.GetAmong)).WithMetadata(CircleDocs.GetAmong);
    }

    private async ValueTask GetOwn(HttpContext context, Caller caller)
    {
        // Where somebody would stand who does not wish to be seen is nobody else's business.
        if (caller.Member is null && caller.Role != Role.Admin)
        {
            ProblemJson.Answer(context, NotYours);
            return;
        }

        if (await ask.FindMember(context, caller, new Query(context.Request), (string)context.Request.RouteValues["member"]!) is not { } found) return;
        if (caller.Member is { } self && self != found.Member.Member)
        {
            ProblemJson.Answer(context, NotYours);
            return;
        }

        var own = found.Grain is { } grain ? (await grain.Own([found.Member.Member]))[0] : new OwnStanding(null, false, 0, 0);
        ImmutableArray<BoardRow> rows = own.Row is { } row ? [row] : [];
        var ranked = new RankedRows(rows, await TieRanks.Of(rows, found.Ties, found.Grain), await ask.NamesOf(caller, rows), found.Ties);
        JsonAnswer.Write(context, StatusCodes.Status200OK, (found.Board, own, ranked), static (writer, answer) =>
        {
            writer.WriteStartObject();
            BoardJson.WriteWindow(writer, answer.Board.Window);
            writer.WriteString("ties"u8, TieNames.Of(answer.ranked.Ties));
            writer.WriteNumber("size"u8, answer.own.Size);
            writer.WriteBoolean("virtual"u8, answer.own.IsVirtual);
            writer.WritePropertyName("row"u8);
            if (answer.own.Row is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                writer.WriteStartObject();
                BoardJson.WriteRowFields(writer, answer.ranked, 0);
                writer.WriteNumber("percentile"u8, answer.own.Percentile);
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        });
    }

    private async ValueTask GetAmong(HttpContext context, Caller caller)
    {
        if (await ask.FindMembers(context, caller, FriendsMax) is not (var board, var grain, var found, var ties)) return;

        // Not to be seen is left out like unknown and without a score.
        var standings = grain is null ? [] : await grain.Own([.. found.Distinct()]);
        var circle = Circles.Of(standings, caller.Member);
        var rows = circle.Select(friend => friend.Row).ToImmutableArray();
        var ranked = new RankedRows(
            [.. circle.Select(friend => friend.Row with { Place = friend.Place, TiedWith = circle.Count(other => !other.IsVirtual && other.Row.Score == friend.Row.Score && other.Row != friend.Row) })],
            [.. circle.Select(friend => friend.RankBy(ties))],
            await ask.NamesOf(caller, rows),
            ties);
        JsonAnswer.Write(context, StatusCodes.Status200OK, (board.Window, circle, ranked), static (writer, answer) =>
        {
            writer.WriteStartObject();
            BoardJson.WriteWindow(writer, answer.Window);
            writer.WriteString("ties"u8, TieNames.Of(answer.ranked.Ties));
            writer.WriteStartArray("rows"u8);
            for (var i = 0; i < answer.circle.Length; i++)
            {
                writer.WriteStartObject();
                BoardJson.WriteRowFields(writer, answer.ranked, i);
                writer.WriteBoolean("virtual"u8, answer.circle[i].IsVirtual);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }
}
