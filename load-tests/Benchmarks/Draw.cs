using Gamification.Leaderboards;
using Gamification.Projections;

namespace Gamification.LoadTests.Benchmarks;

/// <summary>Members and scores as functions of a number, so that nothing is kept beside the board. Scores come in steps of five, so that ties are long.</summary>
internal static class Draw
{
    public static MemberId Member(int number)
    {
        unchecked
        {
            var draw = (ulong)number * 0x9E3779B97F4A7C15;
            return new(new Guid(number, (short)draw, (short)(draw >> 16), BitConverter.GetBytes((draw * 0xD1B54A32D192ED03) ^ (draw >> 29))));
        }
    }

    /// <summary>Descending by number: long tails, as points have.</summary>
    public static long Score(int number, int members) => 5 * Math.Max(1, (long)(2_000 * Math.Pow(1 - ((double)number / members), 4)));

    /// <summary>All of them in rank order, as a roll-up has them.</summary>
    public static IAsyncEnumerable<ScoreRow> Rows(int members) => Enumerable.Range(0, members).Select(number => new ScoreRow(Member(number).Value, Score(number, members), number, 1)).ToAsyncEnumerable();

    public static ScoreChange Change(Random random, int members, long version)
    {
        var number = random.Next(members);
        return new(Member(number), Score(number, members) + (5 * random.Next(1, 40)), 1_000_000_000 + version, version);
    }
}
