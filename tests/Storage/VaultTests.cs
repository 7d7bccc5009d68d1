using Gamification.Storage.Postgres;
using Gamification.Storage.Sqlite;
using Gamification.Vault;
using Npgsql;

namespace Gamification.Tests.Storage;

public sealed class SqliteVaultTests : VaultContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gamification-").FullName;
    private readonly List<SqliteVault> _opened = [];

    [Fact]
    public async Task The_file_never_holds_a_card_number()
    {
        var vault = await Open();
        await vault.Admit("demo", [new("6320001234567890", new(Guid.Parse("00000000-0000-0000-0000-000000000001")), ["p1"], false)]);
        await _opened[^1].DisposeAsync();

        foreach (var file in Directory.GetFiles(_folder))
            Assert.DoesNotContain("6320001234567890", System.Text.Encoding.Latin1.GetString(await File.ReadAllBytesAsync(file)), StringComparison.Ordinal);
    }

    protected override Task<IVault> Open()
    {
        _opened.Add(new(Path.Combine(_folder, "vault.db"), Cards));
        return Task.FromResult<IVault>(_opened[^1]);
    }

    protected override Task<IVault> OpenAnother() => Open();

    protected override async Task Close()
    {
        foreach (var vault in _opened)
            await vault.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

public sealed class PostgresVaultTests(PostgresServer server) : VaultContract
{
    private NpgsqlDataSource? _database;

    protected override async Task<IVault> Open() => await PostgresVault.Open(_database ??= await server.CreateDatabase("vault"), Cards);

    protected override Task<IVault> OpenAnother() => Open();

    protected override async Task Close()
    {
        if (_database is { } database)
            await database.DisposeAsync();
    }
}
