using System.Net;
using System.Text.Json.Nodes;
using Gamification.Api;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Rules.Recognition;
using Gamification.Tests.Api;
using Gamification.Tests.Conventions;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Activities;
using Gamification.Tests.Rules.Earning;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Sandboxes;

/// <summary>A sandbox that recognises its members and gives fifty points for a birthday.</summary>
public sealed class BirthdayEdge : EdgeUnderTest
{
    internal override ProgrammeSettings Programme => Receipts.Programme() with
    {
        Clock = BusinessClockKind.Sandbox,
        Earning = Books.Document(Books.Base, Events.Weight("cake", 50, EarningEvent.Birthday)),
        Recognition = RecognitionDocument.Read(File.ReadAllBytes(Path.Combine(SourceTree.Root, "tests/Rules/Recognition/recognition.json"))).Rules!,
    };

    public async Task Move(string to) => await Read(await Admin.PostAsync("/v1/sandbox/advance", Json($$"""{ "to": "{{to}}" }""")), HttpStatusCode.OK);
}

/// <summary>Birth dates over HTTP, and the birthdays that follow.</summary>
public sealed class BirthDateTests : IAsyncLifetime
{
    private readonly BirthdayEdge _edge = new();

    public async ValueTask InitializeAsync()
    {
        await _edge.InitializeAsync();
        await _edge.Move("2026-11-21T09:00:00+01:00");
    }

    public ValueTask DisposeAsync() => _edge.DisposeAsync();

