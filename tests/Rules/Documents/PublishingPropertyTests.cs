using System.Globalization;
using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;
using Gamification.Rules.Programmes;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Rules.Documents;

/// <summary>Laws over drawn histories of publishing; the seed stands in every failure. EARNING_SEEDS draws more.</summary>
public sealed class PublishingPropertyTests
{
    private static readonly int Cases = int.Parse(Environment.GetEnvironmentVariable("EARNING_SEEDS") ?? "100", CultureInfo.InvariantCulture);

    /// <summary>
    /// A marketer's life: versions of three rules are published and retired while time goes on. Whatever was in force at an instant that had
    /// already come, with its notice, stays in force at that instant for ever, and never two versions of one rule are.
    /// </summary>
    [Fact]
    public void At_every_instant_one_version_of_a_rule_is_in_force_and_the_past_never_changes()
    {
        for (var seed = 0; seed < Cases; seed++)
        {
            var random = new Random(seed);
            var desk = new Desk();
            List<(DateTimeOffset At, string InForce)> seen = [];
            for (var step = 0; step < 25; step++)
            {
                desk.Now += TimeSpan.FromSeconds(random.Next(0, 200));
                var rule = $"rule-{random.Next(3)}";
                var from = desk.Now + TimeSpan.FromSeconds(random.Next(30, 400));
                var standing = desk.Rules;
                var newest = standing.Rules.Where(known => known.Id == rule).Select(known => known.Version).DefaultIfEmpty().Max();
                if (random.Next(3) == 0 && newest > 0)
                {
                    desk.RetireRule(rule, random.Next(1, newest + 1), from);
                }
                else
                {
                    desk.Save(standing with { Rules = standing.Rules.Add(Desk.Draft(Books.Times(rule, 1 + (random.Next(1, 300) / 100m)), newest + 1)) });
                    desk.Validate();
                    if (random.Next(2) == 0) desk.Publish(from);
                    else desk.PublishRule(rule, newest + 1, from, random.Next(3) == 0 ? from.AddSeconds(random.Next(1, 500)) : null);
                }

                // Everything up to now and its notice was promised.
                var book = new RuleBook(desk.Rules, Catalogue.Empty);
                foreach (var (at, inForce) in seen) Assert.True(InForce(book, at) == inForce, $"seed {seed}, step {step}: {at:O} was {inForce}, is {InForce(book, at)}");
                for (var probe = 0; probe < 4; probe++)
                {
                    var at = desk.Now + TimeSpan.FromSeconds(random.Next(-300, 60));
                    var now = book.InForceAt(at);
                    Assert.True(now.Select(version => version.Id).Distinct().Count() == now.Length, $"seed {seed}, step {step}: two versions at {at:O}");
                    seen.Add((at, InForce(book, at)));
                }
            }
        }
    }

    [Fact]
    public void What_is_exported_starts_the_same_programme_and_differs_in_nothing()
    {
        for (var seed = 0; seed < Cases; seed++)
        {
            var draw = new RandomRules(seed);
            var rules = draw.Document((Stacking)(seed % 3), limits: false, conditions: false);
            rules = rules with { Names = [new() { Kind = NamedKind.Label, Id = "local", Fr = "Été “é”", Nl = "L'oké", En = "a\\b \"c\"" }, .. Named()], Campaigns = [] };
            var desk = new Desk(rules);
            desk.ImportGoods("sku,category,family,labels\nBREAD,food,bakery,local|organic\n\"A,\"\"B\",care,,\n", new(2026, 12, 1));
            var exported = WholeDocument.Of(desk.Documents);
            var (parts, errors) = WholeDocument.Read(exported);
            Assert.True(errors.IsEmpty, $"seed {seed}: {string.Join('\n', errors)}");
            var again = ProgrammeDocuments.Empty.Apply(Publishing.Found(parts, Desk.Start), Desk.Start);
            Assert.True(exported == WholeDocument.Of(again), $"seed {seed}: not the same bytes");
            Assert.True(DocumentDiffs.Of(desk.Documents, parts).IsEmpty, $"seed {seed}: differs");
            Assert.True(desk.Import(exported, Desk.Start.AddDays(1)) == "same", $"seed {seed}: imports something");
        }
    }

    /// <summary>Goods are named where rules speak of them.</summary>
    private static IEnumerable<Name> Named()
    {
        (NamedKind, string)[] names =
        [
            (NamedKind.Category, "food"), (NamedKind.Family, "dairy"), (NamedKind.Family, "bakery"), (NamedKind.Family, "cellar"), (NamedKind.Card, "card"),
            (NamedKind.Sku, "BREAD"), (NamedKind.Sku, "MILK"), (NamedKind.Sku, "WINE"), (NamedKind.Sku, "SOAP"), (NamedKind.Sku, "NAILS"),
        ];
        return names.Select(name => new Name { Kind = name.Item1, Id = name.Item2, Fr = name.Item2, Nl = name.Item2, En = name.Item2 });
    }

    private static string InForce(RuleBook book, DateTimeOffset at) => string.Join(' ', book.InForceAt(at).Select(rule => rule.VersionId));
}
