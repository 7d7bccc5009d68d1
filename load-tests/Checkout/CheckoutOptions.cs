using System.Globalization;

namespace Gamification.LoadTests.Checkout;

internal enum Mode
{
    /// <summary>Every connection posts its next receipt when the last one is answered: finds what saturates.</summary>
    Closed,

    /// <summary>Receipts arrive when they arrive: finds what customers wait.</summary>
    Open,

    /// <summary>A batch a request: closed, or open if there are arrivals.</summary>
    Batch,
}

/// <summary>What to post where, and how to look at it.</summary>
internal sealed record CheckoutOptions
{
    private static readonly string[] s_periods = ["day", "week", "month", "all"];

    /// <summary>Hosts of one deployment; connections go to them in turn.</summary>
    public required IReadOnlyList<Uri> Origins { get; init; }

    /// <summary>The one that is asked what is asked once.</summary>
    public Uri Origin => Origins[0];

    public required IReadOnlyList<StoreKey> Stores { get; init; }

    /// <summary>Token of somebody who may read the totals and watch boards.</summary>
    public string? Staff { get; init; }

    public Mode Mode { get; init; }

    public int Connections { get; init; } = 64;

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan Warmup { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>The shape of open arrivals, in receipts a second.</summary>
    public Phase[]? Shape { get; init; }

    public bool IsPoisson { get; init; }

    public int BatchSize { get; init; } = 100;

    public int Members { get; init; } = 10_000;

    /// <summary>Part of every receipt number: a second run with the same one posts nothing new.</summary>
    public required long Run { get; init; }

    /// <summary>Real receipts to post, each once; null for drawn ones.</summary>
    public string? History { get; init; }

    /// <summary>When the receipts say they were printed; of real ones, before when none was.</summary>
    public required DateTimeOffset At { get; init; }

    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    public int Tries { get; init; } = 10;

    /// <summary>How many acknowledged receipts to post again at the end.</summary>
    public int Check { get; init; } = 200_000;

    /// <summary>Whether the programme gives points for receipts only, so that its total has to grow by the points acknowledged.</summary>
    public bool ComparePoints { get; init; } = true;

    /// <summary>How long totals may lag.</summary>
    public TimeSpan Settling { get; init; } = TimeSpan.FromSeconds(30);

    public int Viewers { get; init; }

    public string Topic { get; init; } = "board/programme/day/points";

    /// <summary>Boards that have a viewer each, beside the ones above: nothing is measured of them but what they cost.</summary>
    public IReadOnlyList<string> Boards { get; init; } = [];

    /// <summary>Processes whose processor time is told.</summary>
    public IReadOnlyList<Consumer> Watched { get; init; } = [];

    public TimeSpan ProbeEvery { get; init; } = TimeSpan.FromSeconds(1);

    public int ProbeCents { get; init; } = 999_900;

    public int Seed { get; init; } = 1;

    /// <summary>A command for the shell that breaks something, as long as the load lasts.</summary>
    public string? Disturb { get; init; }

    public TimeSpan DisturbEvery { get; init; } = TimeSpan.FromSeconds(20);

    public static CheckoutOptions Parse(Options words, TimeProvider clock)
    {
        var now = clock.GetLocalNow();
        var mode = words.Text("mode") switch
        {
            null or "closed" => Mode.Closed,
            "open" => Mode.Open,
            "batch" => Mode.Batch,
            var other => throw new UsageException($"--mode cannot be '{other}'"),
        };
        var (seconds, rate) = (words.Value("seconds", 20.0), words.Value("rate", mode == Mode.Open ? 2_000.0 : 0));
        var arrivals = words.Text("arrivals") ?? "poisson";
        return new()
        {
            Origins = words.All("url") is { Count: > 0 } urls ? [.. urls.Select(url => new Uri(url))] : throw new UsageException("--url is missing"),
            Stores = StoresOf(words),
            Staff = words.Text("staff"),
            Mode = mode,
            Connections = words.Value("connections", 64),
            Duration = TimeSpan.FromSeconds(seconds),
            Warmup = words.Seconds("warmup", 2),
            Shape = rate > 0 ? ShapeOf(words, arrivals, seconds, rate) : null,
            IsPoisson = arrivals != "steady",
            BatchSize = words.Value("batch", 100),
            Members = words.Value("members", 10_000),
            Run = words.Value("run", now.ToUnixTimeSeconds()),
            History = HistoryOf(words, mode),
            At = words.Value("at", now),
            Timeout = words.Seconds("timeout", 30),
            Tries = words.Value("tries", 10),
            Check = words.Value("check", 200_000),
            ComparePoints = (words.Text("points") ?? "compare") == "compare",
            Viewers = words.Value("viewers", 0),
            Topic = words.Text("topic") ?? "board/programme/day/points",
            Boards = BoardsOf(words),
            Watched = [.. words.All("cpu").Select(ConsumerOf)],
            ProbeEvery = words.Seconds("probe-every", 1),
            ProbeCents = 100 * words.Value("probe-amount", 9_999),
            Seed = words.Value("seed", 1),
            Disturb = words.Text("disturb"),
            DisturbEvery = words.Seconds("disturb-every", 20),
        };
    }

    private static string? HistoryOf(Options words, Mode mode) => words.Text("history") switch
    {
        null => null,
        _ when mode != Mode.Closed || words.Value("viewers", 0) > 0 => throw new UsageException("--history posts each receipt once, as fast as answers come, and has no probes for viewers"),
        var file => file,
    };

    /// <summary>The points boards of the programme and of every store with a key.</summary>
    private static string[] BoardsOf(Options words) => words.Text("boards") switch
    {
        null or "none" => [],
        "all" => [.. from scope in StoresOf(words).Select(store => $"store:{store.Store}").Prepend("programme") from period in s_periods select $"board/{scope}/{period}/points"],
        var other => throw new UsageException($"--boards cannot be '{other}'"),
    };

    private static Consumer ConsumerOf(string pair) =>
        pair.Split('=', 2) is [var name, var id] && int.TryParse(id, CultureInfo.InvariantCulture, out var process) ? new(name, process) : throw new UsageException($"--cpu is NAME=process id, not '{pair}'");

    private static Phase[] ShapeOf(Options words, string arrivals, double seconds, double rate) => arrivals switch
    {
        "poisson" or "steady" => [new(seconds, rate, rate)],
        "burst" => Arrivals.Burst(seconds, rate, words.Value("peak", 5 * rate)),
        "hour" => Arrivals.BusiestHour(File.ReadAllText(words.Required("profile")), seconds, rate),
        var other => throw new UsageException($"--arrivals cannot be '{other}'"),
    };

    private static StoreKey[] StoresOf(Options words)
    {
        var pairs = words.Text("keys") is { } file ? File.ReadLines(file).Where(line => line.Length > 0) : words.All("key");
        StoreKey[] stores =
        [
            .. pairs.Select(pair => pair.Split('=', 2) is [var store, var key]
                ? new StoreKey(store.Trim(), key.Trim())
                : throw new UsageException($"a till key is STORE=key, not '{pair}'")),
        ];
        return stores.Length > 0 ? stores : throw new UsageException("--key or --keys is missing");
    }
}
