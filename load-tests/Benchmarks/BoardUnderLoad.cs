using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Gamification.Leaderboards;

namespace Gamification.LoadTests.Benchmarks;

/// <summary>
/// One board while receipts come at a fixed rate: what is due is handed over in one call at a time, as the feed does, members ask for their ranks meanwhile, and
/// now and then one of the changes takes its member to the top. Open loop: every latency counts from the instant at which the change or the question was due.
/// </summary>
/// <param name="grains">Where the board lives.</param>
/// <param name="board">Which one.</param>
/// <param name="member">Its members by number.</param>
/// <param name="members">How many of them.</param>
/// <param name="told">Up to where the board has been told of the partition: what begins later is a gap to it, and it loads anew.</param>
internal sealed class BoardUnderLoad(IGrainFactory grains, IBoardGrain board, Func<int, MemberId> member, int members, long told)
{
    private const int QuestionsASecond = 500;
    public const int Partition = 99;

    private static readonly TimeSpan Gather = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromMilliseconds(330);

    private long _seq = told;
    private long _version = 1_000;
    private long _top = 1_000_000;

    /// <param name="rate">Changes a second.</param>
    /// <param name="duration">For how long.</param>
    /// <param name="misses">Whether the board misses something half-way, so that it loads anew while it is told and asked.</param>
    public async Task Run(int rate, TimeSpan duration, bool misses)
    {
        var (viewer, meter) = (new Viewer(), new Meter());
        using var pauses = new Pauses();
        var reference = grains.CreateObjectReference<IBoardObserver>(viewer);
        await board.Watch(reference);
        var (start, cpu) = (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime);
        await Task.WhenAll(Feed(rate, duration, start, viewer, meter, misses), Task.Run(() => Ask(duration, start, meter)));
        await viewer.Settled();
        var (elapsed, spent) = (Stopwatch.GetElapsedTime(start), Process.GetCurrentProcess().TotalProcessorTime - cpu);
        await board.Unwatch(reference);
        grains.DeleteObjectReference<IBoardObserver>(reference);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  under {meter.Updates.Count / elapsed.TotalSeconds:N0} changes and {meter.Questions.Count / elapsed.TotalSeconds:N0} questions a second{(misses ? ", loading anew half-way" : "")}, {(double)meter.Updates.Count / meter.Calls:N0} changes a call, {spent.TotalMicroseconds / meter.Updates.Count:N1} µs of CPU a change:"));
        Console.WriteLine($"    change applied     {Milliseconds.Of(meter.Updates)}");
        Console.WriteLine($"    rank told          {Milliseconds.Of(meter.Questions)}");
        Console.WriteLine($"    view at a watcher  {Milliseconds.Of(viewer.Delays)}   {viewer.Delays.Count} probes");
        Console.WriteLine($"    garbage            {pauses}");
    }

    private async Task Feed(int rate, TimeSpan duration, long start, Viewer viewer, Meter meter, bool misses)
    {
        var random = new Random(11);
        var total = (int)(rate * duration.TotalSeconds);
        var (sent, nextProbe) = (0, ProbeEvery);
        while (sent < total)
        {
            var due = Math.Min(total, (int)(Stopwatch.GetElapsedTime(start).TotalSeconds * rate));
            if (due == sent)
            {
                await Task.Delay(Gather);
                continue;
            }

            var changes = ImmutableArray.CreateBuilder<ScoreChange>(due - sent);
            _version++;
            if (misses && sent < total / 2 && due >= total / 2) _seq++;
            for (var at = sent; at < due; at++)
            {
                var isProbe = DueAt(at, rate) >= nextProbe;
                if (isProbe) viewer.Expect(_top += 5, start + Ticks(DueAt(at, rate)));
                if (isProbe) nextProbe += ProbeEvery;
                changes.Add(new(member(random.Next(members)), isProbe ? _top : 5 * random.Next(1, 2_000), _version, _version));
            }

            // Of one member only the newest may be told in one call.
            await board.Apply([new(Partition, _seq, ++_seq, [.. changes.DistinctBy(change => change.Member)], 0)]);
            meter.Calls++;
            for (var at = sent; at < due; at++) meter.Updates.Record(Stopwatch.GetElapsedTime(start) - DueAt(at, rate));
            sent = due;
        }
    }

    private async Task Ask(TimeSpan duration, long start, Meter meter)
    {
        var random = new Random(13);
        for (var asked = 0; asked < QuestionsASecond * duration.TotalSeconds; asked++)
        {
            var due = DueAt(asked, QuestionsASecond);
            while (Stopwatch.GetElapsedTime(start) is var now && now < due) await Task.Delay(Gather);
            await board.Standings([member(random.Next(members))]);
            meter.Questions.Record(Stopwatch.GetElapsedTime(start) - due);
        }
    }

    private static TimeSpan DueAt(int number, int rate) => TimeSpan.FromSeconds((double)number / rate);

    private static long Ticks(TimeSpan time) => (long)(time.TotalSeconds * Stopwatch.Frequency);

    /// <summary>Of one run. Changes and questions are recorded by a thread of their own each.</summary>
    private sealed class Meter
    {
        public Histogram Updates { get; } = new();

        public Histogram Questions { get; } = new();

        public long Calls { get; set; }
    }

    /// <summary>Notes when the top that it waits for is published.</summary>
    private sealed class Viewer : IBoardObserver
    {
        private readonly Queue<(long Score, long DueAt)> _expected = [];

        public Histogram Delays { get; } = new();

        public void Expect(long score, long dueAt)
        {
            lock (_expected) _expected.Enqueue((score, dueAt));
        }

        public Task Published(BoardView view)
        {
            lock (_expected)
            {
                while (_expected.TryPeek(out var next) && view.Rows is [var first, ..] && first.Score >= next.Score)
                {
                    Delays.Record(Stopwatch.GetElapsedTime(next.DueAt));
                    _expected.Dequeue();
                }
            }

            return Task.CompletedTask;
        }

        /// <summary>Until everything was seen, with patience.</summary>
        public async Task Settled()
        {
            for (var waited = 0; waited < 100; waited++)
            {
                lock (_expected)
                {
                    if (_expected.Count == 0) return;
                }

                await Task.Delay(50);
            }

            throw new InvalidOperationException("A change to the top was never published.");
        }
    }
}
