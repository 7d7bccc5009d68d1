using System.Globalization;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Gamification.Api;

/// <summary>
/// The OpenAPI document, made of each endpoint's <see cref="OperationDoc"/>. Endpoints read and write their own JSON, so there are no types to
/// reflect on: schemas come from the examples, which a test holds to the truth, and a receipt's bounds from <see cref="ReceiptSchema"/>.
/// </summary>
internal static class OpenApiWriter
{
    private const string SchemeName = "bearer";

    public static void Configure(OpenApiOptions options) => options.AddDocumentTransformer((document, context, _) =>
    {
        document.Info = new()
        {
            Title = "Gamification engine",
            Version = "1",
            Description = "Receipts in, durable points, live boards out. Errors are RFC 9457 problems whose `type` is an address to read. "
                + "Posting a receipt again is always safe. Lists are paged by opaque cursors.",
        };
        document.Components = new()
        {
            SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>(StringComparer.Ordinal)
            {
                [SchemeName] = new OpenApiSecurityScheme { Type = SecuritySchemeType.Http, Scheme = "bearer", Description = "A till key, a screen token, or a staff or member JWT." },
            },
            Schemas = new Dictionary<string, IOpenApiSchema>(StringComparer.Ordinal) { ["Problem"] = ProblemSchema(), ["Receipt"] = ReceiptSchema.Build() },
        };
        document.Paths = new OpenApiPaths();
        foreach (var endpoint in context.ApplicationServices.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>())
        {
            if (endpoint.Metadata.GetMetadata<OperationDoc>() is { } doc) Add(document, endpoint, doc);
        }

        return Task.CompletedTask;
    });

    private static void Add(OpenApiDocument document, RouteEndpoint endpoint, OperationDoc doc)
    {
        var path = endpoint.RoutePattern.RawText!;
        var method = HttpMethod.Parse(endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods[0]);
        if (!document.Paths.TryGetValue(path, out var item)) document.Paths[path] = item = new OpenApiPathItem { Operations = [] };
        document.Tags ??= new HashSet<OpenApiTag>();
        document.Tags.Add(new() { Name = doc.Tag });
        item.Operations![method] = new()
        {
            OperationId = doc.Id,
            Tags = new HashSet<OpenApiTagReference> { new(doc.Tag, document) },
            Summary = doc.Summary,
            Description = doc.Permission is { } permission ? $"{doc.Description}\n\nFor: {Callers(permission)}." : doc.Description,
            Parameters = [.. doc.Parameters.Select(Parameter)],
            RequestBody = doc.Request is null ? null : Request(doc, document),
            Responses = Responses(doc, document),
            Security = doc.Permission is null ? [] : [new() { [new OpenApiSecuritySchemeReference(SchemeName, document)] = [] }],
        };
    }

    private static string Callers(Operation permission) =>
        string.Join(", ", Enum.GetValues<Role>().Where(role => Permissions.Allow(role, permission)).Select(RoleNames.Of));

