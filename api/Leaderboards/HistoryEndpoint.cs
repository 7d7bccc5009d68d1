using System.Globalization;
using Gamification.Leaderboards;

namespace Gamification.Api;

/// <summary>A board as it stood, for staff who have to explain it.</summary>
internal sealed class HistoryEndpoint(BoardQuestion ask, IGrainFactory grains, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes, Door door, BoardQuestion ask)
    {
        var endpoint = ActivatorUtilities.CreateInstance<HistoryEndpoint>(routes.ServiceProvider, ask);
        routes.MapGet(BoardQuestion.Route + "/history", door.For(Operation.ReadHistory, Lane.Others, endpoint.Get)).WithMetadata(CircleDocs.GetHistory);
    }

    private async ValueTask Get(HttpContext context, Caller caller)
    {
        var query = new Query(context.Request);
        var at = InstantOf(query);
        var offset = query.Number("offset", 0, 0, 100_000_000);
        var limit = query.Number("limit", 50, 1, 500);
        var programme = await ask.ProgrammeOf(caller);
        var ties = BoardQuestion.Ties(query, programme);
        var board = query.Problem is null ? await ask.Find(context, programme) : null;
        if (board is not { } id)
        {
            ProblemJson.Answer(context, query.Problem ?? BoardQuestion.NoBoard);
            return;
        }

        try
        {
            var page = await grains.GetGrain<IBoardHistoryGrain>(caller.Programme).At(id, at, offset, limit);

            // A page that does not begin at the top has no board of its time to ask for dense ranks: standard ones are told.
            var known = ties == TiePolicy.Dense && offset > 0 ? TiePolicy.Standard : ties;
            var ranked = new RankedRows(page.Rows, TieRanks.OfTop(page.Rows, known), await ask.NamesOf(caller, page.Rows), known);
            JsonAnswer.Write(context, StatusCodes.Status200OK, (page, ranked, at, programme), static (writer, answer) =>
            {
                writer.WriteStartObject();
                BoardJson.WriteAsOf(writer, answer.at, answer.programme);
                BoardJson.WriteWindow(writer, answer.page.Board.Window);
                writer.WriteNumber("size"u8, answer.page.Size);
                BoardJson.WriteRows(writer, answer.ranked);
                writer.WriteEndObject();
            });
        }
        catch (BoardHistoryTooLongException tooLong)
        {
            query.Refuse("window", "too-much-history", $"{tooLong.Message} Ask for a day, a week or a month.");
            ProblemJson.Answer(context, query.Problem!);
        }
    }

    private DateTimeOffset InstantOf(Query query)
    {
        if (DateTimeOffset.TryParse(query.Text("at"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var at) && at <= clock.GetUtcNow()) return at;
        query.Refuse("at", "invalid-instant", "Send an instant that has passed, as 2026-11-21T16:00:00Z.");
        return default;
    }
}
