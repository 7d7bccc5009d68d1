using System.Collections.Immutable;
using Gamification.Health;

namespace Gamification.Api;

/// <summary>For load balancers: is the process alive, and should it be sent receipts. Neither tells anything that a stranger may not know.</summary>
internal static class HealthEndpoints
{
    private static readonly OperationDoc LiveDoc = new("getLive", "Health", "Is the process alive", "Restart it when this does not answer.")
    {
        Answer = new(200, "It is.", """{ "status": "live" }"""),
    };

    private static readonly OperationDoc ReadyDoc = new("getReady", "Health", "Can receipts be recorded", "Send requests elsewhere while this is 503; `journal` says in a word why. `degraded` names what works less well meanwhile, receipts apart: `live` when live topics are polled.")
    {
        Answer = new(200, "They can.", """{ "status": "ready", "journal": "writing", "detail": null, "degraded": [{ "name": "live", "detail": "Redis does not answer." }] }"""),
    };

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var engine = routes.ServiceProvider.GetRequiredService<IEngineHealth>();
        var parts = routes.ServiceProvider.GetServices<IDegradation>().ToImmutableArray();
        routes.MapGet("/health/live", door.ForAll(Lane.Always, AnswerLive)).WithMetadata(LiveDoc);
        routes.MapGet("/health/ready", door.ForAll(Lane.Always, context => AnswerReady(context, new(engine.Now(), [.. parts.Select(part => part.Now()).OfType<Degradation>()])))).WithMetadata(ReadyDoc);
    }

    private static ValueTask AnswerLive(HttpContext context)
    {
        JsonAnswer.Write(context, StatusCodes.Status200OK, 0, static (writer, _) =>
        {
            writer.WriteStartObject();
            writer.WriteString("status"u8, "live"u8);
            writer.WriteEndObject();
        });
        return default;
    }

    private static ValueTask AnswerReady(HttpContext context, Readiness readiness)
    {
        var health = readiness.Engine;
        if (!health.Ready) context.Response.Headers.RetryAfter = "1";
        JsonAnswer.Write(context, health.Ready ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable, readiness, static (writer, readiness) =>
        {
            var (health, degraded) = readiness;
            writer.WriteStartObject();
            writer.WriteString("status"u8, health.Ready ? "ready"u8 : "unready"u8);
            writer.WriteString("journal"u8, health.Journal);
            writer.WriteString("detail"u8, health.Detail);
            writer.WriteStartArray("degraded"u8);
            foreach (var (name, detail) in degraded)
            {
                writer.WriteStartObject();
                writer.WriteString("name"u8, name);
                writer.WriteString("detail"u8, detail);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
        return default;
    }

    private sealed record Readiness(EngineHealth Engine, ImmutableArray<Degradation> Degraded);
}
