using System.Text;
using System.Text.Json.Nodes;
using Gamification.Api;
using Gamification.Programmes;
using Gamification.Tests.Rules;

namespace Gamification.Tests.Api;

/// <summary>Every bound of a receipt: each refusal names the field and the remedy.</summary>
public sealed class ReceiptParsingTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 21, 16, 4, 10, TimeSpan.Zero);
    private static readonly Gamification.Api.Programme Programme = new(Receipts.Programme(), new EdgeSecrets(new() { Programmes = ["test"], SecretFor = EdgeUnderTest.Secret.For }).Of("test"));
    private static readonly Caller Till = new("test", Role.Till, "k") { Store = "BRU" };

    [Theory]
    [InlineData("type", null, "missing")]
    [InlineData("type", "\"gift\"", "unknown-value")]
    [InlineData("type", "1", "wrong-type")]
    [InlineData("store", null, "missing")]
    [InlineData("store", "\"\"", "empty")]
    [InlineData("store", "\"12345678901234567\"", "too-long")]
    [InlineData("store", "\"A/B\"", "forbidden-character")]
    [InlineData("store", "\"A|B\"", "forbidden-character")]
    [InlineData("store", "\"XXX\"", "wrong-store")]
    [InlineData("till", null, "missing")]
    [InlineData("till", "\"12345678901234567\"", "too-long")]
    [InlineData("till", "\"3/4\"", "forbidden-character")]
    [InlineData("till", "\"3\\n\"", "not-printable")]
    [InlineData("till", "\"3\\u202e\"", "not-printable")]
    [InlineData("till", "3", "wrong-type")]
    [InlineData("businessDate", null, "missing")]
    [InlineData("businessDate", "\"21/11/2026\"", "invalid-date")]
    [InlineData("businessDate", "\"2026-02-30\"", "invalid-date")]
    [InlineData("businessDate", "\"2026-12-01\"", "business-date-far")]
    [InlineData("businessDate", "\"2026-11-13\"", "business-date-far")]
    [InlineData("number", null, "missing")]
    [InlineData("number", "\"\"", "empty")]
    [InlineData("number", "{}", "wrong-type")]
    [InlineData("occurredAt", "\"2026-11-21\"", "invalid-instant")]
    [InlineData("occurredAt", "\"2026-11-21T17:04:05\"", "invalid-instant")]
    [InlineData("occurredAt", "\"1200-11-21T17:04:05Z\"", "invalid-instant")]
    [InlineData("occurredAt", "[]", "invalid-instant")]
    [InlineData("card", "\"\"", "empty")]
    [InlineData("card", "12", "wrong-type")]
    [InlineData("currency", null, "missing")]
    [InlineData("currency", "\"eur\"", "unknown-value")]
    [InlineData("currency", "\"EURO\"", "too-long")]
    [InlineData("total", null, "missing")]
    [InlineData("total", "\"32.45\"", "wrong-type")]
    [InlineData("total", "32.451", "too-many-decimals")]
    [InlineData("total", "32.44", "total-differs")]
    [InlineData("total", "1e12", "too-large")]
    [InlineData("total", "1e999999", "too-large")]
    [InlineData("total", "0.12345678901234567890123", "too-precise")]
    [InlineData("paidWithPoints", "-1", "negative")]
    [InlineData("paidWithVouchers", "0.001", "too-many-decimals")]
    [InlineData("original", "\"BRU/3\"", "wrong-type")]
    [InlineData("lines", null, "missing")]
    [InlineData("lines", "[]", "too-few-lines")]
    [InlineData("lines", "{}", "wrong-type")]
    public void A_field_out_of_bounds_is_refused_by_name(string field, string? value, string code)
    {
        var error = Assert.Single(Refused(With(field, value)));
        Assert.Equal($"/{field}", error.Field);
        Assert.Equal(code, error.Code);
        Assert.NotEqual("", error.Remedy);
    }

    [Theory]
    [InlineData("""{"quantity":1,"amount":32.45}""", "/lines/0/sku", "missing")]
    [InlineData("""{"sku":"A","amount":32.45}""", "/lines/0/quantity", "missing")]
    [InlineData("""{"sku":"A","quantity":1}""", "/lines/0/amount", "missing")]
    [InlineData("""{"sku":"A","quantity":1.1234567,"amount":32.45}""", "/lines/0/quantity", "too-many-decimals")]
    [InlineData("""{"sku":"A","quantity":1e10,"amount":32.45}""", "/lines/0/quantity", "too-large")]
    [InlineData("""{"sku":"A","quantity":1,"unitPrice":1.0000001,"amount":32.45}""", "/lines/0/unitPrice", "too-many-decimals")]
    [InlineData("""{"sku":"A","quantity":1,"amount":32.451}""", "/lines/0/amount", "too-many-decimals")]
    [InlineData("""{"sku":"A","quantity":1,"amount":32.45,"kind":"gift"}""", "/lines/0/kind", "unknown-value")]
    [InlineData("""{"sku":"A","quantity":1,"amount":32.45,"vat":"1"}""", "/lines/0/vat", "wrong-type")]
    [InlineData("""{"sku":"A","sku":"B","quantity":1,"amount":32.45}""", "/lines/0/sku", "duplicate-property")]
    [InlineData("7", "/lines/0", "wrong-type")]
    public void A_line_out_of_bounds_is_refused_by_pointer(string line, string field, string code)
    {
        var error = Refused(With("lines", $"[{line}]"))[0];
        Assert.Equal((field, code), (error.Field, error.Code));
    }

    [Fact]
    public void An_original_must_be_whole()
    {
        var errors = Refused(With("original", """{ "store": "BRU", "till": "3" }"""));
        Assert.Equal(["/original/businessDate", "/original/number"], errors.Select(error => error.Field));
    }

    [Fact]
    public void Two_thousand_lines_are_taken_and_one_more_is_refused()
    {
        const string Line = """{"sku":"A","quantity":1,"amount":0.01}""";
        Assert.Equal(2_000, Accepted(With("lines", $"[{string.Join(',', Enumerable.Repeat(Line, 2_000))}]", "total", "20")).Receipt!.Lines.Length);
        Assert.Equal("too-many-lines", Refused(With("lines", $"[{string.Join(',', Enumerable.Repeat(Line, 2_001))}]", "total", "20"))[0].Code);
    }

    [Fact]
    public void A_property_that_stands_twice_is_refused_wherever_it_stands()
    {
        var body = Whole();
        Assert.Equal("duplicate-property", Refused(body.Insert(1, "\"type\":\"sale\","))[0].Code);
        Assert.Equal("duplicate-property", Refused(body.Insert(1, "\"new\":{\"a\":1,\"a\":2},"))[0].Code);
        Assert.Equal("duplicate-property", Refused(body.Insert(1, "\"new\":1,\"new\":2,"))[0].Code);
    }

    [Fact]
    public void At_most_sixteen_errors_and_warnings_are_told()
    {
        var lines = string.Join(',', Enumerable.Range(0, 40).Select(_ => "{\"x\":1}"));
        Assert.Equal(16, Refused(With("lines", $"[{lines}]")).Length);
        var odd = string.Concat(Enumerable.Range(0, 40).Select(i => $"\"x{i}\":1,"));
        Assert.Equal(16, Accepted(Whole().Insert(1, odd)).Warnings.Length);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{\"type\":\"sale\",}")]
    [InlineData("{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{\"a\":{}}}}}}}}}")]
    [InlineData("{\"store\":\"\\ud800\"}")]
    [InlineData("// no")]
    public void What_is_no_json_is_malformed(string body) => Assert.Equal(ProblemKind.MalformedJson, Parse(Encoding.UTF8.GetBytes(body)).Problem!.Kind);

    [Fact]
    public void What_is_no_utf8_is_malformed() => Assert.Equal(ProblemKind.MalformedJson, Parse([.. "{\"store\":\""u8, 0xC3, 0x28, .. "\"}"u8]).Problem!.Kind);

    [Fact]
    public void Unknown_fields_are_kept_as_they_were_written_with_a_warning_each()
    {
        var body = Whole().Insert(1, "\"cashier\":{\"name\":\"An\"},").Replace("\"sku\":\"A\"", "\"sku\":\"A\",\"a/b\":[1]", StringComparison.Ordinal);
        Assert.Equal([new("unknown-field", "/cashier"), new("unknown-field", "/lines/0/a~1b")], Accepted(body).Warnings);
        Assert.Equal([new("/cashier", """{"name":"An"}"""), new("/lines/0/a~1b", "[1]")], Accepted(body).Receipt!.Unknown!.Value);
        Assert.Equal(Accepted(Whole()).Receipt!.Content, Accepted(body).Receipt!.Content);
        Assert.Null(Accepted(Whole()).Receipt!.Unknown);
    }

    [Fact]
    public void Unknown_fields_are_kept_within_bounds_and_what_was_dropped_is_said()
    {
        var many = Accepted(Whole().Insert(1, string.Concat(Enumerable.Range(0, 20).Select(i => $"\"x{i}\":{i},")))).Receipt!.Unknown!.Value;
        Assert.Equal(Enumerable.Range(0, 16).Select(i => new UnknownField($"/x{i}", $"{i}")), many);

        var large = Accepted(Whole().Insert(1, $"\"a\":\"{new string('x', 2_050)}\",\"b\":\"é\",\"{new string('n', 65)}\":1,"));
        Assert.Equal([new("/b", "\"é\"")], large.Receipt!.Unknown!.Value);
        Assert.Equal(["unknown-field-dropped", "unknown-field", "unknown-field-dropped"], large.Warnings.Select(warning => warning.Code));
    }

    [Fact]
    public void Null_counts_as_left_out() => Assert.Null(Accepted(With("card", "null")).Card);

    [Theory]
    [InlineData("1.005", "1", "1.01", false)]
    [InlineData("1.005", "1", "1.00", true)]
    [InlineData("-1.005", "1", "-1.01", false)]
    [InlineData("0.925", "2", "1.85", false)]
    public void An_amount_that_is_not_quantity_times_price_is_a_warning(string quantity, string price, string amount, bool warned)
    {
        var parsed = Accepted(With("lines", $$"""[{"sku":"A","quantity":{{quantity}},"unitPrice":{{price}},"amount":{{amount}}}]""", "total", amount));
        Assert.Equal(warned ? [new ReceiptWarning("amount-differs", "/lines/0/amount")] : [], parsed.Warnings);
    }

    [Fact]
    public void Amounts_become_minor_units_of_the_currency()
    {
        var receipt = Accepted(Whole()).Receipt!;
        Assert.Equal(3245, receipt.Total);
        Assert.Equal(1.5m, receipt.Lines[0].Quantity);
        var yen = With("lines", """[{"sku":"A","quantity":1,"amount":3245}]""", "total", "3245").Replace("EUR", "JPY", StringComparison.Ordinal);
        Assert.Equal(3245, Accepted(yen).Receipt!.Total);
        Assert.Equal("too-many-decimals", Refused(Whole().Replace("EUR", "JPY", StringComparison.Ordinal))[0].Code);
    }

    [Fact]
    public void A_time_ahead_is_clamped_and_a_missing_one_filled_in_with_a_flag_each()
    {
        Assert.Equal((Now, ReceiptFlags.OccurredAtClamped), TimeOf(With("occurredAt", "\"2026-11-21T17:09:11+01:00\"")));
        Assert.Equal((Now, ReceiptFlags.OccurredAtMissing), TimeOf(With("occurredAt", null)));
        Assert.Equal((new(2026, 11, 21, 17, 9, 10, TimeSpan.FromHours(1)), ReceiptFlags.None), TimeOf(With("occurredAt", "\"2026-11-21T17:09:10+01:00\"")));

        static (DateTimeOffset, ReceiptFlags) TimeOf(string body) => (Accepted(body).Receipt!.OccurredAt, Accepted(body).Receipt!.Flags);
    }

    [Fact]
    public void A_till_without_a_clock_may_send_days_later() => Accepted(With("occurredAt", null, "businessDate", "\"2026-11-01\""));

    [Fact]
    public void A_till_whose_clock_is_ahead_may_send_again_days_later() =>
        Accepted(With("occurredAt", "\"2027-11-01T12:00:00+01:00\"", "businessDate", "\"2026-11-01\""));

    [Fact]
    public void A_void_may_have_no_lines() => Assert.Equal(ReceiptType.Void, Accepted(With("type", "\"void\"", "lines", null)).Receipt!.Type);

    [Fact]
    public void A_number_may_hold_a_slash_and_a_name_any_letter()
    {
        var receipt = Accepted(With("number", "\"2026/Î-1 €\"")).Receipt!;
        Assert.Equal("BRU/3/2026-11-21/2026/Î-1 €", receipt.Key.ToString());
        Assert.True(ReceiptKey.TryParse(receipt.Key.ToString(), out var key) && key == receipt.Key);
    }

    private static string Whole() =>
        """{"type":"sale","store":"BRU","till":"3","businessDate":"2026-11-21","number":"000123","occurredAt":"2026-11-21T17:04:05+01:00","card":"200","currency":"EUR","total":32.45,"lines":[{"sku":"A","quantity":1.50,"amount":32.45}]}""";

    private static string With(params string?[] changes)
    {
        var receipt = JsonNode.Parse(Whole())!.AsObject();
        var raw = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < changes.Length; i += 2)
        {
            if (changes[i + 1] is null) receipt.Remove(changes[i]!);
            else (receipt[changes[i]!], raw[$"\"#{i}\""]) = ($"#{i}", changes[i + 1]!);
        }

        return raw.Aggregate(receipt.ToJsonString(), (text, change) => text.Replace(change.Key, change.Value, StringComparison.Ordinal));
    }

    private static ParsedReceipt Parse(byte[] body) => ParsedReceipt.Read(body, Till, Programme, Now);

    private static ParsedReceipt Accepted(string body)
    {
        var parsed = Parse(Encoding.UTF8.GetBytes(body));
        Assert.True(parsed.Problem is null, parsed.Problem?.Detail);
        return parsed;
    }

    private static FieldError[] Refused(string body) => [.. Parse(Encoding.UTF8.GetBytes(body)).Problem!.Errors];
}
