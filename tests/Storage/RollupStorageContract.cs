using Gamification.Leaderboards;
using System.Collections.Immutable;
using Gamification.Projections;

namespace Gamification.Tests.Storage;

/// <summary>What the roll-up tables promise, on each database.</summary>
public abstract class RollupStorageContract : IAsyncLifetime
{
    private static readonly ImmutableDictionary<string, long> NoClock = ImmutableDictionary<string, long>.Empty;
    private static readonly ActorId Till = new("demo", "till", "s1-3");

    protected IRollupStorage Rollup { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Rollup = await Open();

    public async ValueTask DisposeAsync()
    {
        await Close();
        GC.SuppressFinalize(this);
    }

    [Fact]
    public async Task The_newest_version_of_a_row_wins_in_whatever_order_it_comes()
    {
        await Rollup.Apply(0, 0, 3, [Row(1, 10, 7), Row(3, 30, 7), Row(2, 20, 7)], NoClock);
        await Rollup.Apply(0, 3, 4, [Row(2, 25, 7)], NoClock);

        Assert.Equal([new ScoreRow(Member(7).Value, 30, 1_030, 3)], await Scores());
    }

    [Fact]
    public async Task Rows_and_offset_move_together_or_not_at_all()
    {
        await Rollup.Apply(0, 0, 5, [Row(1, 10, 1)], NoClock);

        await Assert.ThrowsAsync<InvalidOperationException>(
            async () => await Rollup.Apply(0, 4, 9, [Row(2, 99, 1)], new Dictionary<string, long> { ["demo"] = 5 }));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Rollup.Apply(1, 3, 9, [Row(2, 99, 1)], NoClock));
        await Assert.ThrowsAsync<InvalidOperationException>(async () => await Rollup.Apply(0, 0, 9, [Row(2, 99, 1)], NoClock));

        Assert.Equal(new Dictionary<int, long> { [0] = 5 }, await Rollup.Offsets(default));
        Assert.Equal(10, (await Scores()).Single().Score);
        Assert.Null(await Rollup.NewestOccurredAt("demo", default));
        await Rollup.Apply(0, 5, 5, [], NoClock);
        await Rollup.Apply(2, 0, 1, [], NoClock);
        Assert.Equal(new Dictionary<int, long> { [0] = 5, [2] = 1 }, await Rollup.Offsets(default));
    }

    [Fact]
    public async Task What_members_belong_to_is_read_by_what_changed()
    {
        var (anna, ben) = (new ActorId("demo", "member", Member(1).ToString()), new ActorId("demo", "member", Member(2).ToString()));
        await Apply(0, 0, 5, new CircleRow(anna, CircleKind.Segments, "cooks team-red", 3), new CircleRow(anna, CircleKind.Tier, "gold", 3));
        await Apply(1, 0, 9, new CircleRow(ben, CircleKind.Segments, "cooks", 2));
        Assert.Equal(["Segments cooks team-red 3", "Segments cooks 2", "Tier gold 3"], await Read(new Dictionary<int, long>()));

        await Apply(0, 5, 8, new CircleRow(anna, CircleKind.Segments, "", 7), new CircleRow(ben, CircleKind.Segments, "older", 1));
        Assert.Equal(["Segments  7"], await Read(new Dictionary<int, long> { [0] = 5, [1] = 9 }));
        Assert.Empty(await Read(new Dictionary<int, long> { [0] = 8, [1] = 9 }));
        Assert.Equal(["Segments cooks 2"], await Read(new Dictionary<int, long> { [0] = 8 }));

        await Rollup.Drop(default);
        Assert.Empty(await Read(new Dictionary<int, long>()));

        ValueTask Apply(int partition, long from, long to, params CircleRow[] rows) => Rollup.Apply(partition, from, to, new() { Rows = [], Circles = rows, NewestOccurredAt = NoClock });

        async Task<string[]> Read(Dictionary<int, long> after) =>
            [.. (await Rollup.Circles("demo", after, default).ToListAsync()).Select(row => $"{row.Kind} {row.Value} {row.Version}").OrderBy(text => text.Split(' ')[0]).ThenByDescending(text => text[^1])];
    }

