using System.Globalization;
using Gamification.Storage;

namespace Gamification.Silo.Engine.Transfer;

/// <summary>
/// Writes everything that cannot be rebuilt: the vault, the host's reminders, archives of challenges with what is counted, the journal with its keys, snapshots and seals. Projections are rebuilt at the other end.
/// Not in it: <c>secret.key</c>, without which no card is found, the programme's files, and settings. Memory does not grow with the journal.
/// </summary>
public static class Export
{
    /// <summary>0 when all is written; throws <see cref="TransferException"/> when the engine wrote meanwhile: then the stream has no end and is not taken.</summary>
    public static Task<int> Run(EngineOptions options, Stream output, TextWriter told, CancellationToken cancellation = default) =>
        Run(options, output, told, TransferWriter.ChunkRowsMax, cancellation);

    internal static async Task<int> Run(EngineOptions options, Stream output, TextWriter told, int chunkRows, CancellationToken cancellation = default)
    {
        if (!DeploymentSecret.IsIn(options.DataFolder)) throw new TransferException($"There is no deployment in {options.DataFolder}: no secret.key. Name its folder with --data.");
        await using var storage = await EngineStorage.Open(options, cancellation);
        var journal = storage.JournalCopy;
        var heads = await journal.Heads(cancellation);
        long entries = 0, actors = 0, members = 0;
        using var chain = new JournalChain();
        using var challenges = new ChallengeRowsHash();
        await using (var stream = new TransferWriter(output, chunkRows))
        {
            await stream.Begin(new([.. (await journal.Programmes(cancellation)).Order(StringComparer.Ordinal)], Convert.ToHexStringLower(storage.Secret.For("check"))));
            await foreach (var row in storage.VaultCopy.Rows(cancellation))
            {
                if (row is TransferRow.Member) members++;
                await stream.Add(row);
            }

            foreach (var reminder in await storage.Host.ReadReminders(cancellation)) await stream.Add(reminder);
            await foreach (var row in storage.ChallengeCopy.Rows(cancellation))
            {
                challenges.Add(row);
                await stream.Add(row);
            }

            foreach (var head in heads) await stream.Add(head);
            await foreach (var entry in journal.Entries(cancellation))
            {
                chain.Add(entry);
                entries++;
                if (entry.Stored.Version == 1) actors++;
                await stream.Add(entry);
            }

            await foreach (var snapshot in journal.Snapshots(cancellation)) await stream.Add(snapshot);
            foreach (var seal in await journal.Seals(cancellation)) await stream.Add(seal);
            if (!heads.SequenceEqual(await journal.Heads(cancellation))) throw new TransferException("The journal grew while it was read: stop the engine, then export again.");
            await stream.End(entries, actors, members, chain.Whole(), challenges.Whole());
        }

        await told.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"Exported {entries:N0} entries of {actors:N0} actors and {members:N0} members; chain {chain.Whole()}."));
        await told.WriteLineAsync("It holds what the vault holds: keep it as safe as the databases. The other end needs this deployment's secret.key and programme files besides.");
        return 0;
    }
}
