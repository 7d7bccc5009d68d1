using System.Net;
using Gamification.Api;
using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Members;
using Gamification.Runtime.Hosting;
using Microsoft.Extensions.DependencyInjection;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

/// <summary>An edge with little room, before an engine whose accounts do what a test tells them.</summary>
public sealed class NarrowEdge : EdgeUnderTest
{
    internal ScriptedAccounts Accounts { get; private set; } = null!;

    protected override EdgeOptions Options => base.Options with { InFlightMax = 8, CallsPerCaller = 2, AnonymousPerMinute = 130 };

    protected override void Replace(IServiceCollection services)
    {
        var real = services.Last(service => service.ServiceType == typeof(IGrainFactory));
        services.Remove(real);
        services.AddSingleton<IGrainFactory>(provider => Accounts = new((IGrainFactory)real.ImplementationFactory!(provider)));
    }
}

/// <summary>The real grains, but for till accounts: those run the script. The real ones cannot be made to fail on demand.</summary>
internal sealed class ScriptedAccounts(IGrainFactory real) : IGrainFactory
{
    public Func<Task<ReceiptOutcome>>? Script { get; set; }

    public TGrainInterface GetGrain<TGrainInterface>(string primaryKey, string? grainClassNamePrefix = null)
        where TGrainInterface : IGrainWithStringKey =>
        Script is { } script && typeof(TGrainInterface) == typeof(ITillGrain)
            ? (TGrainInterface)(object)new ScriptedTill(script)
            : real.GetGrain<TGrainInterface>(primaryKey, grainClassNamePrefix);

    public TGrainObserverInterface CreateObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver => real.CreateObjectReference<TGrainObserverInterface>(obj);

    public void DeleteObjectReference<TGrainObserverInterface>(IGrainObserver obj)
        where TGrainObserverInterface : IGrainObserver => real.DeleteObjectReference<TGrainObserverInterface>(obj);

    private sealed class ScriptedTill(Func<Task<ReceiptOutcome>> script) : ITillGrain
    {
        public Task<ReceiptOutcome> Post(Receipt receipt, DateTimeOffset receivedAt, bool held) => script();

        public Task<ReleaseOutcome> Release(ReceiptKey sale, MemberId member, DateTimeOffset receivedAt) => throw new NotSupportedException();
    }
}

public sealed class OverloadTests(NarrowEdge edge) : IClassFixture<NarrowEdge>
{
    public static TheoryData<Exception, string> Faults => new()
    {
        { new JournalBusyException(TimeSpan.FromSeconds(2.5)), "3" },
        { new JournalUnavailableException("inside"), "1" },
        { new CommitOutcomeUnknownException("inside"), "1" },
        { new TimeoutException("inside"), "1" },
        { new LimitExceededException("inside"), "1" },
        { new HostStoppedException("inside"), "1" },
        { new TooManyBoardsException(1), "60" },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public async Task What_may_pass_is_503_with_a_time_to_come_back(Exception fault, string seconds)
    {
        using var script = Run(() => throw fault);
        var response = await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(1)));
        var problem = await ReadProblem(response, HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.Equal(seconds, response.Headers.GetValues("Retry-After").Single());
        Assert.DoesNotContain(fault.Message, (string)problem["detail"]!, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_can_never_be_stored_is_refused_for_good_and_kept_for_a_person()
    {
        using var script = Run(() => throw new AppendRefusedException("row 17 of partition 3"));
        var body = edge.Sale(1);
        var problem = await ReadProblem(await edge.Till.PostAsync("/v1/receipts", Json(body)), HttpStatusCode.UnprocessableEntity, "refused-receipt");
        Assert.Equal("not-storable", (string)problem["errors"]![0]!["code"]!);
        Assert.DoesNotContain("row 17", problem.ToJsonString(), StringComparison.Ordinal);
        var kept = await Read(await edge.Admin.GetAsync("/v1/quarantine"), HttpStatusCode.OK);
        Assert.Equal(body, (string)kept["quarantine"]![0]!["body"]!);
    }

    [Fact]
    public async Task A_receipt_whose_sale_has_moved_is_taken_to_where_it_is_now()
    {
        var posts = 0;
        using var script = Run(() => Task.FromResult<ReceiptOutcome>(
            ++posts == 1 ? new ReceiptOutcome.Moved(new(Guid.Empty)) : new ReceiptOutcome.Refused(new("no", "/x", "Do not."))));
        await ReadProblem(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(1))), HttpStatusCode.UnprocessableEntity, "refused-receipt");
        Assert.Equal(2, posts);
    }

