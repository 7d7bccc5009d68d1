using System.Net;
using System.Text.Json.Nodes;
using Gamification.Impacts;
using Gamification.Programmes;
using Gamification.Tests.Api;
using Gamification.Tests.Rules.Challenges;
using static Gamification.Tests.Api.EdgeUnderTest;

namespace Gamification.Tests.Impacts;

/// <summary>An edge whose programme tells of three people and more.</summary>
public sealed class FewPeopleEdge : ImpactEdge
{
    internal override ProgrammeSettings Programme => base.Programme with { PeopleMin = 3 };
}

/// <summary>Figures about a handful of people are told to nobody but themselves (spec §11).</summary>
public sealed class FewPeopleTests(FewPeopleEdge edge) : IClassFixture<FewPeopleEdge>
{
    [Fact]
    public async Task A_store_s_figure_is_withheld_until_it_is_about_enough_people()
    {
        await Read(await edge.Marketer.PutAsync("/v1/programme/parts/impact/draft", Json("""
            {
              "counters": [ { "id": "co2e", "name": { "fr": "C", "nl": "C", "en": "C" }, "unit": { "fr": "kg", "nl": "kg", "en": "kg" } } ],
              "factors": [ { "id": "carbon", "version": 1, "counter": "co2e", "on": ["sale"], "goods": { "labels": ["local"] }, "per": "items", "millionths": 2000000, "from": "2026-01-01", "source": { "publisher": "Ministry", "title": "Table", "url": "https://example.org/factors", "published": "2026-01-01" } } ]
            }
            """)), HttpStatusCode.OK);
        await Read(await edge.Marketer.PostAsync("/v1/programme/parts/impact/validate", Json("{}")), HttpStatusCode.OK);
        await Read(await edge.Marketer.PostAsync("/v1/programme/parts/impact/publish", Json($$"""{ "effectiveFrom": "{{edge.Clock.GetUtcNow().AddSeconds(60):O}}" }""")), HttpStatusCode.OK);
        await edge.Pass(TimeSpan.FromSeconds(60));
        await edge.Counted();
        var (_, first) = await edge.Member("2000000000001");
        Assert.Equal((false, 0m, 0), await Figure("/v1/impact/stores/BRU"));
        await Buy(1);
        await Buy(2);
        await Buy(1);
        Assert.Equal((true, null, 0), await Figure("/v1/impact/stores/BRU"));
        Assert.Equal((true, null, 0), await Figure("/v1/impact"));
        Assert.Equal((false, 4m, 1), await Figure("/v1/impact/me", first));
        await Buy(3);
        Assert.Equal((false, 8m, 1), await Figure("/v1/impact/stores/BRU"));
        Assert.Equal((false, 8m, 1), await Figure("/v1/impact"));
    }

    [Fact]
    public void People_are_told_apart_up_to_a_number_and_once_each()
    {
        var people = new ImpactPeople();
        ImpactRow Row(int member, string store, string factor) => new(Contests.Key(member), Contests.Key(member + 1_000), 1, store, 1, [new(factor, 1)]);
        people.Add(people.New([Row(1, "BRU", "a"), Row(1, "BRU", "b"), Row(2, "GNT", "a"), Row(1, "GNT", "a")]));
        Assert.Equal((2, 1, 2, 1), (people.Count(new HashSet<string> { "a" }, null), people.Count(new HashSet<string> { "a", "b" }, "BRU"), people.Count(new HashSet<string> { "a" }, "GNT"), people.Count(new HashSet<string> { "b" }, null)));
        people.Add(people.New(Enumerable.Range(1, 100).Select(member => Row(member, "BRU", "a"))));
        Assert.Equal(ImpactPeople.KeptMax, people.Count(new HashSet<string> { "a" }, "BRU"));
        Assert.Empty(people.New([Row(500, "BRU", "a")]));
    }

    private int _receipts;

    private async Task Buy(int member)
    {
        await Read(await edge.Till.PostAsync("/v1/receipts", Json($$"""
            {"type":"sale","store":"BRU","till":"3","businessDate":"2026-11-21","number":"F{{++_receipts}}","card":"200000000000{{member}}","occurredAt":"2026-11-21T09:3{{_receipts}}:00+01:00","currency":"EUR","total":{{_receipts}},"lines":[{"sku":"BREAD","quantity":1,"unitPrice":{{_receipts}},"amount":{{_receipts}}}]}
            """)), HttpStatusCode.Created);
        await edge.Counted();
    }

    private async Task<(bool Withheld, decimal? Value, int Sources)> Figure(string path, HttpClient? client = null)
    {
        var figure = (await Read(await (client ?? edge.Till).GetAsync(path), HttpStatusCode.OK))["counters"]![0]!;
        return ((bool)figure["withheld"]!, (decimal?)figure["value"], figure["sources"]!.AsArray().Count);
    }
}
