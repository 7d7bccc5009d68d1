using Gamification.Rules.Earning;

namespace Gamification.Tests.Rules.Earning;

public sealed class CatalogueTests
{
    private static readonly DateOnly Today = new(2026, 11, 21);

    [Fact]
    public void An_item_holds_from_its_date_until_the_next()
    {
        var catalogue = Read("sku,family,from,labels\nA,old,,x|y\nA,new,2026-11-21,\na,other,2027-01-01,z\n");
        Assert.Equal("old", catalogue.Find("A", Today.AddDays(-1))!.Family);
        Assert.Equal(["x", "y"], catalogue.Find("A", Today.AddDays(-1))!.Labels);
        Assert.Equal("new", catalogue.Find("A", Today)!.Family);
        Assert.Null(catalogue.Find("a", Today));
        Assert.Null(catalogue.Find("B", Today));
    }

    [Fact]
    public void Quotes_hold_commas_quotes_and_line_ends()
    {
        var catalogue = Read("\uFEFFname,sku,category\r\n\"Big, \"\"red\"\"\nbox\",A,\"a,b\"\r\n,B,\r\n");
        Assert.Equal("a,b", catalogue.Find("A", Today)!.Category);
        Assert.Null(catalogue.Find("B", Today)!.Category);
        Assert.Equal(2, catalogue.Count);
    }

    [Theory]
    [InlineData("", 1, "sku", "empty")]
    [InlineData("name\nA\n", 1, "sku", "missing-column")]
    [InlineData("sku,family\nA,x\n,y\n", 3, "sku", "missing")]
    [InlineData("sku,family\nA\n", 2, "", "wrong-column-count")]
    [InlineData("sku,family\n\"a\nb\",x\n", 2, "sku", "invalid-text")]
    [InlineData("sku,family\n\"A\n\nB,x\n", 2, "", "malformed-csv")]
    [InlineData("sku,family\nA\"b,x\n", 2, "", "malformed-csv")]
    [InlineData("sku,from\nA,21/11/2026\n", 2, "from", "invalid-date")]
    [InlineData("sku,from\nA,2026-11-21\nB,\nA,2026-11-21\n", 4, "sku", "twice")]
    [InlineData("sku,labels\nA,1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|18|19|20|21\n", 2, "labels", "too-many-labels")]
    public void An_error_names_line_field_and_remedy(string csv, int line, string field, string code)
    {
        var (catalogue, errors) = CatalogueCsv.Read(csv, new());
        Assert.Null(catalogue);
        Assert.Contains((line, field, code), errors.Select(error => (error.Line, error.Field, error.Code)));
        Assert.All(errors, error => Assert.EndsWith(".", error.Remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void The_shops_own_columns_are_named_by_whoever_imports()
    {
        var (catalogue, errors) = CatalogueCsv.Read("sku,description,kind,family\n10002,INFLATABLE POLITICAL GLOBE,product,other\nPOST,POSTAGE,postage,\n", new() { Category = "kind", Labels = null, From = null });
        Assert.Empty(errors);
        Assert.Equal(("product", "other"), (catalogue!.Find("10002", Today)!.Category, catalogue.Find("10002", Today)!.Family));
        Assert.Equal(("postage", null), (catalogue.Find("POST", Today)!.Category, catalogue.Find("POST", Today)!.Family));
    }

    [Fact]
    public void A_hopeless_file_gives_a_hundred_errors_and_no_more()
    {
        var (_, errors) = CatalogueCsv.Read("sku,from\n" + string.Concat(Enumerable.Range(0, 1_000).Select(at => $"A{at},never\n")), new());
        Assert.Equal(100, errors.Length);
    }

    private static Catalogue Read(string csv)
    {
        var (catalogue, errors) = CatalogueCsv.Read(csv, new());
        Assert.Empty(errors);
        return catalogue!;
    }
}
