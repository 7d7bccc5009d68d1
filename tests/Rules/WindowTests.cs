using System.Globalization;
using Gamification.Leaderboards;

namespace Gamification.Tests.Rules;

public sealed class WindowTests
{
    [Theory]
    [InlineData("2011-01-01", "2010-W52", "2010-12-27", "2011-01-03")]
    [InlineData("2020-12-31", "2020-W53", "2020-12-28", "2021-01-04")]
    [InlineData("2021-01-03", "2020-W53", "2020-12-28", "2021-01-04")]
    [InlineData("2024-12-30", "2025-W01", "2024-12-30", "2025-01-06")]
    public void Weeks_are_iso_weeks_with_their_own_year(string date, string name, string from, string to)
    {
        var window = BoardWindow.Containing(BoardPeriod.Week, DateOnly.Parse(date, CultureInfo.InvariantCulture));
        Assert.Equal((name, DateOnly.Parse(from, CultureInfo.InvariantCulture), DateOnly.Parse(to, CultureInfo.InvariantCulture)), (window.Name, window.From, window.To));
    }

    [Fact]
    public void Windows_are_half_open()
    {
        var month = BoardWindow.Containing(BoardPeriod.Month, new(2011, 2, 14));
        Assert.True(month.Contains(new(2011, 2, 28)));
        Assert.False(month.Contains(new(2011, 3, 1)));
        Assert.Equal("2011-02", month.Name);
    }

    [Fact]
    public void A_board_id_reads_back_from_its_key()
    {
        foreach (var period in Enum.GetValues<BoardPeriod>())
        {
            for (var day = 0; day < 800; day++)
            {
                var id = new BoardId("demo", day % 2 == 0 ? null : "BRU", (BoardMetric)(day % 2), BoardWindow.Containing(period, new DateOnly(2019, 12, 20).AddDays(day)));
                Assert.Equal(id, BoardId.Parse(id.ToString()));
            }
        }
    }

    [Theory]
    [InlineData(BoardPeriod.Week, "2021-W53")]
    [InlineData(BoardPeriod.Week, "2021-W00")]
    [InlineData(BoardPeriod.Week, "2021-53")]
    [InlineData(BoardPeriod.Day, "2021-02-29")]
    [InlineData(BoardPeriod.Month, "2021-13")]
    [InlineData(BoardPeriod.All, "ever")]
    public void A_window_that_does_not_exist_is_refused(BoardPeriod period, string name) => Assert.False(BoardWindow.TryParse(period, name, out _));
}
