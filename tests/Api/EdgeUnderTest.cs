using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Gamification.Access;
using Gamification.Api;
using Gamification.Challenges;
using Gamification.Health;
using Gamification.Impacts;
using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Projections;
using Gamification.Rewards;
using Gamification.Runtime.Hosting;
using Gamification.Runtime.Scheduling;
using Gamification.Silo.Engine;
using Gamification.Tests.Impacts;
using Gamification.Tests.Journal;
using Gamification.Tests.Rules;
using Gamification.Tests.Simulation;
using Gamification.Tests.Time;
using Gamification.Vault;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Gamification.Tests.Api;

/// <summary>The real edge over HTTP before the real engine, on storages in memory and a clock that stands still.</summary>
public class EdgeUnderTest : IAsyncLifetime
{
    public static readonly DeploymentSecret Secret = new(SHA256.HashData("edge under test"u8));

    private readonly CancellationTokenSource _stop = new();
    private readonly ThreadScheduler _scheduler = new();
    private WebApplication _app = null!;
    private int _next;

    public ManualTimeProvider Clock { get; } = new();

    internal MemoryVault Vault { get; } = new();

    public FaultyJournalStorage Journal { get; }

    public EdgeUnderTest() => Journal = new(new Random(1), Clock);

    public HttpClient Anonymous { get; private set; } = null!;

    public HttpClient Till { get; private set; } = null!;

    public HttpClient Admin { get; private set; } = null!;

    public string TillKey { get; private set; } = "";

    internal virtual ProgrammeSettings Programme => Receipts.Programme();

    protected virtual EdgeOptions Options => new() { Programmes = [Programme.Id], SecretFor = Secret.For };

    public T Service<T>()
        where T : notnull => _app.Services.GetRequiredService<T>();

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = BatchLines.BodyMax);
        builder.Logging.ClearProviders();
        AddEngine(builder.Services);
        builder.Services.AddEdge(Options);
        Replace(builder.Services);
        _app = builder.Build();
        _app.MapEdge();
        await _app.StartAsync();
        RunLoops();
        Anonymous = With(null);
        Admin = With(Token(Role.Admin));
        var made = await Admin.PostAsync("/v1/keys", Json("""{ "store": "BRU", "name": "Test till" }"""));
        TillKey = (string)(await Read(made, HttpStatusCode.Created))["key"]!;
        Till = With(TillKey);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _app.DisposeAsync();
        await _scheduler.DisposeAsync();
        _stop.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>For tests of what the real engine cannot be made to do.</summary>
    protected virtual void Replace(IServiceCollection services)
    {
    }

    public HttpClient With(string? credential)
    {
        var http = new HttpClient { BaseAddress = new(_app.Urls.First()), Timeout = TimeSpan.FromSeconds(30) };
        if (credential is not null) http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", credential);
        return http;
    }

    /// <summary>Staff is called sofie unless somebody else is meant.</summary>
    public string Token(Role role, MemberId? member = null, string? person = "sofie") =>
        Service<Tokens>().Mint(Programme.Id, role, member, TimeSpan.FromHours(1), member is null ? person : null).Token;

    /// <summary>The public id of a card's holder, who has a receipt of so many euros, and a client that speaks for it.</summary>
    public async Task<(string PublicId, HttpClient Client)> Member(string card, int euros = 10)
    {
        var answer = await Read(await Till.PostAsync("/v1/receipts", Json(Sale(euros, card))), HttpStatusCode.Created);
        var publicId = (string)answer["member"]!;
        var membership = await Vault.FindPublicId(Programme.Id, publicId, default);
        return (publicId, With(Token(Role.Member, membership!.Member)));
    }

    /// <summary>A number that no other receipt of this server has.</summary>
    public string Number() => $"N{Interlocked.Increment(ref _next)}";

    public string Sale(decimal euros, string? card = null, string? number = null, string more = "") =>
        $$"""{"type":"sale","store":"BRU","till":"3","businessDate":"2026-11-21","number":"{{number ?? Number()}}",{{(card is null ? "" : $"\"card\":\"{card}\",")}}{{more}}"occurredAt":"2026-11-21T09:00:00+01:00","currency":"EUR","total":{{euros}},"lines":[{"sku":"A","quantity":1,"unitPrice":{{euros}},"amount":{{euros}}}]}""";

    public static StringContent Json(string text, string type = "application/json") => new(text, Encoding.UTF8, type);

    public static async Task<JsonObject> Read(HttpResponseMessage response, HttpStatusCode expected)
    {
        var text = await response.Content.ReadAsStringAsync();
        Assert.True(expected == response.StatusCode, $"{(int)response.StatusCode} {text}");
        return JsonNode.Parse(text)!.AsObject();
    }

    /// <summary>The problem answered, whose shape is checked.</summary>
    public static async Task<JsonObject> ReadProblem(HttpResponseMessage response, HttpStatusCode expected, string code)
    {
        var problem = await Read(response, expected);
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal($"/problems/{code}", (string)problem["type"]!);
        Assert.Equal((int)expected, (int)problem["status"]!);
        Assert.NotEqual("", (string)problem["title"]!);
        Assert.NotEqual("", (string)problem["detail"]!);
        foreach (var error in problem["errors"]?.AsArray() ?? [])
        {
            Assert.NotEqual("", (string)error!["code"]!);
            Assert.NotEqual("", (string)error["remedy"]!);
            Assert.NotNull((string?)error["field"]);
        }

        return problem;
    }

    private void AddEngine(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton<IActorScheduler>(_scheduler);
        services.AddSingleton<IJournalStorage>(Journal);
        services.AddSingleton<IRollupStorage>(new MemoryRollup());
        services.AddSingleton<IVault>(Vault);
        services.AddSingleton(new QuarantineBounds());
        services.AddSingleton<QuarantineShelf>();
        services.AddSingleton(new Surrogates(RandomNumberGenerator.Fill));
        services.AddSingleton(new ProgrammeCatalog([Programme]));
        services.AddSingleton<BusinessClock>();
        services.AddSingleton(provider => new CampaignLeases(provider.GetRequiredService<IGrainFactory>(), Clock, RandomNumberGenerator.Fill));
        services.AddSingleton<RewardBook>();
        services.AddSingleton<VoucherPress>();
        services.AddSingleton<VoucherSecret>((programme, number) => Secret.For($"voucher/{programme}/{number}"));
        services.AddBoards();
        services.AddSingleton<ICircles, MemberCircles>();
        services.AddJournal(new JournalWriterOptions());
        services.AddSingleton<IDeedReader, AccountDeeds>();
        services.AddSingleton<DeedPages>();
        services.AddSingleton<IImpactStorage, MemoryImpactStorage>();
        services.AddSingleton<IEngineHealth>(new Healthy());
        services.AddActorHost(options => options.Assemblies.Add(typeof(IVault).Assembly));
    }

    private void RunLoops()
    {
        _app.Services.RunBoards(_scheduler, _stop.Token);
        _app.Services.RunJournal(_scheduler, _stop.Token);
    }

    private sealed class Healthy : IEngineHealth
    {
        public EngineHealth Now() => new(true, "writing");
    }
}
