using System.Collections.Immutable;
using Gamification.Leaderboards;
using Gamification.Runtime.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Gamification.Tests;

/// <summary>A board in shards answers as the board in one piece does, and both as a sort would, whatever happened and however it was rebuilt.</summary>
public sealed class ShardedStandingsTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const string Board = "demo|programme|points|all|all";
    private static readonly ulong Seed = BoardSeed.Of(Board);

    private IHost _host = null!;
    private int _loads;

    public async ValueTask InitializeAsync()
    {
        var builder = Host.CreateApplicationBuilder();
        builder.Logging.ClearProviders();
        builder.Services.AddActorHost(host => host.Assemblies.Add(typeof(BoardFeed).Assembly));
        _host = builder.Build();
        await _host.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        _host.Dispose();
    }

    [Fact]
    public async Task Shards_answer_as_one_piece_and_as_a_sort()
    {
        for (var seed = 1; seed <= 40; seed++)
        {
            try
            {
                await Play(seed);
            }
            catch (Exception fault)
            {
                output.WriteLine($"Seed {seed}");
                throw new InvalidOperationException($"Seed {seed} failed: {fault.Message}", fault);
            }
        }
    }

    [Fact]
    public async Task A_shard_that_was_lost_says_so()
    {
        var shard = _host.Services.GetRequiredService<IGrainFactory>().GetGrain<IBoardShardGrain>($"{Board}#nothing-was-loaded");
        await Assert.ThrowsAsync<BoardShardLostException>(() => shard.Apply([], []));
        await Assert.ThrowsAsync<BoardShardLostException>(() => shard.Page(0, 1));
    }

    private async Task Play(int seed)
    {
        var random = new Random(seed);
        var model = new BoardModel(Seed);
        var members = Enumerable.Range(0, random.Next(1, 120)).Select(_ => NewId(random)).ToArray();
        var whole = await WholeStandings.Load(Seed, [], []);
        var sharded = await Sharded(random.Next(2, 9), [], []);
        var wishes = new Dictionary<MemberId, VisibilityChange>();

        for (var round = 0; round < 12; round++)
        {
            var changes = Enumerable.Range(0, random.Next(60)).Select(_ => Change(random, members)).ToImmutableArray();
            var visibility = Enumerable.Range(0, random.Next(5))
                .Select(_ => new VisibilityChange(new(members[random.Next(members.Length)]), random.Next(2) == 0, random.Next(1, 30)))
                .ToImmutableArray();
            var moved = changes.Count(change => model.Apply(new(change.Member.Value, change.Score, change.ReachedAt, change.Version)) == RankingChange.Moved);
            foreach (var wish in visibility)
            {
                moved += model.Set(wish.Member.Value, new(wish.IsHidden, wish.Version)) == RankingChange.Moved ? 1 : 0;
                if (!wishes.TryGetValue(wish.Member, out var known) || wish.Version > known.Version) wishes[wish.Member] = wish;
            }

            Assert.Equal(moved > 0, await whole.Apply(changes, visibility));
            Assert.Equal(moved > 0, await sharded.Apply(changes, visibility));
            await Check(random, model, members, whole, sharded);
            if (random.Next(3) > 0) continue;

            // A rebuild, of rows in any order.
            var rows = model.Rows.ToArray();
            random.Shuffle(rows);
            whole = await WholeStandings.Load(Seed, rows, [.. wishes.Values]);
            random.Shuffle(rows);
            sharded = await Sharded(random.Next(2, 9), rows, [.. wishes.Values]);
            await Check(random, model, members, whole, sharded);
        }
    }

    private static async Task Check(Random random, BoardModel model, Guid[] members, WholeStandings whole, IStandings sharded)
    {
        var expected = model.Standings();
        Assert.Equal((expected.Count, expected.Count), (whole.Size, sharded.Size));
        for (var query = 0; query < 6; query++)
        {
            var (offset, count) = (random.Next(expected.Count + 3), random.Next(30));
            var rows = expected.Skip(offset).Take(count)
                .Select((standing, at) => BoardRows.Of(standing, offset + at > 0 ? expected[offset + at - 1] : (Standing?)null));
            Assert.Equal(rows, await whole.Page(offset, count));
            Assert.Equal(rows, await sharded.Page(offset, count));
        }

        ImmutableArray<MemberId> asked = [.. Enumerable.Range(0, 12).Select(_ => new MemberId(members[random.Next(members.Length)])), new(NewId(random))];
        var found = await whole.Find(asked);
        Assert.Equal(found, await sharded.Find(asked));
        for (var at = 0; at < asked.Length; at++)
        {
            var row = model.Find(asked[at].Value);
            Assert.Equal(row is { Score: > 0 }, found[at].Row is not null);
            if (found[at].Row is not { } shown) continue;
            var place = model.PlaceWith(asked[at].Value, row!.Value.Score, row.Value.ReachedAt);
            Assert.Equal((place.Rank, place.TiedWith, place.Ordinal, row.Value.Score), (shown.Rank, shown.TiedWith, shown.Place, shown.Score));
            Assert.Equal(model.IsRanked(asked[at].Value), !found[at].IsHidden);
        }

        ImmutableArray<long> scores = [.. Enumerable.Range(0, 5).Select(_ => Score(random))];
        var dense = scores.Select(score => 1L + expected.Select(standing => standing.Score).Where(other => other > score).Distinct().Count());
        Assert.Equal(dense, await whole.DenseRanks(scores));
        Assert.Equal(dense, await sharded.DenseRanks(scores));
    }

    private async Task<IStandings> Sharded(int shards, IEnumerable<ScoreRow> rows, ImmutableArray<VisibilityChange> visibility)
    {
        var grains = _host.Services.GetRequiredService<IGrainFactory>();
        _loads++;
        var standings = new ShardedStandings(Seed, [.. Enumerable.Range(0, shards).Select(at => grains.GetGrain<IBoardShardGrain>($"{Board}#{_loads}-{at}"))]);
        await standings.Load(rows.ToAsyncEnumerable(), visibility);
        return standings;
    }

    /// <summary>Scores are few, so that ties are long; versions come in any order, so that many are late.</summary>
    private static ScoreChange Change(Random random, Guid[] members) =>
        new(new(members[random.Next(members.Length)]), Score(random), random.Next(4), random.Next(1, 200));

    private static long Score(Random random) => random.Next(-2, 12);

    private static Guid NewId(Random random)
    {
        Span<byte> bytes = stackalloc byte[16];
        random.NextBytes(bytes);
        return new(bytes);
    }
}
