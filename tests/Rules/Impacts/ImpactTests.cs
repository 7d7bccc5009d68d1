using System.Text;
using System.Text.Json.Nodes;
using Gamification.Challenges;
using Gamification.Impacts;
using Gamification.Programmes.Earning;
using Gamification.Rules.Impacts;
using Gamification.Tests.Rules.Challenges;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Rules.Impacts;

/// <summary>Spec F7: event by versioned factor, restated when a factor is corrected, never without a source.</summary>
public sealed class ImpactTests
{
    private static readonly ImpactSource Source = new("Ministry", "Table of emissions", "https://example.org/factors", new(2026, 1, 1));

    private static readonly ImpactFactors Registry = new()
    {
        Counters = [new() { Id = "meals", Name = Contests.Named("Meals"), Unit = Contests.Named("meals") }, new() { Id = "co2e", Name = Contests.Named("CO2e"), Unit = Contests.Named("kg") }],
        Factors =
        [
            Factor("meal", 1, "meals", 1_000_000),
            Factor("carbon", 1, "co2e", 2_500_000),
        ],
    };

    [Fact]
    public void A_deed_counts_by_the_factors_of_its_date_and_a_return_takes_exactly_what_it_brought()
    {
        var book = new ImpactBook(Registry);
        var bought = Contests.Deed(EarningEvent.Sale, 0, goods: [Contests.Line("bread", 300, 3, null, "unsold"), Contests.Line("soap", 500)]);
        var left = Contests.Deed(EarningEvent.Sale, 0, goods: [Contests.Line("bread", 100, 1, null, "unsold"), Contests.Line("soap", 500)]);
        Assert.Equal([("co2e", 7L), ("meals", 3L)], book.Totals(book.Of(bought)).Select(total => (total.Counter, total.Whole)));
        Assert.Equal([("co2e", 2L), ("meals", 1L)], book.Totals(book.Of(left)).Select(total => (total.Counter, total.Whole)));
        Assert.Equal((Int128)2_500_000_000, book.Totals(book.Of(left))[0].Billionths);
        Assert.Empty(book.Of(Contests.Deed(EarningEvent.Sale, -400, goods: [Contests.Line("bread", 300, 3, null, "unsold")])));
        Assert.Empty(book.Of(Contests.Deed(EarningEvent.Post, 0)));
    }

    [Fact]
    public void A_correction_restates_what_was_counted_and_says_by_which_version()
    {
        var before = new ImpactBook(Registry);
        var quantities = Enumerable.Range(0, 4).SelectMany(day => before.Of(Contests.Deed(EarningEvent.Sale, day, goods: [Contests.Line("bread", 100, 2, null, "unsold")]))).ToArray();
        var corrected = new ImpactBook(Registry with
        {
            Factors = Registry.Factors.Add(Factor("carbon", 2, "co2e", 2_000_000) with { From = Contests.Monday.AddDays(1), Until = Contests.Monday.AddDays(3), Correction = Contests.Named("recomputed") }),
        });
        Assert.Equal([new("co2e", 20_000_000_000, 18_000_000_000)], corrected.Restated(before, quantities));
        Assert.Equal([("carbon", 1), ("carbon", 2)], corrected.Totals(quantities)[0].By);
        Assert.Empty(before.Restated(before, quantities));
        Assert.Empty(new ImpactBook(ImpactFactors.None).Totals(quantities));
    }

    /// <summary>Whatever is summed first: members, stores or everybody.</summary>
    [Fact]
    public void Totals_of_parts_add_up_to_the_whole()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Random(seed);
            var book = new ImpactBook(Registry);
            var parts = Enumerable.Range(0, 5).Select(_ => Enumerable.Range(0, random.Next(9))
                .SelectMany(_ => book.Of(Contests.Deed(EarningEvent.Sale, random.Next(20), goods: [Contests.Line("bread", random.Next(300), random.Next(1, 4_000) / 1_000m, null, "unsold")]))).ToArray()).ToArray();
            var whole = book.Totals(parts.SelectMany(part => part));
            foreach (var total in whole)
                Assert.True(total.Billionths == parts.Select(part => book.Totals(part).FirstOrDefault(one => one.Counter == total.Counter)?.Billionths ?? 0).Aggregate((Int128)0, (sum, one) => sum + one), $"seed {seed}");
        }
    }

    [Theory]
    [InlineData("/factors/0/source/url", "\"http://example.org\"", "/factors/0/source/url", "not-to-be-found")]
    [InlineData("/factors/0/source", "null", "/factors/0/source", "null")]
    [InlineData("/factors/0/counter", "\"luck\"", "/factors/0/counter", "unknown-counter")]
    [InlineData("/factors/1/id", "\"meal\"", "/factors/1/version", "version-twice")]
    [InlineData("/factors/0/until", "\"2026-01-01\"", "/factors/0/until", "empty")]
    [InlineData("/factors/0/per", "\"items\"", null, null)]
    [InlineData("/factors/0/on", "[\"visit\"]", "/factors/0/goods", "no-goods")]
    [InlineData("/counters/1/id", "\"meals\"", "/counters/1/id", "id-twice")]
    public void An_error_names_the_field_and_the_remedy(string at, string value, string? field, string? code)
    {
        var document = JsonNode.Parse(ImpactDocument.Write(Registry))!;
        Pointers.Put(document, at, JsonNode.Parse(value));
        var (_, errors) = ImpactDocument.Read(Encoding.UTF8.GetBytes(document.ToJsonString()));
        if (field is null) Assert.Empty(errors);
        else Assert.Contains((field, code), errors.Select(error => (error.Field, (string?)error.Code)));
    }

    [Fact]
    public void A_correction_says_why()
    {
        var corrected = Registry with { Factors = Registry.Factors.Add(Factor("carbon", 2, "co2e", 1)) };
        Assert.Equal(("/factors/2/correction", "missing"), Assert.Single(ImpactValidation.Check(corrected)) is var error ? (error.Field, error.Code) : default);
        Assert.Empty(ImpactValidation.Check(Registry));
    }

    /// <summary>With UPDATE_SNAPSHOTS=1 the file is written instead.</summary>
    [Fact]
    public void The_published_schema_is_that_of_the_types() => Snapshots.Same("silo/Programmes/impact.schema.json", ImpactDocument.Schema);

    private static ImpactFactor Factor(string id, int version, string counter, long millionths) => new()
    {
        Id = id, Version = version, Counter = counter, On = [EarningEvent.Sale], Goods = new() { Labels = ["unsold"] }, Per = ImpactBasis.Items, Millionths = millionths, From = new(2026, 1, 1), Source = Source,
    };
}
