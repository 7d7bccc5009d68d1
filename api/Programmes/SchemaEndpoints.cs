using System.Collections.Frozen;
using Gamification.Programmes.Documents;

namespace Gamification.Api;

/// <summary>The JSON Schemas of a programme's parts, for whoever writes one with an editor.</summary>
internal static class SchemaEndpoints
{
    private const string Suffix = ".schema.json";
    private static readonly Problem Nothing = new(ProblemKind.NotFound, "There is no such schema.");

    private static readonly FrozenDictionary<string, byte[]> Schemas = Directory
        .EnumerateFiles(Path.Combine(AppContext.BaseDirectory, "Programmes"), $"*{Suffix}")
        .ToFrozenDictionary(path => Path.GetFileName(path)[..^Suffix.Length], File.ReadAllBytes, StringComparer.Ordinal);

    public static void Map(IEndpointRouteBuilder routes, Door door) =>
        routes.MapGet("/v1/schemas/{name}", door.ForAll(Lane.Others, Get)).WithMetadata(DocumentDocs.GetSchema);

    /// <summary>Null for a part that has none.</summary>
    public static string? AddressOf(ProgrammePart part) => Schemas.ContainsKey(ProgrammeParts.NameOf(part)) ? $"/v1/schemas/{ProgrammeParts.NameOf(part)}" : null;

    private static async ValueTask Get(HttpContext context)
    {
        if (!Schemas.TryGetValue((string)context.Request.RouteValues["name"]!, out var schema))
        {
            ProblemJson.Answer(context, Nothing);
            return;
        }

        context.Response.ContentType = "application/schema+json";
        context.Response.ContentLength = schema.Length;
        await context.Response.Body.WriteAsync(schema);
    }
}
