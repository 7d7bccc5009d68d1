using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gamification.Api;
using Gamification.Tests.Rules;

namespace Gamification.Tests.Api;

/// <summary>Spec §1: equal content, equal digest, however it is written.</summary>
public sealed class ContentDigestTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 16, 4, 10, TimeSpan.Zero);

    /// <summary>As it was in the first version, so that the form alone is held to it.</summary>
    private static readonly byte[] Salt =
        HKDF.DeriveKey(HashAlgorithmName.SHA256, SHA256.HashData("edge under test"u8), 32, info: "gamification/content/test"u8.ToArray());

    private static readonly Gamification.Api.Programme Programme = new(Receipts.Programme(), new(Salt, []));
    private static readonly Caller Till = new("test", Role.Till, "k") { Store = "BRU" };

    [Fact]
    public void Order_white_space_and_the_spelling_of_numbers_do_not_count()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            var cents = random.Next(1, 1_000_000);
            var lines = random.Next(1, 6);
            var one = Digest(Spell(new(seed), cents, lines));
            var other = Digest(Spell(new(seed + 10_000), cents, lines));
            Assert.True(one == other, $"seed {seed}");
        }
    }

    [Theory]
    [InlineData("\"card\":\"200\"", "\"card\":\"201\"")]
    [InlineData("\"card\":\"200\",", "")]
    [InlineData("\"till\":\"3\"", "\"till\":\"4\"")]
    [InlineData("\"sku\":\"A\"", "\"sku\":\"B\"")]
    [InlineData("\"quantity\":1", "\"quantity\":2")]
    [InlineData("17:04:05", "17:04:06")]
    [InlineData("\"currency\":\"EUR\"", "\"currency\":\"USD\"")]
    [InlineData("\"sale\"", "\"return\"")]
    [InlineData("\"total\"", "\"paidWithPoints\":1,\"total\"")]
    [InlineData("\"amount\"", "\"kind\":\"deposit\",\"amount\"")]
    [InlineData("\"amount\"", "\"vat\":1,\"amount\"")]
    public void Whatever_a_till_states_counts(string from, string to) =>
        Assert.NotEqual(Digest(Body), Digest(Body.Replace(from, to, StringComparison.Ordinal)));

    [Theory]
    [InlineData("\"total\"", "\"cashier\":\"An\",\"total\"")]
    [InlineData("\"total\"", "\"paidWithPoints\":0.00,\"total\"")]
    [InlineData("\"amount\"", "\"kind\":\"product\",\"amount\"")]
    [InlineData("17:04:05+", "17:04:05.000+")]
    [InlineData("\"card\":\"200\"", "\"card\":\"\\u0032\\u0030\\u0030\"")]
    public void What_says_nothing_new_does_not_count(string from, string to) =>
        Assert.Equal(Digest(Body), Digest(Body.Replace(from, to, StringComparison.Ordinal)));

    [Fact]
    public void A_receipt_without_a_time_is_the_same_whenever_it_comes()
    {
        var body = Body.Replace("\"occurredAt\":\"2026-11-21T17:04:05+01:00\",", "", StringComparison.Ordinal);
        Assert.Equal(Digest(body), Digest(body, Now.AddDays(3)));
    }

    [Fact]
    public void Another_programme_salts_otherwise()
    {
        var secrets = new EdgeSecrets(new() { Programmes = ["test", "other"], SecretFor = EdgeUnderTest.Secret.For });
        var other = new Gamification.Api.Programme(Receipts.Programme(), secrets.Of("other"));
        Assert.NotEqual(Digest(Body), ParsedReceipt.Read(Encoding.UTF8.GetBytes(Body), Till, other, Now).Receipt!.Content);
    }

    /// <summary>Kept from the first version: when this fails, old receipts would no longer be recognised.</summary>
    [Fact]
    public void The_form_is_for_ever() => Assert.Equal(Guid.Parse("936c0df1-6f7d-bf99-81e2-21f42b64b71c"), Digest(Body));

    private const string Body =
        """{"type":"sale","store":"BRU","till":"3","businessDate":"2026-11-21","number":"000123","occurredAt":"2026-11-21T17:04:05+01:00","card":"200","currency":"EUR","total":5,"lines":[{"sku":"A","quantity":1,"amount":5}]}""";

    private static Guid Digest(string body, DateTimeOffset? at = null)
    {
        var parsed = ParsedReceipt.Read(Encoding.UTF8.GetBytes(body), Till, Programme, at ?? Now);
        Assert.True(parsed.Problem is null, parsed.Problem?.Detail);
        return parsed.Receipt!.Content;
    }

    private static string Spell(Random random, int cents, int lines)
    {
        var line = Enumerable.Range(1, lines).Select(i => Object(random, ("sku", $"\"S{i}\""), ("quantity", Number(random, i)), ("amount", Number(random, cents * i / 100m))));
        return Object(
            random,
            ("type", "\"sale\""), ("store", "\"BRU\""), ("till", "\"3\""), ("businessDate", "\"2026-11-21\""), ("number", "\"1\""), ("card", "\"200\""),
            ("occurredAt", "\"2026-11-21T17:04:05+01:00\""), ("currency", "\"EUR\""), ("total", Number(random, cents * lines * (lines + 1) / 2 / 100m)), ("lines", $"[{string.Join(',', line)}]"));
    }

    private static string Object(Random random, params (string Name, string Value)[] fields)
    {
        random.Shuffle(fields);
        var space = new string(' ', random.Next(3));
        return $"{{{string.Join($",{space}", fields.Select(field => $"{space}\"{field.Name}\"{space}:{space}{field.Value}"))}\n}}";
    }

    private static string Number(Random random, decimal value) => random.Next(5) switch
    {
        0 => value.ToString(CultureInfo.InvariantCulture),
        1 => value.ToString("0.00", CultureInfo.InvariantCulture) + "000",
        2 => $"{(value * 100).ToString("0", CultureInfo.InvariantCulture)}e-2",
        3 => $"{(value * 100).ToString("0", CultureInfo.InvariantCulture)}00E-04",
        _ => $"{(value / 1000).ToString("0.000000", CultureInfo.InvariantCulture)}e+3",
    };
}
