using System.Collections.Immutable;
using System.Globalization;
using Gamification.Challenges;

namespace Gamification.Rules.Challenges.Settlement;

/// <summary>Reads what <see cref="Certificate.Text"/> writes, and nothing else: a text that is another one when it is written again is none.</summary>
public static class CertificateText
{
    private const int LinesMax = 2_000;

    /// <summary>Null for what is no certificate.</summary>
    public static Certificate? Read(string text)
    {
        try
        {
            var certificate = Parse(text);
            return certificate.Text() == text ? certificate : null;
        }
        catch (Exception fault) when (fault is FormatException or OverflowException or KeyNotFoundException or IndexOutOfRangeException or ArgumentException)
        {
            return null;
        }
    }

    private static Certificate Parse(string text)
    {
        var lines = text.Split('\n');
        if (lines.Length > LinesMax) throw new FormatException("Too many lines.");
        var fields = lines[1..^1].Select(line => line.Split(' ', 2)).ToLookup(parts => parts[0], parts => parts[1]);
        var cost = Words("cost");
        return new()
        {
            Run = ChallengeRunId.Parse(One("run")),
            Version = (int)Number(One("version")),
            Document = HashIn(One("document")),
            Kind = Enum.Parse<SettlementKind>(One("kind")),
            Opens = Number(One("opens")),
            Closes = Number(One("closes")),
            Closed = Number(One("closed")),
            Watermark = Position.ListIn(One("watermark")),
            Milestones = [.. Words("milestones").Select(word => (int)Number(word) - 1)],
            Rows = (int)Number(Words("standings")[0]),
            Standings = HashIn(Words("standings")[1]),
            Won = (int)Number(Words("prizes")[0]),
            Prizes = HashIn(Words("prizes")[1]),
            Cost = new(Number(cost[0]), Number(cost[1])),
            Groups = [.. fields["group"].Select(line => line.Split(' ')).Select(words => new GroupRow((short)(Number(words[0]) - 1), (int)Number(words[1]), Number(words[2]), Number(words[3])))],
        };

        string One(string name) => fields[name].FirstOrDefault() ?? throw new FormatException($"There is no {name}.");

        string[] Words(string name) => One(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }

    private static long Number(string text) => long.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);

    private static string HashIn(string text) => text.StartsWith("sha256:", StringComparison.Ordinal) ? text[7..] : throw new FormatException("There is no hash.");
}
