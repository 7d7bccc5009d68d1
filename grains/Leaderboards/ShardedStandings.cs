using System.Collections.Immutable;

namespace Gamification.Leaderboards;

/// <summary>
/// A large board in shards of its members. Each shard orders its own under the board's one seed, so that their orders merge into the order that
/// the board would have in one piece: a rank is 1 + the sum of the strictly better, a place 1 + the sum of those before, a page is found by
/// halving every shard at once and merging what follows. All of it exact, at about 1.5 · log2(members) small questions for a page far down.
/// </summary>
internal sealed class ShardedStandings(ulong seed, ImmutableArray<IBoardShardGrain> shards) : IStandings
{
    private const int RowsPerCall = 1_000;

    private readonly int[] _sizes = new int[shards.Length];

    public int Size => _sizes.Sum();

    /// <summary>Fills the shards with rows that come in rank order.</summary>
    public async Task Load(IAsyncEnumerable<ScoreRow> rows, ImmutableArray<VisibilityChange> visibility)
    {
        var parts = Array.ConvertAll(_sizes, _ => ImmutableArray.CreateBuilder<ScoreChange>());
        await foreach (var row in rows)
        {
            var shard = ShardOf(row.Member);
            parts[shard].Add(new(new(row.Member), row.Score, row.ReachedAt, row.Version));
            if (parts[shard].Count == RowsPerCall) await shards[shard].Load(parts[shard].DrainToImmutable(), [], last: false);
        }

        var wishes = Split(visibility, wish => wish.Member.Value);
        await All((shard, at) => Keep(at, shard.Load(parts[at].DrainToImmutable(), wishes[at], last: true)));
    }

    public async ValueTask<bool> Apply(ImmutableArray<ScoreChange> changes, ImmutableArray<VisibilityChange> visibility)
    {
        var (parts, wishes) = (Split(changes, change => change.Member.Value), Split(visibility, wish => wish.Member.Value));
        var states = await All((shard, at) =>
            parts[at].IsEmpty && wishes[at].IsEmpty ? Task.FromResult(new ShardState(_sizes[at], false)) : Keep(at, shard.Apply(parts[at], wishes[at])));
        return states.Any(state => state.HasMoved);
    }

    public async ValueTask<ImmutableArray<BoardRow>> Page(int offset, int count)
    {
        if (count == 0 || offset >= Size) return [];

        // One more at the front: it tells why the first row stands below it.
        var begin = Math.Max(0, offset - 1);
        var starts = begin == 0 ? new int[shards.Length] : await SplitAt(begin);
        var pages = await All((shard, at) => shard.Page(starts[at], (int)Math.Min(int.MaxValue, count + (long)(offset - begin))));
        var order = pages.SelectMany(page => page).Select(row => (Key: KeyOf(row), Row: row)).ToArray();
        Array.Sort(order, static (left, right) => left.Key.Precedes(right.Key) ? -1 : right.Key.Precedes(left.Key) ? 1 : 0);
        var rows = order.Select(ordered => ordered.Row).Take((int)Math.Min(int.MaxValue, count + (long)(offset - begin))).ToArray();
        var above = offset > begin ? StandingOf(rows[0]) : (Standing?)null;
        return await Placed(rows[(offset - begin)..], offset, above);
    }

    public async ValueTask<ImmutableArray<MemberStanding>> Find(ImmutableArray<MemberId> members)
    {
        var asked = Split(members, member => member.Value);
        var answers = await All((shard, at) => asked[at].IsEmpty ? Task.FromResult(ImmutableArray<ShardEntry>.Empty) : shard.Find(asked[at]));
        var next = new int[shards.Length];
        var entries = members.Select(member => ShardOf(member.Value)).Select(shard => answers[shard][next[shard]++]).ToArray();
        var places = new Queue<(Place Place, Standing? Above)>(await PlacesOf([.. entries.Where(IsRankable).Select(entry => entry.Row!.Value)]));
        return
        [
            .. entries.Select(entry => IsRankable(entry)
                ? places.Dequeue() is var (place, above) ? new MemberStanding(BoardRows.Of(StandingOf(entry.Row!.Value, place), above), entry.IsHidden) : default
                : new(null, entry.IsHidden)),
        ];
    }

    public async ValueTask<ImmutableArray<long>> DenseRanks(ImmutableArray<long> scores)
    {
        if (scores.IsEmpty) return [];
        var above = await All((shard, _) => shard.ScoresAbove(scores.Min()));
        var distinct = above.SelectMany(part => part).Distinct().OrderDescending().ToArray();
        return [.. scores.Select(score => 1L + CountAbove(distinct, score))];
    }

