using System.Collections.Immutable;
using System.Globalization;
using Gamification.Impacts;
using Gamification.Leaderboards;
using Gamification.Members;
using Gamification.Programmes;
using Gamification.Projections;
using Gamification.Rewards;
using Gamification.Storage;
using Microsoft.Extensions.Logging.Abstractions;

namespace Gamification.Silo.Engine;

/// <summary>What an operator asks of the databases, with the engine stopped: commands that print lines and answer with an exit code.</summary>
public static class Maintenance
{
    private const int FindingsToldMax = 20;

    /// <summary>What the journal's seals are made with.</summary>
    internal const string SealPurpose = "journal/seal";

    /// <summary>Drops the roll-up and folds the whole journal in again. Killed on the way, the next start goes on where it stopped.</summary>
    public static async Task<int> Rebuild(EngineOptions options, TimeProvider clock, TextWriter output)
    {
        await using var storage = await EngineStorage.Open(options);
        await storage.Rollup.Drop(CancellationToken.None);
        await CatchUp(options, clock, storage);
        foreach (var programme in options.Programmes)
        {
            foreach (var set in await storage.Impacts.Sets(programme.Id, CancellationToken.None)) await storage.Impacts.Drop(set);
        }

        await output.WriteLineAsync("The projections were dropped and rebuilt; impact is counted anew when the engine runs.");
        return await Totals(options, storage, output);
    }

    /// <summary>
    /// Proves the journal (sequences and versions without gaps, every key on its entry, the same bytes as at every proof before) and every member's ledger
    /// (all accounts sum to zero, the balance is what lots hold), settled boards, challenges and leagues, impact counters and what campaigns gave out. 0 when all holds, and then the journal is
    /// sealed as far as it goes and leases that nobody needs any more are let go; 1 with a line for each of the first faults.
    /// </summary>
    public static async Task<int> Verify(EngineOptions options, TextWriter output)
    {
        await using var storage = await EngineStorage.Open(options);
        var check = await ((ISelfChecking)storage.Journal).Verify(CancellationToken.None);
        await Tell(output, check.Findings);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{(check.IsSound ? "The journal is sound" : $"The journal is broken in {check.Findings.Length} places")}: {check.Entries:N0} entries of {check.Actors:N0} actors, {check.Keys:N0} keys."));
        var chain = await new JournalSeals(storage.Secret.For(SealPurpose)).Check(storage.JournalCopy, CancellationToken.None);
        await Tell(output, chain.Findings);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{(chain.IsSound ? "It is what was proved before" : "It is not what was proved before")}: {chain.SealsHeld:N0} seals hold. Chain {chain.Chain}."));
        var ledger = await LedgerCheck.Run(storage.Journal, CancellationToken.None);
        await Tell(output, ledger.Findings);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{(ledger.IsSound ? "The ledger is sound" : $"The ledger is broken in {ledger.Findings.Length} places")}: {ledger.Members:N0} members, {ledger.Postings:N0} postings."));
        foreach (var (unit, balance) in ledger.Balances)
        {
            var accounts = balance.ToRows().Where(row => row.Balance != 0).Select(row => string.Create(CultureInfo.InvariantCulture, $"{row.Account} {row.Balance:N0}"));
            await output.WriteLineAsync($"{unit}: {string.Join(", ", accounts)}; together {balance.Sum}");
        }

        var boards = await SettledCheck.Run(storage.Journal, CancellationToken.None);
        await Tell(output, boards.Findings);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{(boards.IsSound ? "The settled boards are as certified" : $"Of the settled boards {boards.Findings.Length} are not as certified")}: {boards.Boards:N0}."));
        var impact = await ImpactCheck.Run(storage.Journal, storage.Impacts, options.Programmes, options.Catalogues, CancellationToken.None);
        await Tell(output, impact.Findings);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{(impact.IsSound ? "Impact is what members' deeds come to" : "Impact is not what members' deeds come to")}: {impact.Deeds:N0} deeds, {impact.Programmes:N0} programmes."));
        var settled = await SettledProofs.Run(options, storage, output);
        await Tell(output, settled);
        var leases = await storage.JournalCopy.Leases(CancellationToken.None);
        var campaigns = await CampaignCheck.Run(storage.Journal, [.. leases.Select(lease => new LeaseRow(lease.Programme, lease.Id, new(lease.Points, lease.Awards)))], CancellationToken.None);
        await Tell(output, campaigns.Findings);
        var isSound = check.IsSound && chain.IsSound && ledger.IsSound && boards.IsSound && impact.IsSound && settled.IsEmpty && campaigns.IsSound;
        var over = campaigns.Over.Select(lease => (lease.Programme, lease.Lease)).ToHashSet();
        if (isSound) await storage.JournalCopy.LetGo([.. leases.Where(lease => over.Contains((lease.Programme, lease.Id)))]);
        await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
            $"{(campaigns.IsSound ? "Campaigns gave out what is counted" : "Campaigns did not give out what is counted")}: {campaigns.Campaigns:N0} campaigns, {(isSound ? campaigns.Over.Length : 0):N0} of {leases.Length:N0} leases let go."));
        if (!isSound) return 1;
        foreach (var end in chain.Ends) await storage.JournalCopy.Seal(end);
        return 0;
    }

    private static async Task Tell(TextWriter output, ImmutableArray<string> findings)
    {
        foreach (var finding in findings.Take(FindingsToldMax)) await output.WriteLineAsync(finding);
        if (findings.Length > FindingsToldMax) await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"… and {findings.Length - FindingsToldMax:N0} more."));
    }

    /// <summary>The sums of every programme and store.</summary>
    public static async Task<int> Totals(EngineOptions options, TimeProvider clock, TextWriter output)
    {
        await using var storage = await EngineStorage.Open(options);
        await CatchUp(options, clock, storage);
        return await Totals(options, storage, output);
    }

    private static Task CatchUp(EngineOptions options, TimeProvider clock, EngineStorage storage)
    {
        var programmes = new ProgrammeCatalog(options.Programmes, options.Catalogues);
        return new RollupProjector(storage.Journal, storage.Rollup, new(programmes, clock), clock, NullLogger<RollupProjector>.Instance, programmes: programmes)
            .Start(CancellationToken.None);
    }

    private static async Task<int> Totals(EngineOptions options, EngineStorage storage, TextWriter output)
    {
        foreach (var programme in options.Programmes)
        {
            foreach (var store in programme.Stores.Select(store => (string?)store.Id).Prepend(null))
            {
                var totals = await storage.Rollup.Totals(programme.Id, store, CancellationToken.None);
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture,
                    $"{programme.Id} {store ?? "all",-4} receipts {totals.Receipts,9:N0}  without member {totals.AnonymousReceipts,7:N0}  members {totals.Members,7:N0}  points {totals.Points,12:N0}  net spend {totals.Spend / 100m,15:N2}"));
            }
        }

        return 0;
    }
}
