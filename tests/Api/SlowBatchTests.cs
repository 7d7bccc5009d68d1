using System.IO.Pipelines;
using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Gamification.Api;
using Gamification.Tests.Time;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

/// <summary>An edge with one place for a batch.</summary>
public sealed class OneBatchEdge : EdgeUnderTest
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(17);

    protected override EdgeOptions Options => base.Options with { BatchesMax = 1, BatchPatience = Patience };
}

public sealed class SlowBatchTests(OneBatchEdge edge) : IClassFixture<OneBatchEdge>
{
    [Fact]
    public async Task A_client_that_stops_sending_is_told_so_and_gives_its_place_free()
    {
        using var stalled = new StalledContent($"{edge.Sale(1, "slow")}\n");
        var slow = edge.Till.PostAsync("/v1/receipts/batch", stalled);
        while (await edge.Clock.TimerSet() is var set && (set < OneBatchEdge.Patience || set > OneBatchEdge.Patience + TimeSpan.FromSeconds(1)))
        {
            // Another's timer.
        }

        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await Post()).StatusCode);
        edge.Clock.Advance(OneBatchEdge.Patience + TimeSpan.FromSeconds(1));

        // This client listens only once it has said everything; the server has stopped listening by now.
        stalled.End();
        var lines = (await (await slow).Content.ReadAsStringAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonNode.Parse(line)!).ToArray();
        Assert.Equal([(1, 201), (2, 408)], lines.Select(line => ((int)line["line"]!, (int)line["status"]!)));
        Assert.Equal("/problems/too-slow", (string)lines[1]["type"]!);
        Assert.Equal(HttpStatusCode.OK, (await Post()).StatusCode);

        Task<HttpResponseMessage> Post() => edge.Till.PostAsync("/v1/receipts/batch", Json(edge.Sale(1), "application/x-ndjson"));
    }

    [Fact]
    public async Task What_comes_fast_enough_may_take_its_time_in_all()
    {
        var (pipe, clock, lines) = Batch();
        var read = 0;
        for (var second = 0; second < 100; second++)
        {
            List<BatchLine> next = [];
            var reading = lines.Read(next, 256);
            clock.Advance(TimeSpan.FromSeconds(1));
            await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes(new string('x', 1_000) + "\n"));
            Assert.True(await reading);
            read += next.Count;
        }

        Assert.Equal((100, null), (read, lines.Problem));
    }

    [Fact]
    public async Task What_drips_is_read_no_further_however_long_its_line_is()
    {
        var (pipe, clock, lines) = Batch();
        var reading = lines.Read([], 256).AsTask();
        for (var second = 0; second < 1_000 && !reading.IsCompleted; second++)
        {
            await pipe.Writer.WriteAsync("x"u8.ToArray());
            await Task.WhenAny(reading, clock.TimerSet());
            clock.Advance(TimeSpan.FromSeconds(1));
        }

        Assert.False(await reading);
        Assert.Equal((ProblemKind.TooSlow, 1), (lines.Problem!.Kind, lines.Number));
    }

    private static (Pipe Pipe, ManualTimeProvider Clock, BatchLines Lines) Batch()
    {
        var pipe = new Pipe();
        var clock = new ManualTimeProvider();
        var options = new EdgeOptions { Programmes = [], SecretFor = Secret.For, BatchPatience = TimeSpan.FromSeconds(10), BatchBytesPerSecondMin = 1_000 };
        return (pipe, clock, new(pipe.Reader, options, clock));
    }

    /// <summary>Sends its text and then nothing, not even an end until it is told to.</summary>
    private sealed class StalledContent : HttpContent
    {
        private readonly TaskCompletionSource _end = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private readonly byte[] _bytes;

        public StalledContent(string text)
        {
            _bytes = Encoding.UTF8.GetBytes(text);
            Headers.ContentType = new("application/x-ndjson");
        }

        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            await stream.WriteAsync(_bytes);
            await stream.FlushAsync();
            await _end.Task;
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 0;
            return false;
        }

        public void End() => _end.TrySetResult();
    }
}
