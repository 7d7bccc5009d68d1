using System.Buffers;
using System.Text;
using Gamification.Api;

namespace Gamification.Tests.Statements;

public sealed class CsvWriterTests
{
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a,b", "\"a,b\"")]
    [InlineData("say \"hi\"", "\"say \"\"hi\"\"\"")]
    [InlineData("two\r\nlines", "\"two\r\nlines\"")]
    [InlineData("=1+1", "'=1+1")]
    [InlineData("+32470", "'+32470")]
    [InlineData("-2", "'-2")]
    [InlineData("@sum(a1)", "'@sum(a1)")]
    [InlineData("\t=1", "'\t=1")]
    [InlineData("\r=1", "\"'\r=1\"")]
    [InlineData("＝1+1", "'＝1+1")]
    [InlineData("=HYPERLINK(\"x\",\"y\")", "\"'=HYPERLINK(\"\"x\"\",\"\"y\"\")\"")]
    [InlineData("1=1", "1=1")]
    [InlineData("", "")]
    [InlineData(null, "")]
    public void A_text_is_quoted_where_it_must_be_and_never_a_formula(string? text, string written) => Assert.Equal($"{written},x\r\n", Written(csv =>
    {
        csv.Text(text);
        csv.Text("x");
        csv.End();
    }));

    [Fact]
    public void A_number_of_ours_may_be_below_zero() => Assert.Equal("-2,,é\r\n1\r\n", Written(csv =>
    {
        csv.Plain(-2);
        csv.Plain((long?)null);
        csv.Text("é");
        csv.End();
        csv.Plain(1);
        csv.End();
    }));

    private static string Written(Action<CsvWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        write(new(bytes));
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
