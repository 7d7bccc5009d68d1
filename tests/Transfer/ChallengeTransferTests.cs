using Gamification.Challenges;
using Gamification.Rules.Challenges;
using Gamification.Silo.Engine;
using Gamification.Silo.Engine.Transfer;
using Gamification.Tests.EndToEnd;
using Gamification.Tests.Storage;
using static Gamification.Tests.Transfer.TransferText;

namespace Gamification.Tests.Transfer;

/// <summary>What challenges keep beside the journal moves with it, and hashes to the same wherever it is.</summary>
public sealed class ChallengeTransferTests(PostgresServer postgres)
{
    private static readonly ChallengeRunId Settled = new("demo", "zero-gaspillage", 1);
    private static readonly ChallengeRunId Running = new("demo", "fruits", 12);
    private static readonly string[] Programmes = ["demo", "a-second"];

    [Fact]
    public async Task An_archive_that_moved_to_PostgreSQL_and_back_is_the_same_to_the_byte()
    {
        using var home = new DataFolder();
        await Fill(Options(home));
        var atHome = await Export(Options(home));

        await using var database = await postgres.CreateDatabase("archive");
        using var away = new DataFolder();
        await Move(home, away, Options(away, database.ConnectionString), atHome);
        var wasAway = await Export(Options(away, database.ConnectionString));

        using var back = new DataFolder();
        await Move(away, back, Options(back), wasAway);
        Assert.Equal(HashIn(atHome), HashIn(wasAway));
        Assert.Equal(HashIn(atHome), HashIn(await Export(Options(back))));
    }

    [Fact]
    public async Task A_row_that_is_missing_after_the_import_is_a_fault()
    {
        using var home = new DataFolder();
        await Fill(Options(home));
        var stream = await Export(Options(home));
        using var other = new DataFolder();
        File.Copy(Path.Combine(home.Path, "secret.key"), Path.Combine(other.Path, "secret.key"));
        await using (var storage = await EngineStorage.Open(Options(other), isImport: true, CancellationToken.None))
            await storage.Challenges.WriteChunks(Settled, [new(StoredPart.Prizes, 9, "one too many\n"u8.ToArray())]);
        var fault = await Assert.ThrowsAsync<TransferException>(async () => await Import.Run(Options(other), new MemoryStream(stream), TimeProvider.System, TextWriter.Null));
        Assert.Contains("not empty", fault.Message, StringComparison.Ordinal);

        var lines = Text(stream);
        var changed = lines.Replace($"\"challenges\":\"{HashIn(stream)}\"", $"\"challenges\":\"{new string('0', 64)}\"", StringComparison.Ordinal);
        using var third = new DataFolder();
        File.Copy(Path.Combine(home.Path, "secret.key"), Path.Combine(third.Path, "secret.key"));
        fault = await Assert.ThrowsAsync<TransferException>(async () => await Import.Run(Options(third), new MemoryStream(Zip(changed)), TimeProvider.System, TextWriter.Null));
        Assert.Contains("What challenges keep hashes to", fault.Message, StringComparison.Ordinal);
    }

    private static async Task Fill(EngineOptions options)
    {
        var random = new Random(5);
        await using var storage = await EngineStorage.Open(options);
        foreach (var programme in Programmes)
        {
            var (settled, running) = (Settled with { Programme = programme }, Running with { Programme = programme });
            await storage.Challenges.WriteChunks(settled,
            [
                .. Enumerable.Range(0, 3).SelectMany(number => Enum.GetValues<StoredPart>().Select(part => new StoredChunk(part, number, Bytes(random, 1_000 + number)))),
            ]);
            await storage.Challenges.Keep(new(settled, 2), [.. Rows(random, 50)], [], [new(0, 40), new(1, 7)], seals: true);
            await storage.Challenges.Keep(new(running, 1), [.. Rows(random, 20)], [], [new(0, 12)], seals: false);
        }
    }

    private static async Task Move(DataFolder from, DataFolder to, EngineOptions options, byte[] stream)
    {
        File.Copy(Path.Combine(from.Path, "secret.key"), Path.Combine(to.Path, "secret.key"));
        Assert.Equal(0, await Import.Run(options, new MemoryStream(stream), TimeProvider.System, TextWriter.Null));
        await using var storage = await EngineStorage.Open(options);
        var sealedSet = new TrackSet(Settled, 2);
        var state = await storage.Challenges.Tracked(sealedSet, default);
        Assert.Equal((true, 40L, 7L), (state.IsSealed, state.Positions[0], state.Positions[1]));
        Assert.False((await storage.Challenges.Tracked(new(Running, 1), default)).IsSealed);
        Assert.Equal(50, await storage.Challenges.Tracks(sealedSet, default).CountAsync());
        Assert.Equal(1_002, (await storage.Challenges.ReadChunk(Settled, StoredPart.Winners, 2, default))!.Value.Length);
    }

    private static IEnumerable<TrackRow> Rows(Random random, int count) => Enumerable.Range(0, count).Select(number => new TrackRow(new(Bytes(random, 16)), number + 1, Bytes(random, 30)));

    private static byte[] Bytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private static EngineOptions Options(DataFolder folder, string? connection = null) => new() { DataFolder = folder.Path, Postgres = connection, Programmes = [WholeEngine.DemoProgramme()] };

    private static async Task<byte[]> Export(EngineOptions options)
    {
        DeploymentSecret.In(options.DataFolder);
        using var output = new MemoryStream();
        Assert.Equal(0, await Gamification.Silo.Engine.Transfer.Export.Run(options, output, TextWriter.Null, 7));
        return output.ToArray();
    }

    private static string HashIn(byte[] stream)
    {
        var lines = Text(stream);
        return lines.Substring(lines.LastIndexOf("\"challenges\":\"", StringComparison.Ordinal) + 14, 64);
    }
}
