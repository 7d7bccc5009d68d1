using System.Net;
using System.Text.Json.Nodes;
using Gamification.Ledger;
using Gamification.Programmes;
using Gamification.Tests.Api;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Sandboxes;

/// <summary>The edge before a sandbox: a point a euro that waits two days and is valid for thirty.</summary>
public sealed class SandboxEdge : EdgeUnderTest
{
    internal override ProgrammeSettings Programme => Receipts.Programme() with
    {
        Clock = BusinessClockKind.Sandbox,
        Earning = Books.Document(Books.Base),
        Ledger = new() { Points = new() { Expiry = new() { Kind = ExpiryKind.AfterDays, Count = 30 }, PendingDays = 2 } },
    };

    public Task<HttpResponseMessage> Advance(string document, string? key = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/v1/sandbox/advance") { Content = Json(document) };
        if (key is not null) request.Headers.Add("Idempotency-Key", key);
        return Admin.SendAsync(request);
    }

    public async Task<JsonObject> Moved(string document, string? key = null) => await Read(await Advance(document, key), HttpStatusCode.OK);

    public async Task<string?> Now() => (string?)(await Read(await Admin.GetAsync("/v1/sandbox"), HttpStatusCode.OK))["now"];
}