    [Fact]
    public async Task Scores_group_members_over_stores_and_days()
    {
        await Rollup.Apply(
            0,
            0,
            1,
            [
                Row(5, 10, 1, day: 100) with { PointsReachedAt = 50 },
                Row(9, 5, 1, day: 101, store: "s2") with { PointsReachedAt = 70 },
                Row(8, 0, 1, day: 101) with { PointsReachedAt = 0, Receipts = 2, ReceiptsReachedAt = 9_000 },
                Row(2, 15, 2, day: 100) with { PointsReachedAt = 60 },
                Row(2, 40, 3, day: 102),
                Row(2, 7, 4, day: 100),
                Row(3, -7, 4, day: 101),
                Row(1, 500, 0) with { Actor = Till, Day = 100 },
                Row(1, 999, 5, day: 100) with { Actor = ActorId.Member("other", Member(5)) },
            ],
            NoClock);

        Assert.Equal([new(Member(2).Value, 15, 60, 2), new ScoreRow(Member(1).Value, 15, 70, 9)], await Scores(to: 102));
        Assert.Equal([new(Member(3).Value, 40, 1_040, 2), new(Member(2).Value, 15, 60, 2), new ScoreRow(Member(1).Value, 15, 70, 9)], await Scores());
        Assert.Equal([new ScoreRow(Member(1).Value, 5, 70, 9)], await Scores(store: "s2"));
        Assert.Equal(9_000, (await Scores(metric: RollupMetric.Receipts)).Single(row => row.Member == Member(1).Value).ReachedAt);
        Assert.Empty(await Scores(programme: "unknown"));
    }

    [Fact]
    public async Task A_large_board_is_read_in_order_and_may_be_left_early()
    {
        var random = new Random(7);
        var rows = Enumerable.Range(1, 10_000).Select(i => Row(1, random.Next(1, 500), i)).ToArray();
        await Rollup.Apply(0, 0, 1, rows, NoClock);

        var scores = await Scores();
        Assert.Equal(10_000, scores.Count);
        Assert.Equal(scores.OrderByDescending(row => row.Score).ThenBy(row => row.ReachedAt).Select(row => row.Score), scores.Select(row => row.Score));
        var seen = 0;
        await foreach (var row in Rollup.Scores(new("demo", null, 0, 1_000, RollupMetric.Points), default))
        {
            if (++seen == 10)
                break;
        }

        Assert.Equal(10, seen);
        await Rollup.Apply(0, 1, 2, [Row(2, 1_000, 1)], NoClock);
        Assert.Equal(Member(1).Value, (await Scores())[0].Member);
    }

    [Fact]
    public async Task Totals_count_anonymous_receipts_apart()
    {
        await Rollup.Apply(
            0,
            0,
            1,
            [
                Row(1, 10, 1) with { Receipts = 2, Spend = 500 },
                Row(1, 20, 2, store: "s2") with { Receipts = 1, Spend = 300 },
                Row(1, 0, 3) with { Receipts = 0, Spend = 0 },
                Row(1, 0, 0) with { Actor = Till, Receipts = 4, Spend = 1_000 },
            ],
            NoClock);

        Assert.Equal(new RollupTotals(7, 4, 3, 30, 1_800), await Rollup.Totals("demo", null, default));
        Assert.Equal(new RollupTotals(1, 0, 1, 20, 300), await Rollup.Totals("demo", "s2", default));
        Assert.Equal(new RollupTotals(0, 0, 0, 0, 0), await Rollup.Totals("unknown", null, default));
    }

    [Fact]
    public async Task The_business_clock_never_goes_back()
    {
        await Rollup.Apply(0, 0, 1, [], new Dictionary<string, long> { ["demo"] = 100, ["other"] = 5 });
        await Rollup.Apply(1, 0, 1, [], new Dictionary<string, long> { ["demo"] = 90 });

        Assert.Equal((100, 5), (await Rollup.NewestOccurredAt("demo", default), await Rollup.NewestOccurredAt("other", default)));
        Assert.Null(await Rollup.NewestOccurredAt("third", default));
    }

    [Fact]
    public async Task Partitions_apply_side_by_side()
    {
        await Task.WhenAll(Enumerable.Range(0, 4).Select(partition => Task.Run(async () =>
        {
            for (var seq = 0; seq < 25; seq++)
            {
                await Rollup.Apply(
                    partition, seq, seq + 1, [.. Enumerable.Range(1, 20).Select(i => Row((seq * 4) + partition + 1, (seq * 4) + partition, i))], NoClock);
            }
        })));

        Assert.All(await Scores(), row => Assert.Equal((99, 100), (row.Score, row.Version)));
        Assert.Equal(100, (await Rollup.Offsets(default)).Values.Sum());
    }

    [Fact]
    public async Task Spend_has_the_instant_of_the_last_sale_that_stands_and_a_region_is_several_stores()
    {
        await Rollup.Apply(0, 0, 1, [Row(1, 10, 1, store: "s1"), Row(1, 20, 1, store: "s2"), Row(1, 40, 1, store: "s3"), Row(1, 5, 2, store: "s'2")], NoClock);

        Assert.Equal(new ScoreRow(Member(1).Value, 700, 1_000, 1), (await Scores(metric: RollupMetric.Spend))[0]);
        var region = new RollupWindow("demo", null, 100, 200, RollupMetric.Points) { Region = ["s2", "s3", "s'2"] };
        Assert.Equal([60L, 5L], (await All(Rollup.Scores(region, default))).Select(row => row.Score));
        Assert.Empty(await All(Rollup.Scores(region with { Region = [] }, default)));
    }

