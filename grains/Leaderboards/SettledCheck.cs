using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Programmes;
using Gamification.Rules.Boards;
using Gamification.Rules.Challenges.Settlement;

namespace Gamification.Leaderboards;

/// <summary>What a proof of all settled boards found: how many there are, and a line for each fault.</summary>
public sealed record SettledCheck(int Boards, ImmutableArray<string> Findings)
{
    public bool IsSound => Findings.IsEmpty;

    /// <summary>Works every settled board out again from the journal and holds it to its certificate. Run it with the engine stopped.</summary>
    /// <param name="storage">The journal.</param>
    /// <param name="cancellation">Stops it.</param>
    /// <param name="programmes">Only for what was settled before its programme recorded any document.</param>
    public static async Task<SettledCheck> Run(IJournalStorage storage, CancellationToken cancellation, ProgrammeCatalog? programmes = null)
    {
        var settled = new List<BoardSettled>();
        await foreach (var stored in storage.ReadAll(cancellation))
        {
            if (stored.Actor.Kind == SettledForm.ActorKind && SettledForm.Read(stored) is { } one) settled.Add(one);
        }

        var findings = ImmutableArray.CreateBuilder<string>();
        foreach (var one in settled)
        {
            if (await FaultIn(one, new BoardFreezing(storage, new(storage, programmes))) is { } fault) findings.Add(fault);
        }

        return new(settled.Count, findings.DrainToImmutable());
    }

    private static async Task<string?> FaultIn(BoardSettled settled, BoardFreezing freezing)
    {
        if (Sha256.Of(settled.Certificate) != settled.Hash) return $"board: a certificate is not what hashes to {settled.Hash}.";
        var certificate = BoardCertificate.Parse(settled.Certificate);
        try
        {
            var standings = await freezing.Freeze(certificate.Terms);
            return BoardCertificate.Of(certificate.Terms, standings).Hash() == settled.Hash ? null : $"board {certificate.Board}: the journal comes to other standings than those certified.";
        }
        catch (InvalidOperationException fault)
        {
            return $"board {certificate.Board}: {fault.Message}";
        }
    }
}
