using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Rules.Boards;

namespace Gamification.Leaderboards;

/// <summary>What a proof of all settled boards found: how many there are, and a line for each fault.</summary>
public sealed record SettledCheck(int Boards, ImmutableArray<string> Findings)
{
    private const int Page = 2_000;

    public bool IsSound => Findings.IsEmpty;

    /// <summary>Works every settled board out again from the journal and holds it to its certificate. Run it with the engine stopped.</summary>
    public static async Task<SettledCheck> Run(IJournalStorage storage, CancellationToken cancellation)
    {
        var settled = new List<BoardSettled>();
        foreach (var head in await storage.Heads(cancellation))
        {
            for (var after = 0L; after < head.LastSeq;)
            {
                var page = await storage.ReadPartition(head.Partition, after, Page, cancellation);
                if (page.IsEmpty) break;
                settled.AddRange(page.Where(stored => stored.Actor.Kind == SettledForm.ActorKind).Select(SettledForm.Read).OfType<BoardSettled>());
                after = page[^1].Seq;
            }
        }

        var findings = ImmutableArray.CreateBuilder<string>();
        foreach (var one in settled)
        {
            if (await FaultIn(one, new BoardFreezing(storage)) is { } fault) findings.Add(fault);
        }

        return new(settled.Count, findings.DrainToImmutable());
    }

    private static async Task<string?> FaultIn(BoardSettled settled, BoardFreezing freezing)
    {
        if (BoardCertificate.HashOf(settled.Certificate) != settled.Hash) return $"board: a certificate is not what hashes to {settled.Hash}.";
        var certificate = BoardCertificate.Parse(settled.Certificate);
        var standings = await freezing.Freeze(certificate.Board, certificate.Stores, certificate.ReceivedBefore, certificate.Watermark);
        return BoardCertificate.Of(certificate.Board, certificate.Stores, certificate.ReceivedBefore, certificate.Watermark, standings).Hash() == settled.Hash
            ? null
            : $"board {certificate.Board}: the journal comes to other standings than those certified.";
    }
}
