using System.Collections.Immutable;
using Gamification.Journal;
using Gamification.Rules.Challenges;
using Gamification.Rules.Challenges.Settlement;

namespace Gamification.Challenges;

/// <summary>What a proof of all settlements found: how many there are, and a line for each fault.</summary>
public sealed record SettlementProof(int Settlements, ImmutableArray<string> Findings)
{
    public bool IsSound => Findings.IsEmpty;

    /// <summary>Holds the archive of every run that was frozen to the certificate that the journal has: order, ranks and prizes follow from the rows. Run it with the engine stopped.</summary>
    public static async Task<SettlementProof> Run(string programme, IJournalStorage journal, IChallengeStorage archive, CancellationToken cancellation)
    {
        var (settlements, findings) = (0, ImmutableArray.CreateBuilder<string>());
        var list = await Fold(new(programme, "challenges", "all"), RunListForm.Json, journal, cancellation);
        foreach (var id in list.Newest.SelectMany(newest => Enumerable.Range(1, newest.Value).Select(run => new ChallengeRunId(programme, newest.Key, run))))
        {
            var run = await Fold(id.Actor, RunForm.Json, journal, cancellation);
            if (run.Certificate is not { } certificate || run.Challenge is not { } challenge) continue;
            settlements++;
            var found = CertificateCheck.Verify(
                certificate, certificate.Hash(), challenge, await Chunks(id, StoredPart.Standings, archive, cancellation), await Chunks(id, StoredPart.Prizes, archive, cancellation));
            findings.AddRange(found.Select(fault => $"challenge {id}: {fault}"));
        }

        return new(settlements, findings.DrainToImmutable());
    }

    private static async Task<TState> Fold<TState, TEntry>(ActorId actor, IDurableForm<TState, TEntry> form, IJournalStorage journal, CancellationToken cancellation)
        where TEntry : class
    {
        var state = form.Empty;
        await foreach (var stored in journal.ReadAll(actor, cancellation: cancellation))
        {
            if (form.Read(stored) is { } entry) state = form.Apply(state, entry);
        }

        return state;
    }

    private static async Task<List<byte[]>> Chunks(ChallengeRunId run, StoredPart part, IChallengeStorage archive, CancellationToken cancellation)
    {
        var chunks = new List<byte[]>();
        while (await archive.ReadChunk(run, part, chunks.Count, cancellation) is { } text) chunks.Add(text.ToArray());
        return chunks;
    }
}
