using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Gamification.Recognition;

namespace Gamification.Rules.Challenges.Settlement;

/// <summary>
/// The canonical text of standings and prizes, a line each, in UTF-8 with line feeds. Anybody can hash it with <c>sha256sum</c> and read it with any tool.
/// Standings: <c>place rank slot group score reachedAt completedAt v|h</c>, place from 1, instants in Unix milliseconds, <c>h</c> for hidden.
/// Prizes: <c>place slot key points reward</c>, the place being that of the standings, <c>-</c> for no reward; a badge follows where one is won.
/// </summary>
public static class StandingsText
{
    /// <summary>Rows of one chunk of the archive.</summary>
    public const int ChunkRows = 4_096;

    private const int LineMax = 200;

    public static int ChunksOf(int rows) => (rows + ChunkRows - 1) / ChunkRows;

    /// <summary>One chunk of the standings.</summary>
    public static byte[] Standings(FrozenStandings standings, int chunk)
    {
        var from = chunk * ChunkRows;
        var rows = standings.Rows[from..Math.Min(from + ChunkRows, standings.Rows.Length)];
        var text = new Writer(rows.Length * 100);
        for (var at = 0; at < rows.Length; at++)
        {
            ref readonly var row = ref rows[at];
            text.Number(from + at + 1);
            text.Number(row.Rank);
            text.Id(row.Slot);
            text.Number(row.Group);
            text.Number(row.Score);
            text.Number(row.ReachedAt);
            text.Number(row.CompletedAt);
            text.End(row.IsHidden ? "h"u8 : "v"u8);
        }

        return text.ToArray();
    }

    /// <summary>One chunk of the prizes.</summary>
    public static byte[] Prizes(FrozenStandings standings, PrizeList prizes, int chunk)
    {
        var offers = prizes.Offers.Select(offer => Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{offer.Key} {offer.Gift.Points ?? 0} {offer.Gift.Reward ?? "-"}{(offer.Gift.Badge is { } badge ? $" {badge}" : "")}"))).ToArray();
        var from = chunk * ChunkRows;
        var to = Math.Min(from + ChunkRows, prizes.Won.Count);
        var text = new Writer((to - from) * 80);
        for (var at = from; at < to; at++)
        {
            var won = prizes.Won[at];
            text.Number(won.Row + 1);
            text.Id(standings.Rows[won.Row].Slot);
            text.End(offers[won.Prize]);
        }

        return text.ToArray();
    }

    /// <summary>The score in a line of the standings.</summary>
    public static long Score(string line) => long.Parse(line.Split(' ')[4], CultureInfo.InvariantCulture);

    /// <summary>What a line of the prizes gives, from its key on: <c>key points reward</c>, and <c>badge</c> where there is one.</summary>
    public static (string Key, Gift Gift) Offer(ReadOnlySpan<byte> text)
    {
        var words = Encoding.UTF8.GetString(text).Split(' ');
        var points = long.Parse(words[1], CultureInfo.InvariantCulture);
        return (words[0], new() { Points = points == 0 ? null : points, Reward = words[2] == "-" ? null : words[2], Badge = words.Length > 3 ? words[3] : null });
    }

    private sealed class Writer(int bytes)
    {
        private readonly ArrayBufferWriter<byte> _bytes = new(Math.Max(1, bytes));

        public void Number(long value)
        {
            var span = _bytes.GetSpan(LineMax);
            Utf8Formatter.TryFormat(value, span, out var written);
            span[written] = (byte)' ';
            _bytes.Advance(written + 1);
        }

        public void Id(Guid value)
        {
            var span = _bytes.GetSpan(LineMax);
            Utf8Formatter.TryFormat(value, span, out var written, 'N');
            span[written] = (byte)' ';
            _bytes.Advance(written + 1);
        }

        public void End(ReadOnlySpan<byte> last)
        {
            _bytes.Write(last);
            _bytes.Write("\n"u8);
        }

        public byte[] ToArray() => _bytes.WrittenSpan.ToArray();
    }
}
