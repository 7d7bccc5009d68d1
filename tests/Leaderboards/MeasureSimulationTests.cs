using System.Collections.Immutable;
using Gamification.Activities;
using Gamification.Journal;
using Gamification.Leaderboards;
using Gamification.Members;
using Gamification.Privacy;
using Gamification.Programmes;
using Gamification.Rules.Boards;
using Gamification.Rules.Challenges.Settlement;
using Gamification.Runtime.Scheduling;
using Gamification.Tests.Journal;
using Gamification.Tests.Simulation;

namespace Gamification.Tests.Leaderboards;

/// <summary>
/// Boards of measures through the real engine: everything comes in random order and at once, members hide or are erased, join segments and teams, the engine dies, projections are
/// dropped, and in the end every board is what a sort of the truth says, to the last tie: live, reloaded, rebuilt, in history, and settled though more comes too late.
/// </summary>
public sealed class MeasureSimulationTests(ITestOutputHelper output)
{
    private static readonly Seeds Seeds = new("MEASURE", 20);

    private static readonly string[] Segments = ["cooks", "team-red"];
    private static readonly BoardPeriod[] Periods = [BoardPeriod.All, BoardPeriod.Month, BoardPeriod.Week, BoardPeriod.Day];

    [Fact]
    public void Every_board_of_a_measure_is_a_sort_of_what_stands()
    {
        var ties = 0L;
        Seeds.Each(seed => ties += Live(seed));

        output.WriteLine($"{Seeds}, {ties} full ties");
        Assert.True(ties > 0 || Seeds.Count < 10, "No two members ever reached the same score at once: ties were not looked at.");
    }

    /// <summary>How many full ties there were: rows that only the draw puts in order.</summary>
    private static long Live(int seed)
    {
        var ties = 0L;
        var random = new Random(seed);
        var week = new CommunityWeek(seed);
        var programme = CommunityWeek.Programme;
        using var scheduler = new SimulationScheduler(seed, new DateTimeOffset(2026, 11, 23, 9, 55, 0, TimeSpan.Zero));
        var journal = new FaultyJournalStorage(new Random(seed + 1), scheduler.Time) { Faults = new() { Before = 15, After = 15, Silent = 15, Looking = 15, DelayMax = TimeSpan.FromMilliseconds(40) } };
        var rollup = new MemoryRollup { Failing = new Random(seed + 2) };
        var hidden = new HashSet<MemberId>();
        var segments = new Dictionary<MemberId, ImmutableArray<string>>();
        scheduler.Run(async () =>
        {
            var made = new List<SimulatedEngine>();
            var engine = New();
            var door = new InsistingDoor(() => engine, next => engine = next, New, programme, scheduler, random);
            await Task.WhenAll([.. week.Happenings.Select(Deliver), .. week.Members.Select(Wish), .. week.Members.Select(Join), .. Boards().Select(Look), Crash()]);
            journal.Faults = JournalFaults.None;
            rollup.Failing = null;
            await Check("as it lived");
            engine.Stop();
            await rollup.Drop(default);
            engine = New();
            await Check("rebuilt");
            await CheckHistory();

            // Boards that nobody stopped would look for changes ten times a second until then.
            foreach (var one in made) await one.Host.StopAsync(default);
            engine.Stop();
            await Task.Delay(BoardClosing.Of(Boards().First(board => board.Window.Period == BoardPeriod.Week), programme)!.Value.AddMinutes(11) - scheduler.Time.GetUtcNow(), scheduler.Time);
            engine = New();
            foreach (var member in week.Members) await door.Insist(() => engine.Member(programme, member).Post(CommunityWeek.TooLate(member), scheduler.Time.GetUtcNow(), held: false));
            var hashes = await CheckSettled();
            engine.Stop();
            engine = New();
            Assert.Equal(hashes, await CheckSettled());
            var proof = await SettledCheck.Run(journal, default, new([programme]));
            Assert.True(proof.IsSound && proof.Boards == hashes.Length, string.Join('\n', proof.Findings));
            engine.Stop();

            SimulatedEngine New()
            {
                made.Add(new(scheduler, journal, rollup, programme));
                return made[^1];
            }

            async Task Deliver(Func<IMemberDoor, Task> happening)
            {
                await SomeTime(40_000);
                await happening(door);
            }

            async Task Wish(MemberId member)
            {
                if (random.Next(4) > 0) return;
                await SomeTime(40_000);
                var isHidden = random.Next(3) > 0;
                await door.Insist(() => engine.Grains.GetGrain<IPrivacyGrain>($"{programme.Id}/{member}").Set(isHidden ? random.Next(2) == 0 ? PrivacyMode.Hidden : PrivacyMode.Erased : PrivacyMode.Shown, scheduler.Time.GetUtcNow()));
                if (isHidden) hidden.Add(member);
            }

            async Task Join(MemberId member)
            {
                for (var times = random.Next(4); times > 0; times--)
                {
                    await SomeTime(20_000);
                    ImmutableArray<string> names = [.. Segments.Where(_ => random.Next(2) == 0)];
                    await door.Insist(() => engine.Grains.GetGrain<ISegmentedMember>($"{programme.Id}/{member}").SetSegments(names, "staff", scheduler.Time.GetUtcNow()));
                    segments[member] = names;
                }
            }

            async Task Look(BoardId board)
            {
                await SomeTime(60_000);
                try
                {
                    await engine.Board(board).View();
                }
                catch (Exception)
                {
                    // A dying engine's boards are nobody's concern.
                }
            }

            async Task Crash()
            {
                for (var crash = random.Next(3); crash > 0; crash--)
                {
                    await SomeTime(30_000);
                    var dying = engine;
                    engine = New();
                    if (random.Next(2) == 0) dying.Stop();
                }
            }

            async Task Check(string when)
            {
                await Task.Delay(TimeSpan.FromSeconds(25), scheduler.Time);
                foreach (var board in Boards())
                {
                    AssertShown(board, await engine.Board(board).Top(0, 500), when);
                }
            }

            async Task CheckHistory()
            {
                var now = scheduler.Time.GetUtcNow();
                foreach (var board in Boards()) AssertShown(board, await engine.Grains.GetGrain<IBoardHistoryGrain>(programme.Id).At(board, now, 0, 500), "in history");
            }

            async Task<string[]> CheckSettled()
            {
                var found = new List<string>();
                foreach (var board in Boards().Where(board => board.Window.Period == BoardPeriod.Week))
                {
                    var settled = engine.Grains.GetGrain<ISettledBoardGrain>(board.ToString());
                    found.Add((await settled.Settle()).Hash!);
                    AssertShown(board, await settled.Page(0, 500), "settled", new SlotHash(board.ToString()).Of);
                }

                return [.. found];
            }

            // Full ties are drawn for, on a live board and on a settled one by another hash.
            void AssertShown(BoardId board, BoardPage page, string when, Func<Guid, Guid>? slot = null)
            {
                var rows = week.Members.Where(member => !hidden.Contains(member) && Belongs(member, board.Group)).Select(member => (Member: member, Score: week.ScoreOf(member, board)))
                    .Where(row => row.Score.Score > 0).OrderByDescending(row => row.Score.Score).ThenBy(row => row.Score.ReachedAt)
                    .ThenBy(row => slot is null ? RankKey.DrawOf(BoardSeed.Of(board.ToString()), row.Member.Value) : 0).ThenBy(row => slot?.Invoke(row.Member.Value)).ToArray();
                ties += rows.Length - rows.DistinctBy(row => row.Score).Count();
                var expected = rows.Select(row =>
                    $"{row.Member.Value.ToString()[..8]} {1 + rows.Count(other => other.Score.Score > row.Score.Score)} {rows.Count(other => other.Score.Score == row.Score.Score) - 1} {row.Score.Score} {row.Score.ReachedAt}");
                var shown = page.Rows.Select(row => $"{row.Member.Value.ToString()[..8]} {row.Rank} {row.TiedWith} {row.Score} {row.ReachedAt.ToUnixTimeMilliseconds()}");
                Assert.True(expected.SequenceEqual(shown), $"{when}: {board}\nexpected {string.Join(", ", expected)}\nshown    {string.Join(", ", shown)}");
            }

            bool Belongs(MemberId member, BoardGroup? group) =>
                group is not { } of || segments.GetValueOrDefault(member, []).Contains(of.Kind == BoardGroupKind.Team ? MemberCircles.TeamPrefix + of.Name : of.Name);

            Task SomeTime(int millisecondsMax) => Task.Delay(TimeSpan.FromMilliseconds(random.Next(0, millisecondsMax)), scheduler.Time);
        });
        return ties;
    }

