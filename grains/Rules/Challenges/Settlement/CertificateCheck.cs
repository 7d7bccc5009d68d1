using System.Collections.Immutable;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Gamification.Challenges;

namespace Gamification.Rules.Challenges.Settlement;

/// <summary>Holds a settlement to its certificate, from nothing but what is published: the certificate, the challenge, and the texts.</summary>
public static class CertificateCheck
{
    private const int FindingsMax = 20;

    /// <summary>What does not hold, in English; empty when everything does.</summary>
    /// <param name="certificate">The certificate.</param>
    /// <param name="hash">The hash that was published for it.</param>
    /// <param name="challenge">The version that settled.</param>
    /// <param name="standings">The chunks of the standings, in order.</param>
    /// <param name="prizes">The chunks of the prizes, in order.</param>
    public static ImmutableArray<string> Verify(Certificate certificate, string hash, Challenge challenge, IEnumerable<byte[]> standings, IEnumerable<byte[]> prizes)
    {
        var findings = ImmutableArray.CreateBuilder<string>();
        if (certificate.Hash() != hash) findings.Add($"The certificate's hash is {certificate.Hash()}, not {hash}.");
        if (Certificate.DocumentHash(challenge) != certificate.Document) findings.Add("The challenge is not the one that was settled.");
        var (rows, standingsHash) = ReadRows(standings, findings);
        if (standingsHash != certificate.Standings) findings.Add("The standings are not those that were frozen.");
        if (rows.Length != certificate.Rows) findings.Add(FormattableString.Invariant($"There are {rows.Length} rows, not {certificate.Rows}."));
        if (findings.Count > 0) return findings.DrainToImmutable();

        // The order and the ranks follow from the rows alone, the prizes from them and the challenge.
        var again = FrozenStandings.Of(challenge.By, Array.ConvertAll(rows, row => row with { Rank = 0 }));
        for (var at = 0; at < rows.Length && findings.Count < FindingsMax; at++)
        {
            if (again.Rows[at] != rows[at]) findings.Add(FormattableString.Invariant($"Place {at + 1} should be {again.Rows[at].Slot:N} with rank {again.Rows[at].Rank}."));
        }

        if (!again.Groups.SequenceEqual(certificate.Groups)) findings.Add("The groups' standings do not follow from their members'.");
        var list = PrizeList.Of(again, challenge, certificate.Kind, certificate.Milestones);
        CheckPrizes(certificate, again, list, prizes, findings);
        return findings.DrainToImmutable();
    }

    /// <summary>The same from the texts as they are downloaded, whole.</summary>
    /// <param name="certificate">The certificate's text.</param>
    /// <param name="hash">The hash that was published for it; null when only the texts are to be held to each other.</param>
    /// <param name="document">The challenge as JSON.</param>
    /// <param name="standings">All of them.</param>
    /// <param name="prizes">All of them.</param>
    public static ImmutableArray<string> VerifyTexts(string certificate, string? hash, string document, byte[] standings, byte[] prizes)
    {
        if (CertificateText.Read(certificate) is not { } read) return ["This is no certificate."];
        var (challenge, errors) = ChallengeDocument.Read(Encoding.UTF8.GetBytes(document));
        if (challenge is null) return [$"This is no challenge: {errors[0].Field} {errors[0].Remedy}"];
        return ChallengeDocument.Write(challenge) == document
            ? Verify(read, hash ?? read.Hash(), challenge, Chunked(standings), Chunked(prizes))
            : ["The challenge is not written as the one that was settled."];
    }

    /// <summary>Cut where the archive cuts.</summary>
    private static IEnumerable<byte[]> Chunked(byte[] text)
    {
        for (var (from, at, lines) = (0, 0, 0); at < text.Length; at++)
        {
            if (text[at] == (byte)'\n') lines++;
            if (lines < StandingsText.ChunkRows && at < text.Length - 1) continue;
            yield return text[from..(at + 1)];
            (from, lines) = (at + 1, 0);
        }
    }

    private static void CheckPrizes(Certificate certificate, FrozenStandings standings, PrizeList list, IEnumerable<byte[]> prizes, ImmutableArray<string>.Builder findings)
    {
        using var published = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var chunks = 0;
        foreach (var chunk in prizes)
        {
            published.AppendData(chunk);
            var expected = chunks < StandingsText.ChunksOf(list.Won.Count) ? StandingsText.Prizes(standings, list, chunks) : [];
            if (!expected.AsSpan().SequenceEqual(chunk) && findings.Count < FindingsMax) findings.Add(FormattableString.Invariant($"Chunk {chunks} of the prizes does not follow from the standings."));
            chunks++;
        }

        if (chunks != StandingsText.ChunksOf(list.Won.Count)) findings.Add("Prizes are missing, or there are too many.");
        if (Sha256.Hex(published.GetHashAndReset()) != certificate.Prizes) findings.Add("The prizes are not those that were certified.");
        if (list.Cost != certificate.Cost || list.Won.Count != certificate.Won) findings.Add("The prizes come to something else.");
    }

    private static (FrozenRow[] Rows, string Hash) ReadRows(IEnumerable<byte[]> chunks, ImmutableArray<string>.Builder findings)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var rows = new List<FrozenRow>();
        foreach (var chunk in chunks)
        {
            hash.AppendData(chunk);
            foreach (var line in Encoding.UTF8.GetString(chunk).Split('\n')[..^1])
            {
                if (Row(line, rows.Count + 1) is { } row) rows.Add(row);
                else if (findings.Count < FindingsMax) findings.Add($"This is no row of standings: {line}");
            }
        }

        return ([.. rows], Sha256.Hex(hash.GetHashAndReset()));
    }

    private static FrozenRow? Row(string line, int place)
    {
        var parts = line.Split(' ');
        return parts.Length == 8 && parts[0] == place.ToString(CultureInfo.InvariantCulture)
            && int.TryParse(parts[1], CultureInfo.InvariantCulture, out var rank)
            && Guid.TryParseExact(parts[2], "N", out var slot)
            && short.TryParse(parts[3], CultureInfo.InvariantCulture, out var group)
            && long.TryParse(parts[4], CultureInfo.InvariantCulture, out var score)
            && long.TryParse(parts[5], CultureInfo.InvariantCulture, out var reachedAt)
            && long.TryParse(parts[6], CultureInfo.InvariantCulture, out var completedAt)
            && parts[7] is "v" or "h"
                ? new(slot, default, rank, group, score, reachedAt, completedAt, parts[7] == "h")
                : null;
    }
}
