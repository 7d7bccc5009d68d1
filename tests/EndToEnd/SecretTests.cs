using System.Security.Cryptography;
using Gamification.Api.Hosting;
using Gamification.Silo.Engine;
using Gamification.Storage;
using Gamification.Tests.Storage;

namespace Gamification.Tests.EndToEnd;

/// <summary>The databases know the secret they were written with.</summary>
public sealed class SecretTests(PostgresServer postgres)
{
    [Fact]
    public Task On_SQLite_another_secret_is_refused_and_the_right_one_is_not() => Exchange(null);

    [Fact]
    public async Task On_PostgreSQL_another_secret_is_refused_and_the_right_one_is_not()
    {
        await using var database = await postgres.CreateDatabase("secret");
        await Exchange(database.ConnectionString);
    }

    [Fact]
    public async Task A_person_is_told_in_one_line() => Assert.Equal(1, await StartUp.Guard(() => throw new WrongSecretException()));

    private static async Task Exchange(string? connection)
    {
        using var folder = new DataFolder();
        var options = new EngineOptions { DataFolder = folder.Path, Postgres = connection, Programmes = [WholeEngine.DemoProgramme()] };
        await (await EngineStorage.Open(options)).DisposeAsync();
        await (await EngineStorage.Open(options)).DisposeAsync();

        var file = Path.Combine(folder.Path, "secret.key");
        var own = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file, SHA256.HashData(own));
        await Assert.ThrowsAsync<WrongSecretException>(() => EngineStorage.Open(options));
        File.Delete(file);
        await Assert.ThrowsAsync<WrongSecretException>(() => EngineStorage.Open(options));

        await File.WriteAllBytesAsync(file, own);
        await (await EngineStorage.Open(options)).DisposeAsync();
    }
}
