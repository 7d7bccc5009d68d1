using System.Buffers.Binary;
using Gamification.Leaderboards;

namespace Gamification.Tests;

/// <summary>Standings that were shown, paid or archived depend on the draw: these values never change.</summary>
public sealed class RankingDrawTests
{
    [Theory]
    [InlineData(0x0UL, "00000000-0000-0000-0000-000000000000", 0x33FE8BD4F9C57863UL)]
    [InlineData(0x0UL, "00112233-4455-6677-8899-aabbccddeeff", 0x66857CCA4554E0FAUL)]
    [InlineData(0x0UL, "019a9b1c-5a40-7d21-9c3e-0123456789ab", 0x85379E76E305817EUL)]
    [InlineData(0x1UL, "00000000-0000-0000-0000-000000000000", 0x0A385EF24FA6A992UL)]
    [InlineData(0x1UL, "00112233-4455-6677-8899-aabbccddeeff", 0xC4D7127FA8F83A16UL)]
    [InlineData(0x7EAUL, "019a9b1c-5a40-7d21-9c3e-0123456789ab", 0x82D27787CC35F9A1UL)]
    [InlineData(0x7EAUL, "ffffffff-ffff-ffff-ffff-ffffffffffff", 0x4331F07D2F24784AUL)]
    [InlineData(0xFFFFFFFFFFFFFFFFUL, "00112233-4455-6677-8899-aabbccddeeff", 0x79C3F6E92E990EC2UL)]
    [InlineData(0xFFFFFFFFFFFFFFFFUL, "ffffffff-ffff-ffff-ffff-ffffffffffff", 0xCC1477265C81A671UL)]
    public void A_draw_is_the_same_for_ever(ulong seed, string member, ulong draw) =>
        Assert.Equal(draw, RankKey.DrawOf(seed, Guid.Parse(member)));

    [Fact]
    public void A_full_tie_is_drawn_anew_for_each_board()
    {
        Guid[] members = [.. Enumerable.Range(1, 40).Select(number => Id(0, (ulong)number))];
        var orders = Enumerable.Range(0, 20).Select(seed =>
        {
            var board = new Ranking((ulong)seed);
            foreach (var member in members) board.Apply(member, 10, 5, 1);
            return string.Join(',', board.Top(40).Select(standing => standing.Member));
        });

        Assert.Equal(20, orders.Distinct().Count());
    }

    [Fact]
    public void Among_full_ties_the_smaller_draw_comes_first()
    {
        var board = new Ranking(7);
        for (var number = 1; number <= 40; number++) board.Apply(Id(0, (ulong)number), 10, 5, 1);

        var draws = board.Top(40).Select(standing => RankKey.DrawOf(7, standing.Member)).ToArray();

        Assert.Equal(draws.Order(), draws);
    }

    [Fact]
    public void Should_two_draws_collide_the_bytes_of_the_id_decide_and_both_are_found()
    {
        // Every round of the draw is a bijection of its last input, so for any first half there is a second one that draws the same.
        var members = Enumerable.Range(1, 3000).Select(number => Colliding(seed: 3, (ulong)number)).Reverse().ToArray();
        Assert.Single(members.Select(member => RankKey.DrawOf(3, member)).Distinct());
        var board = new Ranking(3);

        foreach (var member in members.AsEnumerable().Reverse().Skip(1500)) board.Apply(member, 10, 5, 1);
        board.Load(members.Select(member => new ScoreRow(member, 10, 5, 1)));
        board.Forget(members[1000]);

        var expected = members.Except([members[1000]]).OrderBy(member => member.ToString("N"), StringComparer.Ordinal).ToArray();
        Assert.Equal(expected, board.Top(3000).Select(standing => standing.Member));
        Assert.Equal(new Place(1, 2998, 2999), board.PlaceOf(expected[^1]));
        Assert.Null(board.PlaceOf(members[1000]));
    }

    private static Guid Id(ulong high, ulong low)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64BigEndian(bytes, high);
        BinaryPrimitives.WriteUInt64BigEndian(bytes[8..], low);
        return new(bytes, bigEndian: true);
    }

    /// <summary>An id that draws the same lot as every other one made here: its second half undoes what the first one did.</summary>
    private static Guid Colliding(ulong seed, ulong high)
    {
        var start = Mix(unchecked(seed + 0x9E3779B97F4A7C15));
        return Id(high, Mix(start ^ high) ^ 42);
    }

    private static ulong Mix(ulong value)
    {
        unchecked
        {
            value = (value ^ (value >> 30)) * 0xBF58476D1CE4E5B9;
            value = (value ^ (value >> 27)) * 0x94D049BB133111EB;
            return value ^ (value >> 31);
        }
    }
}
