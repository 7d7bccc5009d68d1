using System.Text;
using Gamification.Challenges;
using Gamification.Rules.Challenges;
using Gamification.Storage.Postgres;
using Gamification.Storage.Sqlite;
using Npgsql;

namespace Gamification.Tests.Storage;

/// <summary>What challenges' tables promise, on each database.</summary>
public abstract class ChallengeStorageContract : IAsyncLifetime
{
    private static readonly ChallengeRunId Run = new("demo", "zero", 1);
    private static readonly TrackSet Set = new(Run, 1);

    protected IChallengeStorage Storage { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Storage = await Open();

    public async ValueTask DisposeAsync()
    {
        await Close();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_newest_track_of_a_member_wins_and_positions_move_with_it()
    {
        Assert.Equal((0, false), await State());
        await Storage.Keep(Set, [Row(1, 5, "five"), Row(2, 1, "other")], [], [new(0, 7), new(1, 3)], seals: false);
        await Storage.Keep(Set, [Row(1, 4, "four"), Row(2, 2, "newer")], [new(0, 7), new(1, 3)], [new(0, 9), new(1, 3)], seals: false);
        Assert.Equal(["five", "newer"], await Tracks(Set));
        Assert.Equal(new Dictionary<int, long> { [0] = 9, [1] = 3 }, (await Storage.Tracked(Set, default)).Positions);
        Assert.Empty(await Tracks(Set with { Generation = 2 }));
        Assert.Empty(await Tracks(new(Run with { Run = 2 }, 1)));
        Assert.Empty(await Tracks(new(Run with { Programme = "unknown" }, 1)));
    }

    [Fact]
    public async Task Whoever_stands_elsewhere_keeps_nothing()
    {
        await Storage.Keep(Set, [Row(1, 1, "one")], [], [new(0, 7)], seals: false);
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Storage.Keep(Set, [Row(1, 9, "nine")], [], [new(0, 8)], seals: false));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Storage.Keep(Set, [Row(1, 9, "nine")], [new(0, 6)], [new(0, 8)], seals: false));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Storage.Keep(Set, [Row(1, 9, "nine")], [new(0, 7), new(1, 1)], [new(0, 8)], seals: false));
        Assert.Equal(["one"], await Tracks(Set));
    }

    [Fact]
    public async Task What_is_sealed_neither_changes_nor_goes()
    {
        await Storage.Keep(Set, [Row(1, 1, "one")], [], [new(0, 7)], seals: true);
        Assert.Equal((1, true), await State());
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Storage.Keep(Set, [], [new(0, 7)], [new(0, 8)], seals: false));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Storage.DropTracks(Set));
        Assert.Equal(["one"], await Tracks(Set));
    }

    [Fact]
    public async Task What_is_dropped_starts_over()
    {
        await Storage.Keep(Set, [Row(1, 1, "one")], [], [new(0, 7)], seals: false);
        await Storage.DropTracks(Set);
        Assert.Equal((0, false), await State());
        Assert.Empty(await Tracks(Set));
        await Storage.Keep(Set, [Row(1, 1, "again")], [], [new(0, 2)], seals: false);
        Assert.Equal(["again"], await Tracks(Set));
    }

    [Fact]
    public async Task A_chunk_is_read_as_it_was_written_last()
    {
        Assert.Null(await Storage.ReadChunk(Run, StoredPart.Standings, 0, default));
        await Storage.WriteChunks(Run, [new(StoredPart.Standings, 0, "first"u8.ToArray()), new(StoredPart.Prizes, 0, "prizes"u8.ToArray())]);
        await Storage.WriteChunks(Run, [new(StoredPart.Standings, 0, "second"u8.ToArray()), new(StoredPart.Standings, 1, Array.Empty<byte>())]);
        Assert.Equal("second", await Chunk(StoredPart.Standings, 0));
        Assert.Equal("", await Chunk(StoredPart.Standings, 1));
        Assert.Equal("prizes", await Chunk(StoredPart.Prizes, 0));
        Assert.Null(await Chunk(StoredPart.Winners, 0));
        Assert.Null(await Storage.ReadChunk(Run with { Run = 2 }, StoredPart.Standings, 0, default));
    }

    [Fact]
    public async Task Many_tracks_are_read_whole()
    {
        await Storage.Keep(Set, [.. Enumerable.Range(0, 10_000).Select(member => Row(member, 1, $"{member}"))], [], [new(0, 1)], seals: false);
        Assert.Equal(10_000, (await Tracks(Set)).Distinct().Count());
    }

    protected abstract Task<IChallengeStorage> Open();

    protected abstract Task Close();

    private static TrackRow Row(int member, long version, string track) => new(new Guid(member, 0, 0, new byte[8]), version, Encoding.UTF8.GetBytes(track));

    private async Task<(int Positions, bool IsSealed)> State() => await Storage.Tracked(Set, default) is var state ? (state.Positions.Count, state.IsSealed) : default;

    private async Task<string?> Chunk(StoredPart part, int number) => await Storage.ReadChunk(Run, part, number, default) is { } bytes ? Encoding.UTF8.GetString(bytes.Span) : null;

    private async Task<List<string>> Tracks(TrackSet set)
    {
        List<(Guid Member, string Track)> rows = [];
        await foreach (var row in Storage.Tracks(set, default)) rows.Add((row.Member, Encoding.UTF8.GetString(row.Track.Span)));
        return [.. rows.OrderBy(row => row.Member).Select(row => row.Track)];
    }
}

public sealed class SqliteChallengeStorageTests : ChallengeStorageContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gamification-").FullName;

    protected override Task<IChallengeStorage> Open() => Task.FromResult<IChallengeStorage>(new SqliteChallengeStorage(Path.Combine(_folder, "challenges.db")));

    protected override async Task Close()
    {
        await ((SqliteChallengeStorage)Storage).DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

public sealed class PostgresChallengeStorageTests(PostgresServer server) : ChallengeStorageContract
{
    private NpgsqlDataSource? _database;

    protected override async Task<IChallengeStorage> Open() => await PostgresChallengeStorage.Open(_database = await server.CreateDatabase("challenges"));

    protected override async Task Close()
    {
        if (_database is { } database)
            await database.DisposeAsync();
    }
}
