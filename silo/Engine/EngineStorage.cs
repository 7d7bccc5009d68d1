using Gamification.Challenges;
using Gamification.Impacts;
using Gamification.Journal;
using Gamification.Projections;
using Gamification.Storage;
using Gamification.Storage.Postgres;
using Gamification.Storage.Sqlite;
using Gamification.Vault;
using Npgsql;

namespace Gamification.Silo.Engine;

/// <summary>
/// The opened databases of a deployment. Opening brings their tables up to date, and refuses a database that a newer program wrote, or one
/// that was written with another secret.
/// </summary>
public sealed class EngineStorage : IAsyncDisposable
{
    private readonly IAsyncDisposable[] _owned;

    private EngineStorage(
        DeploymentSecret secret, IJournalStorage journal, IJournalCopy journalCopy, IRollupStorage rollup, IVault vault, IVaultCopy vaultCopy, IChallengeStorage challenges,
        IChallengeCopy challengeCopy, IImpactStorage impacts, HostTables host, params IAsyncDisposable[] owned) =>
        (Secret, Journal, JournalCopy, Rollup, Vault, VaultCopy, Challenges, ChallengeCopy, Impacts, Host, _owned) =
        (secret, journal, journalCopy, rollup, vault, vaultCopy, challenges, challengeCopy, impacts, host, owned);

    public DeploymentSecret Secret { get; }

    public IJournalStorage Journal { get; }

    public IRollupStorage Rollup { get; }

    public IVault Vault { get; }

    public IChallengeStorage Challenges { get; }

    public IImpactStorage Impacts { get; }

    /// <summary>The journal, the vault and what challenges keep, as a whole, for when the engine is stopped.</summary>
    public IJournalCopy JournalCopy { get; }

    public IVaultCopy VaultCopy { get; }

    public IChallengeCopy ChallengeCopy { get; }

    internal HostTables Host { get; }

    public static Task<EngineStorage> Open(EngineOptions options, CancellationToken cancellation = default) => Open(options, isImport: false, cancellation);

    /// <summary>Half an import is opened by the import that goes on with it, and by nobody else: <see cref="TransferUnfinishedException"/>.</summary>
    internal static async Task<EngineStorage> Open(EngineOptions options, bool isImport, CancellationToken cancellation)
    {
        var secret = DeploymentSecret.In(options.DataFolder);
        var storage = options.Postgres is { } postgres ? await OpenPostgres(postgres, options, secret, cancellation) : await OpenSqlite(options.DataFolder, secret);
        if (isImport || await storage.JournalCopy.Mark(cancellation) is null) return storage;
        await storage.DisposeAsync();
        throw new TransferUnfinishedException();
    }

    private static async Task<EngineStorage> OpenSqlite(string folder, DeploymentSecret secret)
    {
        var host = HostTables.In(folder);
        var vault = new SqliteVault(Path.Combine(folder, "vault.db"), new(secret.For("vault/cards")));
        try
        {
            await vault.Check(secret.For("check"));
        }
        catch
        {
            await vault.DisposeAsync();
            await host.DisposeAsync();
            throw;
        }

        var journal = new SqliteJournalStorage(Path.Combine(folder, "journal.db"));
        var rollup = new SqliteRollupStorage(Path.Combine(folder, "projections.db"));
        var challenges = new SqliteChallengeStorage(Path.Combine(folder, "challenges.db"));
        var impacts = new SqliteImpactStorage(Path.Combine(folder, "impacts.db"));
        return new(secret, journal, journal.Copy, rollup, vault, vault.Copy, challenges, challenges.Copy, impacts, host, host, impacts, challenges, vault, rollup, journal);
    }

    private static async Task<EngineStorage> OpenPostgres(string connection, EngineOptions options, DeploymentSecret secret, CancellationToken cancellation)
    {
        // Statements that recur are prepared by connection, and few connections do: what a deployment states itself wins.
        var settings = new NpgsqlConnectionStringBuilder("Max Auto Prepare=64;Auto Prepare Min Usages=2;Maximum Pool Size=24");
        foreach (var (key, value) in new NpgsqlConnectionStringBuilder(connection)) settings[key] = value;
        var database = NpgsqlDataSource.Create(settings.ToString());
        try
        {
            var vault = await PostgresVault.Open(database, new(secret.For("vault/cards")), cancellation);
            await vault.Check(secret.For("check"), cancellation);
            var journal = await PostgresJournalStorage.Open(database, cancellation);
            var rollup = await PostgresRollupStorage.Open(database, cancellation);
            var challenges = await PostgresChallengeStorage.Open(database, cancellation);
            var impacts = await PostgresImpactStorage.Open(database, cancellation);
            var host = await HostTables.Open(database, options, cancellation);
            return new(
                secret, journal, new PostgresJournalCopy(database), rollup, vault, new PostgresVaultCopy(database), challenges, new PostgresChallengeCopy(database), impacts, host, host, journal, database);
        }
        catch
        {
            await database.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var owned in _owned) await owned.DisposeAsync();
    }
}