    [Fact]
    public async Task A_fault_of_ours_tells_nothing_of_the_inside()
    {
        using var script = Run(() => throw new InvalidOperationException("select * from secrets"));
        var problem = await ReadProblem(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(1))), HttpStatusCode.InternalServerError, "fault");
        Assert.DoesNotContain("secrets", problem.ToJsonString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task In_a_batch_a_fault_is_one_lines_answer()
    {
        using var script = Run(() => throw new JournalUnavailableException("away"));
        var response = await edge.Till.PostAsync("/v1/receipts/batch", Json($"{edge.Sale(1)}\n{edge.Sale(2, "o-1")}", "application/x-ndjson"));
        var lines = (await response.Content.ReadAsStringAsync()).Split('\n');
        Assert.Contains("\"status\":503", lines[0], StringComparison.Ordinal);
        Assert.Contains("\"status\":201", lines[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_the_process_is_full_others_give_way_to_tills_and_health_still_answers()
    {
        var gate = new TaskCompletionSource<ReceiptOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var entered = new SemaphoreSlim(0);
        using var script = Run(() =>
        {
            entered.Release();
            return gate.Task;
        });
        var waiting = new List<Task<HttpResponseMessage>>();
        for (var i = 0; i < 6; i++) await Enter();
        var refused = await edge.Admin.GetAsync("/v1/stores");
        await ReadProblem(refused, HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.True(refused.Headers.Contains("Retry-After"));
        await Enter();
        await Enter();
        await ReadProblem(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(1))), HttpStatusCode.ServiceUnavailable, "unavailable");
        Assert.Equal(HttpStatusCode.OK, (await edge.Anonymous.GetAsync("/health/ready")).StatusCode);

        gate.SetResult(new ReceiptOutcome.Refused(new("no", "/x", "Do not.")));
        Assert.All(await Task.WhenAll(waiting), response => Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode));
        Assert.Equal(HttpStatusCode.OK, (await edge.Admin.GetAsync("/v1/stores")).StatusCode);

        async Task Enter()
        {
            waiting.Add(edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(1))));
            await entered.WaitAsync();
        }
    }

    [Fact]
    public async Task One_caller_has_so_many_calls_at_once_and_hears_how_many()
    {
        var gate = new TaskCompletionSource<ReceiptOutcome>(TaskCreationOptions.RunContinuationsAsynchronously);
        var entered = new SemaphoreSlim(0);
        using var script = Run(() =>
        {
            entered.Release();
            return gate.Task;
        });
        var waiting = new[] { edge.Admin.PostAsync("/v1/receipts", Json(edge.Sale(1))), edge.Admin.PostAsync("/v1/receipts", Json(edge.Sale(1))) };
        await entered.WaitAsync();
        await entered.WaitAsync();
        var response = await edge.Admin.GetAsync("/v1/stores");
        await ReadProblem(response, HttpStatusCode.TooManyRequests, "too-many-requests");
        Assert.Equal("1", response.Headers.GetValues("Retry-After").Single());
        Assert.Equal("\"concurrent\";r=0;t=1", response.Headers.GetValues("RateLimit").Single());
        gate.SetResult(new ReceiptOutcome.Refused(new("no", "/x", "Do not.")));
        await Task.WhenAll(waiting);
        Assert.Equal("\"concurrent\";r=1;t=1", (await edge.Admin.GetAsync("/v1/stores")).Headers.GetValues("RateLimit").Single());
    }

    [Fact]
    public async Task An_address_shows_so_many_codes_a_minute()
    {
        edge.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Created, (await Open()).StatusCode);
        Assert.Equal(HttpStatusCode.Created, (await Open()).StatusCode);
        await ReadProblem(await Open(), HttpStatusCode.TooManyRequests, "too-many-requests");
        edge.Clock.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(HttpStatusCode.Created, (await Open()).StatusCode);

        Task<HttpResponseMessage> Open() => edge.Anonymous.PostAsync("/v1/screens/pairings", null);
    }

    private Undo Run(Func<Task<ReceiptOutcome>> script)
    {
        edge.Accounts.Script = script;
        return new(edge.Accounts);
    }

    private sealed class Undo(ScriptedAccounts accounts) : IDisposable
    {
        public void Dispose() => accounts.Script = null;
    }
}
