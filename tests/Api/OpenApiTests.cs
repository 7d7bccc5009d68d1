using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Gamification.Api;
using Gamification.Rewards;
using Gamification.Tests.Redeeming;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

/// <summary>The document says what the edge does: every example is sent, and every answer has the fields that its example shows.</summary>
public sealed class OpenApiTests(EdgeUnderTest edge) : IClassFixture<EdgeUnderTest>
{
    [Fact]
    public async Task Every_example_is_true()
    {
        var world = await World();
        var document = await Document();
        foreach (var (path, item) in document["paths"]!.AsObject())
        {
            foreach (var (method, operation) in item!.AsObject())
            {
                // Its examples are true in a sandbox, which this programme is not: see SandboxTests.
                if ((string)operation!["operationId"]! == "advanceSandbox") continue;
                // Nor does it recognise its members or keep a ledger: see RecognitionTests, StandingWhyTests, PerkTests, CorrectionTests.
                if ((string)operation!["operationId"]! is "recogniseMember" or "putBirthDate" or "takePerk" or "correctLedger" or "explainTier" or "explainStreak" or "explainBadge") continue;
                // Nor is any board over in which somebody is: see SettledBoardTests.
                if ((string)operation!["operationId"]! is "getSettledBoard" or "getBoardCertificate" or "getBoardStandings") continue;
                // Challenges take time that goes on: see ChallengeEndpointTests.
                if ((string)operation!["tags"]![0]! == "Challenges") continue;
                // No factors are published: see ImpactEndpointTests.
                if ((string)operation!["tags"]![0]! is "Impact" or "Leagues") continue;
                var (status, expected) = Success(operation!);
                using var request = Request(path, method, operation!, world);
                var response = await (operation!["security"] is JsonArray { Count: > 0 } ? edge.Admin : edge.Anonymous).SendAsync(request);
                var text = await response.Content.ReadAsStringAsync();
                Assert.True(status == (int)response.StatusCode, $"{method} {path}: {(int)response.StatusCode} {text}");
                if (expected is JsonObject) AssertSameShape(expected, JsonNode.Parse(text), $"{method} {path}");
                else if (expected is not null && response.Content.Headers.ContentType?.MediaType == "text/csv") Assert.Equal(((string)expected!).Split('\n')[0].Trim(), text.Split("\r\n")[0]);
                else if (expected is not null) AssertSameLines((string)expected!, text, $"{method} {path}");
            }
        }
    }

    [Fact]
    public async Task Every_endpoint_is_described_with_words_and_every_problem_by_its_code()
    {
        var document = await Document();
        var operations = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(operation => operation.Value!).ToList();
        Assert.Equal(operations.Count, operations.Select(operation => (string)operation["operationId"]!).Distinct().Count());
        Assert.All(operations, operation => Assert.True(((string)operation["description"]!).Length > 20 && ((string)operation["summary"]!).Length > 5));
        var text = document.ToJsonString();
        Assert.All(ProblemKind.All.Keys, code => Assert.Contains($"\\u0060{code}\\u0060", text, StringComparison.Ordinal));
        Assert.StartsWith("3.", (string)document["openapi"]!, StringComparison.Ordinal);
    }

    private async Task<JsonObject> Document() => await Read(await edge.Anonymous.GetAsync("/openapi/v1.json"), HttpStatusCode.OK);

