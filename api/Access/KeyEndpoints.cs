using System.Text.Json;
using Gamification.Access;

namespace Gamification.Api;

/// <summary>Till and service keys and screen tokens, as an admin sees them: made, listed, revoked. A key's text is shown once, when it is made.</summary>
internal sealed class KeyEndpoints(ProgrammeDirectory programmes, IGrainFactory grains, TimeProvider clock)
{
    private const int StoreMax = 16;
    private const int NameMax = 100;

    public static void Map(IEndpointRouteBuilder routes, Door door)
    {
        var endpoints = ActivatorUtilities.CreateInstance<KeyEndpoints>(routes.ServiceProvider);
        routes.MapPost("/v1/keys", door.For(Operation.ManageKeys, Lane.Others, endpoints.Create)).WithMetadata(AccessDocs.CreateKey);
        routes.MapGet("/v1/keys", door.For(Operation.ManageKeys, Lane.Others, endpoints.List)).WithMetadata(AccessDocs.ListKeys);
        routes.MapDelete("/v1/keys/{id}", door.For(Operation.ManageKeys, Lane.Others, endpoints.Revoke)).WithMetadata(AccessDocs.RevokeKey);
    }

    private async ValueTask Create(HttpContext context, Caller caller)
    {
        using var document = await StrictDocument.Read(context.Request);
        var kind = document.OptionalText("kind", 16) switch { null or "till" => KeyKind.Till, "service" => KeyKind.Service, _ => (KeyKind?)null };
        var store = kind == KeyKind.Service ? document.OptionalText("store", StoreMax) : document.Text("store", StoreMax);
        var name = document.Text("name", NameMax);
        if (kind is null) document.Refuse("kind", "unknown-value", "Send till or service; screens are paired.");
        else if (kind == KeyKind.Service && store is not null) document.Refuse("store", "no-store", "Leave it out: a service serves the whole programme.");
        else if (store is not null && !(await programmes.Of(caller)).Stores.ContainsKey(store)) document.Refuse("store", "unknown-value", "Send the id of one of the programme's stores, see /v1/stores.");
        if (document.Problem() is { } problem)
        {
            ProblemJson.Answer(context, problem);
            return;
        }

        var key = OpaqueKey.Draw(kind!.Value);
        if (await grains.GetGrain<IKeysGrain>(caller.Programme).Add(key.Grant(kind.Value, store, name, clock.GetUtcNow())) is not { } grant)
        {
            ProblemJson.Answer(context, new(ProblemKind.TooManyKeys, "The programme has 10,000 live keys."));
            return;
        }

        JsonAnswer.Write(context, StatusCodes.Status201Created, (grant, key.Text), static (writer, answer) =>
        {
            writer.WriteStartObject();
            writer.WriteString("key"u8, answer.Text);
            WriteFields(writer, answer.grant);
            writer.WriteEndObject();
        });
    }

    private async ValueTask List(HttpContext context, Caller caller)
    {
        var grants = await grains.GetGrain<IKeysGrain>(caller.Programme).List();
        JsonAnswer.Write(context, StatusCodes.Status200OK, grants, static (writer, grants) =>
        {
            writer.WriteStartObject();
            writer.WriteStartArray("keys"u8);
            foreach (var grant in grants)
            {
                writer.WriteStartObject();
                WriteFields(writer, grant);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        });
    }

    private async ValueTask Revoke(HttpContext context, Caller caller)
    {
        var known = await grains.GetGrain<IKeysGrain>(caller.Programme).Revoke((string)context.Request.RouteValues["id"]!, clock.GetUtcNow());
        if (known) context.Response.StatusCode = StatusCodes.Status204NoContent;
        else ProblemJson.Answer(context, new(ProblemKind.UnknownKey, "The programme has no key with this id."));
    }

    private static void WriteFields(Utf8JsonWriter writer, KeyGrant grant)
    {
        writer.WriteString("id"u8, grant.Id);
        writer.WriteString("kind"u8, grant.Kind switch { KeyKind.Till => "till", KeyKind.Screen => "screen", _ => "service" });
        writer.WriteString("store"u8, grant.Store);
        writer.WriteString("name"u8, grant.Name);
        writer.WriteString("createdAt"u8, grant.CreatedAt);
        writer.WriteString("revokedAt"u8, grant.RevokedAt);
    }
}
