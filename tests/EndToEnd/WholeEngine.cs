using System.Collections.Immutable;
using System.Net.Http.Headers;
using System.Text.Json;
using Gamification.Api;
using Gamification.Api.Demo;
using Gamification.Api.Hosting;
using Gamification.Programmes;
using Gamification.Rules.Earning;
using Gamification.Rules.Programmes;
using Gamification.Silo.Engine;
using Gamification.Silo.Programmes;
using Gamification.Tests.Conventions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gamification.Tests.EndToEnd;

/// <summary>Everything as it ships, in this process: storages on disk, engine, edge, pages, on a free port.</summary>
internal sealed class WholeEngine : IAsyncDisposable
{
    private readonly EngineStorage _storage;
    private readonly WebApplication _app;

    private WholeEngine(ServerOptions options, EngineStorage storage, WebApplication app)
    {
        (Options, _storage, _app) = (options, storage, app);
        Keys = new(storage.Secret.For, Programme);
    }

    public ServerOptions Options { get; }

    public ProgrammeSettings Programme => Options.Engine.Programmes[0];

    public DemoKeys Keys { get; }

    public Uri Url => new(_app.Urls.First());

    /// <summary>What this node takes for the time.</summary>
    public DateTimeOffset? BusinessTime => _app.Services.GetRequiredService<BusinessClock>().Now(Programme.Id);

    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    public static async Task<WholeEngine> Start(string folder, string? postgres = null, UnlinkedReturns returns = UnlinkedReturns.Audit, ClusterNode? node = null, string? redis = null, Func<ProgrammeSettings, ProgrammeSettings>? programme = null, string file = "demo.json")
    {
        var path = Path.Combine(SourceTree.Root, "silo", "Programmes", file);
        var settings = (programme ?? (same => same))(ProgrammeFile.Read(path) with { UnlinkedReturns = returns });
        var options = new ServerOptions
        {
            Role = "all",
            Url = "http://127.0.0.1:0",
            ContentRoot = Path.Combine(SourceTree.Root, "api"),
            Engine = new()
            {
                DataFolder = folder,
                Postgres = postgres,
                Redis = redis,
                Programmes = [settings],
                Catalogues = ImmutableDictionary<string, Catalogue>.Empty.Add(settings.Id, ProgrammeFile.ReadCatalogue(path)),
                OtherParts = ImmutableDictionary<string, ImmutableArray<PartText>>.Empty.Add(settings.Id, ProgrammeFile.ReadOtherParts(path)),
                Node = node ?? new(),
            },
        };
        var storage = await EngineStorage.Open(options.Engine);
        var app = ApiHost.Build(options, storage, builder => builder.Logging.SetMinimumLevel(LogLevel.Warning));
        await app.StartAsync();
        var engine = new WholeEngine(options, storage, app);
        await engine.Keys.Add(engine.Grains, TimeProvider.System.GetUtcNow());
        return engine;
    }

    public static ProgrammeSettings DemoProgramme() => ProgrammeFile.Read(Path.Combine(SourceTree.Root, "silo", "Programmes", "demo.json"));

    /// <summary>Posts the real sample as the demo posts the whole history.</summary>
    public async Task<DemoCounts> ReplaySample()
    {
        using var http = new HttpClient { BaseAddress = Url };
        var sample = new DemoReceipts(
            Path.Combine(AppContext.BaseDirectory, "Data", "receipts-sample.ndjson.gz"), [.. Programme.Stores.Select(store => store.Id)], Programme.TimeZone);
        var feed = new DemoFeed(http, Keys.Tills, TimeProvider.System);
        await feed.Play(sample.Read(), new DemoPace(0), _ => { }, CancellationToken.None);
        return feed.Counts;
    }

    public Task<ProgrammeTotals> Totals() => Grains.GetGrain<IProgrammeGrain>(Programme.Id).Totals(null);

    /// <summary>The scores of a board in order, over HTTP.</summary>
    public async Task<long[]> Scores(string board)
    {
        using var http = new HttpClient { BaseAddress = Url };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", Keys.Screen);
        using var answer = JsonDocument.Parse(await http.GetStringAsync($"/v1/boards/{board}?limit=500"));
        return [.. answer.RootElement.GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("score").GetInt64())];
    }

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _storage.DisposeAsync();
    }
}

/// <summary>A data folder that goes with the test.</summary>
internal sealed class DataFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("gamification-").FullName;

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
