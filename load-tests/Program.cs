using System.Reflection;
using Gamification.LoadTests;
using Gamification.LoadTests.Checkout;

const string Usage = """
    checkout   posts distinct receipts, then checks that none was lost or counted twice
      --url http://host:port          the server; plain http; repeatable, then connections go to them in turn
      --key STORE=till_…              a till key, repeatable; or --keys FILE with one a line
      --staff TOKEN                   reads /v1/totals and boards; without it totals are not compared
      --mode closed|open|batch        as fast as answers come; at --rate; batches as NDJSON (open if --rate is given)
      --connections 64  --seconds 20  --warmup 2  --batch 100  --members 10000
      --rate 2000                     receipts a second, of open arrivals
      --arrivals poisson|steady|burst|hour      burst ramps from --rate to --peak; hour takes its shape from --profile FILE
      --run N  --at 2026-11-21T17:04:05+01:00   run number in the receipt numbers, and their time; both default to now
      --tries 10  --timeout 30  --check 200000  --points compare|ignore
      --viewers 0  --topic board/programme/day/points  --probe-every 1  --probe-amount 9999
      --boards all                    one more viewer for each points board (day, week, month, all) of the programme and of the keys' stores
      --cpu NAME=PID                  repeatable: processor time of that process and its children, a receipt
      --disturb COMMAND  --disturb-every 20     a command of the shell meanwhile, and how long calls hang after it
      --baseline URL                  first runs `empty` against this, for 5 s
      --history FILE                  real receipts, each once, moved by whole weeks to --at or later; then totals are not to be compared
      --seed 1  --json FILE
    boards     --url URL  --bearer TOKEN  --postgres CONNECTION  --programme shop  --board programme/all/points
                                      compares a board with a sort of the journal
    empty      --url URL  --method GET|POST  --bearer TOKEN  --connections 64  --seconds 10  --warmup 1  --rate N  --json FILE
    bench      NAME [arguments]       Run(arguments) of Benchmarks/NAMEBenchmarks, e.g. ranking 1000000 or members 20000
    """;

try
{
    switch (args)
    {
        case ["checkout", .. var rest]:
            return await CheckoutAsync(new(rest));
        case ["boards", .. var rest]:
            return await BoardsAsync(new(rest));
        case ["empty", .. var rest]:
            return Empty(new(rest));
        case ["bench", var name, .. var rest]:
            return await BenchAsync(name, rest);
        default:
            Console.WriteLine(Usage);
            return args is ["--help"] ? 0 : 2;
    }
}
catch (UsageException mistake)
{
    Console.Error.WriteLine($"{mistake.Message}\n\n{Usage}");
    return 2;
}

async Task<int> CheckoutAsync(Options words)
{
    var (baseline, json) = (words.Text("baseline"), words.Text("json"));
    var options = CheckoutOptions.Parse(words, TimeProvider.System);
    words.Close();
    Console.WriteLine(Machine.This());

    Figures? empty = null;
    if (baseline is not null)
    {
        var schedule = Schedule.Closed(TimeSpan.FromSeconds(5), TimeSpan.FromSeconds(1));
        empty = EmptyScenario.Run(new(baseline), "GET", bearer: null, options.Connections, schedule);
        Console.WriteLine($"empty, {options.Connections} connections\n{empty}");
    }

    Console.WriteLine($"checkout, {options.Mode}, {options.Connections} connections, run {options.Run}");
    var report = await CheckoutScenario.RunAsync(options);
    Console.WriteLine(report);
    Report.Write(json, string.Join(' ', args), new { empty, checkout = report });
    return report.Loss.HasPassed ? 0 : 1;
}

async Task<int> BoardsAsync(Options words)
{
    var (urls, bearer, connection) = (words.All("url"), words.Required("bearer"), words.Required("postgres"));
    var (programme, board) = (words.Text("programme") ?? "shop", words.Text("board") ?? "programme/all/points");
    words.Close();
    return await BoardsScenario.RunAsync([.. urls.Select(url => new Uri(url))], bearer, connection, programme, board);
}

int Empty(Options words)
{
    var (url, method, bearer, json) = (words.Required("url"), words.Text("method") ?? "GET", words.Text("bearer"), words.Text("json"));
    var (connections, seconds, warmup) = (words.Value("connections", 64), words.Seconds("seconds", 10), words.Seconds("warmup", 1));
    var rate = words.Value("rate", 0.0);
    words.Close();

    var schedule = rate > 0
        ? Schedule.Open(Arrivals.Steady(new Phase(seconds.TotalSeconds, rate, rate)), warmup)
        : Schedule.Closed(seconds, warmup);
    var figures = EmptyScenario.Run(new(url), method, bearer, connections, schedule);
    Console.WriteLine($"{Machine.This()}\nempty, {connections} connections\n{figures}");
    Report.Write(json, string.Join(' ', args), figures);
    return 0;
}

async Task<int> BenchAsync(string name, string[] rest)
{
    var type = Assembly.GetExecutingAssembly()
        .GetType($"Gamification.LoadTests.Benchmarks.{name}Benchmarks", throwOnError: false, ignoreCase: true);
    var run = type?.GetMethod("Run", [typeof(string[])]) ?? throw new UsageException($"There is no benchmark '{name}'.");
    Console.WriteLine(Machine.This());
    switch (run.Invoke(null, [rest]))
    {
        case Task<int> counted:
            return await counted;
        case Task running:
            await running;
            return 0;
        default:
            return 0;
    }
}
