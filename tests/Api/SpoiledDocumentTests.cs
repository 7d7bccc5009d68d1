using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

/// <summary>
/// Every document that the description of the API shows, spoilt field by field: whatever comes, nothing breaks, and what is refused is refused as a problem that
/// names a field and a remedy. The journal proves afterwards that nothing half-made was kept.
/// </summary>
public sealed class SpoiledDocumentTests(RecognisingEdge edge) : IClassFixture<RecognisingEdge>
{
    private static readonly string[] Spoilt =
    [
        "null", "-1", "1e30", "9223372036854775808", "\"\"", "\"\\u0000\"", "\"9999-12-31T23:59:59+14:00\"", "{\"a\":[]}",
    ];

    private static readonly string[] Bodies = ["", "{", "null", "[]", "\"x\"", "{}", "{\"a\":1,\"a\":2}", new string('[', 50)];

    [Fact]
    public async Task Whatever_is_wrong_in_a_document_is_answered_with_its_field_and_a_remedy()
    {
        var (member, _) = await edge.Member("2000000001234");
        var text = await (await edge.Anonymous.GetAsync("/openapi/v1.json")).Content.ReadAsStringAsync();
        var document = JsonNode.Parse(text.Replace("K7Q2M9XA", member, StringComparison.Ordinal))!;
        var asked = 0;
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in item!.AsObject())
            {
                // Runs of challenges are another host's, and keys that are made here would be the next test's.
                if ((string)operation!["tags"]![0]! is "Challenges" or "Access" or "Screens") continue;
                if (operation["requestBody"]?["content"]?["application/json"]?["example"] is not JsonObject example) continue;
                foreach (var body in Bodies.Concat(Variants(example)))
                {
                    await Ask(method, Address(path, operation), body);
                    asked++;
                }
            }
        }

        Assert.True(asked > 1_000, $"only {asked} documents");
        Assert.True((await Members.LedgerCheck.Run(edge.Journal, TestContext.Current.CancellationToken)).IsSound);
    }

    private async Task Ask(string method, string address, string body)
    {
        using var request = new HttpRequestMessage(new(method.ToUpperInvariant()), address) { Content = Json(body) };
        var response = await edge.Admin.SendAsync(request);
        var answer = await response.Content.ReadAsStringAsync();
        var what = $"{method} {address} with {(body.Length < 300 ? body : body[..300])}: {(int)response.StatusCode} {answer}";
        Assert.True((int)response.StatusCode < 500, what);
        if (response.IsSuccessStatusCode) return;
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
