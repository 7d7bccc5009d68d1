using Gamification.Rules.Challenges;

namespace Gamification.Tests.Rules.Challenges;

public sealed class PositionTests
{
    [Fact]
    public void Positions_are_read_as_they_are_written()
    {
        Position[] positions = [new(0, 0), new(1, 1701), new(63, long.MaxValue)];
        Assert.Equal("0:0 1:1701 63:9223372036854775807", Position.Text([.. positions]));
        Assert.Equal(positions, Position.ListIn(Position.Text([.. positions])));
        Assert.Empty(Position.ListIn(Position.Text([])));
        Assert.All(positions, position => Assert.Equal(position, Position.Find(position.ToString())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1")]
    [InlineData("a:b")]
    [InlineData("1:2:3")]
    [InlineData("-1:5")]
    [InlineData("1: 5")]
    [InlineData("1:99999999999999999999")]
    [InlineData("4294967296:1")]
    public void What_is_no_position_is_read_as_none(string text)
    {
        Assert.Null(Position.Find(text));
        if (text.Length > 0) Assert.Throws<FormatException>(() => Position.ListIn($"0:1 {text}"));
    }
}
