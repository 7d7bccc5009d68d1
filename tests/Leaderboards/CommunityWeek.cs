using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Leaderboards;
using Gamification.Programmes;
using Gamification.Programmes.Earning;
using Gamification.Tests.Rules;
using Gamification.Tests.Rules.Activities;

namespace Gamification.Tests.Leaderboards;

/// <summary>What a small community does in a week, drawn from a seed: sales and what comes back of them, posts that go and return. The truth is here, not in what was recorded of it.</summary>
internal sealed class CommunityWeek
{
    public static readonly DateOnly Monday = new(2026, 11, 16);
    private static readonly string[] Skus = ["A", "B", "C", "D"];
    private static readonly string[] Stores = ["BRU", "GNT"];

    private readonly Random _random;
    private readonly List<Bought> _sales = [];
    private readonly List<Told> _posts = [];
    private int _minutes;

    /// <summary>A sale with the pieces of each line that stay out.</summary>
    public sealed record Bought(MemberId Member, Receipt Sale, decimal[] Left)
    {
        public bool Stands => Left.Any(pieces => pieces > 0);

        public long Spend => Sale.Lines.Select((line, at) => (long)(line.UnitPrice * 100 * Left[at])).Sum();
    }

    public sealed record Told(MemberId Member, ReportedActivity Activity)
    {
        public List<(DateTimeOffset At, bool Removes)> Words { get; } = [];

        public bool Stands => Words.OrderBy(word => word.At).Select(word => !word.Removes).LastOrDefault(true);
    }

