using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

/// <summary>Asks whatever the description of the API shows, spoilt part by part, and holds each answer to being one: no fault, and a refusal that names a field and a remedy.</summary>
internal sealed class Spoiling(HttpClient client)
{
    private static readonly string[] Spoilt =
    [
        "null", "-1", "1e30", "9223372036854775808", "\"\"", "\"\\u0000\"", "\"\\ud800\"", "\"9999-12-31T23:59:59+14:00\"", "\"9999-12-31\"", "{\"a\":[]}",
    ];

    private static readonly string[] Bodies = ["", "{", "null", "[]", "\"x\"", "{}", "{\"a\":1,\"a\":2}", "{\"\\ud800\":1}", new string('[', 50)];

    private static readonly string[] Places = ["", "-1", "0", "99999999999999999999", "é|😀", "%", "0001-01-01", "9999-12-31", "9999-W52", "2026-W54", "store:NONE", "team:x", "tier:x"];

    public int Asked { get; private set; }

    /// <summary>Every body of the operations that have an example of one.</summary>
    public async Task Documents(JsonNode description, Func<string, bool> isAsked)
    {
        foreach (var (method, path, operation) in Operations(description, isAsked))
        {
            if (operation["requestBody"]?["content"]?["application/json"]?["example"] is not JsonObject example) continue;
            foreach (var body in Bodies.Concat(Variants(example))) await Ask(method, Address(path, operation), body);
        }
    }

    /// <summary>Every parameter of every address, whatever the operation.</summary>
    public async Task Addresses(JsonNode description, Func<string, bool> isAsked)
    {
        foreach (var (method, path, operation) in Operations(description, isAsked))
        {
            var body = operation["requestBody"]?["content"]?["application/json"]?["example"]?.ToJsonString();
            foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
            {
                foreach (var place in Places)
                {
                    var (name, value) = ((string)parameter!["name"]!, Uri.EscapeDataString(place));
                    if ((string)parameter["in"]! == "query") await Ask(method, $"{Address(path, operation)}?{name}={value}", body);
                    else if (place.Length > 0) await Ask(method, Address(path.Replace($"{{{name}}}", value, StringComparison.Ordinal), operation), body);
                }
            }
        }
    }

    private static IEnumerable<(string Method, string Path, JsonNode Operation)> Operations(JsonNode description, Func<string, bool> isAsked) =>
        from path in description["paths"]!.AsObject()
        from operation in path.Value!.AsObject()
        where isAsked((string)operation.Value!["tags"]![0]!)
        select (operation.Key, path.Key, operation.Value);

    private async Task Ask(string method, string address, string? body)
    {
        Asked++;
        using var request = new HttpRequestMessage(new(method.ToUpperInvariant()), address) { Content = body is null ? null : Json(body) };
        var response = await client.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        var what = $"{method} {address} with {(body is { Length: > 300 } ? body[..300] : body)}: {(int)response.StatusCode} {answer}";
        Assert.True((int)response.StatusCode < 500, what);
        if (response.IsSuccessStatusCode) return;

        // An address that no operation has is the host's to refuse.
        if (response.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.MethodNotAllowed && answer.Length == 0) return;
        Assert.True(response.Content.Headers.ContentType?.MediaType == "application/problem+json", what);
        var problem = JsonNode.Parse(answer)!;
        Assert.True((string?)problem["detail"] is { Length: > 0 }, what);
        if (response.StatusCode != HttpStatusCode.UnprocessableEntity) return;
        Assert.True(problem["errors"]?.AsArray() is { Count: > 0 } errors && errors.All(error => (string?)error!["remedy"] is { Length: > 0 }), what);
    }

    private static string Address(string path, JsonNode operation) => (operation["parameters"]?.AsArray() ?? []).Where(parameter => (string)parameter!["in"]! == "path")
        .Aggregate(path, (address, parameter) => address.Replace($"{{{parameter!["name"]}}}", Uri.EscapeDataString(parameter["example"]?.ToString() ?? "x"), StringComparison.Ordinal));

    /// <summary>The example with each of its parts in turn left out, and in turn replaced by everything that it should not be.</summary>
    private static IEnumerable<string> Variants(JsonObject example)
    {
        foreach (var part in Parts(example, []).ToArray())
        {
            var without = (JsonObject)example.DeepClone();
            var owner = part[..^1].Aggregate((JsonNode)without, (node, step) => node is JsonArray list ? list[(int)step]! : node[(string)step]!);
            if (owner is JsonArray array) array.RemoveAt((int)part[^1]);
            else ((JsonObject)owner).Remove((string)part[^1]);
            yield return without.ToJsonString();
            foreach (var value in Spoilt)
            {
                var spoilt = (JsonObject)example.DeepClone();
                var at = part[..^1].Aggregate((JsonNode)spoilt, (node, step) => node is JsonArray list ? list[(int)step]! : node[(string)step]!);

                // Numbers that no type of ours holds would not survive a node of JSON: they are written into the text.
                if (at is JsonArray list) list[(int)part[^1]] = "~";
                else at[(string)part[^1]] = "~";
                yield return new StringBuilder(spoilt.ToJsonString()).Replace("\"~\"", value).ToString();
            }
        }
    }

    private static IEnumerable<object[]> Parts(JsonNode node, object[] at)
    {
        if (at.Length > 0) yield return at;
        var within = node switch
        {
            JsonObject fields => fields.Where(field => field.Value is not null).SelectMany(field => Parts(field.Value!, [.. at, field.Key])),
            JsonArray { Count: > 0 } list => Parts(list[0]!, [.. at, 0]),
            _ => [],
        };
        foreach (var part in within) yield return part;
    }
}
