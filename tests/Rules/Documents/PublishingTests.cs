using Gamification.Programmes;
using Gamification.Programmes.Documents;
using Gamification.Programmes.Earning;
using Gamification.Rules.Earning;
using Gamification.Rules.Programmes;
using Gamification.Tests.Rules.Earning;

namespace Gamification.Tests.Rules.Documents;

public sealed class PublishingTests
{
    private static readonly DateTimeOffset Soon = Desk.Start.AddSeconds(60);
    private readonly Desk _desk = new();

    private static EarningRule Double => Desk.Draft(Books.Times("double", 2));

    [Fact]
    public void A_rule_goes_from_draft_to_retired_under_its_own_version()
    {
        Assert.Equal("done", _desk.Save(Books.Document(Books.Base, Double)));
        Assert.Equal(RuleStage.Draft, StageOf("double"));
        Assert.Equal("done", _desk.Validate());
        Assert.Equal(RuleStage.Validated, StageOf("double"));
        Assert.Equal("done", _desk.Publish(Soon));
        Assert.Equal(RuleStage.Scheduled, StageOf("double"));
        _desk.Now = Soon;
        Assert.Equal(RuleStage.Live, StageOf("double"));
        Assert.Equal("done", _desk.RetireRule("double", 1, Soon.AddDays(1)));
        _desk.Now = Soon.AddDays(1);
        Assert.Equal(RuleStage.Retired, StageOf("double"));
        Assert.Equal(RuleStage.Live, StageOf("base"));
    }

    [Fact]
    public void Asking_again_for_what_was_done_finds_it_done()
    {
        var draft = Books.Document(Books.Base, Double);
        Assert.Equal(("done", "same"), (_desk.Save(draft), _desk.Save(draft)));
        Assert.Equal(("done", "same"), (_desk.Validate(), _desk.Validate()));
        Assert.Equal(("done", "same"), (_desk.Publish(Soon), _desk.Publish(Soon)));
        Assert.Equal("same", _desk.PublishRule("double", 1, Soon));
        Assert.Equal(("done", "same"), (_desk.RetireRule("double", 1, Soon.AddDays(1)), _desk.RetireRule("double", 1, Soon.AddDays(1))));
        Assert.Equal(("done", "same"), (_desk.ImportGoods("sku,category\nA,food\n", new(2026, 12, 1)), _desk.ImportGoods("sku,category\nA,food\n", new(2026, 12, 1))));
        Assert.Equal("same", _desk.Import(WholeDocument.Of(_desk.Documents), Soon));
    }

    [Fact]
    public void What_was_saved_anew_is_validated_anew()
    {
        _desk.Save(Books.Document(Books.Base, Double));
        _desk.Validate();
        _desk.Save(Books.Document(Books.Base, Double with { Then = [new Multiplier { Factor = 3 }] }));
        Assert.Equal("not-validated", _desk.Publish(Soon));
    }

    [Theory]
    [InlineData(59, "too-soon")]
    [InlineData(60, "done")]
    public void A_rule_is_published_with_notice(int seconds, string answer)
    {
        _desk.Save(Books.Document(Books.Base, Double));
        _desk.Validate();
        Assert.Equal(answer, _desk.Publish(Desk.Start.AddSeconds(seconds)));
    }

    [Fact]
    public void What_was_published_stays_as_it_was()
    {
        Assert.Equal("published-version-missing", _desk.Put(Books.Document(Double), Soon));
        Assert.Equal("published-version-changed", _desk.Put(Books.Document(Books.Base with { Then = [new PointsPerSpend { Points = 2, Spend = 100 }] }), Soon));
        Assert.Equal("too-soon", _desk.Put(Books.Document(Books.Base with { EffectiveUntil = Desk.Start.AddSeconds(59) }), Soon));
        Assert.Equal("never-changes", _desk.Put(Books.Document(Stacking.Compound, Books.Base), Soon));
        Assert.Equal("done", _desk.Put(Books.Document(Books.Base with { EffectiveUntil = Soon }, Desk.Draft(Books.Base, 2)), Soon));
        _desk.Now = Soon;
        Assert.Equal((RuleStage.Retired, RuleStage.Live), (StageOf("base", 1), StageOf("base", 2)));
    }

    /// <summary>A rule that has ended cannot be brought back to life by moving its end: what was decided meanwhile stays right.</summary>
    [Fact]
    public void An_end_that_has_come_stays()
    {
        _desk.RetireRule("base", 1, Soon);
        _desk.Now = Soon.AddSeconds(1);
        Assert.Equal("too-soon", _desk.Put(_desk.Rules with { Rules = [_desk.Rules.Rules[0] with { EffectiveUntil = null }] }, Soon.AddDays(1)));
    }

    [Fact]
    public void One_version_may_be_published_and_the_rest_stays_a_draft()
    {
        _desk.Save(Books.Document(Books.Base, Double, Desk.Draft(Books.Times("triple", 3))));
        _desk.Validate();
        Assert.Equal("done", _desk.PublishRule("double", 1, Soon, Soon.AddDays(1)));
        Assert.Equal((RuleStage.Scheduled, RuleStage.Draft), (StageOf("double"), StageOf("triple")));
        Assert.Equal(Soon.AddDays(1), _desk.Rules.Rules.Single(rule => rule.Id == "double").EffectiveUntil);
        Assert.Equal("already-published", _desk.PublishRule("double", 1, Soon.AddDays(2)));
        Assert.Equal("unknown-version", _desk.PublishRule("nothing", 1, Soon));
        Assert.Equal(("done", "done"), (_desk.Validate(), _desk.Publish(Soon)));
        Assert.Null(_desk.Documents.DraftOf(ProgrammePart.Earning));
    }