    public CommunityWeek(int seed)
    {
        _random = new(seed);
        Members = [.. Enumerable.Range(1, 6).Select(n => new MemberId(new Guid(n, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte)n)))];
        var done = new List<Func<IMemberDoor, Task>>();
        for (var step = 0; step < 40; step++) done.AddRange(Step(step));
        Happenings = [.. done];
    }

    public ImmutableArray<MemberId> Members { get; }

    /// <summary>In no order: each may come late, early or at once with the others.</summary>
    public ImmutableArray<Func<IMemberDoor, Task>> Happenings { get; }

    public static ProgrammeSettings Programme { get; } = Events.Programme with
    {
        Boards = new()
        {
            Spend = true,
            GraceHours = 11,
            Measures =
            [
                Measure("posts") with { On = [EarningEvent.Post, EarningEvent.Review] },
                Measure("recipes") with { On = [EarningEvent.Post], Aggregator = Aggregator.Distinct },
                Measure("craft") with { Of = MeasureOf.Points, On = [EarningEvent.Post] },
                Measure("days") with { On = [EarningEvent.Sale, EarningEvent.Post], Aggregator = Aggregator.Distinct, Thing = MeasureThing.Day },
                Measure("fresh") with { Of = MeasureOf.Goods, Goods = new() { Skus = ["A", "B"] } },
                Measure("range") with { Of = MeasureOf.Goods, Aggregator = Aggregator.Distinct, Thing = MeasureThing.Sku },
                Measure("basket") with { Of = MeasureOf.Spend, Aggregator = Aggregator.Best },
                Measure("last") with { Of = MeasureOf.Spend, Aggregator = Aggregator.Latest },
                Measure("fresh-baskets") with { On = [EarningEvent.Sale], Goods = new() { Skus = ["A", "B"] } },
            ],
        },
    };

    /// <summary>The score by the meaning of the words: what stands, and since when. (0, 0) for none.</summary>
    public (long Score, long ReachedAt) ScoreOf(MemberId member, BoardId board)
    {
        var sales = _sales.Where(sale => sale.Member == member && sale.Stands && board.Window.Contains(sale.Sale.Key.BusinessDate) && (board.Store ?? sale.Sale.Key.Store) == sale.Sale.Key.Store).ToArray();
        var told = _posts.Where(post => post.Member == member && post.Stands && board.Window.Contains(post.Activity.BusinessDate) && (board.Store is null || board.Store == post.Activity.Store)).ToArray();
        var posts = told.Where(post => post.Activity.Type == EarningEvent.Post).ToArray();
        return board.Measure switch
        {
            "posts" => Sum(told.Select(post => (1L, At(post)))),
            "recipes" => Different(posts.Where(post => post.Activity.Subject is not null).Select(post => (post.Activity.Subject!, At(post)))),
            "craft" => Sum(posts.Select(post => (10L, At(post)))),
            "days" => Different(posts.Select(post => ($"{post.Activity.BusinessDate}", At(post))).Concat(sales.Select(sale => ($"{sale.Sale.Key.BusinessDate}", AtOf(sale))))),
            "fresh" => Sum(sales.Select(sale => ((long)Fresh(sale), AtOf(sale))).Where(one => one.Item1 > 0)),
            "range" => Different(sales.SelectMany(sale => sale.Sale.Lines.Where((_, at) => sale.Left[at] > 0).Select(line => (line.Sku, AtOf(sale))))),
            "basket" => sales.Select(sale => (sale.Spend, AtOf(sale))).OrderByDescending(one => one.Spend).ThenBy(one => one.Item2).FirstOrDefault(),
            "last" => sales.Select(sale => (sale.Spend, AtOf(sale))).OrderByDescending(one => one.Item2).FirstOrDefault(),
            _ => Sum(sales.Where(sale => Fresh(sale) > 0).Select(sale => (1L, AtOf(sale)))),
        };
    }

    private IEnumerable<Func<IMemberDoor, Task>> Step(int step)
    {
        var member = Members[_random.Next(Members.Length)];
        switch (_random.Next(6))
        {
            case 0 or 1:
                var lines = Skus.Where(_ => _random.Next(2) == 0).DefaultIfEmpty("A").Select(sku => Receipts.Line(sku, _random.Next(1, 4), _random.Next(1, 30))).ToArray();
                var sale = Receipts.Sale($"s{step}", lines).At(SomeTime()).In(Stores[_random.Next(2)]);
                var bought = new Bought(member, sale, [.. lines.Select(line => line.Quantity)]);
                _sales.Add(bought);
                yield return door => door.Post(member, sale);
                for (var back = _random.Next(3); back > 0; back--)
                {
                    if (Return(bought, $"r{step}.{back}") is { } receipt) yield return door => door.Post(member, receipt);
                }

                break;
            case 2 when _sales.Count > 0:
                var whole = _sales[_random.Next(_sales.Count)];
                if (!whole.Stands) yield break;
                Array.Clear(whole.Left);
                var voided = Receipts.Void($"v{step}", whole.Sale.Key);
                voided = voided.At(whole.Sale.OccurredAt.AddMinutes(1)).In(whole.Sale.Key.Store);
                yield return door => door.Post(whole.Member, voided);
                break;
            case 3 or 4:
                var type = _random.Next(3) == 0 ? EarningEvent.Review : EarningEvent.Post;
                var activity = Events.Of(type, $"p{step}", SomeTime(), _random.Next(2) == 0 ? "BRU" : null) with { Subject = _random.Next(4) == 0 ? null : $"recipe {_random.Next(3)}" };
                var post = new Told(member, activity);
                _posts.Add(post);
                yield return door => door.Report(member, activity);
                for (var word = _random.Next(3); word > 0; word--) yield return Word(post, $"{step}.{word}");
                break;
            case 5 when _posts.Count > 0:
                yield return Word(_posts[_random.Next(_posts.Count)], $"{step}");
                break;
        }
    }

    private Receipt? Return(Bought sale, string number)
    {
        var at = _random.Next(sale.Left.Length);
        if (sale.Left[at] == 0) return null;
        var pieces = _random.Next(1, (int)sale.Left[at] + 1);
        sale.Left[at] -= pieces;
        return Receipts.Return(number, sale.Sale.Key, Receipts.Line(sale.Sale.Lines[at].Sku, -pieces, sale.Sale.Lines[at].UnitPrice)).At(sale.Sale.OccurredAt.AddHours(1)).In(sale.Sale.Key.Store);
    }

    private Func<IMemberDoor, Task> Word(Told post, string id)
    {
        var word = new ActivityRevision
        {
            Key = new("//test", $"word {id}".Replace(' ', '-')),
            Original = post.Activity.Key,
            Removes = _random.Next(3) > 0,
            OccurredAt = post.Activity.OccurredAt.AddSeconds(_random.Next(1, 50_000)),
            Content = default,
        };
        while (post.Words.Any(known => known.At == word.OccurredAt)) word = word with { OccurredAt = word.OccurredAt.AddSeconds(1) };
        post.Words.Add((word.OccurredAt, word.Removes));
        return door => door.Revise(post.Member, word);
    }

    /// <summary>Every event has a minute of its own, so that first and last are no matter of luck.</summary>
    private DateTimeOffset SomeTime() => new DateTimeOffset(Monday.AddDays(_random.Next(7)).ToDateTime(new(8, 0)), TimeSpan.FromHours(1)).AddMinutes(++_minutes);

    private static decimal Fresh(Bought sale) => sale.Sale.Lines.Select((line, at) => line.Sku is "A" or "B" ? sale.Left[at] : 0).Sum();

    private static (long, long) Sum(IEnumerable<(long Value, long At)> standing)
    {
        var all = standing.ToArray();
        return all.Length == 0 ? (0, 0) : (all.Sum(one => one.Value), all.Max(one => one.At));
    }

    private static (long, long) Different(IEnumerable<(string Thing, long At)> standing)
    {
        var first = standing.GroupBy(one => one.Thing).Select(thing => thing.Min(one => one.At)).ToArray();
        return first.Length == 0 ? (0, 0) : (first.Length, first.Max());
    }

    private static long At(Told post) => post.Activity.OccurredAt.ToUnixTimeMilliseconds();

    private static long AtOf(Bought sale) => sale.Sale.OccurredAt.ToUnixTimeMilliseconds();

    private static BoardMeasure Measure(string code) => new() { Code = code, NameFr = code, NameNl = code, NameEn = code };
}

/// <summary>How the week reaches whoever takes it.</summary>
internal interface IMemberDoor
{
    Task Post(MemberId member, Receipt receipt);

    Task Report(MemberId member, ReportedActivity activity);

    Task Revise(MemberId member, ActivityRevision revision);
}
