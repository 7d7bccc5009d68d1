using Gamification.Leaderboards;
using Gamification.Programmes.Earning;
using Gamification.Rules;

namespace Gamification.Tests.Rules;

public sealed class BoardSettingsTests
{
    private static readonly Season Spring = new() { Id = "spring", From = new(2026, 3, 1), To = new(2026, 6, 1), NameFr = "Printemps", NameNl = "Lente", NameEn = "Spring" };
    private static readonly BoardMeasure Visits = new() { Code = "visits", On = [EarningEvent.Visit], NameFr = "Visites", NameNl = "Bezoeken", NameEn = "Visits" };

    [Fact]
    public void Seasons_and_measures_that_are_right_pass() =>
        Assert.Null(BoardSettingsChecks.Complaint(new() { Seasons = [Spring, Spring with { Id = "lente-2" }], Measures = [Visits] }));

    [Fact]
    public void What_is_wrong_is_named_with_its_place()
    {
        Assert.StartsWith("boards/seasons/0/id", Season(Spring with { Id = "Spring" }));
        Assert.StartsWith("boards/seasons/0/id", Season(Spring with { Id = "" }));
        Assert.StartsWith("boards/seasons/1/id", BoardSettingsChecks.Complaint(new() { Seasons = [Spring, Spring] }));
        Assert.StartsWith("boards/seasons/0/to", Season(Spring with { To = Spring.From }));
        Assert.StartsWith("boards/seasons/0/to", Season(Spring with { To = new(2030, 1, 1) }));
        Assert.StartsWith("boards/seasons/0/from", Season(Spring with { From = new(1999, 12, 31) }));
        Assert.StartsWith("boards/seasons/0/nameNl", Season(Spring with { NameNl = " " }));
        Assert.StartsWith("boards/measures/0/code", Measure(Visits with { Code = "points" }));
        Assert.StartsWith("boards/measures/0/code", Measure(Visits with { Code = "2visits" }));
        Assert.StartsWith("boards/measures/0/code", Measure(Visits with { Code = "visits\n" }));
        Assert.StartsWith("boards/measures/1/code", BoardSettingsChecks.Complaint(new() { Measures = [Visits, Visits] }));
        Assert.StartsWith("boards/measures/0/on", Measure(Visits with { On = [] }));
        Assert.StartsWith("boards/measures/0/on", Measure(Visits with { Of = MeasureOf.Goods }));
        Assert.StartsWith("boards/measures/0/of", Measure(Visits with { Of = MeasureOf.Spend, On = [] }));
        Assert.StartsWith("boards/measures/0/named", Measure(Visits with { Of = MeasureOf.Streak, On = [] }));
        Assert.StartsWith("boards/measures/0/aggregator", Measure(Visits with { Of = MeasureOf.Streak, On = [], Named = "weekly" }));
        Assert.StartsWith("boards/measures/0/goods", Measure(Visits with { Goods = new() }));
        Assert.StartsWith("boards/measures/0/nameEn", Measure(Visits with { NameEn = "" }));
        Assert.StartsWith("boards/seasons holds", BoardSettingsChecks.Complaint(new() { Seasons = [.. Enumerable.Repeat(Spring, BoardSettings.SeasonsMax + 1)] }));
    }

    [Fact]
    public void The_current_season_began_last_and_has_not_ended_if_there_is_one()
    {
        var june = Spring with { Id = "june", From = new(2026, 5, 20), To = new(2026, 5, 25) };
        var boards = new BoardSettings { Seasons = [june, Spring] };
        Assert.Equal("spring", boards.SeasonAt(new(2025, 1, 1))!.Id);
        Assert.Equal("spring", boards.SeasonAt(new(2026, 3, 1))!.Id);
        Assert.Equal("june", boards.SeasonAt(new(2026, 5, 20))!.Id);
        Assert.Equal("june", boards.SeasonAt(new(2026, 5, 24))!.Id);
        Assert.Equal("spring", boards.SeasonAt(new(2026, 5, 25))!.Id);
        Assert.Equal("june", boards.SeasonAt(new(2026, 6, 1))!.Id);
        Assert.Null(new BoardSettings().SeasonAt(new(2026, 1, 1)));
    }

    [Theory]
    [InlineData("programme")]
    [InlineData("store:BRU")]
    [InlineData("region:north-1")]
    [InlineData("segment:new_ones")]
    [InlineData("team:A")]
    [InlineData("tier:gold")]
    public void A_scope_is_read_as_it_is_written(string text)
    {
        Assert.True(BoardScope.TryParse(text, out var scope));
        Assert.Equal(text, scope.ToString());
        var board = BoardId.Of("demo", scope, new(BoardMetric.Measure, "visits"), BoardWindow.Of(Spring));
        Assert.Equal(board, BoardId.Parse(board.ToString()));
        Assert.Equal($"demo|{text}|visits|season|spring@2026-03-01..2026-06-01", board.ToString());
    }

    [Theory]
    [InlineData("")]
    [InlineData("store:")]
    [InlineData("region:")]
    [InlineData("region:a|b")]
    [InlineData("team:a/b")]
    [InlineData("circle:a")]
    [InlineData("programme:")]
    [InlineData("tier:gold\n")]
    public void What_is_no_scope_is_refused(string text) => Assert.False(BoardScope.TryParse(text, out _));

    private static string? Season(Season season) => BoardSettingsChecks.Complaint(new() { Seasons = [season] });

    private static string? Measure(BoardMeasure measure) => BoardSettingsChecks.Complaint(new() { Measures = [measure] });
}
