using System.Globalization;
using Gamification.Storage;

namespace Gamification.Silo.Engine.Transfer;

/// <summary>
/// Fills empty databases from a stream, chunk by chunk, each in one transaction with a mark of how far it came. Killed on the way, the same import goes on after the last
/// chunk; until it has come to its end and is proved, no engine starts on these databases. Then the projections are rebuilt.
/// </summary>
public static class Import
{
    /// <summary>
    /// 0 when everything is there and proved, 1 with a line for each fault. Throws <see cref="TransferException"/> when the target is not empty, the
    /// secret is another, the programme is not this deployment's, or the stream is damaged.
    /// </summary>
    public static async Task<int> Run(EngineOptions options, Stream input, TimeProvider clock, TextWriter told, CancellationToken cancellation = default)
    {
        await Fill(options, input, told, cancellation);
        var rebuilt = await Maintenance.Rebuild(options, clock, told);
        var proved = await Maintenance.Verify(options, told);
        return Math.Max(rebuilt, proved);
    }

    /// <summary>All but the projections, read back and compared with what the stream says.</summary>
    internal static async Task Fill(EngineOptions options, Stream input, TextWriter told, CancellationToken cancellation = default)
    {
        if (!DeploymentSecret.IsIn(options.DataFolder))
            throw new TransferException($"There is no secret.key in {options.DataFolder}: bring the one of the deployment that was exported, or no card would be found.");
        await using var stream = new TransferReader(input);
        var header = await stream.Header(cancellation);
        if (header.SecretCheck != Convert.ToHexStringLower(DeploymentSecret.In(options.DataFolder).For("check")))
            throw new TransferException($"The stream was written under another secret than the secret.key in {options.DataFolder}: bring the one of the deployment that was exported.");
        if (header.Programmes.Except(options.Programmes.Select(programme => programme.Id)).FirstOrDefault() is { } missing)
            throw new TransferException($"The stream holds programme '{missing}', which this deployment does not have: name its file with --programme.");

        await using var storage = await EngineStorage.Open(options, isImport: true, cancellation);
        var mark = await storage.JournalCopy.Mark(cancellation);
        if (mark is null) await RefuseUnlessEmpty(storage, cancellation);
        else await told.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Going on after chunk {mark.Chunk:N0}."));
        await foreach (var chunk in stream.Chunks(cancellation)) await Store(storage, chunk, mark);
        var end = stream.End!;
        if (await Faults(storage, end, cancellation) is { } fault) throw new TransferException(fault);
        await storage.Rollup.Drop(cancellation);
        await storage.JournalCopy.Finish();
        await told.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Imported {end.Entries:N0} entries of {end.Actors:N0} actors and {end.Members:N0} members; chain {end.Chain}, as exported."));
    }

    private static async Task RefuseUnlessEmpty(EngineStorage storage, CancellationToken cancellation)
    {
        if (!await storage.JournalCopy.IsEmpty(cancellation) || !await storage.VaultCopy.IsEmpty(cancellation) || !await storage.ChallengeCopy.IsEmpty(cancellation) || (await storage.Host.ReadReminders(cancellation)).Count > 0)
            throw new TransferException("The databases are not empty. A journal is moved whole, never into another: import into new ones.");
    }

    /// <summary>The vault, the challenges and the reminders first, which take the same rows twice: the mark moves with the journal's rows, last.</summary>
    private static async Task Store(EngineStorage storage, TransferChunk chunk, TransferMark? mark)
    {
        if (mark is not null && chunk.Number <= mark.Chunk)
        {
            if (chunk.Number == mark.Chunk && !chunk.Running.AsSpan().SequenceEqual(mark.Running.Span))
                throw new TransferException("These databases hold the beginning of another stream. Go on with that one, or empty them and begin anew.");
            return;
        }

        await storage.VaultCopy.Store(chunk.Rows);
        await storage.ChallengeCopy.Store(chunk.Rows);
        await storage.Host.WriteReminders(chunk.Rows.OfType<TransferRow.Reminder>());
        await storage.JournalCopy.Store(chunk.Rows, new(chunk.Number, chunk.Running));
    }

    /// <summary>Reads back what was stored: the database answers for the move, not the stream.</summary>
    private static async Task<string?> Faults(EngineStorage storage, TransferEnd end, CancellationToken cancellation)
    {
        var check = await new JournalSeals(storage.Secret.For(Maintenance.SealPurpose)).Check(storage.JournalCopy, cancellation);
        var members = await storage.VaultCopy.Rows(cancellation).OfType<TransferRow.Member>().LongCountAsync(cancellation);
        return check.Chain != end.Chain ? $"The chain over what was stored is {check.Chain}, the stream says {end.Chain}."
            : (check.Entries, check.Actors, members) != (end.Entries, end.Actors, end.Members)
                ? $"{check.Entries} entries of {check.Actors} actors and {members} members were stored, the stream says {end.Entries} of {end.Actors} and {end.Members}."
            : end.Challenges is { } challenges && await ChallengeRowsHash.Of(storage.ChallengeCopy, cancellation) is var stored && stored != challenges
                ? $"What challenges keep hashes to {stored}, the stream says {challenges}."
            : check.IsSound ? null : check.Findings[0];
    }
}
