using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;

namespace Gamification.Tests.Api;

/// <summary>Whatever comes, the answer is never a fault of ours. Each body follows from its seed.</summary>
public sealed class FuzzTests(EdgeUnderTest edge) : IClassFixture<EdgeUnderTest>
{
    private static readonly string[] Values =
        ["null", "true", "[]", "{}", "\"\"", "-0", "1e308", "1E-400", "9223372036854775807", "0.000000000000000000000000001", "\"\\ud83d\"", "\"\\u0000\"", "[[[[[[[[[]]]]]]]]]", "\"2026-99-99\"", "\"é\"", "99999999999999999999999999999999"];

    [Theory]
    [InlineData("/v1/receipts", "application/json")]
    [InlineData("/v1/receipts/preview", "application/json")]
    [InlineData("/v1/receipts/batch", "application/x-ndjson")]
    [InlineData("/v1/keys", "application/json")]
    [InlineData("/v1/members", "application/json")]
    [InlineData("/v1/tokens", "application/json")]
    [InlineData("/v1/members/me/claims", "application/json")]
    [InlineData("/v1/screens/pairings/claims", "application/json")]
    [InlineData("/v1/boards/programme/week/points/ranks", "application/json")]
    public async Task No_body_makes_a_fault(string path, string type)
    {
        for (var seed = 1; seed <= 250; seed++)
        {
            using var content = new ByteArrayContent(Body(new(seed), path)) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };
            var response = await edge.Admin.PostAsync(path, content);
            var text = await response.Content.ReadAsStringAsync();
            Assert.True(response.StatusCode < HttpStatusCode.InternalServerError, $"seed {seed}: {text}");
            foreach (var line in text.Split('\n', StringSplitOptions.RemoveEmptyEntries))
            {
                using var json = JsonDocument.Parse(line);
                Assert.True(!json.RootElement.TryGetProperty("status", out var status) || status.ValueKind != JsonValueKind.Number || status.GetInt32() < 500, $"seed {seed}: {line}");
            }
        }
    }

    [Fact]
    public async Task No_address_makes_a_fault()
    {
        string[] parts = ["members", "boards", "programme", "week", "points", "me", "around", "entries", "keys", "%00", "..", "%ff", "store:", "|", "x?cursor=%F0%9F", "ranks?window=%0a", "quarantine?limit=-1", "totals?store=%22"];
        for (var seed = 1; seed <= 400; seed++)
        {
            var random = new Random(seed);
            var path = "/v1/" + string.Join('/', Enumerable.Range(0, random.Next(1, 7)).Select(_ => parts[random.Next(parts.Length)]));
            var response = await edge.Admin.GetAsync(path);
            Assert.True(response.StatusCode < HttpStatusCode.InternalServerError, $"seed {seed}: {path}");
        }
    }

    private byte[] Body(Random random, string path)
    {
        if (random.Next(4) == 0)
        {
            var noise = new byte[random.Next(200)];
            random.NextBytes(noise);
            return noise;
        }

        var text = path switch
        {
            "/v1/keys" => """{"store":"BRU","name":"n"}""",
            "/v1/members" => """{"card":"c"}""",
            "/v1/tokens" => """{"role":"marketer","minutes":5}""",
            "/v1/members/me/claims" => """{"receipt":"BRU/3/2026-11-21/1","code":"ABCD-EFGH"}""",
            "/v1/screens/pairings/claims" => """{"code":"ABCDEF","store":"BRU","name":"n","language":"fr"}""",
            "/v1/boards/programme/week/points/ranks" => """{"members":["A","B"]}""",
            _ => edge.Sale(random.Next(1, 50), "fuzz", null, """ "original":{"store":"BRU","till":"3","businessDate":"2026-11-21","number":"1"},"""),
        };
        for (var changes = random.Next(1, 4); changes > 0; changes--) text = Mutate(random, text);
        return Encoding.UTF8.GetBytes(text);
    }

    private static string Mutate(Random random, string text)
    {
        var at = random.Next(text.Length);
        switch (random.Next(5))
        {
            case 0:
                return text.Remove(at, Math.Min(text.Length - at, random.Next(1, 4)));
            case 1:
                return text.Insert(at, ((char)random.Next(1, 0x250)).ToString());
            case 2:
                return text.Insert(at, text[at..Math.Min(text.Length, at + random.Next(40))]);
            case 3:
                return text[..at];
            default:
                var colon = text.IndexOf(':', at);
                var end = colon < 0 ? -1 : text.IndexOfAny([',', '}'], colon);
                return end < 0 ? text : string.Concat(text.AsSpan(0, colon + 1), Values[random.Next(Values.Length)], text.AsSpan(end));
        }
    }
}
