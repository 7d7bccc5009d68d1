using System.Globalization;
using System.IO.Compression;
using System.Text.Json;
using Gamification.Programmes;
using Gamification.Rules;

namespace Gamification.Tests.Rules;

/// <summary>
/// The facts about the real sample were computed outside this engine. <c>audit</c> must give its points from sales, <c>by-amount</c> its net points.
/// </summary>
public sealed class FactsTests
{
    private static readonly JsonElement Facts = JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "Data", "receipts-sample-facts.json"))).RootElement;

    [Fact]
    public void Audit_gives_the_points_from_sales_of_every_member()
    {
        var members = Replay(UnlinkedReturns.Audit);
        AssertTop("top20_points_sales", members);
        Assert.Equal(Facts.GetProperty("points_sales_total").GetInt64(), members.Values.Sum(member => member.State.Balance));
        foreach (var reached in Facts.GetProperty("members_reaching").EnumerateObject())
        {
            var threshold = long.Parse(reached.Name, CultureInfo.InvariantCulture);
            Assert.Equal(reached.Value.GetInt32(), members.Values.Count(member => member.State.Balance >= threshold));
        }

        foreach (var row in Facts.GetProperty("members_table").EnumerateArray())
        {
            var member = members[row.GetProperty("member").GetString()!];
            Assert.Equal((row.GetProperty("points_sales").GetInt64(), row.GetProperty("sale_receipts").GetInt64()), (member.State.Balance, member.State.Receipts));
        }
    }

    [Fact]
    public void By_amount_gives_the_net_points_of_every_member()
    {
        var members = Replay(UnlinkedReturns.ByAmount);
        AssertTop("top20_points_net", members);
        Assert.Equal(Facts.GetProperty("points_net_total").GetInt64(), members.Values.Sum(member => member.State.Balance));
        Assert.Equal(Facts.GetProperty("members_negative_net").GetInt32(), members.Values.Count(member => member.State.Balance < 0));
        foreach (var row in Facts.GetProperty("members_table").EnumerateArray())
            Assert.Equal(row.GetProperty("points_net").GetInt64(), members[row.GetProperty("member").GetString()!].State.Balance);
    }

    [Fact]
    public void The_receipt_counts_of_the_busiest_members_agree()
    {
        var members = Replay(UnlinkedReturns.Audit);
        foreach (var row in Facts.GetProperty("top20_sale_receipts").EnumerateArray())
            Assert.Equal(row.GetProperty("value").GetInt64(), members[row.GetProperty("member").GetString()!].State.Receipts);
    }

    private static void AssertTop(string name, Dictionary<string, PureAccount> members)
    {
        var expected = Facts.GetProperty(name).EnumerateArray().Select(row => (row.GetProperty("member").GetString(), row.GetProperty("value").GetInt64()));
        var actual = members.OrderByDescending(member => member.Value.State.Balance).ThenBy(member => member.Key, StringComparer.Ordinal).Take(20);
        Assert.Equal(expected, actual.Select(member => ((string?)member.Key, member.Value.State.Balance)));
    }

    private static Dictionary<string, PureAccount> Replay(UnlinkedReturns returns)
    {
        var settings = Receipts.Programme(returns) with { Currency = "GBP" };
        var members = new Dictionary<string, PureAccount>();
        using var file = new StreamReader(new GZipStream(File.OpenRead(Path.Combine(AppContext.BaseDirectory, "Data", "receipts-sample.ndjson.gz")), CompressionMode.Decompress));
        while (file.ReadLine() is { } line)
        {
            using var json = JsonDocument.Parse(line);
            var row = json.RootElement;
            if (row.GetProperty("type").GetString() is not ("sale" or "return") || row.GetProperty("member").GetString() is not { } member) continue;
            if (!members.TryGetValue(member, out var account)) members[member] = account = new(settings);
            account.Post(ReceiptOf(row));
        }

        Assert.Equal(Facts.GetProperty("members").GetInt32(), members.Count);
        return members;
    }

    private static Receipt ReceiptOf(JsonElement row)
    {
        var lines = row.GetProperty("lines").EnumerateArray()
            .Select(line => Receipts.Line(line[0].GetString()!, line[1].GetDecimal(), line[2].GetDecimal()) with { Amount = (long)(line[3].GetDecimal() * 100) })
            .ToArray();
        var receipt = row.GetProperty("type").GetString() == "sale"
            ? Receipts.Sale(row.GetProperty("id").GetString()!, lines)
            : Receipts.Return(row.GetProperty("id").GetString()!, null, lines);
        return receipt.At(DateTimeOffset.Parse(row.GetProperty("at").GetString() + "Z", CultureInfo.InvariantCulture)) with { Currency = "GBP" };
    }
}
