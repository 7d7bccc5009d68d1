using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Gamification.Leaderboards;
using Gamification.Rules.Challenges;
using Gamification.Rules.Challenges.Settlement;

namespace Gamification.Rules.Boards;

/// <summary>
/// What a settled board can be held to. Anybody can check it with <c>sha256sum</c>: the certificate's text has its hash, and the standings, chunk after chunk,
/// have the hash in the text. The standings are those of a challenge's settlement (<see cref="StandingsText"/>), with slots in place of members: the first
/// 128 bits of SHA-256 over the board's key, a line feed and the member's 32 hex digits, so that it names nobody and still holds when a member is erased.
/// </summary>
public sealed record BoardCertificate
{
    private const string Head = "gamification-board 1";

    public required BoardId Board { get; init; }

    /// <summary>The stores of a region as they were; null for a board that is of no region.</summary>
    public ImmutableArray<string>? Stores { get; init; }

    /// <summary>Nothing that was received from this instant on counts, Unix milliseconds; null in a replay, where what is read up to the watermark counts.</summary>
    public required long? ReceivedBefore { get; init; }

    /// <summary>Up to where the journal was counted.</summary>
    public required ImmutableArray<Position> Watermark { get; init; }

    /// <summary>By what a measure was counted; null for a board of none.</summary>
    public RulesAt? Rules { get; init; }

    public required int Rows { get; init; }

    /// <summary>SHA-256 over all chunks of the standings, 64 hex digits in lower case.</summary>
    public required string Standings { get; init; }

    public BoardTerms Terms => new(Board, Stores, ReceivedBefore, Watermark, Rules);

    public string Hash() => Sha256.Of(Text());

    public string Text()
    {
        var text = new StringBuilder(Head).Append('\n');
        Line("board", Board.ToString());
        if (Stores is { } stores) Line("stores", string.Join(' ', stores));
        Line("received-before", ReceivedBefore?.ToString(CultureInfo.InvariantCulture) ?? "-");
        Line("watermark", Position.Text(Watermark));
        if (Rules is { } rules) Line("rules", FormattableString.Invariant($"{rules.Version} {rules.At}"));
        Line("standings", FormattableString.Invariant($"{Rows} sha256:{Standings}"));
        return text.ToString();

        void Line(string name, string value) => text.Append(name).Append(' ').Append(value).Append('\n');
    }

    /// <summary>Of standings as they are frozen now.</summary>
    public static BoardCertificate Of(BoardTerms terms, FrozenStandings standings)
    {
        var chunks = Enumerable.Range(0, StandingsText.ChunksOf(standings.Rows.Length));
        return new()
        {
            Board = terms.Board,
            Stores = terms.Stores,
            ReceivedBefore = terms.ReceivedBefore,
            Watermark = terms.Watermark,
            Rules = terms.Rules,
            Rows = standings.Rows.Length,
            Standings = Sha256.Of(chunks.Select(chunk => StandingsText.Standings(standings, chunk))),
        };
    }

    /// <summary>Reads what <see cref="Text"/> writes. Throws <see cref="FormatException"/>.</summary>
    public static BoardCertificate Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines[0] != Head) throw new FormatException("This is no board's certificate.");
        var fields = lines[1..].Where(line => line.Length > 0).Select(line => line.Split(' ', 2)).ToDictionary(field => field[0], field => field[1]);
        var standings = fields["standings"].Split(" sha256:");
        return new()
        {
            Board = BoardId.Parse(fields["board"]),
            Stores = fields.TryGetValue("stores", out var stores) ? [.. stores.Split(' ', StringSplitOptions.RemoveEmptyEntries)] : null,
            ReceivedBefore = fields["received-before"] == "-" ? null : long.Parse(fields["received-before"], CultureInfo.InvariantCulture),
            Watermark = Position.ListIn(fields["watermark"]),
            Rules = fields.TryGetValue("rules", out var rules) ? RulesIn(rules) : null,
            Rows = int.Parse(standings[0], CultureInfo.InvariantCulture),
            Standings = standings[1],
        };
    }

    private static RulesAt RulesIn(string text) =>
        text.Split(' ') is [var version, var at] ? new(long.Parse(version, CultureInfo.InvariantCulture), long.Parse(at, CultureInfo.InvariantCulture)) : throw new FormatException(text);
}
