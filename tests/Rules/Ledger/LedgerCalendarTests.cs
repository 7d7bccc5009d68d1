using Gamification.Rules.Ledger;

namespace Gamification.Tests.Rules.Ledger;

public sealed class LedgerCalendarTests
{
    [Theory]
    [InlineData("Europe/Brussels", "2026-03-28", "2026-03-28T23:00:00Z")]
    [InlineData("Europe/Brussels", "2026-03-29", "2026-03-29T22:00:00Z")] // 23 hours
    [InlineData("Europe/Brussels", "2026-10-25", "2026-10-25T23:00:00Z")] // 25 hours
    [InlineData("America/Sao_Paulo", "2018-11-03", "2018-11-04T03:00:00Z")] // midnight did not exist: 01:00 was first
    [InlineData("America/St_Johns", "2010-11-06", "2010-11-07T03:30:00Z")] // 00:01 became 23:01, so that midnight came twice: the later one
    [InlineData("Pacific/Apia", "2011-12-29", "2011-12-30T10:00:00Z")] // the 30th did not exist
    [InlineData("Pacific/Apia", "2011-12-30", "2011-12-30T10:00:00Z")]
    public void A_day_ends_where_the_next_begins(string zone, string day, string end) =>
        Assert.Equal(DateTimeOffset.Parse(end, null), DateTimeOffset.FromUnixTimeMilliseconds(LedgerCalendar.In(zone).EndOf(DateOnly.Parse(day, null).DayNumber)));

    [Theory]
    [InlineData("Europe/Brussels")]
    [InlineData("America/Sao_Paulo")]
    [InlineData("America/St_Johns")]
    [InlineData("Pacific/Apia")]
    public void Every_instant_lies_in_exactly_the_day_that_has_begun_and_not_ended(string zone)
    {
        var calendar = LedgerCalendar.In(zone);
        var random = new Random(7);
        var from = new DateTimeOffset(2008, 1, 1, 0, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds();
        for (var i = 0; i < 20_000; i++)
        {
            var at = from + random.NextInt64(12L * 365 * 86_400_000);
            var day = calendar.DayOf(at);
            Assert.True(at >= calendar.StartOf(day) && at < calendar.EndOf(day), $"seed 7, {zone}: {at} in {day}");
            Assert.Equal(day, calendar.DayOf(calendar.EndOf(day) - 1));
            Assert.NotEqual(day, calendar.DayOf(calendar.EndOf(day)));
        }
    }
}
