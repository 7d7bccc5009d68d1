using System.Net;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Tests.Rules.Earning;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Api;

/// <summary>Fifty points for joining, to be spent once an address is confirmed.</summary>
public sealed class ConfirmingEdge : EdgeUnderTest
{
    internal override ProgrammeSettings Programme => Rules.Receipts.Programme() with
    {
        Earning = Books.Document(
            Books.Base,
            Books.Rule("welcome", new FixedPoints { Points = 50 }) with { On = [EarningEvent.Enrolment], WaitsFor = EarningEvent.Confirmation }),
    };
}

/// <summary>Points that wait for something the member does, over HTTP (spec B3).</summary>
public sealed class ConfirmationTests(ConfirmingEdge edge) : IClassFixture<ConfirmingEdge>
{
    [Fact]
    public async Task A_confirmed_address_makes_spendable_what_waited_for_it_once()
    {
        var service = edge.With((string)(await Read(await edge.Admin.PostAsync("/v1/keys", Json("""{ "kind": "service", "name": "crm" }""")), HttpStatusCode.Created))["key"]!);
        var (member, client) = await edge.Member("w-1");
        Assert.Equal((10, 50), await Points(client));
        var lines = (await Read(await client.GetAsync("/v1/members/me/entries"), HttpStatusCode.OK))["entries"]!.AsArray();
        var lot = lines.SelectMany(line => line!["postings"]!.AsArray()).SelectMany(posting => posting!["lots"]!.AsArray()).Single(lot => lot!["waitsFor"] is not null)!;
        Assert.Equal(("confirmation", 50, null), ((string)lot["waitsFor"]!, (int)lot["amount"]!, lot["availableAt"]));

        await Report("post", "e-1", HttpStatusCode.Created);
        Assert.Equal((10, 50), await Points(client));
        await Report("confirmation", "e-2", HttpStatusCode.Created);
        Assert.Equal((60, 0), await Points(client));
        await Report("confirmation", "e-2", HttpStatusCode.OK);
        await Report("confirmation", "e-3", HttpStatusCode.Created);
        Assert.Equal((60, 0), await Points(client));
        var activated = (await Read(await client.GetAsync("/v1/members/me/entries"), HttpStatusCode.OK))["entries"]!.AsArray()
            .SelectMany(line => line!["postings"]!.AsArray()).Single(posting => (string)posting!["kind"]! == "activated")!;
        Assert.Equal("//crm e-2", (string)activated["cause"]!);

        async Task Report(string type, string id, HttpStatusCode expected) => await Read(await service.PostAsync("/v1/events", Json(
            $$"""{ "specversion": "1.0", "source": "//crm", "id": "{{id}}", "type": "{{type}}", "data": { "member": "{{member}}" } }""")), expected);
    }

    private static async Task<(int Available, int Pending)> Points(HttpClient client)
    {
        var purse = (await Read(await client.GetAsync("/v1/members/me"), HttpStatusCode.OK))["purses"]![0]!;
        return ((int)purse["available"]!, (int)purse["pending"]!);
    }
}
