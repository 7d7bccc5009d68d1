using Gamification.Api.Demo;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Rules;
using Gamification.Rules.Earning;
using Gamification.Rules.Programmes;
using Gamification.Silo.Programmes;
using Gamification.Tests.Conventions;

namespace Gamification.Tests.Documents;

/// <summary>The programmes that ship as examples are ones that a shop could start with.</summary>
public sealed class ExampleProgrammeTests
{
    private static readonly string Folder = Path.Combine(SourceTree.Root, "silo", "Programmes");

    [Theory]
    [InlineData("supermarket")]
    [InlineData("cafe")]
    public void An_example_passes_every_check_and_is_its_own_export(string name)
    {
        var parts = Parts(name);
        Assert.Equal(Enum.GetValues<ProgrammePart>(), parts.Select(part => part.Part).Order());
        var documents = ProgrammeDocuments.Empty.Apply(Publishing.Found([.. parts], DateTimeOffset.UnixEpoch), DateTimeOffset.UnixEpoch);
        var exported = WholeDocument.Of(documents);
        var (again, errors) = WholeDocument.Read(exported);
        Assert.Empty(errors);
        Assert.Empty(DocumentDiffs.Of(documents, again));
        Assert.Equal(exported, WholeDocument.Of(again.OrderBy(part => part.Part)));
        Assert.True(new ProgrammeInForce(documents, 1).At(new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero)).Scheme.IsStated);
    }

    [Theory]
    [InlineData("supermarket", ProgrammePart.Earning)]
    [InlineData("supermarket", ProgrammePart.Recognition)]
    [InlineData("supermarket", ProgrammePart.Rewards)]
    [InlineData("cafe", ProgrammePart.Earning)]
    [InlineData("cafe", ProgrammePart.Recognition)]
    [InlineData("cafe", ProgrammePart.Rewards)]
    public void Everything_in_an_example_is_said_in_three_languages(string name, ProgrammePart part)
    {
        var parts = Parts(name);
        var sentences = DocumentSentences.Of(part, parts.Single(other => other.Part == part).Text, SettingsText.Parse(parts[0].Text));
        Assert.NotEmpty(sentences);
        Assert.All(sentences, sentence => Assert.True(sentence.Fr.Length > 10 && sentence.Fr != sentence.Nl && sentence.Nl != sentence.En && sentence.Fr != sentence.En, sentence.En));
    }

    [Fact]
    public void The_supermarket_has_rewards_and_badges_of_every_kind()
    {
        var whole = System.Text.Json.Nodes.JsonNode.Parse(WholeDocument.Of(Parts("supermarket")))!;
        var rewards = whole["rewards"]!["rewards"]!.AsArray().Select(reward => (string)reward!["gives"]!["kind"]!).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["discount", "donation", "earlyAccess", "freeDelivery", "partner", "percent", "priority", "product", "status", "workshop"], rewards);
        var badges = whole["recognition"]!["badges"]!.AsArray().Select(badge => (string)badge!["for"]!["kind"]!).Distinct().Order(StringComparer.Ordinal);
        Assert.Equal(["collective", "conditional", "count", "first", "founder", "manual", "periodic", "seasonal", "streak"], badges);
    }

    /// <summary>The real receipts meet the rules by their real stock codes, times and amounts.</summary>
    [Fact]
    public void Real_receipts_meet_the_supermarkets_rules()
    {
        var file = Path.Combine(Folder, "supermarket", "programme.json");
        var (settings, goods) = (ProgrammeFile.Read(file), ProgrammeFile.ReadCatalogue(file));
        var scheme = new Scheme(settings, goods);
        var met = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var basket in Sample(settings))
        {
            foreach (var applied in scheme.Rate(basket, MemberFacts.Unknown, Grants.Unlimited).Applied) met[applied.Rule.Rule] = met.GetValueOrDefault(applied.Rule.Rule) + 1;
        }

        Assert.Superset(new HashSet<string> { "base", "big-basket", "bread-card", "coffee-card", "local", "morning", "no-waste", "organic" }, met.Keys.ToHashSet());
        Assert.All(met.Values, times => Assert.InRange(times, 1, 2_000));
    }

    private static PartText[] Parts(string name)
    {
        var file = Path.Combine(Folder, name, "programme.json");
        var settings = ProgrammeFile.Read(file);
        var catalog = new ProgrammeCatalog([settings], new Dictionary<string, Catalogue> { [settings.Id] = ProgrammeFile.ReadCatalogue(file) },
            new Dictionary<string, System.Collections.Immutable.ImmutableArray<PartText>> { [settings.Id] = ProgrammeFile.ReadOtherParts(file) });
        return [.. catalog.Stated(settings.Id)];
    }

    private static IEnumerable<Receipt> Sample(ProgrammeSettings settings)
    {
        var sample = new DemoReceipts(Path.Combine(AppContext.BaseDirectory, "Data", "receipts-sample.ndjson.gz"), [.. settings.Stores.Select(store => store.Id)], settings.TimeZone);
        foreach (var receipt in sample.Read())
        {
            using var json = System.Text.Json.JsonDocument.Parse(receipt.Body);
            var root = json.RootElement;
            if (root.GetProperty("type").GetString() != "sale") continue;
            yield return new()
            {
                Key = new(receipt.Store, "1", DateOnly.FromDateTime(receipt.OccurredAt.DateTime), root.GetProperty("number").GetString()!),
                Type = ReceiptType.Sale,
                Content = default,
                OccurredAt = receipt.OccurredAt,
                Currency = settings.Currency,
                Total = (long)(root.GetProperty("total").GetDecimal() * 100),
                Lines = [.. root.GetProperty("lines").EnumerateArray().Select(line => new ReceiptLine
                {
                    Sku = line.GetProperty("sku").GetString()!,
                    Quantity = line.GetProperty("quantity").GetDecimal(),
                    UnitPrice = line.GetProperty("unitPrice").GetDecimal(),
                    Amount = (long)(line.GetProperty("amount").GetDecimal() * 100),
                })],
            };
        }
    }
}
