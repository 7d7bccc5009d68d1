using Gamification.Members;
using Gamification.Programmes.Earning;
using Gamification.Rules;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Rules;

/// <summary>Segments as what rules ask of a member.</summary>
public sealed class SegmentTests
{
    private static readonly Programmes.ProgrammeSettings Programme = Receipts.Programme() with
    {
        Earning = Books.Document(Books.Base, Books.Times("organic", 3, new SegmentIs(["organic"]))),
    };

    private readonly PureAccount _account = new(Programme) { Scheme = new(Programme, Books.Goods) };

    [Fact]
    public void A_rule_holds_for_the_segments_at_ingestion_and_a_return_is_rated_by_them()
    {
        Assert.Equal(10, _account.Post(Receipts.Sale("1", 10m))[0].Points);
        Put("organic", "night");
        var posted = (ReceiptPosted)_account.Post(Receipts.Sale("2", 10m))[0];
        Assert.Equal(30, posted.Points);
        Assert.Equal(["organic"], posted.Earned!.Member!.Segments);

        Put();
        _account.Restart();
        Assert.Equal(-15, _account.Post(Receipts.Return("3", posted.Receipt.Key, Receipts.Line("A", -1, 5m)))[0].Points);
        Assert.Equal(10, _account.Post(Receipts.Sale("4", 10m))[0].Points);
        Assert.Empty(AccountProof.FaultsIn(_account.Entries, _account.State));
    }

    [Fact]
    public void The_same_set_in_any_order_changes_nothing()
    {
        Put("b", "a", "a");
        Assert.Equal(["a", "b"], _account.State.Segments!.Value);
        Assert.Equal((null, null), Segmenting.Decide(_account.State, ["a", "b"], "marie", Receipts.Noon));
    }

    [Theory]
    [InlineData("Organic", "invalid-segment")]
    [InlineData("", "invalid-segment")]
    [InlineData("a-name-that-is-longer-than-forty-characters", "invalid-segment")]
    public void What_is_no_id_is_refused(string segment, string code) =>
        Assert.Equal(code, Segmenting.Decide(AccountState.Empty, ["ok", segment], "marie", Receipts.Noon).Refusal!.Code);

    [Fact]
    public void There_are_fifty_at_most() =>
        Assert.Equal("too-many-segments", Segmenting.Decide(AccountState.Empty, [.. Enumerable.Range(0, 51).Select(number => $"s{number}")], "marie", Receipts.Noon).Refusal!.Code);

    private void Put(params string[] segments) => _account.Apply(Segmenting.Decide(_account.State, [.. segments], "marie", Receipts.Noon).Entry!);
}