    /// <summary>What the examples speak of: a member, a screen that waits, a receipt without a card, a quarantined body.</summary>
    private async Task<Dictionary<string, string>> World()
    {
        var (member, client) = await edge.Member("2000000001234", 32);
        await edge.Till.PostAsync("/v1/receipts", Json("{"));
        var anonymous = await Read(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(12))), HttpStatusCode.Created);
        var waiting = await Read(await edge.Anonymous.PostAsync("/v1/screens/pairings", null), HttpStatusCode.Created);
        var paired = await Read(await edge.Anonymous.PostAsync("/v1/screens/pairings", null), HttpStatusCode.Created);
        await Read(await edge.Admin.PostAsync("/v1/screens/pairings/claims", Json($$"""{ "code": "{{paired["code"]}}", "store": "BRU", "name": "n", "language": "fr" }""")), HttpStatusCode.Created);
        await edge.Admin.PutAsync("/v1/programme/parts/ledger/draft", Json("""{ "points": { "pendingDays": 3 } }"""));
        await edge.Admin.PostAsync("/v1/programme/parts/ledger/validate", null);
        await Read(await edge.Admin.PostAsync("/v1/programme/parts/ledger/publish", Json("""{ "effectiveFrom": "2026-12-01T00:00:00+01:00" }""")), HttpStatusCode.OK);
        var key = await Read(await edge.Admin.PostAsync("/v1/keys", Json("""{ "store": "BRU", "name": "n" }""")), HttpStatusCode.Created);
        var rewards = await Rewards(member, client);
        return new(rewards, StringComparer.Ordinal)
        {
            ["K7Q2M9XA"] = member,
            ["P3X8N5TC"] = (await edge.Member("2000000004321")).PublicId,
            ["BRU/3/2026-11-21/000126"] = (string)anonymous["receipt"]!,
            ["ABCD-EFGH"] = (string)anonymous["claimCode"]!,
            ["{pairing}"] = (string)paired["pairingId"]!,
            ["X-Pairing-Secret"] = (string)paired["secret"]!,
            ["\"code\":\"7WQ2M9\""] = $"\"code\":\"{waiting["code"]}\"",
            ["{id}"] = (string)key["id"]!,
        };
    }

    /// <summary>A mug and a talk that cost nothing, as this programme keeps no ledger: some held, one seat booked, and a gesture that waits for a second agent.</summary>
    private async Task<Dictionary<string, string>> Rewards(string member, HttpClient client)
    {
        await edge.Service<IGrainFactory>().GetGrain<IRewardCatalogueGrain>(edge.Programme.Id).Publish(new() { Rewards =
        [
            RedeemHost.Mug(points: 0, stock: 100, perMember: 50),
            RedeemHost.Reward("talk", new WorkshopReward { StartsAt = edge.Clock.GetUtcNow().AddDays(10) }, points: 0) with { Stock = 20 },
        ] }, "marie", edge.Clock.GetUtcNow());
        var held = new List<JsonObject>();
        foreach (var id in (string[])["w1", "w2", "w3", "w4", "w5"])
            held.Add(await Read(await client.PostAsync("/v1/members/me/redemptions", Json($$"""{ "id": "{{id}}", "reward": "mug" }""")), HttpStatusCode.Created));
        await Read(await client.PostAsync("/v1/members/me/redemptions", Json("""{ "id": "seat", "reward": "talk" }""")), HttpStatusCode.Created);
        var stock = await Read(await edge.Admin.GetAsync("/v1/rewards/talk/stock"), HttpStatusCode.OK);
        await edge.Admin.PutAsync("/v1/agents/karim", Json("""{ "quota": 5000, "aloneMax": 500, "reasons": ["damaged"] }"""));
        using var karim = edge.With(edge.Token(Role.Moderator, person: "karim"));
        await Read(await karim.PostAsync("/v1/gestures", Json($$"""{ "id": "6d8f9a52-3f0f-4d53-a4b2-0d2a2b1f7c12", "member": "{{member}}", "points": 900, "reason": "damaged" }""")), HttpStatusCode.OK);
        return new(StringComparer.Ordinal)
        {
            ["0a1b2c3d0a1b2c3d0a1b2c3d0a1b2c3d"] = (string)held[0]["id"]!,
            ["1b2c3d0a1b2c3d0a1b2c3d0a1b2c3d0a"] = (string)held[1]["id"]!,
            ["2c3d0a1b2c3d0a1b2c3d0a1b2c3d0a1b"] = (string)held[2]["id"]!,
            ["3d0a1b2c3d0a1b2c3d0a1b2c3d0a1b2c"] = (string)stock["booked"]![0]!,
            ["VOUCHER-TO-CHECK"] = (string)held[0]["voucher"]!,
            ["VOUCHER-TO-USE"] = (string)held[3]["voucher"]!,
            ["VOUCHER-TO-VOID"] = (string)held[4]["voucher"]!,
        };
    }

    private static (int Status, JsonNode? Example) Success(JsonNode operation)
    {
        var (status, response) = operation["responses"]!.AsObject().First(entry => entry.Key[0] == '2');
        return (int.Parse(status, System.Globalization.CultureInfo.InvariantCulture), response!["content"]?.AsObject().First().Value!["example"]);
    }

    private static HttpRequestMessage Request(string path, string method, JsonNode operation, Dictionary<string, string> world)
    {
        var query = new List<string>();
        var request = new HttpRequestMessage { Method = new(method.ToUpperInvariant()) };
        foreach (var parameter in operation["parameters"]?.AsArray() ?? [])
        {
            var name = (string)parameter!["name"]!;
            var value = (string)parameter["example"]!;
            value = world.GetValueOrDefault($"{{{name}}}") ?? world.GetValueOrDefault(name) ?? world.GetValueOrDefault(value) ?? value;
            if ((string)parameter["in"]! == "path") path = path.Replace($"{{{name}}}", Uri.EscapeDataString(value), StringComparison.Ordinal);
            else if ((string)parameter["in"]! == "header") request.Headers.Add(name, value);
            else if (name != "cursor") query.Add($"{name}={Uri.EscapeDataString(value)}");
        }

        request.RequestUri = new($"{path}{(query.Count == 0 ? "" : $"?{string.Join('&', query)}")}", UriKind.Relative);
        if (operation["requestBody"]?["content"]?.AsObject().First() is not { Value: { } content, Key: var type }) return request;
        var body = content["example"] is JsonObject json ? json.ToJsonString() : (string)content["example"]!;
        foreach (var (placeholder, value) in world) body = body.Replace(placeholder, value, StringComparison.Ordinal);
        request.Content = new StringContent(body, Encoding.UTF8, type);
        return request;
    }

    private static void AssertSameLines(string expected, string actual, string what)
    {
        var expectedLines = expected.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var actualLines = actual.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(expectedLines.Length == actualLines.Length, $"{what}: {actual}");
        foreach (var (one, other) in expectedLines.Zip(actualLines)) AssertSameShape(JsonNode.Parse(one), JsonNode.Parse(other), what);
    }

    private static void AssertSameShape(JsonNode? expected, JsonNode? actual, string where)
    {
        switch (expected, actual)
        {
            case (JsonObject one, JsonObject other):
                Assert.True(one.Select(field => field.Key).Order(StringComparer.Ordinal).SequenceEqual(other.Select(field => field.Key).Order(StringComparer.Ordinal)), $"{where}: {other.ToJsonString()}");
                foreach (var (name, value) in one) AssertSameShape(value, other[name], $"{where}/{name}");
                break;
            case (JsonArray one, JsonArray other):
                if (one.Count > 0 && other.Count > 0) AssertSameShape(one[0], other[0], $"{where}/0");
                break;
            case (JsonValue one, JsonValue other):
                Assert.True(one.GetValueKind() == other.GetValueKind() || (one.TryGetValue<bool>(out _) && other.TryGetValue<bool>(out _)), $"{where}: {other.ToJsonString()}");
                break;
            case (null, _) or (_, null):
                break;
            default:
                Assert.Fail($"{where}: {actual?.ToJsonString()}");
                break;
        }
    }
}
