using Gamification.Leaderboards;

namespace Gamification.Tests;

/// <summary>Random histories against the obvious slow board. A failure names its seed.</summary>
public sealed class RankingModelTests
{
    [Fact]
    public void Any_history_answers_as_a_sort_would()
    {
        for (var seed = 0; seed < 200; seed++) InSeed(seed, () => Play(new History(seed)));
    }

    [Fact]
    public void The_order_of_arrival_leaves_no_trace()
    {
        for (var seed = 0; seed < 60; seed++)
            InSeed(seed, () =>
            {
                var history = new History(seed);
                for (var round = 0; round < 4; round++) history.Run();
                var expected = history.Model.Standings();
                var rows = history.Model.Rows.ToArray();

                var shuffled = new Ranking(history.Seed);
                history.Random.Shuffle(rows);
                foreach (var row in rows) shuffled.Apply(row.Member, row.Score, row.ReachedAt, row.Version);
                var loaded = new Ranking(history.Seed);
                loaded.Load(rows);
                var reloaded = new Ranking(history.Seed);
                reloaded.Load(history.Board.Rows());

                foreach (var board in (Ranking[])[shuffled, loaded, reloaded])
                {
                    foreach (var (member, visibility) in history.Board.Visibilities) history.Set(board, member, visibility);
                    Assert.Equal(expected, board.Page(0, int.MaxValue));
                }
            });
    }

    [Fact]
    public void A_load_onto_live_traffic_and_under_it_changes_nothing_but_what_is_newer()
    {
        for (var seed = 0; seed < 60; seed++)
            InSeed(seed, () =>
            {
                // A snapshot from a while ago, live changes before and after it is loaded, some of them older than it.
                var history = new History(seed);
                history.Run();
                var snapshot = history.Board.Rows().ToArray();
                if (history.Random.Next(2) == 0) history.Random.Shuffle(snapshot);
                history.Run();
                history.Board.Load(snapshot);
                foreach (var row in snapshot) history.Model.Apply(row);
                Check(history);
                history.Run();
                Check(history);
            });
    }

    private static void Play(History history)
    {
        for (var round = 0; round < 8; round++)
        {
            history.Run();
            Check(history);
        }

        history.Drain();
        Check(history);
        history.Run();
        Check(history);
    }

    private static void Check(History history)
    {
        var (board, random) = (history.Board, history.Random);
        var expected = history.Model.Standings();
        Assert.Equal(expected.Count, board.Size);
        Assert.Equal(expected, board.Page(0, int.MaxValue));
        Assert.Equal(expected.Take(100), board.Top(100));
        Assert.Equal(history.Model.Rows.OrderBy(row => row.Member), board.Rows().OrderBy(row => row.Member));

        for (var query = 0; query < 20; query++)
        {
            var (offset, count) = (random.Next(expected.Count + 3), random.Next(30));
            Assert.Equal(expected.Skip(offset).Take(count), board.Page(offset, count));

            var member = history.Member();
            var standing = expected.Find(one => one.Member == member);
            var isRanked = history.Model.IsRanked(member);
            var (above, below) = (random.Next(6), random.Next(6));
            Assert.Equal(isRanked ? standing.Place : null, board.PlaceOf(member));
            var (first, last) = (standing.Place.Ordinal - above, standing.Place.Ordinal + below);
            var around = isRanked ? expected.Where(one => one.Place.Ordinal >= first && one.Place.Ordinal <= last) : [];
            Assert.Equal(around, board.Around(member, above, below));
            Assert.Equal(history.Model.Find(member), board.Find(member));

            var score = history.Score();
            Assert.Equal(expected.Count(one => one.Score > score), board.CountAbove(score));
            Assert.Equal(expected.Count(one => one.Score >= score), board.CountAtLeast(score));
            Assert.Equal(1 + expected.Where(one => one.Score > score).DistinctBy(one => one.Score).Count(), board.DenseRankOf(score));
            Assert.Equal(
                expected.Count == 0 ? null : (double)expected.Count(one => one.Score < score) / expected.Count, board.PercentileOf(score));
            var ordinal = random.Next(expected.Count + 2);
            Assert.Equal(ordinal >= 1 && ordinal <= expected.Count ? expected[ordinal - 1].Score : null, board.ScoreAt(ordinal));
        }

        var someone = history.Member();
        var (wish, at) = (Math.Max(1, history.Score()), history.Instant());
        Assert.Equal(history.Model.PlaceWith(someone, wish, at), board.PlaceWith(someone, wish, at));
        Assert.Equal(
            history.Model.Find(someone) is { Score: > 0 } row ? history.Model.PlaceWith(someone, row.Score, row.ReachedAt) : null,
            board.VirtualPlaceOf(someone));

        Guid[] list = [.. Enumerable.Range(0, 10).Select(_ => history.Member())];
        Assert.Equal(list.Select(one => board.PlaceOf(one)), board.PlacesOf(list));
    }