    [Theory]
    [InlineData("currency", "\"USD\"", "/currency")]
    [InlineData("id", "\"other\"", "/id")]
    [InlineData("timeZone", "\"Europe/Paris\"", "/timeZone")]
    [InlineData("clock", "\"replay\"", "/clock")]
    [InlineData("netSpend", """{ "deposits": true }""", "/netSpend")]
    [InlineData("stores", """[{ "id": "BRU", "nameFr": "B", "nameNl": "B", "nameEn": "B", "timeZone": "Europe/Brussels" }]""", "/stores")]
    public void What_the_journal_was_decided_by_never_changes(string field, string value, string pointer)
    {
        var settings = System.Text.Json.Nodes.JsonNode.Parse(_desk.Documents.TextOf(ProgrammePart.Settings)!.Value.Json)!.AsObject();
        settings[field] = System.Text.Json.Nodes.JsonNode.Parse(value);
        _desk.Save(ProgrammePart.Settings, settings.ToJsonString());
        var (_, errors) = Publishing.Validate(_desk.Documents, ProgrammePart.Settings, new("me", _desk.Now, _desk.Now));
        var error = Assert.Single(errors);
        Assert.Equal(pointer, error.Field);
        Assert.True(error.Code is "never-changes" or "store-gone" && error.Remedy.Length > 20);
    }

    [Fact]
    public void A_version_of_the_terms_holds_from_its_instant_and_can_be_taken_back_before()
    {
        _desk.Save(ProgrammePart.Ledger, """{ "points": { "pendingDays": 14 } }""");
        _desk.Validate(ProgrammePart.Ledger);
        Assert.Equal("too-soon", _desk.Publish(Desk.Start.AddSeconds(59), ProgrammePart.Ledger));
        Assert.Equal("done", _desk.Publish(Soon.AddDays(1), ProgrammePart.Ledger));
        Assert.Equal((0, 14), (PendingAt(Soon), PendingAt(Soon.AddDays(1))));
        Assert.Equal("done", _desk.Withdraw(ProgrammePart.Ledger, 2));
        Assert.Equal(0, PendingAt(Soon.AddDays(1)));
        Assert.Equal("begun", _desk.Withdraw(ProgrammePart.Ledger, 1));
        Assert.Equal("dated-inside", _desk.Withdraw(ProgrammePart.Earning, 1));
        Assert.Equal("unknown-version", _desk.Withdraw(ProgrammePart.Ledger, 7));
    }

    [Fact]
    public void Goods_hold_from_a_date_after_today_and_their_past_is_never_changed()
    {
        Assert.Equal("too-soon", _desk.ImportGoods("sku,category\nA,food\n", new(2026, 11, 21)));
        Assert.Equal("done", _desk.ImportGoods("sku,category\nA,food\n", new(2026, 11, 22)));
        Assert.Equal("in-the-past", _desk.ImportGoods("sku,category,from\nA,care,2026-11-20\n", new(2026, 12, 1)));
        Assert.Equal("done", _desk.ImportGoods("sku,category\nA,care\n", new(2026, 12, 1)));
        var goods = GoodsText.ToCatalogue(_desk.Documents.TextOf(ProgrammePart.Catalogue));
        Assert.Equal([null, "food", "care"], new DateOnly[] { new(2026, 11, 21), new(2026, 11, 30), new(2026, 12, 1) }.Select(date => goods.Find("A", date)?.Category));
        var csv = GoodsText.ToCsv(goods);
        Assert.Equal("sku,category,family,labels,from\r\nA,food,,,2026-11-22\r\nA,care,,,2026-12-01\r\n", csv);
        Assert.Equal("same", _desk.ImportGoods(csv, new(2026, 12, 1)));
    }

    /// <summary>Nodes were promised 60 s; what the database took 10 s to write would leave them less.</summary>
    [Fact]
    public void What_became_durable_too_late_takes_no_effect()
    {
        _desk.Save(Books.Document(Books.Base, Double));
        _desk.Validate();
        var before = _desk.Documents;
        _desk.CommitTakes = TimeSpan.FromSeconds(10.001);
        _desk.Publish(Soon);
        Assert.Same(before, _desk.Documents);
        _desk.CommitTakes = TimeSpan.FromSeconds(10);
        _desk.Publish(Soon);
        Assert.Equal(RuleStage.Scheduled, StageOf("double"));
    }

    [Fact]
    public void An_import_changes_all_or_nothing()
    {
        var whole = System.Text.Json.Nodes.JsonNode.Parse(WholeDocument.Of(_desk.Documents))!.AsObject();
        whole["ledger"]!["points"]!["pendingDays"] = 7;
        whole["currency"] = "USD";
        Assert.Equal("never-changes", _desk.Import(whole.ToJsonString(), Soon));
        Assert.Equal(0, PendingAt(Soon));
        whole["currency"] = "EUR";
        Assert.Equal("done", _desk.Import(whole.ToJsonString(), Soon));
        Assert.Equal(7, PendingAt(Soon));
    }

    private int PendingAt(DateTimeOffset instant) => new ProgrammeInForce(_desk.Documents, 1).At(instant).Settings.Ledger.Points.PendingDays;

    private RuleStage StageOf(string rule, int version = 1) => DocumentSentences.Views(_desk.Documents, _desk.Now).Single(view => view.Rule == new RuleVersionId(rule, version)).Stage;
}
