using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Gamification.Challenges;

namespace Gamification.Rules.Challenges.Settlement;

/// <summary>
/// What a settled run can be held to: hashes of its document, its standings and its prizes, and what went into them. Its own hash is over
/// <see cref="Text"/>. To check it: the text's SHA-256 is the certificate's hash; the SHA-256 of the archived standings, chunk after chunk, and of the
/// prizes are those in the text; <see cref="CertificateCheck"/> works out order, ranks and prizes again.
/// </summary>
public sealed record Certificate
{
    public required ChallengeRunId Run { get; init; }

    public required int Version { get; init; }

    /// <summary>SHA-256 of the challenge as <see cref="ChallengeDocument.Write"/> writes it, 64 hex digits in lower case, like every hash here.</summary>
    public required string Document { get; init; }

    public required SettlementKind Kind { get; init; }

    public required long Opens { get; init; }

    public required long Closes { get; init; }

    /// <summary>When nothing counted any more.</summary>
    public required long Closed { get; init; }

    /// <summary>Up to where the journal was counted.</summary>
    public required ImmutableArray<Position> Watermark { get; init; }

    /// <summary>The places of the milestones that were reached.</summary>
    public required ImmutableArray<int> Milestones { get; init; }

    public required int Rows { get; init; }

    public required string Standings { get; init; }

    public required int Won { get; init; }

    public required string Prizes { get; init; }

    public required PrizeCost Cost { get; init; }

    public required ImmutableArray<GroupRow> Groups { get; init; }

    /// <summary>SHA-256 of <see cref="Text"/>.</summary>
    public string Hash() => Sha256.Of(Text());

    /// <summary>The canonical text: a line a field, in this order, in UTF-8 with line feeds.</summary>
    public string Text()
    {
        var text = new StringBuilder("gamification-certificate 1\n");
        Line("run", $"{Run}");
        Line("version", $"{Version}");
        Line("document", $"sha256:{Document}");
        Line("kind", $"{Kind}");
        Line("opens", $"{Opens}");
        Line("closes", $"{Closes}");
        Line("closed", $"{Closed}");
        Line("watermark", $"{Position.Text(Watermark)}");
        Line("milestones", $"{string.Join(' ', Milestones.Select(place => (place + 1).ToString(CultureInfo.InvariantCulture)))}");
        Line("standings", $"{Rows} sha256:{Standings}");
        Line("prizes", $"{Won} sha256:{Prizes}");
        Line("cost", $"{Cost.Points} {Cost.Rewards}");
        foreach (var group in Groups) Line("group", $"{group.Group + 1} {group.Rank} {group.Score} {group.ReachedAt}");
        return text.ToString();

        void Line(string name, FormattableString value) => text.Append(name).Append(' ').Append(value.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    internal static string DocumentHash(Challenge challenge) => Sha256.Of(ChallengeDocument.Write(challenge));
}
