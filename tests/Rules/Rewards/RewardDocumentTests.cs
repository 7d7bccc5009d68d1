using System.Text;
using System.Text.Json.Nodes;
using Gamification.Programmes.Earning;
using Gamification.Recognition;
using Gamification.Rewards;
using Gamification.Rules.Earning;
using Gamification.Rules.Rewards;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Rules.Rewards;

public sealed class RewardDocumentTests
{
    private const string Mug = """{"id": "mug", "fr": "Tasse", "nl": "Mok", "en": "Mug", "gives": {"kind": "product", "sku": "M-1"}, "points": 200, "money": 200, "stock": 500, "perMember": 1}""";

    [Fact]
    public void The_published_schema_is_that_of_the_types() => Snapshots.Same("silo/Programmes/rewards.schema.json", RewardSchema.Text);

    [Theory]
    [InlineData("points", "-1", "/rewards/0/points", "out-of-bounds")]
    [InlineData("colour", "1", "/rewards/0/colour", "unknown-field")]
    [InlineData("id", "\"A mug\"", "/rewards/0/id", "invalid-id")]
    [InlineData("gives", """{"kind": "lottery"}""", "/rewards/0/gives/kind", "unknown-kind")]
    [InlineData("stock", "100001", "/rewards/0/stock", "limit-without-stock")]
    [InlineData("welcome", "true", "/rewards/0/welcome", "welcome-costs")]
    [InlineData("gives", """{"kind": "workshop", "startsAt": "2026-12-01"}""", "/rewards/0/gives/startsAt", "wrong-type")]
    public void What_is_wrong_is_named_with_its_remedy(string field, string value, string pointer, string code)
    {
        var reward = JsonNode.Parse(Mug)!;
        reward[field] = JsonNode.Parse(value);
        var (catalogue, errors) = Read(reward.ToJsonString());
        Assert.Null(catalogue);
        var error = errors.First(error => error.Field == pointer);
        Assert.Equal(code, error.Code);
        Assert.EndsWith(".", error.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void A_reward_is_said_in_three_languages()
    {
        var reward = Read(Mug).Catalogue!.Rewards.Single();
        Assert.Equal("Tasse\u00A0: un produit M-1 pour 200\u00A0points et 2\u00A0€, au plus 1 par membre, 500 en tout.", new RewardWords(Language.Fr, "EUR").Of(reward));
        Assert.Equal("Mok: een product M-1 voor 200 punten en €\u00A02, hoogstens 1 per lid, 500 in totaal.", new RewardWords(Language.Nl, "EUR").Of(reward));
        Assert.Equal("Mug: one product M-1 for 200 points and €2, at most 1 per member, 500 in all.", new RewardWords(Language.En, "EUR").Of(reward));
    }

    [Fact]
    public void A_tier_is_said_by_its_name()
    {
        var reward = Read(Mug).Catalogue!.Rewards.Single() with { Tiers = ["gold", "forgotten"] };
        var ladder = new TierLadder { Levels = [new() { Id = "gold", Name = new("Or", "Goud", "Gold"), Spend = 100 }] };
        Assert.Contains("pour «\u00A0Or\u00A0» ou «\u00A0forgotten\u00A0»", new RewardWords(Language.Fr, "EUR", ladder).Of(reward), StringComparison.Ordinal);
        Assert.Contains("voor ‘Goud’ of ‘forgotten’", new RewardWords(Language.Nl, "EUR", ladder).Of(reward), StringComparison.Ordinal);
        Assert.Contains("for “gold” or “forgotten”", new RewardWords(Language.En, "EUR").Of(reward), StringComparison.Ordinal);
    }

    [Fact]
    public void Every_kind_can_be_read_and_said_in_every_language()
    {
        string[] kinds =
        [
            """{"kind": "discount", "amount": 500}""", """{"kind": "percent", "percent": 10}""", """{"kind": "product", "sku": "M-1"}""", """{"kind": "freeDelivery"}""",
            """{"kind": "earlyAccess", "opensAt": "2026-12-01T09:00:00+01:00"}""", """{"kind": "workshop", "startsAt": "2026-12-01T19:30:00+01:00", "waitingMax": 10, "noShowDays": 30}""",
            """{"kind": "priority", "days": 30}""", """{"kind": "partner", "partner": "Cinéma Galeries"}""", """{"kind": "donation", "cause": "Restos du Cœur", "amount": 300}""",
            """{"kind": "status", "status": "gardien"}""", """{"kind": "pay", "amount": 100, "steps": 50}""",
        ];
        Assert.Equal(typeof(RewardKind).GetCustomAttributes(typeof(System.Text.Json.Serialization.JsonDerivedTypeAttribute), inherit: false).Length, kinds.Length);
        foreach (var kind in kinds)
        {
            var node = JsonNode.Parse(Mug)!;
            node["gives"] = JsonNode.Parse(kind);
            if ((string)node["gives"]!["kind"]! == "pay") foreach (var limit in (string[])["money", "stock", "perMember"]) node.AsObject().Remove(limit);
            var reward = Read(node.ToJsonString()).Catalogue!.Rewards.Single();
            Assert.Equal(3, Enum.GetValues<Language>().Select(language => new RewardWords(language, "EUR").Of(reward)).Distinct().Count());
        }
    }

    [Fact]
    public void A_workshop_becomes_a_booking_that_ends_when_it_starts()
    {
        var node = JsonNode.Parse(Mug)!;
        node["gives"] = JsonNode.Parse("""{"kind": "workshop", "startsAt": "2026-12-01T19:30:00+01:00", "cancelHours": 48, "waitingMax": 10, "noShowDays": 30}""");
        var terms = RewardDocument.TermsOf(Read(node.ToJsonString()).Catalogue!.Rewards.Single());
        var starts = new DateTimeOffset(2026, 12, 1, 19, 30, 0, TimeSpan.FromHours(1));
        Assert.Equal((true, starts, starts.AddHours(-48), 10, 30, 500L), (terms.IsBooking, terms.Until, terms.CancelUntil, terms.WaitingMax, terms.NoShowDays, terms.Stock));
    }

    private static (RewardCatalogue? Catalogue, System.Collections.Immutable.ImmutableArray<DocumentError> Errors) Read(string reward) =>
        RewardDocument.Read(Encoding.UTF8.GetBytes($$"""{"rewards": [{{reward}}]}"""));
}
