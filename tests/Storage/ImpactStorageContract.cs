using Gamification.Impacts;
using Gamification.Storage.Postgres;
using Gamification.Storage.Sqlite;
using Gamification.Tests.Impacts;
using Gamification.Tests.Rules.Challenges;
using Npgsql;

namespace Gamification.Tests.Storage;

/// <summary>What impact's tables promise, on each database.</summary>
public abstract class ImpactStorageContract : IAsyncLifetime
{
    private static readonly ImpactSet Set = new("demo", "one");

    protected IImpactStorage Storage { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Storage = await Open();

    public async ValueTask DisposeAsync()
    {
        await Close();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task Rows_sums_and_positions_move_together()
    {
        Assert.Empty(await Storage.Positions(Set, default));
        await Storage.Keep(Set, [Row(1, 1, 5, ("meal", 1_000)), Row(1, 2, 6), Row(2, 1, 1, ("meal", 500), ("carbon", -7))], [new("meal", "BRU", 9, 1_500), new("carbon", "", 9, -7)], [new("meal", "BRU", Contests.Key(1)), new("carbon", "", Contests.Key(2))], [], [new(0, 7), new(1, 3)]);
        await Storage.Keep(Set, [Row(1, 1, 8, ("meal", 250))], [new("meal", "BRU", 9, 750)], [new("meal", "BRU", Contests.Key(1)), new("meal", "BRU", Contests.Key(2))], [new(0, 7), new(1, 3)], [new(0, 9), new(1, 3)]);
        Assert.Equal(
            [new("carbon", "", Contests.Key(2)), new("meal", "BRU", Contests.Key(1)), new("meal", "BRU", Contests.Key(2))],
            (await Storage.People(Set, default)).OrderBy(person => person.Factor, StringComparer.Ordinal).ThenBy(person => person.Member));
        Assert.Equal(new Dictionary<int, long> { [0] = 9, [1] = 3 }, await Storage.Positions(Set, default));
        Assert.Equal([new("carbon", "", 9, -7), new("meal", "BRU", 9, 750)], (await Storage.Sums(Set, default)).OrderBy(sum => sum.Factor, StringComparer.Ordinal));
        Assert.Equal(["1/1 v8 BRU 9 meal=250", "1/2 v6 BRU 9 "], Told(await Storage.Of(Set, Contests.Key(1), default)));
        Assert.Equal(["2/1 v1 BRU 9 meal=500,carbon=-7"], Told(await Storage.Find(Set, [(Contests.Key(2), Contests.Key(1)), (Contests.Key(2), Contests.Key(9)), (Contests.Key(9), Contests.Key(1))], default)));
        var all = new List<ImpactRow>();
        await foreach (var row in Storage.Rows(Set, default)) all.Add(row);
        Assert.Equal(3, all.Count);
    }

    [Fact]
    public async Task Whoever_stands_elsewhere_keeps_nothing()
    {
        await Storage.Keep(Set, [Row(1, 1, 1, ("meal", 1))], [new("meal", "", 1, 1)], [new("meal", "", Contests.Key(1))], [], [new(0, 7)]);
        foreach (var from in (Gamification.Rules.Challenges.Position[][])[[], [new(0, 6)], [new(1, 7)], [new(0, 7), new(1, 1)]])
            await Assert.ThrowsAsync<InvalidOperationException>(async () => await Storage.Keep(Set, [Row(1, 1, 9, ("meal", 9))], [new("meal", "", 1, 9)], [new("meal", "", Contests.Key(9))], from, [new(0, 8)]));
        Assert.Equal(1, Assert.Single(await Storage.Sums(Set, default)).Thousandths);
        Assert.Equal(7, (await Storage.Positions(Set, default))[0]);
        Assert.Equal([new("meal", "", Contests.Key(1))], await Storage.People(Set, default));
    }

    [Fact]
    public async Task Sets_are_apart_and_one_that_is_dropped_starts_over()
    {
        var other = Set with { Counting = "two" };
        await Storage.Keep(Set, [Row(1, 1, 1, ("meal", 1))], [new("meal", "", 1, 1)], [new("meal", "", Contests.Key(1))], [], [new(0, 7)]);
        await Storage.Keep(other, [], [], [], [], [new(0, 1)]);
        await Storage.Keep(Set with { Programme = "elsewhere" }, [], [], [], [], [new(0, 2)]);
        Assert.Equal([Set, other], (await Storage.Sets("demo", default)).OrderBy(set => set.Counting, StringComparer.Ordinal));
        await Storage.Drop(Set);
        Assert.Equal([other], await Storage.Sets("demo", default));
        Assert.Empty(await Storage.Positions(Set, default));
        Assert.Empty(await Storage.Of(Set, Contests.Key(1), default));
        Assert.Empty(await Storage.Sums(Set, default));
        Assert.Empty(await Storage.People(Set, default));
        await Storage.Keep(Set, [], [], [], [], [new(0, 3)]);
        Assert.Equal(1, (await Storage.Positions(other, default))[0]);
    }

    protected abstract Task<IImpactStorage> Open();

    protected abstract Task Close();

    private static ImpactRow Row(int member, int deed, long version, params (string, long)[] quantities) =>
        new(Contests.Key(member), Contests.Key(deed), version, "BRU", 9, [.. quantities.Select(one => new CountedFactor(one.Item1, one.Item2))]);

    private static IEnumerable<string> Told(IEnumerable<ImpactRow> rows) => rows
        .Select(row => $"{NumberOf(row.Member)}/{NumberOf(row.Deed)} v{row.Version} {row.Store} {row.Day} {string.Join(',', row.Quantities.Select(one => $"{one.Factor}={one.Thousandths}"))}")
        .Order(StringComparer.Ordinal);

    private static int NumberOf(Guid key) => Enumerable.Range(0, 100).First(number => Contests.Key(number) == key);
}

public sealed class MemoryImpactStorageTests : ImpactStorageContract
{
    protected override Task<IImpactStorage> Open() => Task.FromResult<IImpactStorage>(new MemoryImpactStorage());

    protected override Task Close() => Task.CompletedTask;
}

public sealed class SqliteImpactStorageTests : ImpactStorageContract
{
    private readonly string _folder = Directory.CreateTempSubdirectory("gamification-").FullName;

    protected override Task<IImpactStorage> Open() => Task.FromResult<IImpactStorage>(new SqliteImpactStorage(Path.Combine(_folder, "impacts.db")));

    protected override async Task Close()
    {
        await ((SqliteImpactStorage)Storage).DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }
}

public sealed class PostgresImpactStorageTests(PostgresServer server) : ImpactStorageContract
{
    private NpgsqlDataSource? _database;

    protected override async Task<IImpactStorage> Open() => await PostgresImpactStorage.Open(_database = await server.CreateDatabase("impacts"));

    protected override async Task Close()
    {
        if (_database is { } database)
            await database.DisposeAsync();
    }
}
