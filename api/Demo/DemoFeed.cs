using System.Net.Http.Headers;
using System.Text.Json;

namespace Gamification.Api.Demo;

/// <summary>What the replay has been answered so far.</summary>
public sealed record DemoCounts(long Recorded, long Replayed, long Refused)
{
    public static DemoCounts None { get; } = new(0, 0, 0);

    public DemoCounts Plus(int status) => status switch
    {
        201 => this with { Recorded = Recorded + 1 },
        200 => this with { Replayed = Replayed + 1 },
        _ => this with { Refused = Refused + 1 },
    };
}

/// <summary>
/// Plays the tills: posts the real receipts through the public API, a batch a store, in the order of the file. The next batch waits for the answers
/// to the one before, so a receipt that was not acknowledged is posted again and none overtakes another of its member.
/// </summary>
public sealed class DemoFeed(HttpClient http, IReadOnlyDictionary<string, string> tillKeys, TimeProvider clock)
{
    private const int BatchMax = 400;
    private const int BatchesAtOnce = 6;
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _counting = new();

    public DemoCounts Counts { get; private set; } = DemoCounts.None;

    /// <summary>Posts everything, paced, and tells after each batch the last of its receipts: that one and all before it are acknowledged.</summary>
    public async Task Play(IEnumerable<DemoReceipt> receipts, DemoPace pace, Action<DemoReceipt> told, CancellationToken stop)
    {
        var started = clock.GetTimestamp();
        var batch = new List<DemoReceipt>();
        foreach (var receipt in receipts)
        {
            var due = pace.Due(receipt.OccurredAt);
            if (batch.Count >= BatchMax || (batch.Count > 0 && due > clock.GetElapsedTime(started) + Tick)) await Post(batch, told, stop);
            if (due - clock.GetElapsedTime(started) is var early && early > Tick) await Task.Delay(early, clock, stop);
            batch.Add(receipt);
        }

        if (batch.Count > 0) await Post(batch, told, stop);
    }

    private async Task Post(List<DemoReceipt> batch, Action<DemoReceipt> told, CancellationToken stop)
    {
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = BatchesAtOnce, CancellationToken = stop };
        await Parallel.ForEachAsync(
            batch.GroupBy(receipt => receipt.Store), atOnce, async (store, cancelled) => await PostStore(store.Key, [.. store], cancelled));
        told(batch[^1]);
        batch.Clear();
    }

    private async Task PostStore(string store, DemoReceipt[] receipts, CancellationToken stop)
    {
        while (receipts.Length > 0)
        {
            var statuses = await Send(store, receipts, stop);
            var again = new List<DemoReceipt>();
            lock (_counting)
            {
                for (var i = 0; i < receipts.Length; i++)
                {
                    // Only an answer that the engine could not take it now is worth asking again.
                    if (IsForNow(statuses[i])) again.Add(receipts[i]);
                    else Counts = Counts.Plus(statuses[i]);
                }
            }

            receipts = [.. again];
            if (receipts.Length > 0) await Task.Delay(RetryAfter, clock, stop);
        }
    }

    /// <summary>The status of each receipt by position; 0 where none came.</summary>
    private async Task<int[]> Send(string store, DemoReceipt[] receipts, CancellationToken stop)
    {
        var statuses = new int[receipts.Length];
        using var request = new HttpRequestMessage(HttpMethod.Post, "/v1/receipts/batch") { Content = Lines(receipts) };
        request.Headers.Authorization = new("Bearer", tillKeys[store]);
        try
        {
            using var response = await http.SendAsync(request, stop);
            if (!response.IsSuccessStatusCode && !IsForNow((int)response.StatusCode))
                throw new InvalidOperationException($"The batch of {store} was answered {(int)response.StatusCode}: {await response.Content.ReadAsStringAsync(stop)}");

            using var answers = new StreamReader(await response.Content.ReadAsStreamAsync(stop));
            while (response.IsSuccessStatusCode && await answers.ReadLineAsync(stop) is { } line)
            {
                using var answer = JsonDocument.Parse(line);
                statuses[answer.RootElement.GetProperty("line").GetInt32() - 1] = answer.RootElement.GetProperty("status").GetInt32();
            }
        }
        catch (Exception away) when (away is HttpRequestException or IOException or OperationCanceledException && !stop.IsCancellationRequested)
        {
            // Not answered: posted again, and answered as a replay if it had arrived.
        }

        return statuses;
    }

    /// <summary>No answer, or one that says that the engine could not take it now.</summary>
    private static bool IsForNow(int status) => status is 0 or 429 or >= 500;

    private static ByteArrayContent Lines(DemoReceipt[] receipts)
    {
        using var body = new MemoryStream();
        foreach (var receipt in receipts)
        {
            body.Write(receipt.Body);
            body.WriteByte((byte)'\n');
        }

        return new(body.ToArray()) { Headers = { ContentType = new MediaTypeHeaderValue("application/x-ndjson") } };
    }
}
