using Gamification.Programmes;
using Gamification.Vault;

namespace Gamification.Api;

/// <summary>What is known of a programme as a whole: its stores, its sums, and what it could not accept.</summary>
internal sealed class ProgrammeEndpoints(ProgrammeDirectory programmes, IGrainFactory grains)
{
    private static readonly Problem NoStore = new(ProblemKind.InvalidRequest, "The programme has no such store.")
    {
        Errors = [new("?store", "unknown-value", "Send the id of one of the programme's stores, see /v1/stores.")],
    };

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<ProgrammeEndpoints>(routes.ServiceProvider);
        routes.MapGet("/v1/stores", door.For(Operation.ReadStores, Lane.Others, endpoints.GetStores)).WithMetadata(ProgrammeDocs.GetStores);
        routes.MapGet("/v1/totals", door.For(Operation.ReadTotals, Lane.Others, endpoints.GetTotals)).WithMetadata(ProgrammeDocs.GetTotals);
        routes.MapGet("/v1/quarantine", door.For(Operation.ReadQuarantine, Lane.Others, endpoints.GetQuarantine)).WithMetadata(ProgrammeDocs.GetQuarantine);
    }

    private async ValueTask GetStores(HttpContext context, Caller caller)
    {
        var programme = await programmes.Of(caller);
        JsonAnswer.Write(context, StatusCodes.Status200OK, programme.Settings.Stores, static (writer, stores) =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("stores"u8);
            foreach (var store in stores)
            {
                writer.WriteStartObject();
                writer.WriteString("id"u8, store.Id);
                writer.WriteText("name"u8, store.NameFr, store.NameNl, store.NameEn);
                writer.WriteString("timeZone"u8, store.TimeZone);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private async ValueTask GetTotals(HttpContext context, Caller caller)
    {
        var programme = await programmes.Of(caller);
        var store = new Query(context.Request).Text("store");
        if (store is not null && !programme.Stores.ContainsKey(store))
        {
            ProblemJson.Answer(context, NoStore);
            return;
        }

        var totals = await grains.GetGrain<IProgrammeGrain>(caller.Programme).Totals(store);
        JsonAnswer.Write(context, StatusCodes.Status200OK, (store, totals, programme), static (writer, answer) =>
        {
            writer.WriteStartObject();
            writer.WriteString("store"u8, answer.store);
            writer.WriteNumber("receipts"u8, answer.totals.Receipts);
            writer.WriteNumber("anonymousReceipts"u8, answer.totals.AnonymousReceipts);
            writer.WriteNumber("members"u8, answer.totals.Members);
            writer.WriteNumber("points"u8, answer.totals.Points);
            writer.WriteNumber("spend"u8, answer.programme.InUnits(answer.totals.Spend));
            writer.WriteString("currency"u8, answer.programme.Settings.Currency);
            writer.WriteEndObject();
        });
    }

    private async ValueTask GetQuarantine(HttpContext context, Caller caller)
    {
        var query = new Query(context.Request);
        var store = query.Text("store");
        var before = query.Cursor();
        var limit = query.Number("limit", 50, 1, 100);
        if (query.Problem is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var bodies = await grains.GetGrain<ICardsGrain>(caller.Programme).ReadQuarantine(store, before, limit);
        JsonAnswer.Write(context, StatusCodes.Status200OK, (bodies, limit), static (writer, answer) => QuarantineJson.Write(writer, answer.bodies, answer.limit));
    }
}