    [Fact]
    public async Task The_newest_wish_of_a_member_wins_and_those_who_came_back_are_told_too()
    {
        await Rollup.Apply(0, 0, 3, Wishes((1, true, 1), (2, true, 4)));
        await Rollup.Apply(1, 0, 3, Wishes((2, false, 5), (1, false, 0)));

        Assert.Equal(
            [new(Member(1), true, 1), new VisibilityChange(Member(2), false, 5)],
            (await Rollup.Visibility("demo", default)).OrderBy(wish => wish.Version));
        Assert.Empty(await Rollup.Visibility("other", default));
        await Rollup.Drop(default);
        Assert.Empty(await Rollup.Visibility("demo", default));
    }

    [Fact]
    public async Task A_measure_keeps_its_newest_row_of_a_thing_on_a_day_in_a_store()
    {
        await Rollup.Apply(0, 0, 3, Measured(Counted(1, 5, "visits", 2), Counted(1, 5, "steps", 9), Counted(1, 6, "visits", 3, store: "")));
        await Rollup.Apply(0, 3, 4, Measured(Counted(2, 5, "visits", 0), Counted(1, 6, "visits", 7, store: ""), Counted(1, 7, "visits", 1, thing: "oat"), Counted(1, 8, "visits", 1, day: 300)));

        var window = new RollupWindow("demo", null, 100, 200, RollupMetric.Points) { Measure = "visits" };
        var rows = (await All(Rollup.Measures(window, default))).OrderBy(row => row.Actor.Key, StringComparer.Ordinal).ToArray();
        Assert.Equal([Counted(2, 5, "visits", 0), Counted(1, 6, "visits", 3, store: ""), Counted(1, 7, "visits", 1, thing: "oat")], rows);
        Assert.Equal(2, (await All(Rollup.Measures(window with { Store = "s1" }, default))).Count);
        Assert.Empty(await All(Rollup.Measures(window with { Programme = "other" }, default)));
        await Rollup.Drop(default);
        Assert.Empty(await All(Rollup.Measures(window, default)));
    }

    [Fact]
    public async Task Dropping_starts_again_from_nothing()
    {
        await Rollup.Apply(0, 0, 5, [Row(1, 10, 1)], new Dictionary<string, long> { ["demo"] = 100 });

        await Rollup.Drop(default);

        Assert.Empty(await Rollup.Offsets(default));
        Assert.Empty(await Scores());
        Assert.Null(await Rollup.NewestOccurredAt("demo", default));
        await Rollup.Apply(0, 0, 1, [Row(1, 3, 1)], NoClock);
        Assert.Equal(3, (await Scores()).Single().Score);
    }

    protected abstract Task<IRollupStorage> Open();

    protected abstract Task Close();

    private static MemberId Member(int number) => new(new Guid(number, 0, 0, new byte[8]));

    private static RollupRow Row(long version, long points, int member, int day = 100, string store = "s1") => new()
    {
        Actor = ActorId.Member("demo", Member(member)),
        Store = store,
        Day = day,
        Points = points,
        Receipts = 1,
        Spend = points * 10,
        PointsReachedAt = 1_000 + points,
        ReceiptsReachedAt = 1_000,
        Version = version,
    };

    private static RollupBatch Wishes(params (int Member, bool IsHidden, long Version)[] wishes) => new()
    {
        Rows = [],
        Visibility = [.. wishes.Select(wish => ("demo", new VisibilityChange(Member(wish.Member), wish.IsHidden, wish.Version)))],
        NewestOccurredAt = NoClock,
    };

    private static RollupBatch Measured(params MeasureRow[] rows) => new() { Rows = [], Measures = rows, NewestOccurredAt = NoClock };

    private static MeasureRow Counted(long version, int member, string measure, long value, string store = "s1", string thing = "", int day = 100) => new()
    {
        Actor = ActorId.Member("demo", Member(member)),
        Measure = measure,
        Store = store,
        Day = day,
        Thing = thing,
        Value = value,
        ReachedAt = 1_000,
        Version = version,
    };

    private static async Task<List<T>> All<T>(IAsyncEnumerable<T> rows)
    {
        List<T> all = [];
        await foreach (var row in rows) all.Add(row);
        return all;
    }

    private async Task<List<ScoreRow>> Scores(
        string programme = "demo", string? store = null, int from = 100, int to = 200, RollupMetric metric = RollupMetric.Points)
    {
        List<ScoreRow> rows = [];
        await foreach (var row in Rollup.Scores(new(programme, store, from, to, metric), default))
            rows.Add(row);
        return rows;
    }
}
