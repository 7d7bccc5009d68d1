using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

public sealed class BatchTests(EdgeUnderTest edge) : IClassFixture<EdgeUnderTest>
{
    [Fact]
    public async Task Each_line_is_answered_in_order_and_a_bad_one_is_refused_alone()
    {
        var answers = await Post($"{edge.Sale(3, "b-1")}\n\n{{bad\n{edge.Sale(4, "b-1")}\r\n   \n{edge.Sale(5).Replace("\"total\":5", "\"total\":6", StringComparison.Ordinal)}\n{edge.Sale(5, "b-1")}");
        Assert.Equal([(1, 201), (3, 400), (4, 201), (6, 422), (7, 201)], answers.Select(answer => ((int)answer["line"]!, (int)answer["status"]!)));
        Assert.Equal([3, 7, 12], Recorded(answers).Select(answer => (int)answer["balance"]!));
        Assert.Equal("/problems/malformed-json", (string)answers[1]["type"]!);
        Assert.Equal("/total", (string)answers[3]["errors"]![0]!["field"]!);
    }

    [Fact]
    public async Task Lines_of_one_account_keep_their_order_among_many()
    {
        var random = new Random(7);
        var lines = Enumerable.Range(0, 600).Select(_ => edge.Sale(1, $"b-many-{random.Next(20)}"));
        var answers = await Post(string.Join('\n', lines));
        Assert.Equal(Enumerable.Range(1, 600), answers.Select(answer => (int)answer["line"]!));
        foreach (var member in answers.GroupBy(answer => (string)answer["member"]!))
        {
            Assert.Equal(Enumerable.Range(1, member.Count()), member.Select(answer => (int)answer["version"]!));
        }
    }

    [Fact]
    public async Task A_line_may_speak_of_an_earlier_one()
    {
        var number = edge.Number();
        var sale = edge.Sale(8, "b-2", number);
        var undone = edge.Sale(-8, null, null, $$"""
            "original":{"store":"BRU","till":"3","businessDate":"2026-11-21","number":"{{number}}"},
            """.Trim()).Replace("\"sale\"", "\"return\"", StringComparison.Ordinal);
        var answers = await Post($"{sale}\n{undone}\n{sale}\n{edge.Sale(8, "b-3", number)}");
        Assert.Equal([201, 201, 200, 409], answers.Select(answer => (int)answer["status"]!));
        Assert.Equal("taken-back", (string)answers[1]["treatment"]!);
        Assert.Equal(((string?)answers[0]["member"], null), ((string?)answers[2]["member"], (string?)answers[1]["member"]));
    }

    [Fact]
    public async Task A_line_of_more_than_a_megabyte_is_refused_alone()
    {
        var answers = await Post($"{edge.Sale(1, "b-4")}\n{new string('x', (1024 * 1024) + 70_000)}\n{edge.Sale(1, "b-4")}\n{new string('y', 1024 * 1024 + 1)}");
        Assert.Equal([(1, 201), (2, 413), (3, 201), (4, 413)], answers.Select(answer => ((int)answer["line"]!, (int)answer["status"]!)));
    }

    [Fact]
    public async Task Too_many_lines_end_the_batch_with_a_line_that_says_so()
    {
        var answers = await Post(new string('\n', 50_000) + edge.Sale(1));
        Assert.Equal((50_001, 413), ((int)answers.Single()["line"]!, (int)answers.Single()["status"]!));
    }

    [Fact]
    public async Task Too_many_bytes_end_it_too_when_nobody_said_how_many_there_are()
    {
        var line = edge.Sale(1, "b-5");
        var padded = line.Insert(1, new string(' ', 900_000));
        using var content = new ChunkedContent(Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Repeat(padded, 20))));
        var answers = Lines(await (await edge.Till.PostAsync("/v1/receipts/batch", content)).Content.ReadAsStringAsync());
        Assert.Equal(413, (int)answers[^1]["status"]!);
        Assert.All(answers.SkipLast(1).Skip(1), answer => Assert.Equal(200, (int)answer["status"]!));
    }

    [Fact]
    public async Task A_client_that_reads_only_after_it_has_sent_everything_is_served()
    {
        // 16 MB of short bad lines: the answers are several times what sockets hold.
        var body = string.Concat(Enumerable.Repeat("{\"type\":\"sale\"}\n", 20_000));
        Assert.Equal(20_000, (await Post(body)).Count);
    }

    [Fact]
    public async Task The_type_and_the_size_are_checked_first()
    {
        await ReadProblem(await edge.Till.PostAsync("/v1/receipts/batch", Json("{}")), HttpStatusCode.UnsupportedMediaType, "unsupported-media-type");

        // A client that asks before it sends so much is answered before it has sent any of it.
        using var huge = new HttpRequestMessage(HttpMethod.Post, "/v1/receipts/batch") { Content = Json(new string(' ', (16 * 1024 * 1024) + 1), "application/x-ndjson") };
        huge.Headers.ExpectContinue = true;
        await ReadProblem(await edge.Till.SendAsync(huge), HttpStatusCode.RequestEntityTooLarge, "too-large");
    }

    private async Task<List<JsonObject>> Post(string body)
    {
        var response = await edge.Till.PostAsync("/v1/receipts/batch", Json(body, "application/x-ndjson"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/x-ndjson", response.Content.Headers.ContentType?.MediaType);
        return Lines(await response.Content.ReadAsStringAsync());
    }

    private static List<JsonObject> Lines(string text) =>
        [.. text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!.AsObject())];

    private static IEnumerable<JsonObject> Recorded(IEnumerable<JsonObject> answers) => answers.Where(answer => (int)answer["status"]! == 201);

    private sealed class ChunkedContent : HttpContent
    {
        private readonly byte[] _bytes;

        public ChunkedContent(byte[] bytes)
        {
            _bytes = bytes;
            Headers.ContentType = new("application/x-ndjson");
        }

        protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => stream.WriteAsync(_bytes).AsTask();

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }
    }
}
