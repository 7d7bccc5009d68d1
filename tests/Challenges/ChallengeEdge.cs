using System.Net;
using System.Text.Json.Nodes;
using Gamification.Api;
using Gamification.Challenges;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Tests.Api;
using Gamification.Tests.Rules.Challenges;
using Gamification.Tests.Rules.Earning;
using Microsoft.Extensions.DependencyInjection;

namespace Gamification.Tests.Challenges;

/// <summary>The edge before a sandbox with challenges: time is where a test puts it, and what is due happens before the answer.</summary>
public sealed class ChallengeEdge : EdgeUnderTest, IAsyncLifetime
{
    private long _now;

    internal override ProgrammeSettings Programme => Gamification.Tests.Rules.Receipts.Programme() with { Clock = BusinessClockKind.Sandbox, Earning = Books.Document(Books.Base) };

    internal IGrainFactory Grains => Service<IGrainFactory>();

    public HttpClient Marketer { get; private set; } = null!;

    async ValueTask IAsyncLifetime.InitializeAsync()
    {
        await InitializeAsync();
        Marketer = With(Token(Role.Marketer));
    }

    protected override void Replace(IServiceCollection services)
    {
        services.AddSingleton<IChallengeStorage, MemoryChallengeStorage>();
        services.AddSingleton<IDeedReader, AccountDeeds>();
        services.AddSingleton<DeedPages>();
        services.AddSingleton<MemberWishes>();
        services.AddSingleton<AccountsAtHand>().AddSingleton<PrizeDesk>();
        services.AddSingleton<IChallengeFeed, Deaf>();
        services.AddSingleton(new ChallengeTemplates([.. Contests.TemplateNames.Select(Contests.Template)]));
        services.AddSingleton<Gamification.Runtime.Reminders.IReminderTable, Gamification.Runtime.Reminders.InMemoryReminderTable>();
    }

    /// <summary>Tests of one class share the time; it only goes forward.</summary>
    public async Task At(DateTimeOffset to)
    {
        if (to.ToUnixTimeMilliseconds() < _now) throw new InvalidOperationException("This sandbox is further already.");
        _now = to.ToUnixTimeMilliseconds();
        await Read(await Admin.PostAsync("/v1/sandbox/advance", Json($$"""{ "to": "{{to:yyyy-MM-ddTHH:mm:sszzz}}" }""")), HttpStatusCode.OK);
    }

    /// <summary>Everything that is committed is counted.</summary>
    public async Task Counted(string challenge, int run = 1) => await Grains.GetGrain<IChallengeGrain>(new ChallengeRunId(Programme.Id, challenge, run).ToString()).Due();

    public async Task<JsonObject> Get(HttpClient client, string path) => await Read(await client.GetAsync(path), HttpStatusCode.OK);

    public async Task<JsonObject> Command(string challenge, string body, HttpStatusCode expected = HttpStatusCode.OK) =>
        await Read(await Marketer.PostAsync($"/v1/challenges/{challenge}/commands", Json(body)), expected);

    public async Task<JsonObject> Save(string id, string more, HttpStatusCode expected = HttpStatusCode.OK, int version = 1, string reason = "", string from = "2026-11-21", string until = "2026-11-28") =>
        await Read(await Marketer.PutAsync($"/v1/challenges/{id}", Json(
            $$"""{ "challenge": { "id": "{{id}}", "version": {{version}}, "name": { "fr": "D", "nl": "U", "en": "C" }, "window": { "from": "{{from}}", "until": "{{until}}" }, {{more}} }{{reason}} }""")), expected);

    private sealed class Deaf : IChallengeFeed
    {
        public void Follow(ChallengeRunId run)
        {
        }

        public void Forget(ChallengeRunId run)
        {
        }
    }
}
