using Gamification.Leaderboards;
using Gamification.Rules;

namespace Gamification.Tests.Rules;

public sealed class MeasuringTests(ITestOutputHelper output)
{
    [Fact]
    public void Nothing_that_stands_is_no_score() => Assert.All(
        Enum.GetValues<Aggregator>(), aggregator => Assert.Equal((0, 0), Measuring.Score(aggregator, [new("", 0, 7), new("a", 0, 9)])));

    [Fact]
    public void A_sum_dates_from_its_last_contribution() =>
        Assert.Equal((7, 30), Measuring.Score(Aggregator.Sum, [new("", 5, 10), new("", 2, 30), new("", 0, 90)]));

    [Fact]
    public void A_best_dates_from_whoever_reached_it_first() =>
        Assert.Equal((9, 20), Measuring.Score(Aggregator.Best, [new("", 9, 40), new("", 9, 20), new("", 3, 10)]));

    [Fact]
    public void The_latest_is_the_last_that_stands_even_when_it_is_less() =>
        Assert.Equal((2, 50), Measuring.Score(Aggregator.Latest, [new("", 9, 40), new("", 2, 50), new("", 0, 60)]));

    [Fact]
    public void A_thing_counts_once_from_when_it_was_first_seen() =>
        Assert.Equal((2, 30), Measuring.Score(Aggregator.Distinct, [new("oat", 1, 10), new("rye", 1, 90), new("rye", 3, 30), new("nut", 0, 99)]));

    /// <summary>Whatever comes and is taken back, the score is what it is without what was taken.</summary>
    [Fact]
    public void What_is_taken_back_leaves_no_trace()
    {
        for (var seed = 1; seed <= 300; seed++)
        {
            var random = new Random(seed);
            var aggregator = (Aggregator)random.Next(4);
            var book = new MeasureBook(aggregator);
            var member = new MemberId(Guid.Parse("00000000-0000-0000-0000-000000000001"));
            var rows = new Dictionary<(string, int, string), MeasuredChange>();
            var changes = Enumerable.Range(1, 40).Select(version => new MeasuredChange(
                member, random.Next(2) == 0 ? "BRU" : "", random.Next(3), random.Next(2) == 0 ? "oat" : "rye", random.Next(3) == 0 ? 0 : random.Next(1, 6), random.Next(1, 100), version)).ToArray();
            foreach (var change in changes) rows[(change.Store, change.Day, change.Thing)] = change;
            random.Shuffle(changes);
            foreach (var change in changes) book.Take(change);

            var score = book.ScoreOf(member);
            var expected = Measuring.Score(aggregator, [.. rows.Values.Select(row => new Contribution(row.Thing, row.Value, row.ReachedAt))]);
            output.WriteLine($"seed {seed}: {expected}");
            Assert.Equal(expected, (score.Score, score.ReachedAt));
            Assert.True(book.ScoreOf(member).Version > score.Version);
        }
    }
}