    private static IEnumerable<BoardId> Boards() =>
        from measure in CommunityWeek.Programme.Boards.Measures
        from period in Periods
        from scope in (BoardScope[])[BoardScope.Programme, new("BRU"), new(null, new(BoardGroupKind.Segment, "cooks")), new(null, new(BoardGroupKind.Team, "red"))]
        where scope.Group is null || period is BoardPeriod.All or BoardPeriod.Week
        select BoardId.Of(CommunityWeek.Programme.Id, scope, new(BoardMetric.Measure, measure.Code), BoardWindow.Containing(period, CommunityWeek.Monday.AddDays(2)));

    /// <summary>Whoever reports does not stop before there is an answer.</summary>
    private sealed class InsistingDoor(Func<SimulatedEngine> engine, Action<SimulatedEngine> become, Func<SimulatedEngine> next, ProgrammeSettings programme, SimulationScheduler scheduler, Random random) : IMemberDoor
    {
        public Task Post(MemberId member, Receipt receipt) => Insist(() => engine().Member(programme, member).Post(receipt, scheduler.Time.GetUtcNow(), held: false));

        public Task Report(MemberId member, ReportedActivity activity) => Insist(() => Account(member).Report(activity, scheduler.Time.GetUtcNow()));

        public Task Revise(MemberId member, ActivityRevision revision) => Insist(() => Account(member).Revise(revision, scheduler.Time.GetUtcNow()));

        public async Task<T> Insist<T>(Func<Task<T>> ask)
        {
            for (var attempt = 0; ; attempt++)
            {
                var asked = engine();
                try
                {
                    return await ask();
                }
                catch (Exception fault) when (attempt < 200 && fault is JournalBusyException or JournalUnavailableException or CommitOutcomeUnknownException or TimeoutException or IOException)
                {
                    if (fault.InnerException is PartitionFencedException && asked == engine()) become(next());
                    await Task.Delay(TimeSpan.FromMilliseconds(random.Next(1, 2_000)), scheduler.Time);
                }
            }
        }

        private IActivityAccount Account(MemberId member) => engine().Grains.GetGrain<IActivityAccount>($"{programme.Id}/{member}");
    }
}
