using System.Globalization;
using System.Text.Json;
using Gamification.Incidents;

namespace Gamification.Api;

/// <summary>What nobody among the members is to blame for, declared for a store, a region or all (spec E3).</summary>
internal sealed class IncidentEndpoints(IGrainFactory grains, Insistence insistence, TimeProvider clock)
{
    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<IncidentEndpoints>(routes.ServiceProvider);
        routes.MapPost("/v1/incidents", door.For(Operation.DeclareIncidents, Lane.Others, endpoints.Declare)).WithMetadata(IncidentDocs.Declare);
        routes.MapGet("/v1/incidents", door.For(Operation.DeclareIncidents, Lane.Others, endpoints.List)).WithMetadata(IncidentDocs.List);
    }

    private async ValueTask Declare(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var stated = new DeclareIncident
        {
            Id = document.Text("id", 64),
            From = Date(document, "from"),
            To = Date(document, "to"),
            Scope = document.Text("scope", 64),
            Reason = document.Text("reason", 200),
            By = caller.Person ?? caller.Id,
        };
        if (document.Problem() is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var now = clock.GetUtcNow();
        switch (await insistence.On(() => grains.GetGrain<IIncidentsGrain>(caller.Programme).Declare(stated, now)))
        {
            case IncidentOutcome.Declared declared:
                JsonAnswer.Write(context, declared.Replayed ? StatusCodes.Status200OK : StatusCodes.Status201Created, declared, static (writer, answer) => Write(writer, answer.Incident, answer.Replayed));
                break;
            case IncidentOutcome.Conflict:
                ProblemJson.Answer(context, new(ProblemKind.IncidentConflict, "This id is that of another incident.") { Errors = [new("/id", "id-reused", "Give each incident an id of its own.")] });
                break;
            case IncidentOutcome.Refused { Refusal: var refusal }:
                ProblemJson.Answer(context, new(ProblemKind.InvalidDocument, refusal.Remedy) { Errors = [new(refusal.Field, refusal.Code, refusal.Remedy)] });
                break;
        }
    }

    private async ValueTask List(HttpContext context, Caller caller)
    {
        var incidents = await insistence.On(() => grains.GetGrain<IIncidentsGrain>(caller.Programme).All());
        JsonAnswer.Write(context, StatusCodes.Status200OK, incidents, static (writer, all) =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("incidents"u8);
            foreach (var incident in all) Write(writer, incident, replayed: null);
            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private static void Write(Utf8JsonWriter writer, Incident incident, bool? replayed)
    {
        writer.WriteStartObject();
        writer.WriteString("id"u8, incident.Id);
        writer.WriteNumber("number"u8, incident.Number);
        writer.WriteDate("from"u8, incident.From);
        writer.WriteDate("to"u8, incident.To);
        writer.WriteString("scope"u8, incident.Scope);
        writer.WriteString("reason"u8, incident.Reason);
        writer.WriteString("by"u8, incident.By);
        writer.WriteString("declaredAt"u8, incident.DeclaredAt);
        if (replayed is { } again) writer.WriteBoolean("replayed"u8, again);
        writer.WriteEndObject();
    }

    private static DateOnly Date(StrictDocument document, string name)
    {
        if (DateOnly.TryParseExact(document.Text(name, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date)) return date;
        document.Refuse(name, "invalid-date", "Send a date, e.g. 2026-11-30.");
        return default;
    }
}

internal static class IncidentDocs
{
    private const string Fields = """
        "id": "flood-1", "number": 1, "from": "2026-11-16", "to": "2026-11-18", "scope": "store:BRU", "reason": "The store was flooded", "by": "marie", "declaredAt": "2026-11-21T16:04:05+00:00"
        """;

    public static readonly OperationDoc Declare = new("declareIncident", "Members", "Declare an incident that breaks nobody's streak",
        "For the days from `from` to `to` (exclusive, 62 at most) of the last year or to come. `scope` is `programme`, `store:…` or `region:…`: it concerns whoever ever bought or earned points in one of "
        + "those stores. All their streaks are bridged, also those that seem broken by now, when they are next looked at or something happens to them; no account is touched before. The same "
        + "incident again under its `id` is answered with the first one.")
    {
        Permission = Operation.DeclareIncidents,
        Request = """{ "id": "flood-1", "from": "2026-11-16", "to": "2026-11-18", "scope": "store:BRU", "reason": "The store was flooded" }""",
        Answer = new(201, "Declared. A repeat is answered with 200 and `replayed: true`.", $$"""{ {{Fields}}, "replayed": false }"""),
        Problems = [ProblemKind.MalformedJson, ProblemKind.InvalidDocument, ProblemKind.IncidentConflict],
    };

    public static readonly OperationDoc List = new("listIncidents", "Members", "Read what incidents were declared", "All of them, newest first, with who declared them and why.")
    {
        Permission = Operation.DeclareIncidents,
        Answer = new(200, "The incidents.", $$"""{ "incidents": [{ {{Fields}} }] }"""),
    };
}
