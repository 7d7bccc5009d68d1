using System.Net;
using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Tests.Rules;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Rewards;

/// <summary>Where cards need not be enrolled, their holders join with their first receipt, as others do who enrol.</summary>
public sealed class NewcomerTests(FounderEdge edge) : IClassFixture<FounderEdge>
{
    [Fact]
    public async Task Of_two_hundred_first_receipts_at_once_fifty_make_founders_and_none_makes_anybody_join_twice()
    {
        var grains = edge.Service<IGrainFactory>();
        var members = Enumerable.Range(1, 200).Select(number => new MemberId(new Guid(number, 0, 0, 0, 0, 0, 0, 0, 0, 0, 9))).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 3 * members.Length).Select(at => Post(members[at / 3], $"{at / 3}-{1 + (at % 3 / 2)}")));
        var views = await Task.WhenAll(members.Select(member => Account(member).View()));
        Assert.All(views, view => Assert.Equal((true, 2), (view.Enrolled, view.Receipts)));
        Assert.Equal(50, views.Count(view => view.Recognition!.Badges.Single(badge => badge.Id == "founder").Level == 1));
        Assert.Equal((50 * 100) + (20 * 7) + (200 * 5) + (200 * 2 * 10), views.Sum(view => view.Balance));

        // Enrolling afterwards, or sending it all again, is not joining again.
        await Task.WhenAll(members.Select(member => Account(member).Enrol(edge.Clock.GetUtcNow())));
        await Task.WhenAll(members.Select((member, at) => Post(member, $"{at}-1")));
        Assert.Equal(views.Select(view => (view.Version, view.Balance)), (await Task.WhenAll(members.Select(member => Account(member).View()))).Select(view => (view.Version, view.Balance)));
        Assert.Empty((await LedgerCheck.Run(edge.Journal, TestContext.Current.CancellationToken)).Findings);

        IMemberGrain Account(MemberId member) => grains.GetGrain<IMemberGrain>($"{edge.Programme.Id}/{member}");

        Task<ReceiptOutcome> Post(MemberId member, string number) => Account(member).Post(Receipts.Sale(number, 10m), edge.Clock.GetUtcNow(), held: false);
    }
}

/// <summary>The same over HTTP, with quotas of its own.</summary>
public sealed class NewcomerReceiptTests(FounderEdge edge) : IClassFixture<FounderEdge>
{
    [Fact]
    public async Task A_first_receipt_that_was_not_recorded_lets_nobody_join()
    {
        var number = edge.Number();
        await Read(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(10, "known", number))), HttpStatusCode.Created);
        await ReadProblem(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(10, "stranger", number))), HttpStatusCode.Conflict, "duplicate-conflict");
        await ReadProblem(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(10, "stranger").Replace("EUR", "USD", StringComparison.Ordinal))), HttpStatusCode.UnprocessableEntity, "refused-receipt");
        var stranger = (await edge.Vault.FindCard(edge.Programme.Id, "stranger", default))!.Member;
        Assert.Equal(0, (await edge.Service<IGrainFactory>().GetGrain<IMemberGrain>($"{edge.Programme.Id}/{stranger}").View()).Version);

        // What it is told to earn is what the basket earns; joining comes beside it.
        var preview = await Read(await edge.Till.PostAsync("/v1/receipts/preview", Json(edge.Sale(10, "stranger"))), HttpStatusCode.OK);
        var first = await Read(await edge.Till.PostAsync("/v1/receipts", Json(edge.Sale(10, "stranger"))), HttpStatusCode.Created);
        Assert.Equal((10, 10), ((int)preview["points"]!, (int)first["points"]!));
        var seen = await Read(await edge.Admin.GetAsync($"/v1/members/{first["member"]}"), HttpStatusCode.OK);
        Assert.Equal(10 + 5 + 7 + 100, (int)seen["balance"]!);
        Assert.Contains(seen["last"]!.AsArray(), line => (string?)line!["activity"]?["type"] == "enrolment");
    }

    [Fact]
    public void Every_event_of_a_statement_has_its_word() =>
        Assert.All(Enum.GetValues<EarningEvent>().Where(type => type != EarningEvent.Sale), type => Assert.NotEmpty(Gamification.Api.EventWords.Of(type)));
}
