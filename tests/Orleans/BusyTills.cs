using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Gamification.Silo.Engine;
using Gamification.Tests.EndToEnd;
using Gamification.Tests.Parity;

namespace Gamification.Tests.Cluster;

/// <summary>
/// Tills that post sales of 2 points without end, and keep what was acknowledged. A till stays with its edge until that breaks off or asks it to come
/// back later; it then posts the same receipt to the next. Any other answer than an acknowledgement is kept as wrong.
/// </summary>
internal sealed class BusyTills : IAsyncDisposable
{
    private const int Count = 8;
    private const int Members = 50;

    private readonly CancellationTokenSource _stop = new();
    private readonly IReadOnlyList<Uri> _edges;
    private readonly string _key;
    private readonly string _name;
    private readonly Task[] _posting;
    private long _longestTicks;

    public BusyTills(string name, WholeEngine engine, params IReadOnlyList<Uri> edges)
    {
        (_name, _edges, _key) = (name, edges, engine.Keys.Tills["BRU"]);
        _posting = [.. Enumerable.Range(0, Count).Select(Post)];
    }

    public ConcurrentBag<string> Acknowledged { get; } = [];

    public ConcurrentBag<string> Wrong { get; } = [];

    /// <summary>How often a receipt was posted again.</summary>
    public int Retries => _retries;

    private int _retries;

    /// <summary>From the first try of a receipt to its acknowledgement, for the one that took longest.</summary>
    public TimeSpan Longest => TimeSpan.FromTicks(Interlocked.Read(ref _longestTicks));

    public void Forget() => Interlocked.Exchange(ref _longestTicks, 0);

    /// <summary>Comes back when so many more have been acknowledged.</summary>
    public Task More(int count)
    {
        var before = Acknowledged.Count;
        return Eventually.Holds(() => !Wrong.IsEmpty || Acknowledged.Count >= before + count);
    }

    public string Sale(string number, int member) => ParityEngine.Sale(2, $"{_name}-{member}", number);

    /// <summary>Nobody posts any more: every acknowledged receipt is counted once, boards are their sort, and the journal is sound.</summary>
    public async Task Check(WholeEngine engine)
    {
        await Stop();
        Assert.Empty(Wrong);
        using var http = Client(engine.Url);
        foreach (var receipt in Acknowledged.Take(200))
        {
            using var answer = await http.PostAsync("/v1/receipts", Json(receipt));
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }

        await Eventually.Holds(async () => (await engine.Totals()).Receipts >= Acknowledged.Count);
        var totals = await engine.Totals();
        Assert.Equal((Acknowledged.Count, 2L * Acknowledged.Count), (totals.Receipts, totals.Points));
        var expected = Acknowledged.GroupBy(CardOf).Select(receipts => 2L * receipts.Count()).OrderDescending().ToArray();
        await Eventually.Holds(async () => (await engine.Scores("programme/all/points")).SequenceEqual(expected));
        Assert.Equal(0, await Maintenance.Verify(engine.Options.Engine, TextWriter.Null));
    }

    public async Task Stop()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_posting);
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        _stop.Dispose();
    }

    public HttpClient Client(Uri edge)
    {
        var http = new HttpClient { BaseAddress = edge, Timeout = TimeSpan.FromSeconds(20) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", _key);
        return http;
    }

    public static StringContent Json(string receipt) => new(receipt, new MediaTypeHeaderValue("application/json"));

    private async Task Post(int till)
    {
        HttpClient[] edges = [.. _edges.Select(Client)];
        var (clock, edge) = (TimeProvider.System, till);
        for (var number = 0; !_stop.IsCancellationRequested; number++)
        {
            var receipt = Sale(string.Create(CultureInfo.InvariantCulture, $"K{till}-{number}"), number % Members);
            var since = clock.GetTimestamp();
            while (await Answer(edges[edge % edges.Length], receipt) is var (acknowledged, wrong) && !acknowledged)
            {
                if (wrong is not null)
                {
                    Wrong.Add(wrong);
                    return;
                }

                Interlocked.Increment(ref _retries);
                edge++;
                await Task.Delay(TimeSpan.FromMilliseconds(20), clock);
            }

            Acknowledged.Add(receipt);
            Took(clock.GetElapsedTime(since));
        }

        foreach (var http in edges) http.Dispose();
    }

    /// <summary>Neither acknowledged nor wrong: to be posted again.</summary>
    private static async Task<(bool Acknowledged, string? Wrong)> Answer(HttpClient http, string receipt)
    {
        try
        {
            using var answer = await http.PostAsync("/v1/receipts", Json(receipt));
            return answer.StatusCode switch
            {
                HttpStatusCode.Created or HttpStatusCode.OK => (true, null),
                HttpStatusCode.ServiceUnavailable => (false, null),
                _ => (false, $"{answer.StatusCode} {await answer.Content.ReadAsStringAsync()}"),
            };
        }
        catch (Exception fault) when (fault is HttpRequestException or TaskCanceledException)
        {
            return (false, null);
        }
    }

    private void Took(TimeSpan time)
    {
        for (var seen = Interlocked.Read(ref _longestTicks); time.Ticks > seen; seen = Interlocked.Read(ref _longestTicks))
            Interlocked.CompareExchange(ref _longestTicks, time.Ticks, seen);
    }

    private static string CardOf(string receipt) => receipt.Split("\"card\":\"")[1].Split('"')[0];
}