    private static OpenApiParameter Parameter(ParameterDoc doc) => new()
    {
        Name = doc.Name,
        In = doc.InQuery ? ParameterLocation.Query : doc.InHeader ? ParameterLocation.Header : ParameterLocation.Path,
        Required = !doc.InQuery,
        Description = doc.Description,
        Example = doc.Example,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String },
    };

    private static OpenApiRequestBody Request(OperationDoc doc, OpenApiDocument document)
    {
        var isReceipt = doc.Tag == "Receipts";
        return new()
        {
            Required = true,
            Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [doc.RequestType] = new OpenApiMediaType
                {
                    Example = ExampleOf(doc.Request!, doc.RequestType),
                    Schema = isReceipt ? new OpenApiSchemaReference("Receipt", document)
                        : doc.RequestType != DocumentBody.Csv ? SchemaOf(JsonNode.Parse(FirstOf(doc.Request!, doc.RequestType)))
                        : new OpenApiSchema { Type = JsonSchemaType.String },
                },
            },
        };
    }

    private static OpenApiResponses Responses(OperationDoc doc, OpenApiDocument document)
    {
        var success = new OpenApiResponse { Description = doc.Answer.Description };
        if (doc.Answer.Body is { } body)
        {
            success.Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
            {
                [doc.Answer.Type] = new OpenApiMediaType { Example = ExampleOf(body, doc.Answer.Type), Schema = SchemaOf(body, doc.Answer.Type) },
            };
        }

        var responses = new OpenApiResponses { [doc.Answer.Status.ToString(CultureInfo.InvariantCulture)] = success };
        IEnumerable<ProblemKind> always = doc.Permission is null
            ? [ProblemKind.Unavailable]
            : [ProblemKind.Unauthorised, ProblemKind.Forbidden, ProblemKind.TooManyRequests, ProblemKind.Fault, ProblemKind.Unavailable];
        foreach (var kinds in doc.Problems.Concat(always).Distinct().GroupBy(kind => kind.Status).OrderBy(kinds => kinds.Key))
        {
            responses[kinds.Key.ToString(CultureInfo.InvariantCulture)] = new OpenApiResponse
            {
                Description = string.Join(" ", kinds.Select(kind => $"`{kind.Code}`: {kind.Title}.")),
                Content = new Dictionary<string, OpenApiMediaType>(StringComparer.Ordinal)
                {
                    [ProblemJson.ContentType] = new OpenApiMediaType { Schema = new OpenApiSchemaReference("Problem", document), Example = ProblemExample(kinds.First()) },
                },
            };
        }

        return responses;
    }

    private static JsonNode? ExampleOf(string text, string type) => IsDocument(type) ? JsonNode.Parse(text) : JsonValue.Create(text);

    private static OpenApiSchema SchemaOf(string body, string type) =>
        type.EndsWith("json", StringComparison.Ordinal) ? SchemaOf(JsonNode.Parse(FirstOf(body, type))) : new() { Type = JsonSchemaType.String };

    /// <summary>The text itself, or the first of its lines.</summary>
    private static string FirstOf(string text, string type) => IsDocument(type) ? text : text.Split('\n')[0];

    private static bool IsDocument(string type) => type.EndsWith("json", StringComparison.Ordinal) && !type.EndsWith("ndjson", StringComparison.Ordinal);

    private static JsonObject ProblemExample(ProblemKind kind) => new()
    {
        ["type"] = kind.Type,
        ["title"] = kind.Title,
        ["status"] = kind.Status,
        ["detail"] = kind.Advice,
    };

    private static OpenApiSchema ProblemSchema() => SchemaOf(JsonNode.Parse("""
        { "type": "/problems/invalid-receipt", "title": "…", "status": 422, "detail": "…", "errors": [{ "field": "/total", "code": "missing", "remedy": "…" }] }
        """));

    private static OpenApiSchema SchemaOf(JsonNode? example) => example switch
    {
        JsonObject members => new()
        {
            Type = JsonSchemaType.Object,
            Properties = members.ToDictionary(member => member.Key, member => (IOpenApiSchema)SchemaOf(member.Value), StringComparer.Ordinal),
        },
        JsonArray elements => new() { Type = JsonSchemaType.Array, Items = elements.Count == 0 ? new() : SchemaOf(elements[0]) },
        JsonValue value when value.TryGetValue<bool>(out _) => new() { Type = JsonSchemaType.Boolean },
        JsonValue value when value.TryGetValue<long>(out _) => new() { Type = JsonSchemaType.Integer, Format = "int64" },
        JsonValue value when value.TryGetValue<decimal>(out _) => new() { Type = JsonSchemaType.Number },
        JsonValue => new() { Type = JsonSchemaType.String },
        _ => new() { Type = JsonSchemaType.String | JsonSchemaType.Null },
    };
}