    private static void InSeed(int seed, Action act)
    {
        try
        {
            act();
        }
        catch (Exception failure)
        {
            throw new InvalidOperationException($"Seed {seed}: {failure.Message}", failure);
        }
    }

    /// <summary>One seed's members and what happens to them, told to the board and to the model alike.</summary>
    private sealed class History
    {
        private readonly Guid[] _members;
        private readonly long _scores;
        private readonly long _instants;
        private long _version;

        public History(int seed)
        {
            Random = new(seed);
            Seed = (ulong)Random.NextInt64();
            Board = new(Seed);
            Model = new(Seed);
            _members = [.. Enumerable.Range(0, (seed % 4) switch { 0 => 6, 1 => 60, 2 => 700, _ => 3500 }).Select(_ => NewId())];

            // From nearly all tied to nearly none.
            _scores = (seed / 4 % 3) switch { 0 => 4, 1 => 200, _ => 1_000_000 };
            _instants = (seed / 12 % 2) switch { 0 => 3, _ => 100_000 };
        }

        public Random Random { get; }

        public ulong Seed { get; }

        public Ranking Board { get; }

        public BoardModel Model { get; }

        public Guid Member() => Random.Next(50) == 0 ? NewId() : _members[Random.Next(_members.Length)];

        public long Score() => Random.NextInt64(-1, _scores + 1);

        public long Instant() => Random.NextInt64(_instants);

        public void Run()
        {
            for (var step = 0; step < 20 + _members.Length / 2; step++) Step();
        }

        /// <summary>Takes most of the members out, so that blocks empty and join.</summary>
        public void Drain()
        {
            foreach (var member in _members)
            {
                if (Random.Next(10) == 0) continue;
                Assert.Equal(Model.Apply(new(member, 0, 0, ++_version)), Board.Remove(member, _version));
            }
        }

        public RankingChange Set(Ranking board, Guid member, Visibility visibility) =>
            visibility.IsHidden ? board.Hide(member, visibility.Version) : board.Show(member, visibility.Version);

        private void Step()
        {
            var member = _members[Random.Next(_members.Length)];
            var version = Random.Next(8) == 0 ? Random.NextInt64(_version + 1) : ++_version;    // one in eight is late, or comes twice
            switch (Random.Next(100))
            {
                case < 6:
                    var visibility = new Visibility(Random.Next(2) == 0, version);
                    Assert.Equal(Model.Set(member, visibility), Set(Board, member, visibility));
                    break;
                case < 8:
                    Assert.Equal(Model.Forget(member), Board.Forget(member));
                    break;
                case < 40 when Model.Find(member) is { } row:
                    Apply(row with { Score = row.Score + Random.NextInt64(-2, 5), Version = version });
                    break;
                case < 45 when Model.Find(member) is { } row:
                    Apply(row with { ReachedAt = Math.Max(0, row.ReachedAt - 1), Version = version });
                    break;
                case < 48 when Model.Find(member) is { } row:
                    Apply(row with { Version = version });
                    break;
                default:
                    Apply(new(member, Score(), Instant(), version));
                    break;
            }
        }

        private void Apply(ScoreRow row) =>
            Assert.Equal(Model.Apply(row), Board.Apply(row.Member, row.Score, row.ReachedAt, row.Version));

        private Guid NewId()
        {
            Span<byte> bytes = stackalloc byte[16];
            Random.NextBytes(bytes);
            return new(bytes);
        }
    }
}