    [Fact]
    public async Task A_birthday_is_rewarded_once_a_year_though_the_date_was_corrected()
    {
        var (member, client) = await _edge.Member("b-1");
        Assert.Equal((null, true), await Known(client));
        Assert.Equal(("2000-02-29", true), Of(await Read(await Put(client, "2000-02-29"), HttpStatusCode.OK)));
        await _edge.Move("2027-02-27T12:00:00+01:00");
        Assert.Equal(10, await Balance(client));
        await _edge.Move("2027-02-28T12:00:00+01:00");
        Assert.Equal(60, await Balance(client));
        Assert.Equal(("2000-08-15", false), Of(await Read(await Put(client, "2000-08-15"), HttpStatusCode.OK)));
        await _edge.Move("2027-09-01T12:00:00+02:00");
        Assert.Equal(60, await Balance(client));
        await _edge.Move("2028-08-15T12:00:00+02:00");
        Assert.Equal(110, await Balance(client));
        var line = (await Read(await client.GetAsync("/v1/members/me/entries"), HttpStatusCode.OK))["entries"]!.AsArray().First(entry => entry!["activity"] is not null)!;
        Assert.Equal("birthday", (string)line["activity"]!["type"]!);

        var problem = await ReadProblem(await Put(client, "2000-08-16"), HttpStatusCode.UnprocessableEntity, "refused-command");
        Assert.Equal(("/birthDate", "already-changed"), ((string)problem["errors"]![0]!["field"]!, (string)problem["errors"]![0]!["code"]!));
        Assert.Equal((null, false), Of(await Read(await client.DeleteAsync("/v1/members/me/birth-date"), HttpStatusCode.OK)));
        await _edge.Move("2029-12-31T12:00:00+01:00");
        Assert.Equal(110, await Balance(client));
        var journal = string.Join('\n', (await _edge.Journal.ReadForward(await ActorOf(member), 0, 500, default)).Select(entry => System.Text.Encoding.UTF8.GetString(entry.Payload.Span)));
        Assert.Contains("note-birth-date", journal, StringComparison.Ordinal);
        Assert.DoesNotContain("2000-", journal, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_service_gives_it_and_nobody_else_reads_or_writes_it()
    {
        var (member, client) = await _edge.Member("b-2");
        var (other, _) = await _edge.Member("b-3");
        var made = await Read(await _edge.Admin.PostAsync("/v1/keys", Json("""{ "kind": "service", "name": "CRM" }""")), HttpStatusCode.Created);
        var service = _edge.With((string)made["key"]!);
        Assert.Equal(("1984-02-29", true), Of(await Read(await Put(service, "1984-02-29", member), HttpStatusCode.OK)));
        Assert.Equal(("1984-02-29", true), await Known(client));
        await ReadProblem(await client.GetAsync($"/v1/members/{other}/birth-date"), HttpStatusCode.Forbidden, "forbidden");
        await ReadProblem(await _edge.With(_edge.Token(Role.Marketer)).GetAsync($"/v1/members/{member}/birth-date"), HttpStatusCode.Forbidden, "forbidden");
        await ReadProblem(await Put(service, "1984-02-29", "NOBODY"), HttpStatusCode.NotFound, "unknown-member");
    }

    [Theory]
    [InlineData("""{ "birthDate": "29/02/1984" }""", "invalid-document", "invalid-date")]
    [InlineData("""{ "birthDate": "1985-02-29" }""", "invalid-document", "invalid-date")]
    [InlineData("""{ "birthDate": "2027-01-01" }""", "refused-command", "invalid-birth-date")]
    [InlineData("""{ "birthDate": "1880-01-01" }""", "refused-command", "invalid-birth-date")]
    public async Task What_is_no_birth_date_is_refused_with_its_field(string document, string kind, string code)
    {
        var (_, client) = await _edge.Member("b-4");
        var problem = await ReadProblem(await client.PutAsync("/v1/members/me/birth-date", Json(document)), HttpStatusCode.UnprocessableEntity, kind);
        Assert.Equal(("/birthDate", code), ((string)problem["errors"]![0]!["field"]!, (string)problem["errors"]![0]!["code"]!));
        Assert.Equal((null, true), await Known(client));
    }

    [Fact]
    public async Task A_member_moves_home_and_what_it_does_elsewhere_has_the_date_of_there()
    {
        var (member, client) = await _edge.Member("b-5");
        await Read(await client.PostAsync("/v1/members/me/recognition", Json("""{ "id": "h-1", "kind": "move-home", "zone": "America/New_York" }""")), HttpStatusCode.Created);
        var home = (await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK))["recognition"]!["home"]!;
        Assert.Equal(("America/New_York", "2026-11-21T23:00:00+00:00"), ((string)home["zone"]!, (string)home["from"]!));
        var problem = await ReadProblem(await client.PostAsync("/v1/members/me/recognition", Json("""{ "id": "h-2", "kind": "move-home", "zone": "Mars/Olympus" }""")), HttpStatusCode.UnprocessableEntity, "refused-command");
        Assert.Equal("/zone", (string)problem["errors"]![0]!["field"]!);

        await _edge.Move("2026-11-25T09:00:00+01:00");
        var made = await Read(await _edge.Admin.PostAsync("/v1/keys", Json("""{ "kind": "service", "name": "Community" }""")), HttpStatusCode.Created);
        var post = $$"""{ "specversion": "1.0", "source": "//community", "id": "p-1", "type": "post", "time": "2026-11-25T03:00:00Z", "data": { "member": "{{member}}" } }""";
        await Read(await _edge.With((string)made["key"]!).PostAsync("/v1/events", Json(post, "application/cloudevents+json")), HttpStatusCode.Created);
        var entry = (await _edge.Journal.ReadBackward(await ActorOf(member), long.MaxValue, 1, default))[0];
        Assert.Contains("\"businessDate\":\"2026-11-24\"", System.Text.Encoding.UTF8.GetString(entry.Payload.Span), StringComparison.Ordinal);
    }

    private async Task<ActorId> ActorOf(string publicId) => ActorId.Member(_edge.Programme.Id, (await _edge.Vault.FindPublicId(_edge.Programme.Id, publicId, default))!.Member);

    private static Task<HttpResponseMessage> Put(HttpClient client, string date, string member = "me") =>
        client.PutAsync($"/v1/members/{member}/birth-date", Json($$"""{ "birthDate": "{{date}}" }"""));

    private static async Task<(string?, bool)> Known(HttpClient client) => Of(await Read(await client.GetAsync("/v1/members/me/birth-date"), HttpStatusCode.OK));

    private static (string?, bool) Of(JsonObject view) => ((string?)view["birthDate"], (bool)view["mayChange"]!);

    private static async Task<int> Balance(HttpClient client) => (int)(await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK))["balance"]!;
}