    public Task Leave() => Task.WhenAll(shards.Select(shard => shard.Leave()));

    /// <summary>
    /// How far into each shard the first <paramref name="count"/> of the whole order reach. Each round asks the middle of the widest
    /// remaining stretch where it stands everywhere, which narrows all of them.
    /// </summary>
    private async Task<int[]> SplitAt(int count)
    {
        var from = new int[shards.Length];
        var to = (int[])_sizes.Clone();
        while (from.Sum() < count)
        {
            var widest = Enumerable.Range(0, shards.Length).MaxBy(at => to[at] - from[at]);
            var middle = (from[widest] + to[widest]) / 2;
            var pivot = (await shards[widest].Page(middle, 1))[0];
            var before = Array.ConvertAll(await All((shard, _) => shard.Places([pivot])), places => places[0].Before);
            if (before.Sum() >= count)
            {
                for (var at = 0; at < to.Length; at++) to[at] = Math.Min(to[at], before[at]);
            }
            else
            {
                for (var at = 0; at < from.Length; at++) from[at] = Math.Max(from[at], before[at]);
                from[widest] = middle + 1;
            }
        }

        return from;
    }

    /// <summary>Consecutive rows with their places. Inside, a tie is as long as it looks; only at the two ends may it go on outside.</summary>
    private async Task<ImmutableArray<BoardRow>> Placed(ScoreChange[] rows, int offset, Standing? above)
    {
        if (rows.Length == 0) return [];
        var ends = await PlacesOf([rows[0], rows[^1]]);
        var standings = new Standing[rows.Length];
        for (var at = 0; at < rows.Length;)
        {
            var end = at + 1;
            while (end < rows.Length && rows[end].Score == rows[at].Score) end++;
            var better = at == 0 ? ends[0].Place.Rank - 1 : offset + at;
            var tiedWith = end == rows.Length ? ends[1].Place.TiedWith : offset + end - better - 1;
            for (; at < end; at++) standings[at] = StandingOf(rows[at], new(better + 1, tiedWith, offset + at + 1));
        }

        return BoardRows.Of(standings, above);
    }

    private async Task<(Place Place, Standing? Above)[]> PlacesOf(ImmutableArray<ScoreChange> states)
    {
        if (states.IsEmpty) return [];
        var parts = await All((shard, _) => shard.Places(states));
        return [.. states.Select((_, at) => Sum(parts.Select(part => part[at])))];
    }

    private (Place Place, Standing? Above) Sum(IEnumerable<ShardPlace> parts)
    {
        var (better, asGood, before) = (0, 0, 0);
        ScoreChange? above = null;
        foreach (var part in parts)
        {
            (better, asGood, before) = (better + part.Better, asGood + part.AsGood, before + part.Before);
            if (part.Above is { } candidate && (above is not { } known || KeyOf(known).Precedes(KeyOf(candidate)))) above = candidate;
        }

        return (new(better + 1, asGood, before + 1), above is { } nearest ? StandingOf(nearest) : null);
    }

    private async Task<ShardState> Keep(int at, Task<ShardState> answer)
    {
        var state = await answer;
        _sizes[at] = state.Size;
        return state;
    }

    private Task<T[]> All<T>(Func<IBoardShardGrain, int, Task<T>> ask) => Task.WhenAll(shards.Select(ask));

    private ImmutableArray<T>[] Split<T>(ImmutableArray<T> all, Func<T, Guid> member)
    {
        var parts = Array.ConvertAll(_sizes, _ => ImmutableArray.CreateBuilder<T>());
        foreach (var one in all) parts[ShardOf(member(one))].Add(one);
        return Array.ConvertAll(parts, part => part.DrainToImmutable());
    }

    /// <summary>By the upper bits of the draw: the roster's table uses the lower ones.</summary>
    private int ShardOf(Guid member) => (int)Math.BigMul(RankKey.DrawOf(seed, member), (ulong)shards.Length, out _);

    private RankKey KeyOf(ScoreChange row) => new(row.Score, row.ReachedAt, RankKey.DrawOf(seed, row.Member.Value), row.Member.Value);

    private static Standing StandingOf(ScoreChange row, Place place = default) => new(row.Member.Value, row.Score, row.ReachedAt, place);

    private static bool IsRankable(ShardEntry entry) => entry.Row is { Score: > 0 };

    private static int CountAbove(long[] descending, long score)
    {
        var (low, high) = (0, descending.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (descending[middle] > score) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
